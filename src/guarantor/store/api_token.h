#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "guarantor/ledger/digest.h"
#include "guarantor/model/instant.h"

namespace guarantor::store {

/// What is kept of an API token. Whoever made it saw its text once; only the hash of that is kept.
struct ApiToken {
  std::string name;  ///< one of its account's
  ledger::Digest hash;
  std::optional<model::Instant> expires;  ///< the first moment it no longer counts
  bool revoked{};

  friend bool operator==(ApiToken const&, ApiToken const&) = default;
};

/// `gt1.<account>.<64 hexadecimal digits>`: whose it is, so that it is found at once, and 32 bytes
/// that nobody can guess.
[[nodiscard]] std::string token_text(std::string_view account,
                                     std::array<std::uint8_t, 32> const& random);

/// Whose a token says it is; nothing for text that is none.
[[nodiscard]] std::optional<std::string> account_of_token(std::string_view text);

/// SHA-256 of the whole text.
[[nodiscard]] ledger::Digest token_hash(std::string_view text);

/// Why a token of that hash does not count at that moment, or nothing.
[[nodiscard]] std::optional<std::string> why_not(ApiToken const& token, model::Instant now);

}  // namespace guarantor::store
