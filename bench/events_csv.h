#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/tables/raw_table.h"
#include "guarantor/watch/source_match.h"

namespace guarantor::bench {

/// Events of one source as a CSV file gave them.
struct EventTable {
  std::vector<watch::SourceEvent> events;
  std::vector<std::string> names;   ///< the file's ids, or row numbers where an id repeats
  std::vector<std::uint64_t> rows;  ///< by event, counted from 0 without the heading
  bool by_row{};
  bool has_times{};                             ///< every event says a time of day
  std::map<std::string, std::size_t> rejected;  ///< by reason
};

/// Reads a table from a CSV file, compressed by gzip or not. Errors kNotFound, kBadInput and
/// kLimit.
[[nodiscard]] model::Result<tables::RawTable> read_plain_table(std::filesystem::path const& path);

/// The first column that has one of these names, capitals or not; nothing where none has.
[[nodiscard]] std::optional<std::size_t> column_named(tables::RawTable const& table,
                                                      std::vector<std::string_view> const& names);

/// Reads events. Columns are found by name, capitals or not: id, entry, event_id … (none: row
/// numbers), lat or latitude, lon, lng, long or longitude, date, started_at … (UTC unless a zone
/// follows), and where there are any enddate or finished_at, category or type, places, texts. A row
/// without a date or place is counted by reason and left out. Errors as `read_plain_table`, and
/// kBadInput where a column that is needed is missing.
[[nodiscard]] model::Result<EventTable> read_events_csv(std::filesystem::path const& path);

/// `2022-03-04`, `2022-03-04 05:06:07`, `2022-03-04T05:06:07.5Z`, `… +02:00`; nothing for other
/// texts. `timed` is told whether there was a time of day.
[[nodiscard]] std::optional<model::Instant> parse_loose_time(std::string_view text, bool& timed);

/// Brings every moment of a table to the beginning of its day: times and days do not compare.
void drop_times(EventTable& table);

/// Pairs of names in a CSV file: columns `a` and `b`, or the first and, for the other, the one
/// whose name ends in `row` where its table goes by rows, else the second. Rows that name no event
/// are passed over; error kBadInput where that is all of them.
[[nodiscard]] model::Result<std::vector<watch::KnownPair>> read_pairs_csv(
    std::filesystem::path const& path, EventTable const& a, EventTable const& b);

}  // namespace guarantor::bench
