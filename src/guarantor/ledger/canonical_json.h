#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "guarantor/model/error.h"

namespace guarantor::ledger {

/// What a JSON text may at most be.
struct CanonicalLimits {
  std::size_t most_bytes = std::size_t{16} << 20;
  int most_depth = 64;  ///< arrays and objects within one another
};

/// The one text (RFC 8785) of what `text` says: no blanks, members in order of their names' UTF-16
/// units, numbers as ECMAScript writes them, strings with the fewest escapes.
/// Errors, as line:column: bad input for what is no JSON (RFC 8259) or no I-JSON (RFC 7493): a name
/// twice, invalid UTF-8, half a surrogate pair, a number beyond a double; a limit for one passed.
/// Costs O(n), and O(n log n) in the members of objects that are out of order; text that is
/// canonical already is only read through.
[[nodiscard]] model::Result<std::string> canonical_json(std::string_view text,
                                                        CanonicalLimits limits = {});

/// A JSON string in that form, quotes included. Errors: bad input for invalid UTF-8.
[[nodiscard]] model::Result<std::string> canonical_json_string(std::string_view text);

}  // namespace guarantor::ledger
