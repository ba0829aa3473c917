#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "guarantor/ledger/random_bytes.h"
#include "guarantor/terminal.h"
#include "guarantor/user_input.h"
#include "guarantor/verbs.h"

/// The verbs about passwords and tokens. What is secret is shown once, or never.
namespace guarantor::app {
namespace {

constexpr int kMostDays = 3660;

struct Options {
  UserWords words;
  std::string role;
  bool one_time{false};
  bool reset{false};
  std::string token;
  std::optional<int> days;
  bool revoke{false};
};

model::Result<model::Done> init(Options const& options) {
  return with_accounts(
      options.words,
      [](store::Accounts& accounts, store::Author const& author) -> model::Result<model::Done> {
        auto const password = drawn_password();
        auto const added = accounts.add_first("controller", password, author);
        if (!added.ok()) {
          return added.error();
        }
        if (!added.value()) {
          return model::Error{model::ErrorKind::kRefused, "there are accounts already",
                              "`user list` names them"};
        }
        return show_once("admin", password.text);
      });
}

/// A password as the options say: drawn for one use, or asked for.
model::Result<store::Accounts::NewPassword> new_password(Options const& options) {
  if (options.one_time) {
    return drawn_password();
  }
  auto text = ask_new_password(options.words.password);
  if (!text.ok()) {
    return text.error();
  }
  return salted(std::move(text).value());
}

model::Result<model::Done> add(Options const& options) {
  auto const password = new_password(options);
  if (!password.ok()) {
    return password.error();
  }
  auto const added =
      with_accounts(options.words, [&](store::Accounts& accounts, store::Author const& author) {
        return accounts.add(options.words.name, options.role, password.value(), author);
      });
  return added.ok() && options.one_time ? show_once(options.words.name, password.value().text)
                                        : added;
}

model::Result<model::Done> change_password(Options const& options) {
  bool const by_administrator = options.reset || options.one_time;
  std::string old;
  if (!by_administrator) {
    auto asked = ask_password(options.words.password, "Old password");
    if (!asked.ok()) {
      return asked.error();
    }
    old = std::move(asked).value();
  }
  auto const password = new_password(options);
  if (!password.ok()) {
    return password.error();
  }
  auto const changed =
      with_accounts(options.words, [&](store::Accounts& accounts, store::Author const& author) {
        return by_administrator
                   ? accounts.set_password(options.words.name, password.value(), author)
                   : accounts.change_password(options.words.name, old, password.value(), author);
      });
  return changed.ok() && options.one_time ? show_once(options.words.name, password.value().text)
                                          : changed;
}

model::Result<model::Done> token(Options const& options) {
  auto const text = store::token_text(options.words.name, ledger::draw_random_bytes());
  auto const changed =
      with_accounts(options.words, [&](store::Accounts& accounts, store::Author const& author) {
        if (options.revoke) {
          return accounts.revoke_token(options.words.name, options.token, author);
        }
        store::ApiToken made{.name = options.token, .hash = store::token_hash(text)};
        if (options.days) {
          made.expires = author.at + std::chrono::days{*options.days};
        }
        return accounts.add_token(options.words.name, made, author);
      });
  if (!changed.ok() || options.revoke) {
    return changed;
  }
  say(fmt::format("the token `{}` of `{}`, shown this once", options.token, options.words.name));
  return print(text + "\n");
}

}  // namespace

void add_user_init(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb =
      line.add({.name = "user init",
                .does = "Add the first account, `admin`, and print its password for one use",
                .examples = "  guarantor user init --store coalition.db"},
               [options](Session const&) { return init(*options); });
  add_user_store(verb, options->words, true);
}

void add_user_add(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "user add",
       .does = "Add an account",
       .examples = "  guarantor user add anna --role planner --store coalition.db\n"
                   "  guarantor user add bert --role delegate:XAB --one-time --store coalition.db"},
      [options](Session const&) { return add(*options); });
  add_user_name(verb, options->words);
  verb.add_option("--role", options->role, "A role, e.g. planner or delegate:XAB")
      ->type_name("ROLE")
      ->required();
  add_user_store(verb, options->words, true);
  add_password_input(verb, options->words);
  verb.add_flag("--one-time", options->one_time,
                "Draw a password for one use and print it, instead of asking for one");
}

void add_user_password(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb =
      line.add({.name = "user password",
                .does = "Change a password: ask for the old one and the new one",
                .examples = "  guarantor user password admin --store coalition.db\n"
                            "  guarantor user password anna --one-time --store coalition.db"},
               [options](Session const&) { return change_password(*options); });
  add_user_name(verb, options->words);
  add_user_store(verb, options->words, true);
  add_password_input(verb, options->words);
  verb.add_flag("--reset", options->reset,
                "As an administrator: ask for a new one alone, not for the old one");
  verb.add_flag("--one-time", options->one_time,
                "As an administrator: draw one for one use and print it");
}

void add_user_token(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "user token",
       .does = "Make a token for a program to sign in with, and print it once; or revoke one",
       .examples = "  guarantor user token anna laptop --days 90 --store coalition.db\n"
                   "  guarantor user token anna laptop --revoke --store coalition.db"},
      [options](Session const&) { return token(*options); });
  add_user_name(verb, options->words);
  verb.add_option("token", options->token, "What the token is called")
      ->type_name("TOKEN")
      ->required();
  add_user_store(verb, options->words, true);
  auto* const days =
      verb.add_option("--days", options->days, "Days until it expires (default: it does not)")
          ->type_name("N")
          ->check(CLI::Range(1, kMostDays));
  verb.add_flag("--revoke", options->revoke, "Let it in no more")->excludes(days);
}

}  // namespace guarantor::app
