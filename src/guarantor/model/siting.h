#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/id.h"
#include "guarantor/model/network.h"
#include "guarantor/model/provenance.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/vocabulary.h"

/// What must be reached in time, from where it might be, and the rules of choosing.
namespace guarantor::model {

/// Something that must be reached from a site of one kind: every sector of a line, one sector, or a
/// place. Exactly one of the three is given.
struct Demand {
  DemandId id;
  std::string title;
  SiteKind kind{SiteKind::kReserve};
  AreaId line;      ///< each of its sectors is a demand of its own
  SectorId sector;  ///< one sector of a line: `front-07`
  LocationId location;
  std::optional<MovementClass> movement_class;  ///< what has to arrive; absent: heavy wheeled
  /// Travel times asked for, rising. Each is a tier of its own: reached within 24 h, within 72 h.
  std::vector<Hours> standard_hours;
  std::optional<double> weight;  ///< of each point that it stands for; absent: 1
  Row row;

  [[nodiscard]] MovementClass movement() const {
    return movement_class.value_or(MovementClass::kHeavyWheeled);
  }
  [[nodiscard]] double weight_or_default() const { return weight.value_or(1); }

  friend bool operator==(Demand const&, Demand const&) = default;
};

/// A place where a reserve, a stockpile or a medical station is, or might be.
struct Site {
  SiteId id;
  std::string title;
  SiteKind kind{SiteKind::kReserve};
  LocationId location;
  std::optional<bool> existing;    ///< it is there and stays open; absent: it is not there yet
  std::optional<double> capacity;  ///< most demand weight it serves; absent: no limit
  std::optional<Money> cost;       ///< of opening and keeping it
  /// Nearer than this to a line of contact it is not chosen; absent: the scenario's rule.
  std::optional<Kilometres> minimum_from_line;
  /// What is to stand here once it is chosen: a line of requirements for `generate`. Absent: none.
  CapabilityId capability;
  std::optional<Units> quantity;  ///< absent: 1
  TaskId task;
  std::optional<int> tier;
  std::optional<Months> from;
  Row row;

  friend bool operator==(Site const&, Site const&) = default;
};

/// How sites are chosen: `[siting]` in scenario.toml. Sites that exist stay, however near the line.
struct SitingRules {
  std::optional<Kilometres> minimum_from_line;  ///< geodesic, to the nearest line of contact
  std::optional<int> backup;  ///< further sites that reach each point within its first standard
  std::optional<int>
      loss_of;  ///< with any so many sites lost the last standard of each still holds
  std::optional<int> maximum_reserve;  ///< most sites of the kind, existing ones included
  std::optional<int> maximum_stockpile;
  std::optional<int> maximum_medical;

  [[nodiscard]] std::optional<int> maximum(SiteKind kind) const {
    return kind == SiteKind::kReserve     ? maximum_reserve
           : kind == SiteKind::kStockpile ? maximum_stockpile
                                          : maximum_medical;
  }

  friend bool operator==(SitingRules const&, SitingRules const&) = default;
};

}  // namespace guarantor::model
