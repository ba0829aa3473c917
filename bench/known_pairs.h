#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/events_csv.h"
#include "guarantor/model/error.h"
#include "guarantor/watch/source_match.h"

namespace guarantor::bench {

/// Pairs of events that are known to be one, as a CSV file named them, and what was made of it.
struct KnownPairs {
  std::vector<watch::KnownPair> pairs;  ///< by index in the tables of events
  std::size_t rows{};                   ///< of the file
  std::size_t nowhere{};                ///< rows that name an event neither table has
  std::size_t apart{};                  ///< rows that say the two are not one
  std::size_t unclear{};                ///< rows whose label is neither yes nor no
  std::string columns;                  ///< which were read, in words
};

/// Reads pairs of names, or of row numbers where ids repeat or the file names no ids. For either
/// side the column is read that holds most of its events; where several do, one called `a` or `b`,
/// or whose name ends in `row` where the table goes by rows, else the first. A column match, label,
/// is_match or same tells pairs (1, true, yes) from pairs that are none (0, false, no). A first
/// line that names events is a pair, not a heading. Errors as `read_plain_table`, and kBadInput
/// where no pair is left.
[[nodiscard]] model::Result<KnownPairs> read_pairs_csv(std::filesystem::path const& path,
                                                       EventTable const& a, EventTable const& b);

/// How many of the pairs lie within the window, which are those that can be learnt from.
[[nodiscard]] std::size_t count_within(std::vector<watch::KnownPair> const& pairs,
                                       EventTable const& a, EventTable const& b,
                                       watch::CandidateWindow const& window);

}  // namespace guarantor::bench
