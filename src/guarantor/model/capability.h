#pragma once

#include <optional>
#include <string>

#include "guarantor/model/id.h"
#include "guarantor/model/provenance.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/vocabulary.h"

namespace guarantor::model {

/// A kind of contribution and what one unit of it is: a company of mechanised infantry, a
/// minehunter, a hundred trainees a month, a million euros a month, a sanction.
struct Capability {
  CapabilityId id;
  std::string title;
  CapabilityKind kind{CapabilityKind::kPresence};
  std::string unit;
  DomainId domain;
  std::string movement;
  std::optional<Personnel> personnel;
  std::optional<Tonnes> tonnes;
  std::optional<LaneMetres> lane_metres;
  std::optional<Seats> seats;
  std::string sidc;
  Row row;

  friend bool operator==(Capability const&, Capability const&) = default;
};

/// A line of `capability` accepts units of `accepts`, each counting for `effectiveness`.
struct Substitution {
  CapabilityId capability;
  CapabilityId accepts;
  Effectiveness effectiveness;
  Row row;

  friend bool operator==(Substitution const&, Substitution const&) = default;
};

/// What one unit of a currency is worth in the scenario's currency on a date.
struct Rate {
  std::string currency;
  double per_unit{};
  std::optional<Date> date;
  Row row;

  friend bool operator==(Rate const&, Rate const&) = default;
};

}  // namespace guarantor::model
