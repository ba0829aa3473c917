#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/scenario.h"
#include "guarantor/model/vocabulary.h"

namespace guarantor::model {

enum class Table {
  kScenario,
  kPhases,
  kNations,
  kMeetings,
  kAttendance,
  kConditions,
  kAssessments,
  kCapabilities,
  kSubstitutions,
  kLocations,
  kLinks,
  kPledges,
  kOffers,
  kDeliveries,
  kRequirements,
  kRates,
  kCeilings,
  kContingencies,
  kForceClaims,
  kDemands,
  kSites,
  kAgreements,
  kPositions,
  kClauses,
  kIndicators,
  kSensors,
  kSources,
  kAreas,
};
template <>
inline constexpr Words<28> kWords<Table>{
    "scenario",     "phases",       "nations",       "meetings",   "attendance", "conditions",
    "assessments",  "capabilities", "substitutions", "locations",  "links",      "pledges",
    "offers",       "deliveries",   "requirements",  "rates",      "ceilings",   "contingencies",
    "force_claims", "demands",      "sites",         "agreements", "positions",  "clauses",
    "indicators",   "sensors",      "sources",       "areas"};

enum class Severity { kError, kWarning };
template <>
inline constexpr Words<2> kWords<Severity>{"error", "warning"};

/// A cell of a scenario: the table, the row counted from 0 in table order, and the column's name.
/// For `Table::kScenario` the row is 0 and the column is the key in scenario.toml.
struct CellRef {
  Table table{Table::kScenario};
  std::size_t row{};
  std::string column;
  std::size_t offset{};  ///< bytes into the cell's text, where a part of it is meant

  friend bool operator==(CellRef const&, CellRef const&) = default;
};

/// One thing wrong, or questionable, with a scenario.
struct Finding {
  Severity severity{Severity::kError};
  CellRef cell;
  std::string message;  ///< what is wrong
  std::string hint;     ///< what would be right; may be empty

  friend bool operator==(Finding const&, Finding const&) = default;
};

/// All that is wrong with a scenario as a whole, every rule between fields and rows: keys, windows,
/// references, cycles, ranges, shapes. Findings come in table and row order. A scenario without
/// errors here is what every part may rely on. O(n log n) in rows.
[[nodiscard]] std::vector<Finding> validate(Scenario const& scenario);

}  // namespace guarantor::model
