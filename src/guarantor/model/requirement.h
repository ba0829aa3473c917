#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/id.h"
#include "guarantor/model/interval.h"
#include "guarantor/model/provenance.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/vocabulary.h"

namespace guarantor::model {

/// One line of the statement of requirements: so much of a capability, at a place, over months.
struct Requirement {
  RequirementId id;
  std::string title;
  TaskId task;
  CapabilityId capability;
  Units quantity;
  std::optional<double> min_fill;  ///< share of the quantity below which cover counts as none
  LocationId location;
  AreaId area;
  std::optional<Months> from;
  std::optional<Months> to;
  std::optional<int> tier;       ///< 1 is the highest
  std::optional<double> weight;  ///< absent: the number of the line's months
  std::vector<Hours> standard_hours;
  std::optional<RulesOfEngagement> roe;
  std::optional<int> max_nations;  ///< at any one time
  NationId framework_nation;       ///< others only in months in which it is present
  std::vector<ContingencyId> contingencies;
  Row row;

  /// The months of the line within the horizon.
  [[nodiscard]] Interval<Months> months(Months horizon) const {
    return {from.value_or(Months{0}), std::min(to.value_or(horizon), horizon)};
  }
  [[nodiscard]] int tier_or_default() const { return tier.value_or(1); }
  [[nodiscard]] RulesOfEngagement rules() const {
    return roe.value_or(RulesOfEngagement::kObserve);
  }

  friend bool operator==(Requirement const&, Requirement const&) = default;
};

/// No more than `personnel` people at once within a scope.
struct Ceiling {
  CeilingId id;
  CeilingScope scope{CeilingScope::kAll};
  std::string of;  ///< the nation, area or task; empty for all
  std::optional<Months> from;
  std::optional<Months> to;
  Personnel personnel;
  Row row;

  friend bool operator==(Ceiling const&, Ceiling const&) = default;
};

/// What the force must be enough for.
struct Contingency {
  ContingencyId id;
  std::string title;
  std::optional<Days> warning;
  std::optional<Months> from;
  std::optional<Months> to;
  Row row;

  friend bool operator==(Contingency const&, Contingency const&) = default;
};

}  // namespace guarantor::model
