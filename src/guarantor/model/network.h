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
  friend bool operator==(NetworkLink const&, NetworkLink const&) = default;
};

struct Network {
  std::vector<Position> positions;  ///< by node
  std::vector<NetworkLink> links;
  std::vector<SpeedProfile> speeds;     ///< shared by links
  std::vector<std::string> node_names;  ///< by node; empty where the source names none
  std::vector<std::string> link_names;  ///< by link; likewise
  friend bool operator==(Network const&, Network const&) = default;
};

}  // namespace guarantor::model
