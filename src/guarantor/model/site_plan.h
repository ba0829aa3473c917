#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/id.h"
#include "guarantor/model/place.h"
#include "guarantor/model/provenance.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/reach.h"
#include "guarantor/model/siting.h"
#include "guarantor/model/vocabulary.h"

/// Where reserves, stockpiles and medical stations would stand: what `posture` answers of a
/// scenario and `report` shows.
namespace guarantor::model {

/// What was asked of the sites of a kind.
enum class SiteGoal {
  kCheapest,    ///< every standard met, for the least cost or the fewest sites
  kMostDemand,  ///< with so many sites the most weight of points whose standards are met
  kWorstTime,   ///< with so many sites the shortest time to the point reached last
  kMeanTime,    ///< with so many sites the shortest mean time, by weight
};
template <>
inline constexpr Words<4> kWords<SiteGoal>{"cheapest", "most-demand", "worst-time", "mean-time"};

/// A site of the scenario, chosen or not.
struct PlannedSite {
  SiteId id;
  LocationId location;
  std::string label;
  Position position;
  bool existing{};
  bool open{};
  std::optional<Kilometres> from_line;  ///< to the nearest line of contact, where there is one
  bool too_near{};                      ///< nearer to it than a new site may be
  std::size_t nearest_of{};             ///< points that it reaches first
  friend bool operator==(PlannedSite const&, PlannedSite const&) = default;
};

/// How a point is reached within one of its standards.
struct StandardKept {
  Hours within{0};
  std::size_t wanted{1};  ///< sites that must reach it within the standard
  std::size_t sites{};    ///< that do
  bool kept{};            ///< also after a loss, where that is asked for
  friend bool operator==(StandardKept const&, StandardKept const&) = default;
};

/// One point that must be reached: a place, or the middle of a sector.
struct PlannedPoint {
  DemandId demand;
  SectorId sector;  ///< or the location; exactly one of the two
  LocationId location;
  Position position;
  MovementClass movement{MovementClass::kHeavyWheeled};
  double weight{1};
  SiteId from;                      ///< the open site that is there first; empty: none
  std::optional<Hours> travel;      ///< from there
  std::optional<Hours> after_loss;  ///< when sites are lost so that it is latest
  std::vector<StandardKept> standards;
  friend bool operator==(PlannedPoint const&, PlannedPoint const&) = default;
};

/// A standard that no choice of sites can keep, and what would make it possible.
struct StandardOutOfReach {
  DemandId demand;
  SectorId sector;
  LocationId location;
  std::optional<Hours> within;  ///< nothing: to be reached at all
  bool after_loss{};            ///< the one that must hold when sites are lost
  std::size_t wanted{};         ///< sites within it
  std::size_t had{};            ///< that may stand
  SiteId first;                 ///< the site that is there first, if any
  std::optional<Hours> first_hours;
  std::optional<Hours> longer;     ///< the shortest standard that can be kept
  std::vector<SiteId> kept_away;   ///< sites within it that would stand too near the line
  std::vector<std::string> links;  ///< closed ones, of which each would do if it were open
  friend bool operator==(StandardOutOfReach const&, StandardOutOfReach const&) = default;
};

/// The sites of one kind.
struct KindSites {
  SiteKind kind{SiteKind::kReserve};
  SiteGoal goal{SiteGoal::kCheapest};
  std::optional<std::size_t> most_sites;  ///< existing ones included
  bool by_cost{};      ///< the objective is money, not a number of sites; cheapest alone
  bool feasible{};     ///< some choice keeps the rules; else `reason` says why none does
  bool proven{};       ///< no other choice is better
  double objective{};  ///< sites, money, weight or hours, by the goal
  double bound{};      ///< no other choice is better than this
  std::string reason;
  std::vector<PlannedSite> sites;    ///< in the scenario's order
  std::vector<PlannedPoint> points;  ///< in the order of the demands
  std::vector<StandardOutOfReach> out_of_reach;
  bool relaxed{};  ///< those out of reach count as the shortest standard that can be kept
  std::vector<ReachRing> rings;  ///< what the open sites reach within the kind's shortest standard
  ReachBasis basis;              ///< of the travel times, by what moves to most points
  std::vector<std::string> notes;
  friend bool operator==(KindSites const&, KindSites const&) = default;
};

/// The rules that were kept.
struct SiteTerms {
  std::optional<Kilometres> minimum_from_line;
  int backup{};
  int loss_of{};
  Kilometres off_network{0};
  std::vector<std::string> changed;  ///< links in words, e.g. `road-a-b closed`
  friend bool operator==(SiteTerms const&, SiteTerms const&) = default;
};

/// The sites of every kind that something must be reached from.
struct SitePlan {
  std::string scenario_hash;
  std::string program_version;
  std::string network;  ///< where it was read from; empty: the scenario's own
  SiteTerms terms;
  std::vector<KindSites> kinds;  ///< those that the scenario has demands for
  bool stopped_by_limit{};
  friend bool operator==(SitePlan const&, SitePlan const&) = default;
};

}  // namespace guarantor::model
