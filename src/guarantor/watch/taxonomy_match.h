#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "guarantor/model/date.h"
#include "guarantor/model/place.h"
#include "guarantor/model/quantity.h"

/// Matching of event tables that name things differently, by place, time and taxonomies: K. Donnay,
/// E. T. Dunford, E. C. McGrath, D. Backer and D. E. Cunningham, "Integrating Conflict Event Data",
/// Journal of Conflict Resolution 63(5), 2019 (the method called MELTT).
namespace guarantor::watch {

/// An event of one table with its codes translated into the shared taxonomies.
struct CodedEvent {
  model::Position position;
  model::Date from;
  model::Date to;  ///< after `from`: an episode
  /// For each taxonomy the classes it falls into, the finest first. All events of a request have
  /// the same taxonomies with the same number of levels.
  std::vector<std::vector<std::string>> classes;
};

struct TaxonomyWindow {
  model::Metres within;
  model::Days days;
};

/// What several tables hold to be one event; at most one of each table.
struct TaxonomyMatch {
  std::vector<std::optional<std::uint32_t>> members;  ///< by table, an index of its events
  bool episode{};
};

/// An event that lies within an episode of another table and agrees with it in every taxonomy. The
/// two are of different kinds: a person decides.
struct EpisodeFlag {
  std::size_t event_table{};
  std::uint32_t event{};
  std::size_t episode_table{};
  std::uint32_t episode{};
};

struct TaxonomyMatches {
  std::vector<TaxonomyMatch> matches;  ///< events before episodes, each in order of members
  std::vector<EpisodeFlag> flags;      ///< of what is left, in order of event
};

/// Takes the tables one after another into what was kept of those before. Events match events and
/// episodes episodes: no further apart than the window (both beginnings and both ends for days),
/// and in a common class at some level of every taxonomy. The finer the levels at which they agree,
/// the better the fit: 0 at the finest, 1 at the coarsest, the mean over taxonomies. Each is paired
/// at most once, better fits first, equal fits in order of time and then of place in the table, and
/// the later table's event is dropped as a duplicate. Last, events are flagged whose span lies
/// within that of an episode of another table widened by the window, if both are kept. O(n log n +
/// candidates); candidates are found by a grid in space and time. REQUIRES: at least one level a
/// taxonomy, no event that ends before it begins.
[[nodiscard]] TaxonomyMatches match_by_taxonomy(std::span<std::vector<CodedEvent> const> tables,
                                                TaxonomyWindow const& window);

}  // namespace guarantor::watch
