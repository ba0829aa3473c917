#include "drawn_world.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

#include "guarantor/geo/shortest_paths.h"

namespace guarantor::geo {
namespace {

using model::LinkMode;
using model::MovementClass;

model::SpeedProfile speeds_of(LinkMode mode) {
  model::SpeedProfile speeds{};
  auto const set = [&](MovementClass movement, float speed) {
    speeds.at(static_cast<std::size_t>(movement)) = speed;
  };
  switch (mode) {
    case LinkMode::kRoad:
      set(MovementClass::kLightWheeled, 60);
      set(MovementClass::kHeavyWheeled, 60);
      set(MovementClass::kTransporter, 60);
      break;
    case LinkMode::kRail:
      set(MovementClass::kTrain, 60);
      break;
    case LinkMode::kSea:
      set(MovementClass::kShip, 60);
      break;
    case LinkMode::kAir:
      set(MovementClass::kRotary, 200);
      set(MovementClass::kFixedWing, 600);
      break;
  }
  return speeds;
}

class Drawing {
 public:
  Drawing(std::vector<std::string> const& rows, Kinds const& kinds) : rows_{rows} {
    for (LinkMode const mode : {LinkMode::kRoad, LinkMode::kRail, LinkMode::kSea, LinkMode::kAir}) {
      world_.network.speeds.push_back(speeds_of(mode));
    }
    each_letter([&](std::size_t row, std::size_t column) { add_place(row, column, kinds); });
  }

  DrawnWorld read() {
    each_letter([&](std::size_t row, std::size_t column) {
      follow(row, column, 0, 1, "-=~*.");
      follow(row, column, 1, 0, "|!:*,");
    });
    return std::move(world_);
  }

 private:
  [[nodiscard]] char at(std::size_t row, std::size_t column) const {
    return row < rows_.size() && column < rows_[row].size() ? rows_[row][column] : ' ';
  }

  template <class Visit>
  void each_letter(Visit const& visit) const {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      for (std::size_t column = 0; column < rows_[row].size(); ++column) {
        if (std::isupper(static_cast<unsigned char>(at(row, column))) != 0) {
          visit(row, column);
        }
      }
    }
  }

  void add_place(std::size_t row, std::size_t column, Kinds const& kinds) {
    char const letter = at(row, column);
    world_.letters += letter;
    world_.network.node_names.emplace_back(1, letter);
    world_.network.positions.push_back({model::Degrees{30 + 0.1 * static_cast<double>(column)},
                                        model::Degrees{48 - 0.1 * static_cast<double>(row)}});
    auto const kind = kinds.find(letter);
    world_.network.node_facts.push_back(
        kind != kinds.end() ? kind->second : model::NodeFacts{.kind = model::NodeKind::kCity});
  }

  void follow(std::size_t row, std::size_t column, std::size_t down, std::size_t right,
              std::string const& signs) {
    char const from = at(row, column);
    model::NetworkLink link;
    std::optional<std::size_t> sign;
    int km = 0;
    link.gauge_mm = 1435;
    for (char c = at(row += down, column += right); c != ' ';
         c = at(row += down, column += right)) {
      if (std::isupper(static_cast<unsigned char>(c)) != 0) {
        if (sign) {
          finish(link, *sign, km, from, c);
        }
        return;
      }
      if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
        km = right > 0 ? km * 10 + (c - '0') : number_at(row, column, link);
      } else if (c == 'w') {
        link.gauge_mm = 1520;
      } else if (auto const found = signs.find(c); found != std::string::npos) {
        sign = found;
      } else {
        return;
      }
    }
  }

  /// A number that begins here and runs to the right, perhaps with the sign of a gauge behind it.
  [[nodiscard]] int number_at(std::size_t row, std::size_t column, model::NetworkLink& link) const {
    int number = 0;
    for (; std::isdigit(static_cast<unsigned char>(at(row, column))) != 0; ++column) {
      number = number * 10 + (at(row, column) - '0');
    }
    link.gauge_mm = at(row, column) == 'w' ? std::uint16_t{1520} : link.gauge_mm;
    return number;
  }

  void finish(model::NetworkLink link, std::size_t sign, int km, char from, char to) {
    constexpr LinkMode kModes[] = {LinkMode::kRoad, LinkMode::kRail, LinkMode::kSea, LinkMode::kSea,
                                   LinkMode::kAir};
    constexpr std::size_t kFerry = 2;
    link.from = world_.number(from);
    link.to = world_.number(to);
    link.length_m = static_cast<float>(km * 1000);
    link.mode = kModes[sign];
    link.ferry = sign == kFerry;
    link.speeds = static_cast<std::uint16_t>(link.mode);
    link.gauge_mm = link.mode == LinkMode::kRail ? link.gauge_mm : std::uint16_t{0};
    world_.network.links.push_back(link);
    world_.network.link_names.push_back(std::string{from} + "-" + to);
    world_.network.link_facts.emplace_back();
  }

  std::vector<std::string> const& rows_;
  DrawnWorld world_;
};

}  // namespace

std::uint32_t DrawnWorld::number(char letter) const {
  auto const place = letters.find(letter);
  if (place == std::string::npos) {
    throw std::runtime_error("no place is drawn as " + std::string{letter});
  }
  return static_cast<std::uint32_t>(place);
}

LinkIndex DrawnWorld::link(std::string const& name) const {
  auto const found = std::find(network.link_names.begin(), network.link_names.end(), name);
  if (found == network.link_names.end()) {
    throw std::runtime_error("no way is drawn as " + name);
  }
  return {static_cast<std::uint32_t>(found - network.link_names.begin())};
}

DrawnWorld draw_world(std::vector<std::string> const& rows, Kinds const& kinds) {
  return Drawing{rows, kinds}.read();
}

MoverNetwork for_mover(DrawnWorld const& world, Mover const& mover) {
  auto const prepared = prepare(world.network, 1, {}).value();
  return MoverNetwork::make(prepared.network, prepared.hierarchy, mover, 1).value();
}

std::vector<TravelTime> hierarchy_times(MoverNetwork const& network, std::uint32_t from) {
  std::vector<TravelTime> soonest(network.network().network().positions.size(), kNever);
  for (NodeIndex const out : network.doors({from})) {
    auto const times = one_to_all(network.customised(), out);
    for (std::uint32_t p = 0; p < soonest.size(); ++p) {
      for (NodeIndex const in : network.doors({p})) {
        soonest[p] = std::min(soonest[p], times[in.place]);
      }
    }
  }
  soonest[from] = TravelTime{0};
  return soonest;
}

std::string minutes_from(MoverNetwork const& network, DrawnWorld const& world, char from) {
  auto const times = hierarchy_times(network, world.number(from));
  std::string text;
  for (std::size_t p = 0; p < times.size(); ++p) {
    text += (p > 0 ? " " : "") + std::string{world.letters[p]} +
            (times[p].reached() ? std::to_string(times[p].count() / 60'000) : "-");
  }
  return text;
}

std::vector<TravelTime> plain_times(model::Network const& network, Mover const& mover,
                                    std::uint32_t from) {
  using State = std::pair<std::uint32_t, Layer>;
  auto const world = TravelNetwork::build(network).value();  // for the time of one link only
  Layer const road{Layer::Kind::kRoad, 0};
  std::set<State> all;
  std::set<State> usable;
  std::vector<TravelTime> now;
  for (std::uint32_t l = 0; l < network.links.size(); ++l) {
    model::NetworkLink const& link = network.links[l];
    now.push_back(world->time({l}, mover, world->condition({l})));
    for (std::uint32_t const end : {link.from, link.to}) {
      State const state{end, layer_of(link)};
      model::NodeFacts const& facts = network.node_facts[end];
      Change const loading = change_between(road, state.second);
      bool const loads = facts.kind != model::NodeKind::kOther &&
                         facts.kind != model::NodeKind::kStrait && loading != Change::kNone &&
                         offers(facts, loading);
      all.insert(state);
      if (loads) {
        all.insert({end, road});
      }
      if (world->time({l}, mover, {}).reached()) {
        usable.insert(state);
      }
    }
  }
  for (State const& state : std::set<State>{usable}) {
    Change const loading = change_between(road, state.second);
    if (all.contains({state.first, road}) && loading != Change::kNone &&
        offers(network.node_facts[state.first], loading) && dwell(mover, loading).reached()) {
      usable.insert({state.first, road});
    }
  }
  bool const vehicle = goes_by_road(mover.movement);
  auto const door = [&](State const& state) {
    return usable.contains(state) && (!vehicle || state.second == road);
  };
  std::map<State, TravelTime> times;
  for (State const& state : all) {
    times[state] = state.first == from && door(state) ? TravelTime{0} : kNever;
  }
  auto const relax = [&](State const& to, TravelTime time, bool& better) {
    if (time < times[to]) {
      times[to] = time;
      better = true;
    }
  };
  for (bool better = true; better;) {
    better = false;
    for (std::uint32_t l = 0; l < network.links.size(); ++l) {
      model::NetworkLink const& link = network.links[l];
      State const a{link.from, layer_of(link)};
      State const b{link.to, layer_of(link)};
      relax(b, times[a] + now[l], better);
      if (!link.one_way) {
        relax(a, times[b] + now[l], better);
      }
    }
    for (State const& a : all) {
      for (State const& b : all) {
        Change const change = change_between(a.second, b.second);
        auto const gauges = std::count_if(all.begin(), all.end(), [&](State const& state) {
          return state.first == a.first && state.second.gauge_mm != 0;
        });
        if (a.first == b.first && change != Change::kNone &&
            !(change == Change::kOfTrack && gauges > 1) &&
            offers(network.node_facts[a.first], change)) {
          relax(b, times[a] + dwell(mover, change), better);
        }
      }
    }
  }
  std::vector<TravelTime> soonest(network.positions.size(), kNever);
  for (State const& state : all) {
    if (door(state)) {
      soonest[state.first] = std::min(soonest[state.first], times[state]);
    }
  }
  soonest[from] = TravelTime{0};
  return soonest;
}

}  // namespace guarantor::geo
