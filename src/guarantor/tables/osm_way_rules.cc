#include "guarantor/tables/osm_way_rules.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>

#include "guarantor/tables/osm_values.h"

namespace guarantor::tables {
namespace {

using model::LinkMode;
using model::MovementClass;
using model::SpeedProfile;

constexpr auto kLight = static_cast<std::size_t>(MovementClass::kLightWheeled);
constexpr auto kHeavy = static_cast<std::size_t>(MovementClass::kHeavyWheeled);
constexpr auto kTransporter = static_cast<std::size_t>(MovementClass::kTransporter);
constexpr auto kTrain = static_cast<std::size_t>(MovementClass::kTrain);

/// Planning speeds of columns on the march, in km/h. Figures of this project, in line with those of
/// networks/corridors: nobody measured them.
struct RoadRow {
  std::string_view highway;
  OsmRoad road;
  float light;
  float heavy;
  float transporter;
};
constexpr std::array kRoads{
    RoadRow{"motorway", OsmRoad::kMotorway, 80, 65, 55},
    RoadRow{"motorway_link", OsmRoad::kMotorway, 50, 40, 35},
    RoadRow{"trunk", OsmRoad::kTrunk, 70, 55, 45},
    RoadRow{"trunk_link", OsmRoad::kTrunk, 45, 35, 30},
    RoadRow{"primary", OsmRoad::kPrimary, 60, 50, 40},
    RoadRow{"primary_link", OsmRoad::kPrimary, 40, 35, 30},
    RoadRow{"secondary", OsmRoad::kSecondary, 55, 45, 35},
    RoadRow{"secondary_link", OsmRoad::kSecondary, 40, 30, 25},
    RoadRow{"tertiary", OsmRoad::kTertiary, 45, 35, 30},
    RoadRow{"tertiary_link", OsmRoad::kTertiary, 35, 25, 20},
    RoadRow{"unclassified", OsmRoad::kUnclassified, 35, 30, 25},
    RoadRow{"residential", OsmRoad::kResidential, 25, 20, 15},
    RoadRow{"road", OsmRoad::kResidential, 25, 20, 15},
    RoadRow{"living_street", OsmRoad::kLivingStreet, 10, 10, 10},
    RoadRow{"service", OsmRoad::kService, 15, 10, 10},
    RoadRow{"track", OsmRoad::kTrack, 15, 10, 10},
};
constexpr float kMainLine = 50;
constexpr float kBranchLine = 40;
constexpr float kSideTrack = 25;
constexpr float kFerry = 20;

/// A vehicle may weigh four times what one of its axles may bear: 40 t on 10 t (Council Directive
/// 96/53/EC, annex I).
constexpr double kWeightPerAxleLoad = 4;

using TagWords = std::span<std::string_view const>;

bool is_one_of(std::string_view word, TagWords words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

enum class Access { kUnstated, kOpen, kClosed };

/// What the first of the keys that the way has says; the most particular key comes first.
Access access(OsmWay const& way, TagWords keys) {
  constexpr std::array<std::string_view, 7> kClosing{
      "no",       "private",   "agricultural",         "forestry",
      "military", "emergency", "agricultural;forestry"};
  for (std::string_view const key : keys) {
    if (std::string_view const value = way[key]; !value.empty()) {
      return is_one_of(value, kClosing) ? Access::kClosed : Access::kOpen;
    }
  }
  return Access::kUnstated;
}

constexpr std::array<std::string_view, 4> kForLight{"motorcar", "motor_vehicle", "vehicle",
                                                    "access"};
constexpr std::array<std::string_view, 4> kForHeavy{"hgv", "motor_vehicle", "vehicle", "access"};

/// Reads limits off a way's tags and keeps those that cannot be used.
class Limits {
 public:
  explicit Limits(OsmWay const& way) : way_{way} {}

  /// What a tag says, where it says a limit.
  std::optional<double> at(std::string_view key, TaggedLimit (*read)(std::string_view)) {
    std::string_view const value = way_[key];
    TaggedLimit const found = read(value);
    if (found.sign == LimitSign::kUnread || found.sign == LimitSign::kUnusable) {
      unused_.push_back({{key, value}, found.sign == LimitSign::kUnusable});
    }
    return found.sign == LimitSign::kLimit ? std::optional{found.amount} : std::nullopt;
  }

  [[nodiscard]] std::vector<OsmUnusedTag> take_unused() { return std::move(unused_); }

 private:
  OsmWay const& way_;
  std::vector<OsmUnusedTag> unused_;
};

void cap(float& speed, std::optional<double> limit) {
  if (limit) {
    speed = std::min(speed, static_cast<float>(*limit));
  }
}

std::uint16_t load_class(Limits& limits) {
  std::optional<double> most;
  for (std::string_view const key : {"maxweight", "maxweightrating"}) {
    if (auto const weight = limits.at(key, read_weight_limit)) {
      most = std::min(most.value_or(*weight), *weight);
    }
  }
  if (auto const axle = limits.at("maxaxleload", read_weight_limit)) {
    most = std::min(most.value_or(kWeightPerAxleLoad * *axle), kWeightPerAxleLoad * *axle);
  }
  // What bears less than a tonne must not become what nothing is known of.
  return most ? static_cast<std::uint16_t>(std::max(1.0, std::floor(*most))) : std::uint16_t{0};
}

/// The direction a road or ferry is open in; nothing where it changes.
std::optional<OsmDirection> direction(OsmWay const& way) {
  constexpr std::array<std::string_view, 3> kForward{"yes", "1", "true"};
  constexpr std::array<std::string_view, 2> kBackward{"-1", "reverse"};
  constexpr std::array<std::string_view, 3> kBoth{"no", "0", "false"};
  constexpr std::array<std::string_view, 2> kRound{"roundabout", "circular"};
  std::string_view const tagged = way["oneway"];
  if (tagged == "reversible") {
    return std::nullopt;
  }
  if (is_one_of(tagged, kBackward)) {
    return OsmDirection::kBackward;
  }
  bool const meant = way["highway"] == "motorway" || is_one_of(way["junction"], kRound);
  bool const forward = is_one_of(tagged, kForward) || (meant && !is_one_of(tagged, kBoth));
  return forward ? OsmDirection::kForward : OsmDirection::kBoth;
}

using Judgement = std::variant<OsmWayUse, OsmDrop>;

/// What roads and ferries have in common: their direction, limits, and who is shut out.
Judgement for_vehicles(OsmWay const& way, OsmWayUse use, bool light, bool heavy) {
  auto const open = direction(way);
  if (!open) {
    return OsmDrop::kReversible;
  }
  use.direction = *open;
  Limits limits{way};
  auto const limit = limits.at("maxspeed", read_speed_limit);
  auto const heavy_limit = limits.at("maxspeed:hgv", read_speed_limit);
  for (std::size_t const movement : {kLight, kHeavy, kTransporter}) {
    cap(use.speeds[movement], limit);
    if (movement != kLight) {
      cap(use.speeds[movement], heavy_limit);
    }
    if (!(movement == kLight ? light : heavy)) {
      use.speeds[movement] = 0;
    }
  }
  use.load_class_t = load_class(limits);
  use.unused = limits.take_unused();
  return use;
}

Judgement judge_road(OsmWay const& way, OsmChoice const& choice) {
  constexpr std::array<std::string_view, 7> kUnfinished{
      "construction", "proposed", "planned", "disused", "abandoned", "razed", "demolished"};
  std::string_view const highway = way["highway"];
  if (is_one_of(highway, kUnfinished)) {
    return OsmDrop::kUnfinished;
  }
  auto const* const row = std::find_if(kRoads.begin(), kRoads.end(),
                                       [&](RoadRow const& one) { return one.highway == highway; });
  if (row == kRoads.end()) {
    return OsmDrop::kPath;
  }
  if (row->road > choice.least) {
    return OsmDrop::kMinorRoad;
  }
  if (way["area"] == "yes") {
    return OsmDrop::kArea;
  }
  bool const light = access(way, kForLight) != Access::kClosed;
  bool const heavy = access(way, kForHeavy) != Access::kClosed;
  if (!light && !heavy) {
    return OsmDrop::kNoAccess;
  }
  OsmWayUse use;
  use.speeds[kLight] = row->light;
  use.speeds[kHeavy] = row->heavy;
  use.speeds[kTransporter] = row->transporter;
  return for_vehicles(way, std::move(use), light, heavy);
}

Judgement judge_rail(OsmWay const& way, OsmChoice const& choice) {
  constexpr std::array<std::string_view, 4> kUnfinished{"construction", "proposed", "disused",
                                                        "abandoned"};
  constexpr std::array<std::string_view, 5> kOwnUse{"industrial", "tourism", "test", "scientific",
                                                    "leisure"};
  constexpr std::array<std::string_view, 2> kSide{"siding", "crossover"};
  std::string_view const railway = way["railway"];
  if (is_one_of(railway, kUnfinished)) {
    return OsmDrop::kUnfinished;
  }
  std::string_view const service = way["service"];
  bool const side = is_one_of(service, kSide);
  if (railway != "rail" || is_one_of(way["usage"], kOwnUse) || (!service.empty() && !side)) {
    return railway.empty() ? OsmDrop::kOther : OsmDrop::kMinorRail;
  }
  if (!choice.rail) {
    return OsmDrop::kNotWanted;
  }
  OsmWayUse use;
  use.mode = LinkMode::kRail;
  use.speeds[kTrain] = side ? kSideTrack : (way["usage"] == "main" ? kMainLine : kBranchLine);
  Limits limits{way};
  cap(use.speeds[kTrain], limits.at("maxspeed", read_speed_limit));
  use.unused = limits.take_unused();
  return use;
}

Judgement judge_ferry(OsmWay const& way, OsmChoice const& choice) {
  if (!choice.ferries) {
    return OsmDrop::kNotWanted;
  }
  // `access` alone says that people may board, not that lorries may.
  bool const light = access(way, TagWords{kForLight}.first(3)) == Access::kOpen;
  bool const heavy = access(way, TagWords{kForHeavy}.first(3)) == Access::kOpen;
  if (!light && !heavy) {
    return OsmDrop::kNoVehicles;
  }
  OsmWayUse use;
  use.mode = LinkMode::kSea;
  use.speeds[kLight] = use.speeds[kHeavy] = use.speeds[kTransporter] = kFerry;
  return for_vehicles(way, std::move(use), light, heavy);
}

}  // namespace

Judgement judge(OsmWay const& way, OsmChoice const& choice) {
  Judgement judged = OsmDrop::kOther;
  if (!way["highway"].empty()) {
    judged = judge_road(way, choice);
  } else if (!way["railway"].empty()) {
    judged = judge_rail(way, choice);
  } else if (way["route"] == "ferry") {
    judged = judge_ferry(way, choice);
  }
  if (auto* const use = std::get_if<OsmWayUse>(&judged)) {
    std::string_view const bridge = way["bridge"];
    use->bridge = !bridge.empty() && bridge != "no";
  }
  return judged;
}

}  // namespace guarantor::tables
