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

Result<bool> Accounts::knows(Account const& account, std::string_view password) const {
  auto const verifier = store_.secret(account.name);
  if (!verifier.ok()) {
    return verifier.error();
  }
  if (!verifier.value() || ledger::sha256(*verifier.value()) != account.verifier) {
    return Error{
        ErrorKind::kCheckFailed,
        fmt::format("what the password of `{}` is checked against is not what was recorded",
                    account.name),
        "somebody changed the store; set a new password, and look at who had access"};
  }
  return verifies(*verifier.value(), password);
}

Result<SignIn> Accounts::sign_in(std::string_view name, std::string_view password,
                                 Author const& author) {
  auto const found = any(name);
  if (!found.ok()) {
    return found.error();
  }
  if (!found.value() || found.value()->removed) {
    // As much work as for an account, so that time does not tell which names there are.
    static_cast<void>(make_verifier(password, PasswordSalt{}, rules_.cost));
    return refuse(found.value() ? name : kNobody, "no such account", author);
  }
  Account const& account = *found.value();
  auto const until = locked_until(name, author.at);
  if (!until.ok()) {
    return until.error();
  }
  auto const known = knows(account, password);
  if (!known.ok()) {
    return known.error();
  }
  // A locked account says nothing of the password, right or wrong.
  if (account.locked) {
    return refuse(name, "locked by an administrator", author);
  }
  if (until.value()) {
    return refuse(name, "locked after refused passwords", author);
  }
  if (!known.value()) {
    return refuse(name, "wrong password", author);
  }
  return SignIn{.account = account, .must_change = account.one_time};
}

Result<SignIn> Accounts::sign_in_with_token(std::string_view token, Author const& author) {
  auto const name = account_of_token(token);
  auto const found = name ? any(*name) : Result<std::optional<Account>>{std::nullopt};
  if (!found.ok()) {
    return found.error();
  }
  if (!found.value() || found.value()->removed) {
    return refuse(found.value() ? *name : std::string{kNobody}, "no such token", author);
  }
  Account const& account = *found.value();
  auto const hash = token_hash(token);
  ApiToken const* match = nullptr;
  for (ApiToken const& candidate : account.tokens) {
    match = same_secret(candidate.hash.view(), hash.view()) ? &candidate : match;
  }
  if (match == nullptr) {
    return refuse(account.name, "no such token", author);
  }
  if (account.locked) {
    return refuse(account.name, "locked by an administrator", author);
  }
  if (auto const why = why_not(*match, author.at)) {
    return refuse(account.name, *why, author);
  }
  if (account.one_time) {
    return refuse(account.name, "the password for one use was not changed", author);
  }
  return SignIn{.account = account};
}

Result<Done> Accounts::change_password(std::string_view name, std::string_view old,
                                       NewPassword const& password, Author const& author) {
  auto const signed_in = sign_in(name, old, author);
  if (!signed_in.ok()) {
    return signed_in.error();
  }
  if (!signed_in.value().account) {
    return Error{ErrorKind::kRefused, "name and password do not fit, or the account is locked", ""};
  }
  if (same_secret(old, password.text)) {
    return Error{ErrorKind::kBadInput, "this password will not do: it is the old one", ""};
  }
  NewPassword chosen = password;
  chosen.one_time = false;
  ledger::Digest const was = signed_in.value().account->verifier;
  auto const begin = [&]() -> Result<Account> {
    auto account = find(name);
    if (account.ok() && account.value().verifier != was) {
      return Error{ErrorKind::kRefused, "the password was changed meanwhile", ""};
    }
    return account;
  };
  return keep_password(name, begin, AccountChange::kPassword, chosen, author);
}

}  // namespace guarantor::store
