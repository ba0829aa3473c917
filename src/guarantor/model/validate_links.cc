#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "guarantor/model/checker.h"
#include "guarantor/model/ground_length.h"
#include "guarantor/model/speed_columns.h"

/// The rules of links, and of the network they make.
namespace guarantor::model {
namespace {

/// The mode in which a class moves by itself where it is not driven onto something else.
std::optional<LinkMode> own_mode(MovementClass movement) {
  switch (movement) {
    case MovementClass::kTrain:
      return LinkMode::kRail;
    case MovementClass::kShip:
      return LinkMode::kSea;
    case MovementClass::kRotary:
    case MovementClass::kFixedWing:
      return LinkMode::kAir;
    default:
      return std::nullopt;  // vehicles ride on ferries and shuttle trains as well
  }
}

bool on_earth(Location const& location) {
  constexpr double kMostNorth = 90;
  constexpr double kMostEast = 180;
  return std::abs(location.latitude->count()) <= kMostNorth &&
         std::abs(location.longitude->count()) <= kMostEast;
}

std::string whole_km(Kilometres length) {
  return std::to_string(std::llround(length.count())) + " km";
}

/// The set each element belongs to, sets joined one by one.
class Groups {
 public:
  explicit Groups(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t of(std::size_t element) {
    while (parent_[element] != element) {
      element = parent_[element] = parent_[parent_[element]];
    }
    return element;
  }
  void join(std::size_t a, std::size_t b) { parent_[of(a)] = of(b); }

 private:
  std::vector<std::size_t> parent_;
};

}  // namespace

void Checker::check_links() {
  std::map<std::string_view, Location const*> places;
  for (Location const& location : scenario_.locations) {
    places.emplace(location.id.text(), &location);
  }
  for (std::size_t row = 0; row < scenario_.links.size(); ++row) {
    check_link(row, scenario_.links[row]);
    check_link_speeds(row, scenario_.links[row]);
    check_link_ends(row, scenario_.links[row], places);
  }
  check_islands();
}

void Checker::check_link(std::size_t row, Link const& link) {
  auto const at = [row](std::string_view column) { return At{Table::kLinks, row, column}; };
  auto const count = [](auto const& value) {
    return value ? std::optional<double>{value->count()} : std::nullopt;
  };
  above_zero(at("km"), link.length.count());
  if (link.per_day) {
    not_negative(at("per_day"), static_cast<double>(*link.per_day));
  }
  above_zero(at("load_class"), count(link.load_class));
  above_zero(at("gauge"), count(link.gauge));
  above_zero(at("draught_m"), count(link.draught));
  not_negative(at("permit_days"), link.permit);
  if (link.gauge && link.mode != LinkMode::kRail) {
    error(at("gauge"), "a gauge on a link that is no rail");
  }
  if (link.speed_share && !(*link.speed_share > 0 && *link.speed_share <= 1)) {
    error(at("speed_share"), "speed_share is not above 0 and at most 1",
          "0.25 stands for a quarter of its speed; what cannot be used at all is closed");
  }
}

void Checker::check_link_speeds(std::size_t row, Link const& link) {
  bool usable = false;
  for (std::size_t m = 0; m < link.speeds.size(); ++m) {
    if (!link.speeds[m]) {
      continue;
    }
    usable = true;
    At const at{Table::kLinks, row, kSpeedColumns[m]};
    double const speed = link.speeds[m]->count();
    if (!(speed > 0 && std::isfinite(speed))) {
      error(at, std::string{at.column} + " is not above 0",
            "leave it empty where the class cannot use the link");
    }
    auto const movement = static_cast<MovementClass>(m);
    if (auto const mode = own_mode(movement); mode && *mode != link.mode) {
      error(at, std::string{text(movement)} + " does not go by " + std::string{text(link.mode)},
            "leave it empty");
    }
  }
  if (!usable) {
    warning({Table::kLinks, row, "link"}, "nobody can use the link: it has no speed",
            "give the speed of one movement class at least, e.g. kmh_heavy_wheeled");
  }
}

void Checker::check_link_ends(std::size_t row, Link const& link,
                              std::map<std::string_view, Location const*> const& places) {
  std::array<Location const*, 2> ends{};
  std::array<std::string_view, 2> const columns{"from", "to"};
  std::array<LocationId const*, 2> const names{&link.from, &link.to};
  for (std::size_t e = 0; e < ends.size(); ++e) {
    At const at{Table::kLinks, row, columns[e]};
    known(at, "location", names[e]->text(), names_.locations);
    auto const found = places.find(names[e]->text());
    ends[e] = found == places.end() ? nullptr : found->second;
    if (ends[e] != nullptr && (!ends[e]->latitude || !ends[e]->longitude)) {
      error(at, "the location `" + names[e]->text() + "` has no position",
            "give its lat and lon: a place on the network has both");
      ends[e] = nullptr;
    }
  }
  if (link.from == link.to && !link.from.empty()) {
    error({Table::kLinks, row, "to"}, "the link leads back to where it begins");
    return;
  }
  if (ends[0] == nullptr || ends[1] == nullptr) {
    return;
  }
  if (!on_earth(*ends[0]) || !on_earth(*ends[1])) {
    return;  // told of the location
  }
  constexpr double kMetresPerKilometre = 1000;
  Kilometres const apart{ground_length({*ends[0]->longitude, *ends[0]->latitude},
                                       {*ends[1]->longitude, *ends[1]->latitude})
                             .count() /
                         kMetresPerKilometre};
  // Positions are often rounded to a tenth of a degree.
  constexpr double kShortest = 0.95;
  constexpr double kRounding = 15;
  if (link.length.count() > 0 && link.length.count() < kShortest * apart.count() - kRounding) {
    warning({Table::kLinks, row, "km"},
            "shorter than the straight line, which is about " + whole_km(apart),
            "is it in kilometres, and are the positions right?");
  }
}

void Checker::check_islands() {
  std::map<std::string_view, std::size_t> number;
  for (Link const& link : scenario_.links) {
    number.emplace(link.from.text(), number.size());
    number.emplace(link.to.text(), number.size());
  }
  Groups groups{number.size()};
  for (Link const& link : scenario_.links) {
    groups.join(number.at(link.from.text()), number.at(link.to.text()));
  }
  std::map<std::size_t, std::size_t> places;
  for (auto const& [name, place] : number) {
    ++places[groups.of(place)];
  }
  auto const largest =
      std::max_element(places.begin(), places.end(),
                       [](auto const& a, auto const& b) { return a.second < b.second; });
  for (std::size_t row = 0; row < scenario_.links.size(); ++row) {
    std::size_t const group = groups.of(number.at(scenario_.links[row].from.text()));
    auto const island = places.find(group);
    if (island != places.end() && island != largest) {
      warning({Table::kLinks, row, "link"},
              "an island: its " + std::to_string(island->second) +
                  " places have no link to the rest of the network",
              "add the link that joins them, if there is one");
      places.erase(island);
    }
  }
}

}  // namespace guarantor::model
