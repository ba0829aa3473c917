#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "guarantor/model/error.h"

/// Passwords: what is asked of them, and what is kept to check them by.
namespace guarantor::store {

/// What trying one password costs, to us and to whoever stole the verifiers. The default is
/// libsodium's moderate one: three passes over 256 MiB, about half a second.
struct PasswordCost {
  std::uint64_t passes{3};
  std::size_t bytes{std::size_t{256} << 20U};
};
/// The least Argon2id allows; for tests alone.
inline constexpr PasswordCost kCheapestPassword{1, 8192};

/// Sixteen bytes that no other password has; the caller draws them.
using PasswordSalt = std::array<std::uint8_t, 16>;

/// Why a password will not do for an account of that name, or nothing: at least 12 characters and
/// at most 1024 bytes of UTF-8, none that a keyboard cannot type, at least five different ones, and
/// the name not in it.
[[nodiscard]] std::optional<std::string> weakness_of(std::string_view password,
                                                     std::string_view account);

/// What a password is checked against: Argon2id (RFC 9106) as the usual text `$argon2id$…`, which
/// other programs read too. Error kLimit where there is not so much memory.
[[nodiscard]] model::Result<std::string> make_verifier(std::string_view password,
                                                       PasswordSalt const& salt, PasswordCost cost);

/// Whether it is the password; takes as long whether it is or not. False for a verifier that is
/// none.
[[nodiscard]] bool verifies(std::string_view verifier, std::string_view password);

/// A password for one use, four groups of five letters and figures without those that look alike:
/// 100 bits.
[[nodiscard]] std::string one_time_password(std::array<std::uint8_t, 32> const& random);

/// Whether two texts are the same, in a time that depends on their lengths alone.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b);

}  // namespace guarantor::store
