#include "guarantor/serve/new_password.h"

#include <algorithm>
#include <utility>

#include "guarantor/ledger/random_bytes.h"
#include "guarantor/store/password.h"

namespace guarantor::serve {

store::Accounts::NewPassword salted(std::string text) {
  store::Accounts::NewPassword password{.text = std::move(text)};
  auto const random = ledger::draw_random_bytes();
  std::copy_n(random.begin(), password.salt.size(), password.salt.begin());
  return password;
}

store::Accounts::NewPassword drawn_password() {
  auto password = salted(store::one_time_password(ledger::draw_random_bytes()));
  password.one_time = true;
  return password;
}

}  // namespace guarantor::serve
