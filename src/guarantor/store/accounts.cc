#include "guarantor/store/accounts.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "guarantor/model/id.h"

namespace guarantor::store {
namespace {

using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::string_view kWrongPassword = "wrong password";
/// The key of attempts on names that no account has.
constexpr std::string_view kNobody = "unknown";
constexpr char const* kFirstName = "admin";
constexpr char const* kIdentifierHint =
    "a-z, 0-9, `.`, `_`, `-`, at most 64, beginning with a letter or digit";

Error weak(std::string const& why) {
  return {ErrorKind::kBadInput, "this password will not do: " + why,
          "at least 12 characters; a few words that do not belong together are easiest to keep"};
}

Result<Done> check_role(AccountRules const& rules, std::string_view role) {
  if (role.empty()) {
    return Error{ErrorKind::kBadInput, "an account needs a role", ""};
  }
  return rules.role ? rules.role(role) : Done{};
}

}  // namespace

Result<std::optional<Account>> account_in(Store const& store, std::string_view name) {
  auto const record = store.latest(RecordKind::kAccount, name);
  if (!record.ok()) {
    return record.error();
  }
  if (!record.value()) {
    return std::optional<Account>{};
  }
  auto account = account_from_body(record.value()->body);
  if (!account.ok()) {
    return account.error();
  }
  return std::optional{std::move(account).value()};
}

Result<std::vector<Account>> accounts_in(Store const& store) {
  std::vector<Account> out;
  std::optional<Error> broken;
  auto const visited = store.each_latest(RecordKind::kAccount, "", {}, [&](Record&& record) {
    auto account = account_from_body(record.body);
    if (!account.ok()) {
      broken = account.error();
      return false;
    }
    if (!account.value().removed) {
      out.push_back(std::move(account).value());
    }
    return true;
  });
  if (broken) {
    return *broken;
  }
  if (!visited.ok()) {
    return visited.error();
  }
  return out;
}

Result<Account> Accounts::find(std::string_view name) const {
  auto account = any(name);
  if (!account.ok()) {
    return account.error();
  }
  if (!account.value() || account.value()->removed) {
    return Error{ErrorKind::kNotFound, fmt::format("there is no account `{}`", name), ""};
  }
  return *std::move(account).value();
}

Result<std::optional<model::Instant>> locked_until(Store const& store, std::string_view name,
                                                   model::Instant now, LockOutRules const& rules) {
  // Refusals before the last new password or unlocking are forgotten.
  auto const changes = store.history(RecordKind::kAccount, name);
  auto const attempts = store.history(RecordKind::kAccess, name);
  if (!changes.ok() || !attempts.ok()) {
    return changes.ok() ? attempts.error() : changes.error();
  }
  Position since = 0;
  for (Record const& record : changes.value()) {
    auto const account = account_from_body(record.body);
    if (!account.ok()) {
      return account.error();
    }
    auto const change = account.value().change;
    if (change == AccountChange::kPassword || change == AccountChange::kPasswordReset ||
        change == AccountChange::kUnlocked || change == AccountChange::kAdded) {
      since = record.position;
    }
  }
  std::vector<model::Instant> refused;
  for (Record const& record : attempts.value()) {
    auto const body = nlohmann::json::parse(record.body, nullptr, false);
    if (record.position > since && body.is_object() && body.value("why", "") == kWrongPassword) {
      refused.push_back(record.at);
    }
  }
  return store::locked_until(refused, now, rules);
}

Result<Done> Accounts::keep(Begin const& begin, AccountChange change, Edit const& edit,
                            std::optional<std::string> const& verifier, Author const& author) {
  auto const build = [&](Position) -> Result<Store::Step> {
    auto account = begin();
    if (!account.ok()) {
      return account.error();
    }
    if (auto const edited = edit(account.value()); !edited.ok()) {
      return edited.error();
    }
    account.value().change = change;
    Store::Step step;
    step.drafts.push_back({.kind = RecordKind::kAccount,
                           .key = account.value().name,
                           .body = to_body(account.value())});
    if (verifier) {
      step.secrets.push_back({account.value().name, *verifier});
    }
    return step;
  };
  auto const kept = store_.append_built(build, author);
  return kept.ok() ? Result<Done>{Done{}} : kept.error();
}

Result<Done> Accounts::change(std::string_view name, AccountChange change, Edit const& edit,
                              Author const& author) {
  return keep([&] { return find(name); }, change, edit, std::nullopt, author);
}

Result<Accounts::PreparedPassword> Accounts::prepare(std::string_view name,
                                                     NewPassword const& password,
                                                     PasswordCost cost) {
  if (auto const why = weakness_of(password.text, name)) {
    return weak(*why);
  }
  auto verifier = make_verifier(password.text, password.salt, cost);
  if (!verifier.ok()) {
    return verifier.error();
  }
  return PreparedPassword{.verifier = std::move(verifier).value(), .one_time = password.one_time};
}

Result<Done> Accounts::keep_password(Begin const& begin, AccountChange change,
                                     PreparedPassword const& password, Author const& author) {
  auto const edit = [&](Account& account) -> Result<Done> {
    account.one_time = password.one_time;
    account.verifier = ledger::sha256(password.verifier);
    return Done{};
  };
  return keep(begin, change, edit, password.verifier, author);
}

Result<Done> can_add(Store const& store, AccountRules const& rules, std::string_view name,
                     std::string_view role) {
  if (!model::is_identifier(name) || name == kNobody) {
    return Error{ErrorKind::kBadInput, fmt::format("`{}` cannot name an account", name),
                 kIdentifierHint};
  }
  if (auto const known = check_role(rules, role); !known.ok()) {
    return known;
  }
  auto const there = account_in(store, name);
  if (!there.ok()) {
    return there.error();
  }
  if (there.value()) {
    return Error{ErrorKind::kRefused, fmt::format("there is an account `{}` already", name),
                 there.value()->removed ? "it was removed; names are not used twice" : ""};
  }
  return Done{};
}

Result<Done> Accounts::add(std::string_view name, std::string_view role,
                           NewPassword const& password, Author const& author) {
  // Told before the password takes its time, and asked again when it is kept.
  if (auto const fits = can_add(store_, rules_, name, role); !fits.ok()) {
    return fits;
  }
  auto const prepared = prepare(name, password, rules_.cost);
  return prepared.ok() ? add_prepared(name, role, prepared.value(), author) : prepared.error();
}

Result<Done> Accounts::add_prepared(std::string_view name, std::string_view role,
                                    PreparedPassword const& password, Author const& author) {
  auto const begin = [&]() -> Result<Account> {
    auto const fits = can_add(store_, rules_, name, role);
    return fits.ok() ? Account{.name = std::string{name}, .role = std::string{role}}
                     : Result<Account>{fits.error()};
  };
  return keep_password(begin, AccountChange::kAdded, password, author);
}

Result<bool> Accounts::add_first(std::string_view role, NewPassword const& password,
                                 Author const& author) {
  auto const all = list();
  if (!all.ok()) {
    return all.error();
  }
  if (!all.value().empty()) {
    return false;
  }
  NewPassword first = password;
  first.one_time = true;
  auto const added = add(kFirstName, role, first, author);
  if (!added.ok()) {
    return added.error();
  }
  return true;
}

Result<Done> Accounts::set_password(std::string_view name, NewPassword const& password,
                                    Author const& author) {
  if (auto const there = find(name); !there.ok()) {
    return there.error();
  }
  auto const prepared = prepare(name, password, rules_.cost);
  return prepared.ok() ? set_prepared_password(name, prepared.value(), author) : prepared.error();
}

Result<Done> Accounts::set_prepared_password(std::string_view name,
                                             PreparedPassword const& password,
                                             Author const& author) {
  return keep_password([&] { return find(name); }, AccountChange::kPasswordReset, password, author);
}

Result<Done> Accounts::set_role(std::string_view name, std::string_view role,
                                Author const& author) {
  if (auto const known = check_role(rules_, role); !known.ok()) {
    return known;
  }
  auto const edit = [&](Account& account) -> Result<Done> {
    account.role = role;
    return Done{};
  };
  return change(name, AccountChange::kRole, edit, author);
}

Result<Done> Accounts::lock(std::string_view name, Author const& author) {
  auto const edit = [](Account& account) -> Result<Done> {
    account.locked = true;
    return Done{};
  };
  return change(name, AccountChange::kLocked, edit, author);
}

Result<Done> Accounts::unlock(std::string_view name, Author const& author) {
  auto const edit = [](Account& account) -> Result<Done> {
    account.locked = false;
    return Done{};
  };
  return change(name, AccountChange::kUnlocked, edit, author);
}

Result<Done> Accounts::remove(std::string_view name, Author const& author) {
  auto const edit = [](Account& account) -> Result<Done> {
    account.removed = true;
    account.verifier = {};
    for (ApiToken& token : account.tokens) {
      token.revoked = true;
    }
    return Done{};
  };
  return keep([&] { return find(name); }, AccountChange::kRemoved, edit, "", author);
}

Result<Done> Accounts::add_token(std::string_view name, ApiToken const& token,
                                 Author const& author) {
  if (!model::is_identifier(token.name)) {
    return Error{ErrorKind::kBadInput, fmt::format("`{}` cannot name a token", token.name),
                 kIdentifierHint};
  }
  auto const edit = [&](Account& account) -> Result<Done> {
    if (std::ranges::find(account.tokens, token.name, &ApiToken::name) != account.tokens.end()) {
      return Error{ErrorKind::kRefused,
                   fmt::format("`{}` has or had a token `{}` already", name, token.name),
                   "a name tells one token from all that ever were"};
    }
    account.tokens.push_back(token);
    return Done{};
  };
  return change(name, AccountChange::kTokenMade, edit, author);
}

Result<Done> Accounts::revoke_token(std::string_view name, std::string_view token,
                                    Author const& author) {
  auto const edit = [&](Account& account) -> Result<Done> {
    auto const found = std::ranges::find(account.tokens, token, &ApiToken::name);
    if (found == account.tokens.end()) {
      return Error{ErrorKind::kNotFound, fmt::format("`{}` has no token `{}`", name, token), ""};
    }
    found->revoked = true;
    return Done{};
  };
  return change(name, AccountChange::kTokenRevoked, edit, author);
}

Result<std::vector<std::string>> Accounts::faults() const {
  std::vector<std::string> out;
  std::optional<Error> failure;
  auto const visited = store_.each_latest(RecordKind::kAccount, "", {}, [&](Record&& record) {
    auto const account = account_from_body(record.body);
    auto const verifier = store_.secret(record.key);
    if (!verifier.ok()) {
      failure = verifier.error();
      return false;
    }
    if (!account.ok() || account.value().name != record.key) {
      out.push_back(
          fmt::format("record {}: no account of the name `{}`", record.position, record.key));
    } else if (account.value().removed != !verifier.value().has_value()) {
      out.push_back(fmt::format("`{}`: what its password is checked against {}", record.key,
                                verifier.value() ? "stands though it was removed" : "is gone"));
    } else if (verifier.value() && ledger::sha256(*verifier.value()) != account.value().verifier) {
      out.push_back(
          fmt::format("`{}`: what its password is checked against is not what record {} says",
                      record.key, record.position));
    }
    return true;
  });
  if (failure || !visited.ok()) {
    return failure ? *failure : visited.error();
  }
  return out;
}

}  // namespace guarantor::store
