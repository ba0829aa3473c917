#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "guarantor/ledger/signing_key.h"

namespace guarantor::ledger {

/// A witness's signature with its time, as it stands in a note's line behind the key id.
struct TimedSignature {
  std::uint64_t time{};  ///< seconds since 1970
  Signature signature{};
};

/// From those 72 bytes; nothing for others, or a time beyond 2^63 - 1.
[[nodiscard]] std::optional<TimedSignature> parse_timed_signature(std::string_view bytes);
[[nodiscard]] std::string timed_signature_bytes(TimedSignature const& timed);

/// What an Ed25519 witness signs (C2SP tlog-cosignature): two lines, then the checkpoint's body.
[[nodiscard]] std::string cosigned_message(std::uint64_t time, std::string_view body);

}  // namespace guarantor::ledger
