#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "guarantor/terminal.h"
#include "guarantor/user_input.h"
#include "guarantor/verbs.h"

/// The verbs that say who has an account, and with which role.
namespace guarantor::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  UserWords words;
  std::string role;
  bool json{false};
};

void add_change(CommandLine& line, CommandLine::Verb const& what,
                model::Result<model::Done> (store::Accounts::*change)(std::string_view,
                                                                      store::Author const&)) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(what, [options, change](Session const&) {
    return with_accounts(options->words,
                         [&](store::Accounts& accounts, store::Author const& author) {
                           return (accounts.*change)(options->words.name, author);
                         });
  });
  add_user_name(verb, options->words);
  add_user_store(verb, options->words, true);
}

Json moment(std::optional<model::Instant> const& instant) {
  return instant ? Json(model::print(*instant)) : Json(nullptr);
}

std::string state_of(store::Account const& account, std::optional<model::Instant> until) {
  return account.locked     ? "locked"
         : until            ? "locked until " + model::print(*until)
         : account.one_time ? "password for one use"
                            : "";
}

model::Result<model::Done> list(Options const& options) {
  auto const store = open_to_read(options.words.store);
  if (!store.ok()) {
    return store.error();
  }
  store::Accounts const accounts{*store.value(), account_rules()};
  auto const all = accounts.list();
  if (!all.ok()) {
    return all.error();
  }
  auto const now = author(options.words.store).at;
  auto json = Json::array();
  std::string text;
  for (store::Account const& account : all.value()) {
    auto const until = accounts.locked_until(account.name, now);
    if (!until.ok()) {
      return until.error();
    }
    auto tokens = Json::array();
    std::size_t good = 0;
    for (store::ApiToken const& token : account.tokens) {
      good += store::why_not(token, now) ? 0U : 1U;
      tokens.push_back(
          {{"name", token.name}, {"expires", moment(token.expires)}, {"revoked", token.revoked}});
    }
    json.push_back({{"account", account.name},
                    {"role", account.role},
                    {"locked", account.locked},
                    {"locked_until", moment(until.value())},
                    {"one_time", account.one_time},
                    {"tokens", tokens}});
    text += fmt::format("{:<24} {:<20} {:>3} tokens  {}\n", account.name, account.role, good,
                        state_of(account, until.value()));
  }
  return print(options.json ? json.dump(2) + "\n" : text);
}

model::Result<model::Done> check(Options const& options) {
  auto const store = open_to_read(options.words.store);
  if (!store.ok()) {
    return store.error();
  }
  auto const faults = store::Accounts{*store.value(), account_rules()}.faults();
  if (!faults.ok()) {
    return faults.error();
  }
  for (std::string const& fault : faults.value()) {
    say(fault);
  }
  if (!faults.value().empty()) {
    return model::Error{
        model::ErrorKind::kCheckFailed,
        fmt::format("{} accounts are not as they were recorded", faults.value().size()),
        "`store check` says what else was changed"};
  }
  return print("every account is as it was recorded\n");
}

}  // namespace

void add_user_list(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add({.name = "user list",
                         .does = "Who may sign in, with which role, and who is locked out",
                         .examples = "  guarantor user list --store coalition.db\n"
                                     "  guarantor user list --store coalition.db --json"},
                        [options](Session const&) { return list(*options); });
  add_user_store(verb, options->words, false);
  verb.add_flag("--json", options->json, "Answer in JSON instead of a table");
}

void add_user_check(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add({.name = "user check",
                         .does = "Whether what passwords are checked against is what was recorded",
                         .examples = "  guarantor user check --store coalition.db"},
                        [options](Session const&) { return check(*options); });
  add_user_store(verb, options->words, false);
}

void add_user_role(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb =
      line.add({.name = "user role",
                .does = "Give an account another role",
                .examples = "  guarantor user role anna delegate:XAB --store coalition.db"},
               [options](Session const&) {
                 return with_accounts(
                     options->words, [&](store::Accounts& accounts, store::Author const& author) {
                       return accounts.set_role(options->words.name, options->role, author);
                     });
               });
  add_user_name(verb, options->words);
  verb.add_option("role", options->role, "A role, e.g. planner or delegate:XAB")
      ->type_name("ROLE")
      ->required();
  add_user_store(verb, options->words, true);
}

void add_user_lock(CommandLine& line) {
  add_change(line,
             {.name = "user lock",
              .does = "Let an account in no more, until it is unlocked",
              .examples = "  guarantor user lock anna --store coalition.db"},
             &store::Accounts::lock);
}

void add_user_unlock(CommandLine& line) {
  add_change(line,
             {.name = "user unlock",
              .does = "Let an account in again, and forget its refused passwords",
              .examples = "  guarantor user unlock anna --store coalition.db"},
             &store::Accounts::unlock);
}

void add_user_remove(CommandLine& line) {
  add_change(line,
             {.name = "user remove",
              .does = "Remove an account for good; its name stays taken, its history kept",
              .examples = "  guarantor user remove anna --store coalition.db"},
             &store::Accounts::remove);
}

}  // namespace guarantor::app
