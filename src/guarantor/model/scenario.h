#pragma once

#include <string>
#include <vector>

#include "guarantor/model/agreement.h"
#include "guarantor/model/capability.h"
#include "guarantor/model/coalition.h"
#include "guarantor/model/link.h"
#include "guarantor/model/place.h"
#include "guarantor/model/pledge.h"
#include "guarantor/model/requirement.h"
#include "guarantor/model/siting.h"

namespace guarantor::model {

/// One value from one source; several sources for one cell stand side by side, never averaged.
struct SourceNote {
  std::string table;
  std::string key;
  std::string column;
  std::string value;
  std::string source;
  std::optional<Date> date;
  std::string quote;
  std::optional<Confidence> confidence;
  std::vector<Extra> extras;

  friend bool operator==(SourceNote const&, SourceNote const&) = default;
};

/// The scalars of `scenario.toml`.
struct Header {
  int format{1};
  ScenarioId id;
  std::string title;
  ScenarioKind kind{ScenarioKind::kCase};
  std::string marking;
  Date as_of{};
  Date c_day{};
  Months horizon{24};
  std::string currency{"EUR"};
  std::vector<double> tier_weights{1000, 100, 10, 1};
  double nation_penalty{0.5};
  double cost_weight{0.01};
  double reassign_cost{0.2};
  Expression viable_if;
  SitingRules siting;

  friend bool operator==(Header const&, Header const&) = default;
};

/// Everything a force-generation conference knows, as plain values in the order of the tables.
/// Immutable by convention once `validate` has passed it.
struct Scenario {
  Header header;
  std::vector<Phase> phases;
  std::vector<Nation> nations;
  std::vector<Meeting> meetings;
  std::vector<Attendance> attendance;
  std::vector<Condition> conditions;
  std::vector<Assessment> assessments;
  std::vector<Capability> capabilities;
  std::vector<Substitution> substitutions;
  std::vector<Location> locations;
  std::vector<Link> links;
  std::vector<Pledge> pledges;
  std::vector<Offer> offers;
  std::vector<Delivery> deliveries;
  std::vector<Requirement> requirements;
  std::vector<Rate> rates;
  std::vector<Ceiling> ceilings;
  std::vector<Contingency> contingencies;
  std::vector<ForceClaim> force_claims;
  std::vector<Demand> demands;
  std::vector<Site> sites;
  std::vector<Agreement> agreements;
  std::vector<PartyPosition> positions;
  std::vector<Clause> clauses;
  std::vector<Indicator> indicators;
  std::vector<Sensor> sensors;
  std::vector<SourceNote> sources;
  std::vector<Area> areas;

  friend bool operator==(Scenario const&, Scenario const&) = default;
};

}  // namespace guarantor::model
