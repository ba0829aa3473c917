#pragma once

#include <string>
#include <string_view>

#include "guarantor/model/error.h"

namespace guarantor::ledger {

/// Base 64 of RFC 4648, section 4, with padding.
[[nodiscard]] std::string base64(std::string_view bytes);

/// The bytes a base 64 text stands for; every text it takes is the one `base64` writes.
/// Errors: bad input for other characters, missing padding, or unused bits that are not zero.
[[nodiscard]] model::Result<std::string> bytes_from_base64(std::string_view text);

}  // namespace guarantor::ledger
