#include "guarantor/watch/replay_stories.h"

namespace guarantor::watch {
namespace {

using enum model::EventKind;
using model::Exemption;

std::vector<Story> fire() {
  return {
      {.name = "shelling",
       .weight = 8,
       .furthest_km = 6,
       .kind = kExplosion,
       .arms = {{"mortar", 82},
                {"mortar", 120},
                {"howitzer", 122},
                {"howitzer", 152},
                {"tank", 125},
                {"rocket", 122}},
       .parts = 4,
       .count = 14,
       .minutes = 12},
      {.name = "small-arms",
       .weight = 5,
       .furthest_km = 3,
       .kind = kBurst,
       .arms = {{"small-arms", 7}, {"machine-gun", 12}},
       .parts = 4,
       .count = 12,
       .minutes = 8},
      {.name = "sniping",
       .weight = 2,
       .furthest_km = 3,
       .kind = kShot,
       .arms = {{"small-arms", 7}},
       .parts = 3,
       .count = 4,
       .minutes = 10},
  };
}

std::vector<Story> attacks_and_border() {
  return {
      {.name = "drone-attack",
       .weight = 2,
       .furthest_km = 8,
       .kind = kExplosion,
       .arms = {{"uav-fpv", 0}},
       .parts = 2,
       .count = 2,
       .minutes = 3},
      {.name = "border-fire",
       .weight = 2,
       .ground = Ground::kBorder,
       .furthest_km = 8,
       .kind = kExplosion,
       .arms = {{"mortar", 120}, {"howitzer", 152}, {"uav-fpv", 0}},
       .parts = 3,
       .count = 8,
       .minutes = 10},
  };
}

std::vector<Story> announced_fire() {
  return {
      {.name = "exercise-announced",
       .weight = 1.2,
       .nearest_km = 8,
       .furthest_km = 18,
       .kind = kExplosion,
       .arms = {{"howitzer", 152}, {"mortar", 120}},
       .parts = 3,
       .count = 20,
       .minutes = 15,
       .announced = Exemption::kExercise,
       .live_fire = true},
      {.name = "exercise-silent",
       .weight = 1,
       .nearest_km = 8,
       .furthest_km = 18,
       .kind = kExplosion,
       .arms = {{"howitzer", 152}, {"mortar", 120}},
       .parts = 3,
       .count = 20,
       .minutes = 15,
       .live_fire = true},
      {.name = "return-fire-ordered",
       .weight = 0.8,
       .furthest_km = 6,
       .kind = kExplosion,
       .arms = {{"mortar", 120}, {"howitzer", 152}},
       .parts = 2,
       .count = 8,
       .minutes = 10,
       .announced = Exemption::kReturnFire},
      {.name = "demining-blast",
       .weight = 0.8,
       .ground = Ground::kBorder,
       .furthest_km = 6,
       .kind = kExplosion,
       .arms = {{"demolition", 0}},
       .parts = 3,
       .count = 3,
       .minutes = 5,
       .announced = Exemption::kDemining,
       .reporter = "demining-centre"},
  };
}

std::vector<Story> strikes() {
  std::vector<Arm> const arms{{"missile", 0}, {"uav-strike", 0}, {"glide-bomb", 0}};
  return {
      {.name = "strike-on-plant",
       .weight = 0.8,
       .ground = Ground::kPlant,
       .furthest_km = 1.5,
       .kind = kStrike,
       .arms = arms,
       .parts = 2,
       .count = 3,
       .minutes = 6,
       .reporter = "energy-ministry"},
      {.name = "strike-on-dam",
       .weight = 0.5,
       .ground = Ground::kDam,
       .furthest_km = 1,
       .kind = kStrike,
       .arms = arms,
       .count = 2,
       .minutes = 4},
      {.name = "strike-on-port",
       .weight = 0.5,
       .ground = Ground::kPort,
       .furthest_km = 3,
       .kind = kStrike,
       .arms = arms,
       .parts = 2,
       .count = 3,
       .minutes = 6,
       .reporter = "harbour-master"},
      {.name = "strike-on-city",
       .weight = 1,
       .ground = Ground::kCity,
       .furthest_km = 6,
       .kind = kStrike,
       .arms = arms,
       .parts = 2,
       .count = 3,
       .minutes = 6,
       .reporter = "civil-defence"},
      {.name = "alert",
       .weight = 1.5,
       .ground = Ground::kCity,
       .kind = kAlert,
       .minutes = 90,
       .reporter = "civil-defence",
       .categories = {"air-raid"}},
      {.name = "stubble-fire",
       .weight = 2,
       .nearest_km = 15,
       .furthest_km = 40,
       .kind = kAnomaly,
       .parts = 5,
       .minutes = 1,
       .reporter = "thermal"},
  };
}

std::vector<Story> flights() {
  return {
      {.name = "drone-over-line",
       .weight = 3,
       .furthest_km = 8,
       .kind = kDrone,
       .arms = {{"uav-small", 0}, {"uav-fpv", 0}, {"uav-medium", 0}},
       .parts = 3,
       .minutes = 8},
      {.name = "drone-over-border",
       .weight = 0.8,
       .ground = Ground::kBorder,
       .furthest_km = 7,
       .kind = kDrone,
       .arms = {{"uav-small", 0}, {"uav-medium", 0}},
       .parts = 2,
       .minutes = 8},
      {.name = "aircraft-over-line",
       .weight = 1,
       .nearest_km = 2,
       .furthest_km = 24,
       .kind = kAircraft,
       .arms = {{"combat-aircraft", 0}, {"helicopter", 0}},
       .parts = 2,
       .minutes = 10},
      {.name = "drone-over-plant",
       .weight = 0.8,
       .ground = Ground::kPlant,
       .furthest_km = 5,
       .kind = kDrone,
       .arms = {{"uav-medium", 0}},
       .parts = 2,
       .minutes = 8},
      {.name = "monitors-flight",
       .weight = 1.2,
       .furthest_km = 6,
       .kind = kDrone,
       .arms = {{"uav-small", 0}},
       .parts = 2,
       .minutes = 20,
       .announced = Exemption::kFlight},
  };
}

std::vector<Story> forces() {
  return {
      {.name = "advance",
       .weight = 1,
       .furthest_km = 8,
       .kind = kAdvance,
       .arms = {{"infantry", 0}},
       .minutes = 180},
      {.name = "border-advance",
       .weight = 0.4,
       .ground = Ground::kBorder,
       .furthest_km = 8,
       .kind = kAdvance,
       .arms = {{"infantry", 0}},
       .minutes = 180},
      {.name = "in-the-buffer",
       .weight = 1,
       .furthest_km = 2.5,
       .kind = kPresence,
       .arms = {{"infantry", 0}, {"vehicle", 0}},
       .minutes = 240},
  };
}

std::vector<Story> weapons_too_near() {
  return {
      {.name = "guns-too-near",
       .weight = 2,
       .nearest_km = 17,
       .furthest_km = 43,
       .kind = kPresence,
       .arms = {{"howitzer", 152}, {"tank", 125}, {"mortar", 120}},
       .count = 6,
       .minutes = 300},
      {.name = "mortars-too-near",
       .weight = 1,
       .nearest_km = 6,
       .furthest_km = 12,
       .kind = kPresence,
       .arms = {{"mortar", 82}, {"anti-tank-gun", 85}},
       .count = 4,
       .minutes = 300},
      {.name = "rockets-too-near",
       .weight = 1,
       .nearest_km = 20,
       .furthest_km = 60,
       .kind = kPresence,
       .arms = {{"rocket", 122}, {"rocket-heavy", 300}},
       .count = 4,
       .minutes = 350},
  };
}

std::vector<Story> mines_and_signs() {
  return {
      {.name = "new-mines",
       .weight = 0.8,
       .furthest_km = 6,
       .kind = kMine,
       .arms = {{"mine", 0}},
       .count = 30,
       .minutes = 120,
       .reporter = "demining-centre"},
      {.name = "mines-cleared",
       .weight = 0.6,
       .furthest_km = 8,
       .kind = kMine,
       .arms = {{"mine", 0}},
       .count = 20,
       .minutes = 180,
       .announced = Exemption::kDemining,
       .reporter = "demining-centre"},
      {.name = "preparation",
       .weight = 1.5,
       .nearest_km = 15,
       .furthest_km = 44,
       .kind = kPreparation,
       .minutes = 240,
       .reporter = "liaison",
       .categories = {"field-hospital", "bridging", "fuel-store", "ammunition-store", "column",
                      "leave-stopped"}},
  };
}

std::vector<Story> people_and_ships() {
  return {
      {.name = "ship-stopped",
       .weight = 0.8,
       .ground = Ground::kLane,
       .furthest_km = 15,
       .kind = kVessel,
       .minutes = 60,
       .reporter = "ship-master"},
      {.name = "convoy-turned-back",
       .weight = 0.8,
       .nearest_km = 1,
       .furthest_km = 12,
       .kind = kConvoy,
       .minutes = 60,
       .reporter = "relief-agency"},
      {.name = "prisoners-held-back",
       .weight = 0.4,
       .furthest_km = 4,
       .kind = kPrisoner,
       .minutes = 60,
       .reporter = "liaison"},
      {.name = "call-to-arms",
       .weight = 0.6,
       .ground = Ground::kNowhere,
       .kind = kInformation,
       .minutes = 30,
       .reporter = "media-watch",
       .categories = {"recruitment", "disinformation", "cyber"}},
  };
}

}  // namespace

std::vector<Story> const& stories() {
  static std::vector<Story> const kAll = [] {
    std::vector<Story> list = fire();
    for (auto const& more : {attacks_and_border(), announced_fire(), strikes(), flights(), forces(),
                             weapons_too_near(), mines_and_signs(), people_and_ships()}) {
      list.insert(list.end(), more.begin(), more.end());
    }
    return list;
  }();
  return kAll;
}

}  // namespace guarantor::watch
