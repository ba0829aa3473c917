#pragma once

#include <functional>
#include <memory>
#include <string>

#include "guarantor/command_line.h"
#include "guarantor/password_input.h"
#include "guarantor/store/accounts.h"
#include "guarantor/store_input.h"

/// What the verbs about accounts share.
namespace guarantor::app {

struct UserWords {
  StoreWords store;
  PasswordWords password;
  std::string name;
};

/// The store, and who does it where something is kept.
void add_user_store(CLI::App& verb, UserWords& words, bool writes);
void add_user_name(CLI::App& verb, UserWords& words);
void add_password_input(CLI::App& verb, UserWords& words);

/// What holds for accounts of this program.
[[nodiscard]] store::AccountRules account_rules();

/// Does something with the accounts of the store that was named, opened for writing.
using UserWork = std::function<model::Result<model::Done>(store::Accounts&, store::Author const&)>;
[[nodiscard]] model::Result<model::Done> with_accounts(UserWords const& words,
                                                       UserWork const& work);

/// A password nobody has seen yet, for one use.
[[nodiscard]] store::Accounts::NewPassword drawn_password();
/// The one that was asked for, to be kept with a salt of its own.
[[nodiscard]] store::Accounts::NewPassword salted(std::string text);

/// Shows a password for one use, the only time it is seen.
[[nodiscard]] model::Result<model::Done> show_once(std::string const& account,
                                                   std::string const& password);

}  // namespace guarantor::app
