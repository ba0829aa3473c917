#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace guarantor::report {

/// The object's members one a line, and each row of its tables on a line of its own, so that a
/// person can read it and a line-by-line comparison says something.
[[nodiscard]] std::string printed(nlohmann::ordered_json const& document);

/// SHA-256 of a text, in hexadecimal.
[[nodiscard]] std::string sha256(std::string const& text);

}  // namespace guarantor::report
