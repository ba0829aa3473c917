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
/// numbers), lat or latitude, lon, lng, long or longitude, date, started_at, acq_date … (as
/// `parse_loose_time` reads them; UTC unless a zone follows) with acq_time, time or event_time, and
/// where there are any enddate or finished_at, category or type, places, texts. A row without a
/// date or place is counted by reason and left out. Errors as `read_plain_table`, and kBadInput
/// where a column that is needed is missing and where every row is left out.
[[nodiscard]] model::Result<EventTable> read_events_csv(std::filesystem::path const& path);

/// Brings every moment of a table to the beginning of its day: times and days do not compare.
void drop_times(EventTable& table);

}  // namespace guarantor::bench
