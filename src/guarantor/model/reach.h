#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/network.h"
#include "guarantor/model/place.h"
#include "guarantor/model/provenance.h"
#include "guarantor/model/quantity.h"

/// How long something takes to get from here to there: what `geo` answers and `report` shows.
namespace guarantor::model {

/// A place asked about, and where it meets the network.
struct ReachPoint {
  std::string name;  ///< as it was asked for
  Position position;
  std::string place;   ///< the network's place that stands for it
  Kilometres off{0};   ///< from there, straight; 0 for a place of the network
  Hours off_hours{0};  ///< to go that far; 0 where it is not counted
  friend bool operator==(ReachPoint const&, ReachPoint const&) = default;
};

/// One piece of a way: along a link, a change from one mode to another at a place, or the stretch
/// off the network at an end.
struct ReachLeg {
  std::string from;
  std::string to;
  std::string by;    ///< `road`, `rail`, `sea`, `air`, `off network`, or e.g. `road to rail`
  std::string link;  ///< empty where it is none
  Kilometres length{0};
  Hours hours{0};
  Hours arrival{0};   ///< since the start
  std::string rules;  ///< what governs the use of the link, where that is known
  Position begins;
  Position ends;
  friend bool operator==(ReachLeg const&, ReachLeg const&) = default;
};

/// The quickest way between two of the places asked about.
struct ReachWay {
  std::size_t from{};  ///< among the answer's `from`
  std::size_t to{};    ///< among its `to`
  Kilometres length{0};
  std::vector<ReachLeg> legs;
  friend bool operator==(ReachWay const&, ReachWay const&) = default;
};

/// A place of the network, and when the first of those asked about is there.
struct ReachedPlace {
  std::string place;
  Position position;
  std::size_t from{};  ///< who is there first, among the answer's `from`
  Hours hours{0};
  friend bool operator==(ReachedPlace const&, ReachedPlace const&) = default;
};

/// What is reached within a limit, as areas.
struct ReachRing {
  Hours limit{0};
  std::vector<Polygon> polygons;
  friend bool operator==(ReachRing const&, ReachRing const&) = default;
};

/// What an answer rests on: the links of the ways it follows, by their kilometres.
struct ReachBasis {
  Kilometres length{0};
  ProvenanceShares lengths;  ///< by the confidence of the links' lengths
  ProvenanceShares speeds;   ///< by that of their speeds
  ProvenanceShares both;     ///< by the lower of the two
  friend bool operator==(ReachBasis const&, ReachBasis const&) = default;
};

/// What was asked, as far as it changes the answer.
struct ReachTerms {
  MovementClass movement{};
  std::vector<std::string> carried;  ///< by what it may be carried, e.g. `rail`
  Tonnes weight{0};                  ///< of its heaviest vehicle; 0: does not matter
  Metres runway{0};
  Metres draught{0};
  Kilometres off_network{0};         ///< how far from the network a point may lie
  KilometresPerHour off_speed{0};    ///< 0: that stretch is not counted
  std::vector<std::string> changed;  ///< links in words, e.g. `road-a-b closed`
  friend bool operator==(ReachTerms const&, ReachTerms const&) = default;
};

/// Shortest times from every `from` to every `to`, or, where nothing was asked about, to every
/// place of the network.
struct ReachAnswer {
  std::string scenario_hash;
  std::string program_version;
  std::string network;  ///< where it was read from; empty: the scenario's own
  ReachTerms terms;
  std::vector<ReachPoint> from;
  std::vector<ReachPoint> to;
  std::vector<std::optional<Hours>> hours;  ///< row by row of `from`; nothing: no way
  std::vector<ReachWay> ways;               ///< where they were asked for
  std::vector<ReachedPlace> reached;        ///< soonest first
  std::size_t not_reached{};                ///< places of the network
  std::vector<ReachRing> rings;
  ReachBasis basis;
  std::vector<std::string> notes;  ///< what to know beside the figures
  friend bool operator==(ReachAnswer const&, ReachAnswer const&) = default;
};

}  // namespace guarantor::model
