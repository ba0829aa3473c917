#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "guarantor/store/accounts.h"

/// How accounts let someone in, or do not.
namespace guarantor::store {
namespace {

using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::string_view kNobody = "unknown";

}  // namespace

Result<SignIn> Accounts::refuse(std::string_view name, std::string_view why, Author const& author) {
  std::array<Draft, 1> const drafts{
      Draft{.kind = RecordKind::kAccess,
            .key = std::string{name},
            .body = nlohmann::json{{"account", name}, {"why", why}}.dump()}};
  auto const kept = store_.append(drafts, author);
  if (!kept.ok()) {
    return kept.error();
  }
  return SignIn{.refused = std::string{why}};
}

Result<PasswordTrial> begin_trial(Store const& store, std::string_view name) {
  auto found = account_in(store, name);
  if (!found.ok()) {
    return found.error();
  }
  PasswordTrial trial{.name = std::string{name}};
  if (!found.value() || found.value()->removed) {
    return trial;
  }
  trial.account = std::move(found).value();
  auto verifier = store.secret(trial.account->name);
  if (!verifier.ok()) {
    return verifier.error();
  }
  if (!verifier.value() || ledger::sha256(*verifier.value()) != trial.account->verifier) {
    return Error{
        ErrorKind::kCheckFailed,
        fmt::format("what the password of `{}` is checked against is not what was recorded", name),
        "somebody changed the store; set a new password, and look at who had access"};
  }
  trial.verifier = *std::move(verifier).value();
  return trial;
}

bool fits(PasswordTrial const& trial, std::string_view password, PasswordCost cost) {
  if (!trial.account) {
    // As much work as for an account, so that time does not tell which names there are.
    static_cast<void>(make_verifier(password, PasswordSalt{}, cost));
    return false;
  }
  return verifies(trial.verifier, password);
}

Result<SignIn> Accounts::conclude(PasswordTrial const& trial, bool fitted, Author const& author) {
  auto const found = any(trial.name);
  if (!found.ok()) {
    return found.error();
  }
  if (!found.value() || found.value()->removed) {
    return refuse(found.value() ? trial.name : kNobody, "no such account", author);
  }
  Account const& account = *found.value();
  auto const until = locked_until(trial.name, author.at);
  if (!until.ok()) {
    return until.error();
  }
  // A locked account says nothing of the password, right or wrong.
  if (account.locked) {
    return refuse(trial.name, "locked by an administrator", author);
  }
  if (until.value()) {
    return refuse(trial.name, "locked after refused passwords", author);
  }
  if (!fitted) {
    return refuse(trial.name, "wrong password", author);
  }
  if (!trial.account || trial.account->verifier != account.verifier) {
    return refuse(trial.name, "the password was changed meanwhile", author);
  }
  return SignIn{.account = account, .must_change = account.one_time};
}

Result<SignIn> Accounts::sign_in(std::string_view name, std::string_view password,
                                 Author const& author) {
  auto const trial = begin_trial(store_, name);
  if (!trial.ok()) {
    return trial.error();
  }
  return conclude(trial.value(), fits(trial.value(), password, rules_.cost), author);
}

Result<TokenCheck> check_token(Store const& store, std::string_view token, model::Instant now) {
  auto const name = account_of_token(token);
  auto const found = name ? account_in(store, *name) : Result<std::optional<Account>>{std::nullopt};
  if (!found.ok()) {
    return found.error();
  }
  auto const refused = [](std::string_view whose, std::string_view why) {
    return TokenCheck{.refused = std::string{why}, .name = std::string{whose}};
  };
  if (!found.value() || found.value()->removed) {
    return refused(found.value() ? std::string_view{*name} : kNobody, "no such token");
  }
  Account const& account = *found.value();
  auto const hash = token_hash(token);
  ApiToken const* match = nullptr;
  for (ApiToken const& candidate : account.tokens) {
    match = same_secret(candidate.hash.view(), hash.view()) ? &candidate : match;
  }
  if (match == nullptr) {
    return refused(account.name, "no such token");
  }
  if (account.locked) {
    return refused(account.name, "locked by an administrator");
  }
  if (auto const why = why_not(*match, now)) {
    return refused(account.name, *why);
  }
  if (account.one_time) {
    return refused(account.name, "the password for one use was not changed");
  }
  return TokenCheck{.account = account, .name = account.name};
}

Result<SignIn> Accounts::sign_in_with_token(std::string_view token, Author const& author) {
  auto const check = check_token(store_, token, author.at);
  if (!check.ok()) {
    return check.error();
  }
  if (!check.value().account) {
    return refuse(check.value().name, check.value().refused, author);
  }
  return SignIn{.account = check.value().account};
}

Result<Done> Accounts::change_password(std::string_view name, std::string_view old,
                                       NewPassword const& password, Author const& author) {
  auto const trial = begin_trial(store_, name);
  if (!trial.ok()) {
    return trial.error();
  }
  auto const signed_in = conclude(trial.value(), fits(trial.value(), old, rules_.cost), author);
  if (!signed_in.ok()) {
    return signed_in.error();
  }
  if (!signed_in.value().account) {
    return Error{ErrorKind::kRefused, "name and password do not fit, or the account is locked", ""};
  }
  if (same_secret(old, password.text)) {
    return Error{ErrorKind::kBadInput, "this password will not do: it is the old one", ""};
  }
  auto const prepared = prepare(name, password, rules_.cost);
  return prepared.ok() ? change_prepared_password(trial.value(), prepared.value(), author)
                       : prepared.error();
}

Result<Done> Accounts::change_prepared_password(PasswordTrial const& trial,
                                                PreparedPassword const& password,
                                                Author const& author) {
  PreparedPassword const chosen{.verifier = password.verifier};
  auto const begin = [&]() -> Result<Account> {
    auto account = find(trial.name);
    if (account.ok() && (!trial.account || account.value().verifier != trial.account->verifier)) {
      return Error{ErrorKind::kRefused, "the password was changed meanwhile", ""};
    }
    return account;
  };
  return keep_password(begin, AccountChange::kPassword, chosen, author);
}

}  // namespace guarantor::store
