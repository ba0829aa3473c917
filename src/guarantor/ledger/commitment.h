#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "guarantor/ledger/digest.h"

namespace guarantor::ledger {

/// What keeps a record from being guessed from its commitment; `draw_random_bytes()` makes one.
using Salt = std::array<std::uint8_t, 32>;

/// The log entry of a record: SHA-256(salt || canonical JSON). It tells nothing of the record to
/// who lacks the salt, and nothing at all once record and salt are deleted. REQUIRES: the text is
/// in the form of `canonical_json`.
[[nodiscard]] Digest commitment(Salt const& salt, std::string_view canonical_json);

}  // namespace guarantor::ledger
