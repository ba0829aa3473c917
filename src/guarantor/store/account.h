#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/ledger/digest.h"
#include "guarantor/model/error.h"
#include "guarantor/model/vocabulary.h"
#include "guarantor/store/api_token.h"

namespace guarantor::store {

/// What was done to an account.
enum class AccountChange {
  kAdded,
  kPassword,       ///< changed by whoever knew the old one
  kPasswordReset,  ///< by an administrator: for one use
  kRole,
  kLocked,
  kUnlocked,
  kTokenMade,
  kTokenRevoked,
  kRemoved
};

}  // namespace guarantor::store

template <>
inline constexpr guarantor::model::Words<9>
    guarantor::model::kWords<guarantor::store::AccountChange>{
        "added",    "password",   "password-reset", "role",   "locked",
        "unlocked", "token-made", "token-revoked",  "removed"};

namespace guarantor::store {

/// Someone who may sign in, as the last record of the account says. What the password is checked
/// against is no part of it, only the SHA-256 of that.
struct Account {
  std::string name;
  std::string role;  ///< a word of the caller's, e.g. `delegate:XAB`
  AccountChange change{AccountChange::kAdded};
  ledger::Digest verifier;  ///< SHA-256
  bool one_time{};          ///< the password must be changed before anything else
  bool locked{};            ///< by an administrator, until one unlocks it
  bool removed{};
  std::vector<ApiToken> tokens;

  friend bool operator==(Account const&, Account const&) = default;
};

/// As the body of a record, and back. Error kCheckFailed for a body that is none.
[[nodiscard]] std::string to_body(Account const& account);
[[nodiscard]] model::Result<Account> account_from_body(std::string_view body);

}  // namespace guarantor::store
