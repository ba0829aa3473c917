#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/store/account.h"
#include "guarantor/store/lock_out.h"
#include "guarantor/store/password.h"
#include "guarantor/store/store.h"

namespace guarantor::store {

struct AccountRules {
  LockOutRules lock_out;
  PasswordCost cost;
  /// Whether a word is a role, else what is wrong with it. Empty: any word is.
  std::function<model::Result<model::Done>(std::string_view)> role;
};

/// Whether someone may in. A refusal is an answer, and kept.
struct SignIn {
  std::optional<Account> account;  ///< nothing where refused
  std::string refused;             ///< for the record; whoever is refused is told no more than that
  bool must_change{};  ///< the password was for one use: it may be changed, and nothing else done
};

/// The account of that name as its last record says, removed ones too; nothing where there never
/// was one. Errors: those of the store; kCheckFailed for a record that is no account.
[[nodiscard]] model::Result<std::optional<Account>> account_in(Store const& store,
                                                               std::string_view name);

/// All that were not removed, by name.
[[nodiscard]] model::Result<std::vector<Account>> accounts_in(Store const& store);
/// Until when refused passwords lock an account; nothing where they do not.
[[nodiscard]] model::Result<std::optional<model::Instant>> locked_until(Store const& store,
                                                                        std::string_view name,
                                                                        model::Instant now,
                                                                        LockOutRules const& rules);
/// Whether an account of that name and role could be added, told before its password takes its
/// time. Errors: kRefused where the name is taken, by a removed account too; kBadInput for a name
/// that is no identifier or a role that is none.
[[nodiscard]] model::Result<model::Done> can_add(Store const& store, AccountRules const& rules,
                                                 std::string_view name, std::string_view role);

/// What a token shows, found without keeping anything.
struct TokenCheck {
  std::optional<Account> account;  ///< nothing where refused
  std::string refused;             ///< why, for the record
  std::string name;                ///< whose token it would be; `unknown` where nobody's
};
[[nodiscard]] model::Result<TokenCheck> check_token(Store const& store, std::string_view token,
                                                    model::Instant now);

/// A password as it is tried: what it is checked against was read before, so that the store need
/// not be held for the half second that trying takes.
struct PasswordTrial {
  std::string name;
  std::optional<Account> account;  ///< nothing where there is none that could sign in
  std::string verifier;
};
/// Error kCheckFailed where what the password is checked against is not what was recorded.
[[nodiscard]] model::Result<PasswordTrial> begin_trial(Store const& store, std::string_view name);
/// Slow, and as slow for a name that no account has. Needs no store.
[[nodiscard]] bool fits(PasswordTrial const& trial, std::string_view password, PasswordCost cost);

/// Who may sign in to a store, and with what. Every change is a record of the account, every
/// refused attempt a record of its own; what passwords are checked against stands beside the
/// records and can go. Time and randomness are the caller's. Errors of every function: those of the
/// store; kCheckFailed where what is kept of an account is not what was recorded.
class Accounts {
 public:
  Accounts(Store& store, AccountRules rules) : store_{store}, rules_{std::move(rules)} {}

  /// All that were not removed, by name.
  [[nodiscard]] model::Result<std::vector<Account>> list() const { return accounts_in(store_); }
  /// One of them. Error kNotFound.
  [[nodiscard]] model::Result<Account> find(std::string_view name) const;
  /// Until when refused passwords lock it; nothing where they do not.
  [[nodiscard]] model::Result<std::optional<model::Instant>> locked_until(
      std::string_view name, model::Instant now) const {
    return store::locked_until(store_, name, now, rules_.lock_out);
  }

  /// A new password and the bytes that make its verifier like no other.
  struct NewPassword {
    std::string text;
    PasswordSalt salt{};
    bool one_time{};
  };
  /// What is kept of a new password. Slow, and needs no store. Errors: kBadInput for a weak
  /// password, kLimit where there is not so much memory.
  struct PreparedPassword {
    std::string verifier;
    bool one_time{};
  };
  [[nodiscard]] static model::Result<PreparedPassword> prepare(std::string_view name,
                                                               NewPassword const& password,
                                                               PasswordCost cost);
  /// Errors: kRefused where the name is taken, by a removed account too; kBadInput for a name that
  /// is no identifier, a role that is none, a weak password.
  [[nodiscard]] model::Result<model::Done> add(std::string_view name, std::string_view role,
                                               NewPassword const& password, Author const& author);
  [[nodiscard]] model::Result<model::Done> add_prepared(std::string_view name,
                                                        std::string_view role,
                                                        PreparedPassword const& password,
                                                        Author const& author);
  /// Adds `admin` with this role and a password for one use where nobody can sign in yet; true
  /// where it did. The caller shows the password once.
  [[nodiscard]] model::Result<bool> add_first(std::string_view role, NewPassword const& password,
                                              Author const& author);
  /// By an administrator. Errors: kNotFound, kBadInput for a weak password.
  [[nodiscard]] model::Result<model::Done> set_password(std::string_view name,
                                                        NewPassword const& password,
                                                        Author const& author);
  [[nodiscard]] model::Result<model::Done> set_prepared_password(std::string_view name,
                                                                 PreparedPassword const& password,
                                                                 Author const& author);
  [[nodiscard]] model::Result<model::Done> set_role(std::string_view name, std::string_view role,
                                                    Author const& author);
  /// Locked until unlocked; unlocking also forgets refused passwords.
  [[nodiscard]] model::Result<model::Done> lock(std::string_view name, Author const& author);
  [[nodiscard]] model::Result<model::Done> unlock(std::string_view name, Author const& author);
  /// For good: what its password was checked against is deleted, its tokens are revoked, its name
  /// stays taken.
  [[nodiscard]] model::Result<model::Done> remove(std::string_view name, Author const& author);

  /// Keeps the hash of a token that the caller made by `token_text`. Errors: kNotFound; kRefused
  /// where the account has a token of that name; kBadInput for a name that is none.
  [[nodiscard]] model::Result<model::Done> add_token(std::string_view name, ApiToken const& token,
                                                     Author const& author);
  [[nodiscard]] model::Result<model::Done> revoke_token(std::string_view name,
                                                        std::string_view token,
                                                        Author const& author);

  /// By password. `author` says from where and when. An unknown name takes as long as a wrong
  /// password, and its record does not hold it: people type passwords there.
  [[nodiscard]] model::Result<SignIn> sign_in(std::string_view name, std::string_view password,
                                              Author const& author);
  /// The end of a sign-in whose password was tried before: what became of the account meanwhile
  /// counts too.
  [[nodiscard]] model::Result<SignIn> conclude(PasswordTrial const& trial, bool fitted,
                                               Author const& author);
  /// By token.
  [[nodiscard]] model::Result<SignIn> sign_in_with_token(std::string_view token,
                                                         Author const& author);
  /// By whoever knows the old one: a sign-in that leaves another password. Errors also: kRefused
  /// where the sign-in is; kBadInput where the new one is weak or the old one again.
  [[nodiscard]] model::Result<model::Done> change_password(std::string_view name,
                                                           std::string_view old,
                                                           NewPassword const& password,
                                                           Author const& author);

  /// The same of a trial that fitted.
  [[nodiscard]] model::Result<model::Done> change_prepared_password(
      PasswordTrial const& trial, PreparedPassword const& password, Author const& author);

  /// Where records of accounts and what passwords are checked against do not fit, each in a
  /// sentence.
  [[nodiscard]] model::Result<std::vector<std::string>> faults() const;

 private:
  [[nodiscard]] model::Result<std::optional<Account>> any(std::string_view name) const {
    return account_in(store_, name);
  }
  /// What an account is before a change.
  using Begin = std::function<model::Result<Account>()>;
  using Edit = std::function<model::Result<model::Done>(Account&)>;
  /// Reads, changes and keeps an account in one turn, so that two changes at once do not undo each
  /// other; with its verifier where there is a new one, and an empty one is deleted.
  [[nodiscard]] model::Result<model::Done> keep(Begin const& begin, AccountChange change,
                                                Edit const& edit,
                                                std::optional<std::string> const& verifier,
                                                Author const& author);
  /// The same of an account that is there.
  [[nodiscard]] model::Result<model::Done> change(std::string_view name, AccountChange change,
                                                  Edit const& edit, Author const& author);
  [[nodiscard]] model::Result<model::Done> keep_password(Begin const& begin, AccountChange change,
                                                         PreparedPassword const& password,
                                                         Author const& author);
  [[nodiscard]] model::Result<SignIn> refuse(std::string_view name, std::string_view why,
                                             Author const& author);

  Store& store_;
  AccountRules rules_;
};

}  // namespace guarantor::store
