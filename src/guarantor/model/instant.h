#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace guarantor::model {

/// A moment, UTC.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// `YYYY-MM-DDThh:mm:ss.ffffffZ`, RFC 3339; always six digits, so that texts sort as moments do.
[[nodiscard]] std::string print(Instant instant);

/// Reads what RFC 3339 allows in UTC: at most six digits of a second, `Z` at the end; nothing for
/// any other text or a moment that does not exist (leap seconds are none here).
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);

}  // namespace guarantor::model
