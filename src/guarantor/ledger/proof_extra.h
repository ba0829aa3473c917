#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "guarantor/ledger/commitment.h"

namespace guarantor::ledger {

/// What a proof file carries so that a record can be held against its entry.
struct ProofExtra {
  Salt salt{};
  std::optional<std::string> payload;  ///< the record's JSON
};

/// {"payload":"...","salt":"64 hexadecimal digits"}, canonical. REQUIRES: the payload is UTF-8.
[[nodiscard]] std::string proof_extra(ProofExtra const& extra);
/// The reverse; nothing for any text `proof_extra` does not write.
[[nodiscard]] std::optional<ProofExtra> parse_proof_extra(std::string_view text);

}  // namespace guarantor::ledger
