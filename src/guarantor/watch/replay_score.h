#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "guarantor/model/incident.h"
#include "guarantor/watch/replay.h"

namespace guarantor::watch {

/// One way in which what was found is not what was injected.
struct ReplayFault {
  std::string injected;        ///< empty: of an invented incident
  model::IncidentId incident;  ///< empty: of one that was not found
  std::string message;
};

/// What was found of a replay's truth.
struct ReplayScore {
  std::size_t injected{};
  std::size_t found{};   ///< exactly once, and alone
  std::size_t missed{};  ///< nobody reports them; the truth says why
  std::size_t lost{};    ///< reported, and of no incident
  std::size_t split{};   ///< of several incidents
  std::size_t merged{};  ///< of one incident together with another injected one
  std::size_t invented{};
  std::size_t miscounted{};   ///< of those found: munitions are not what can be counted
  std::size_t misplaced{};    ///< other class, or its place or time is not where it was
  std::size_t misalleged{};   ///< allegations or exemptions are not those of the truth
  std::size_t allegations{};  ///< of those found, as the truth has them
  std::vector<ReplayFault> faults;

  /// Everything reported was found once, counted and alleged as it must be, and nothing else.
  [[nodiscard]] bool perfect() const { return faults.empty() && found + missed == injected; }
};

/// Compares incidents, as they stand in the end with what is said against them, with the truth.
/// Incidents without observations (absorbed, emptied) count nothing. O(n log n).
[[nodiscard]] ReplayScore score(std::span<model::Incident const> incidents,
                                std::span<InjectedIncident const> truth);

/// The score in a few lines of text, with the first faults.
[[nodiscard]] std::string print(ReplayScore const& score);

}  // namespace guarantor::watch
