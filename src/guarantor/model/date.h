#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace guarantor::model {

/// A calendar day, UTC.
using Date = std::chrono::sys_days;

/// Reads an ISO 8601 date, `YYYY-MM-DD`; nothing for any other text or a day that does not exist.
/// A public record may know only the month: `YYYY-MM` is not a date here, write its first day and
/// say so in the note.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

/// `YYYY-MM-DD`.
[[nodiscard]] std::string print(Date date);

}  // namespace guarantor::model
