#include "guarantor/user_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "guarantor/ledger/random_bytes.h"
#include "guarantor/model/nation_code.h"
#include "guarantor/model/spelling.h"
#include "guarantor/terminal.h"

namespace guarantor::app {
namespace {

constexpr std::array<std::string_view, 8> kRoles{"delegate", "planner",    "monitor",
                                                 "verifier", "commission", "decision-maker",
                                                 "auditor",  "controller"};

/// A role, of a nation where it is one's: always for a delegate, perhaps for a decision maker.
model::Result<model::Done> check_role(std::string_view text) {
  auto const colon = text.find(':');
  auto const role = text.substr(0, colon);
  std::vector<std::string_view> const roles{kRoles.begin(), kRoles.end()};
  if (std::ranges::find(roles, role) == roles.end()) {
    auto const near = model::closest(role, roles);
    return model::Error{model::ErrorKind::kBadInput, fmt::format("there is no role `{}`", role),
                        near ? fmt::format("did you mean `{}`?", *near)
                             : "planner, auditor, delegate:GBR and the like"};
  }
  bool const named = colon != std::string_view::npos;
  bool const may = role == "delegate" || role == "decision-maker";
  auto const code = named ? text.substr(colon + 1) : std::string_view{};
  bool const malformed = named && model::classify_nation(code) == model::NationCode::kMalformed;
  if ((role == "delegate" && !named) || (named && !may) || malformed) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("`{}` is no role of a nation", text),
                        "delegate:GBR, decision-maker or decision-maker:GBR; others without one"};
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
