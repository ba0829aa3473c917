#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/id.h"
#include "guarantor/model/interval.h"
#include "guarantor/model/package.h"
#include "guarantor/model/provenance.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/vocabulary.h"
#include "guarantor/model/world.h"

/// What `generate` answers. Everything in it is derived from a scenario and a request.
namespace guarantor::model {

/// `optimal`: proven to the gap asked for; `feasible`: a plan, stopped by a limit before the
/// proof; `empty`: no plan, `reason` says why.
enum class PlanStatus { kOptimal, kFeasible, kEmpty };
template <>
inline constexpr Words<3> kWords<PlanStatus>{"optimal", "feasible", "empty"};

/// `units` of a pledge in place at a line over `months`: one or more tours that begin together.
struct Assignment {
  PledgeId pledge;
  RequirementId requirement;
  Units units;
  Interval<Months> months;

  friend bool operator==(Assignment const&, Assignment const&) = default;
};

struct Fill {
  RequirementId requirement;
  Months month;
  Units required;
  double covered{};  ///< units of the line's capability that count, at most `required`
  std::optional<double> mean_covered{};  ///< the same over the worlds; in the expected world alone

  friend bool operator==(Fill const&, Fill const&) = default;
};

/// Why a line is not filled; in the order in which the question is asked.
enum class GapReason {
  kPhaseDropped,       ///< the phase it belongs to does not begin in this world
  kNobodyOffered,      ///< no pledge has the capability or a substitute
  kNotStated,          ///< offered, but without a quantity
  kUncounted,          ///< offered, but withdrawn or only indicated
  kCondition,          ///< offered, but its condition does not hold
  kCaveat,             ///< offered, but not for this area or task
  kRulesOfEngagement,  ///< offered, but under rules too narrow for the line
  kLate,               ///< offered, but not in place by then, or gone
  kBundle,             ///< needs another pledge beside it that is not there
  kFrameworkNation,    ///< the framework nation is not present
  kMinFill,            ///< what there is stays below the least useful share
  kCeiling,            ///< a ceiling on personnel stands in the way
  kMaxNations,         ///< more nations than the line takes
  kOutbid,             ///< the units serve a line of more worth
  kRotation,           ///< every unit is on its tour or resting
  kNotWorthIt,         ///< the presence would cost more than it adds
  kSearchStopped,      ///< a limit stopped the search before this was settled
};
template <>
inline constexpr Words<17> kWords<GapReason>{
    "phase-dropped", "nobody-offered", "not-stated", "uncounted",        "condition",     "caveat",
    "roe",           "late",           "bundle",     "framework-nation", "min-fill",      "ceiling",
    "max-nations",   "outbid",         "rotation",   "not-worth-it",     "search-stopped"};

/// A single change and what the objective gains by it, found by solving again with the change made.
struct Unlock {
  std::string kind;  ///< e.g. "condition", "state-quantity", "lift-caveat", "one-more-unit"
  std::string what;  ///< the id of what changes
  double gain{};

  friend bool operator==(Unlock const&, Unlock const&) = default;
};

/// Units that a line has and another wants: whose they are, and what a month of one is worth to
/// each, in objective units. There what it adds in the plan, here what it would add.
struct Outbid {
  RequirementId line;  ///< that has them
  int tier{1};         ///< of that line
  PledgeId pledge;
  double worth_there{};
  double worth_here{};

  friend bool operator==(Outbid const&, Outbid const&) = default;
};

struct Gap {
  RequirementId requirement;
  Interval<Months> months;
  double short_by{};  ///< mean units missing a month
  GapReason reason{GapReason::kNobodyOffered};
  std::string by;  ///< what stands in the way: ids of conditions, pledges or lines, space between
  std::vector<Unlock> unlocks;
  std::vector<Outbid> outbid{};  ///< where the reason is `outbid`: by whom

  friend bool operator==(Gap const&, Gap const&) = default;
};

/// More units of a capability for an area over some months, what they are worth, and whom to ask:
/// one unit, or as many as are short where one alone would change nothing.
struct Ask {
  CapabilityId capability;
  AreaId area;
  Interval<Months> months;
  Units units{1};
  double worth{};
  std::vector<NationId> nations;  ///< have it, or have offered it without a quantity
  std::vector<RequirementId> closes;

  friend bool operator==(Ask const&, Ask const&) = default;
};

/// The same scenario planned in another world, in figures that stand beside this plan's.
struct Comparison {
  std::string label;  ///< "assured", or "without <condition>"
  ConditionId without;
  bool viable{true};
  double objective{};
  double bound{};
  double fill{};  ///< mean share of the lines' unit-months covered, each line-month the same
  std::vector<RequirementId> lines_lost;  ///< lines whose cover falls

  friend bool operator==(Comparison const&, Comparison const&) = default;
};

/// What stands behind a plan of the expected world: its objective is the mean over these worlds of
/// each world's own plan, less what it costs to reassign units from where they are designated.
struct ExpectedWorlds {
  int worlds{};       ///< drawn; where all are enumerated, how many there are
  int distinct{};     ///< of them, those that differ in who holds or what begins
  bool enumerated{};  ///< every world by its probability: nothing is left to chance
  double low{};       ///< the 95 % interval of the mean; both the mean where enumerated
  double high{};
  double not_viable{};     ///< share of the worlds in which there is no coalition
  double reassigned{};     ///< mean unit-months at a line beyond those designated there
  double reassign_cost{};  ///< mean cost of them, already taken off the objective

  friend bool operator==(ExpectedWorlds const&, ExpectedWorlds const&) = default;
};

/// One tier where tiers are filled strictly in order. Objective: worth of its lines' cover less
/// cost and nation penalties there. Bound: what no plan exceeds that gives the tiers before it what
/// they have in this one.
struct TierResult {
  int tier{1};
  double objective{};
  double bound{};
  double gap{};

  friend bool operator==(TierResult const&, TierResult const&) = default;
};

struct ForcePlan {
  std::string program_version;
  std::string scenario_id;
  std::string scenario_hash;  ///< SHA-256 of the scenario's canonical form, in hexadecimal
  WorldRequest world;
  std::uint64_t seed{1};

  PlanStatus status{PlanStatus::kEmpty};
  std::string reason;  ///< why an empty plan is empty, or why a feasible one is not proven
  bool stopped_by_limit{};
  double objective{};
  double bound{};
  double gap{};
  Seconds seconds{};

  std::vector<Assignment> assignments;
  std::vector<Fill> fill;
  std::vector<Gap> gaps;
  std::vector<Ask> asks;
  std::vector<PledgeId> not_stated;
  ProvenanceShares provenance;
  std::vector<Comparison> comparisons;
  std::vector<SiteId> sites;  ///< chosen before, whose lines the plan has beside the scenario's own
  std::optional<ExpectedWorlds> expected;  ///< in the expected world; the assignments and the fill
                                           ///< are those of the designation
  std::vector<TierResult> tiers;           ///< with strict tiers: one by one, in order
  std::optional<Package> package;          ///< where one was asked for

  friend bool operator==(ForcePlan const&, ForcePlan const&) = default;
};

}  // namespace guarantor::model
