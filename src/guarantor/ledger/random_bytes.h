#pragma once

#include <array>
#include <cstdint>

namespace guarantor::ledger {

/// Thirty-two bytes nobody can guess, from the operating system. The only place of the ledger where
/// anything is random: salts and key seeds are drawn here by the caller and passed in.
/// Ends the program where the system has no randomness. Any thread may ask.
[[nodiscard]] std::array<std::uint8_t, 32> draw_random_bytes();

}  // namespace guarantor::ledger
