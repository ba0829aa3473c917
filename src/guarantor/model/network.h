#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "guarantor/model/place.h"
#include "guarantor/model/vocabulary.h"

/// A network to move on, as its source gives it: what `tables` reads and `geo` makes travel times
/// of.
namespace guarantor::model {

/// By what one moves along a link.
enum class LinkMode : std::uint8_t { kRoad, kRail, kSea, kAir };
template <>
inline constexpr Words<4> kWords<LinkMode>{"road", "rail", "sea", "air"};

/// What moves, as far as its speed and the ways it can use differ. A tracked vehicle goes by road
/// on a transporter.
enum class MovementClass : std::uint8_t {
  kLightWheeled,
  kHeavyWheeled,
  kTransporter,
  kTrain,
  kShip,
  kRotary,
  kFixedWing
};
template <>
inline constexpr Words<7> kWords<MovementClass>{
    "light-wheeled", "heavy-wheeled", "transporter", "train", "ship", "rotary", "fixed-wing"};

/// Kilometres an hour by movement class; 0: the class cannot use the way.
using SpeedProfile = std::array<float, kWords<MovementClass>.size()>;

/// A way between two nodes. Compact: a country's roads are millions of them.
struct NetworkLink {
  std::uint32_t from{};  ///< nodes, by their place
  std::uint32_t to{};
  float length_m{};
  std::uint16_t speeds{};        ///< place among the network's speed profiles
  std::uint16_t load_class_t{};  ///< most tonnes a vehicle may weigh; 0: not known
  LinkMode mode{LinkMode::kRoad};
  bool one_way{};  ///< from `from` to `to` only
  bool closed{};
  bool ferry{};              ///< by sea; vehicles drive on and off
  std::uint16_t gauge_mm{};  ///< of a railway; 0: not known
  friend bool operator==(NetworkLink const&, NetworkLink const&) = default;
};

/// What kind of place a node is: it decides where one can change from one mode to another.
enum class NodeKind : std::uint8_t {
  kOther,
  kCity,
  kBase,
  kDepot,
  kAirport,
  kPort,
  kRailhead,
  kBorder,
  kPlant,
  kStrait
};
template <>
inline constexpr Words<10> kWords<NodeKind>{"other", "city",     "base",   "depot", "airport",
                                            "port",  "railhead", "border", "plant", "strait"};

/// What is known of a node beside its position.
struct NodeFacts {
  float runway_m{};   ///< the longest; 0: not known
  float draught_m{};  ///< of the deepest ship that can come in; 0: not known
  NodeKind kind{NodeKind::kOther};
  bool gauge_break{};  ///< trains change from one gauge to another here
  friend bool operator==(NodeFacts const&, NodeFacts const&) = default;
};

/// What is known of a link beside what every link has.
struct LinkFacts {
  float draught_m{};    ///< of the deepest ship that can pass; 0: not known
  float speed_share{};  ///< of its speeds what is left; 0: not stated
  float permit_days{};
  bool damaged{};
  Confidence length_confidence{Confidence::kIllustrative};
  Confidence speed_confidence{Confidence::kIllustrative};
  std::string rules;
  friend bool operator==(LinkFacts const&, LinkFacts const&) = default;
};

struct Network {
  std::vector<Position> positions;  ///< by node
  std::vector<NetworkLink> links;
  std::vector<SpeedProfile> speeds;     ///< shared by links
  std::vector<std::string> node_names;  ///< by node; empty where the source names none
  std::vector<std::string> link_names;  ///< by link; likewise
  std::vector<NodeFacts> node_facts;    ///< by node; empty where nothing is known
  std::vector<LinkFacts> link_facts;    ///< by link; likewise, and all counts as illustrative
  friend bool operator==(Network const&, Network const&) = default;
};

}  // namespace guarantor::model
