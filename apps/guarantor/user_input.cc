#include "guarantor/user_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "guarantor/ledger/random_bytes.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/terminal.h"

namespace guarantor::app {
namespace {

/// A role that signs in: anyone may be the public without an account.
model::Result<model::Done> check_role(std::string_view text) {
  auto const viewer = policy::parse_viewer(text);
  if (!viewer.ok()) {
    return viewer.error();
  }
  if (viewer.value().role == policy::Role::kPublic) {
    return model::Error{model::ErrorKind::kBadInput, "the public needs no account",
                        "planner, auditor, delegate:GBR and the like"};
  }
  return model::Done{};
}

store::PasswordSalt draw_salt() {
  auto const bytes = ledger::draw_random_bytes();
  store::PasswordSalt salt{};
  std::copy_n(bytes.begin(), salt.size(), salt.begin());
  return salt;
}

}  // namespace

void add_user_store(CLI::App& verb, UserWords& words, bool writes) {
  verb.add_option("--store", words.store.store, "The store's file")->type_name("FILE")->required();
  if (writes) {
    verb.add_option("--key", words.store.key,
                    "File of the log's signing key (default: as GUARANTOR_KEY says, or FILE-key)")
        ->type_name("FILE");
    verb.add_option("--by", words.store.by,
                    "Who does this, for the record (default: the user's "
                    "name)")
        ->type_name("NAME");
  }
}

void add_user_name(CLI::App& verb, UserWords& words) {
  verb.add_option("name", words.name, "The account's name")->type_name("NAME")->required();
}

void add_password_input(CLI::App& verb, UserWords& words) {
  verb.add_flag("--stdin", words.password.standard_input,
                "Read passwords from standard input, a line each, instead of the terminal");
}

store::AccountRules account_rules() {
  store::AccountRules rules;
  rules.role = check_role;
  return rules;
}

model::Result<model::Done> with_accounts(UserWords const& words, UserWork const& work) {
  auto const store = open_to_write(words.store);
  if (!store.ok()) {
    return store.error();
  }
  store::Accounts accounts{*store.value(), account_rules()};
  return work(accounts, author(words.store));
}

store::Accounts::NewPassword drawn_password() {
  return {.text = store::one_time_password(ledger::draw_random_bytes()),
          .salt = draw_salt(),
          .one_time = true};
}

store::Accounts::NewPassword salted(std::string text) {
  return {.text = std::move(text), .salt = draw_salt()};
}

model::Result<model::Done> show_once(std::string const& account, std::string const& password) {
  say(fmt::format("the password of `{}` for one use, shown this once; it must be changed first",
                  account));
  return print(password + "\n");
}

}  // namespace guarantor::app
