#pragma once

#include <string>

namespace guarantor::ledger {

/// Appends a number as ECMAScript writes it (ECMA-262, Number::toString; RFC 8785, 3.2.2.3): the
/// fewest digits that are read back as the same double, plain up to 21 digits, -0 as 0.
/// REQUIRES: the value is finite.
void append_canonical_number(std::string& out, double value);

}  // namespace guarantor::ledger
