#pragma once

#include <string>

#include "guarantor/store/accounts.h"

namespace guarantor::serve {

/// The password that somebody chose, to be kept with a salt of its own.
[[nodiscard]] store::Accounts::NewPassword salted(std::string text);
/// One that nobody has seen yet, for one use.
[[nodiscard]] store::Accounts::NewPassword drawn_password();

}  // namespace guarantor::serve
