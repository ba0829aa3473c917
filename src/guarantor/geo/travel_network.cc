#include "guarantor/geo/travel_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace guarantor::geo {
namespace {

using model::LinkMode;
using model::MovementClass;
using model::Network;
using model::NetworkLink;

model::Error bad(std::string message, std::string hint = {}) {
  return {model::ErrorKind::kBadInput, std::move(message), std::move(hint)};
}

std::string name_of(Network const& network, std::size_t link) {
  return link < network.link_names.size() && !network.link_names[link].empty()
             ? fmt::format("link `{}`", network.link_names[link])
             : fmt::format("link {}", link + 1);
}

std::optional<model::Error> find_wrong_speed(Network const& network) {
  for (NetworkLink const& link : network.links) {
    std::size_t const l = static_cast<std::size_t>(&link - network.links.data());
    if (link.speeds >= network.speeds.size()) {
      return bad(fmt::format("{} has no speeds", name_of(network, l)));
    }
    for (std::size_t m = 0; m < network.speeds[link.speeds].size(); ++m) {
      float const speed = network.speeds[link.speeds][m];
      if (!(speed >= 0) || !std::isfinite(speed)) {
        return bad(fmt::format("{}: a speed of {} km/h for {}", name_of(network, l), speed,
                               model::kWords<MovementClass>[m]),
                   "a speed is above zero; zero means that the class cannot use the link");
      }
    }
  }
  return std::nullopt;
}

std::optional<model::Error> find_wrong(Network const& network) {
  auto const fits = [](std::size_t facts, std::size_t of) { return facts == 0 || facts == of; };
  std::size_t const nodes = network.positions.size();
  std::size_t const links = network.links.size();
  if (!fits(network.node_names.size(), nodes) || !fits(network.node_facts.size(), nodes) ||
      !fits(network.link_names.size(), links) || !fits(network.link_facts.size(), links)) {
    return bad("a network's names or facts are not as many as its nodes or links");
  }
  for (std::size_t l = 0; l < links; ++l) {
    NetworkLink const& link = network.links[l];
    if (link.from >= nodes || link.to >= nodes) {
      return bad(fmt::format("{} leads to node {}, but there are only {}", name_of(network, l),
                             std::max(link.from, link.to) + 1, nodes));
    }
    if (!(link.length_m >= 0) || !std::isfinite(link.length_m)) {
      return bad(fmt::format("{}: a length of {} m", name_of(network, l), link.length_m));
    }
  }
  return find_wrong_speed(network);
}

/// The class that carries others along a link of this mode.
std::optional<MovementClass> carrier(LinkMode mode) {
  switch (mode) {
    case LinkMode::kRail:
      return MovementClass::kTrain;
    case LinkMode::kSea:
      return MovementClass::kShip;
    case LinkMode::kAir:
      return MovementClass::kFixedWing;
    case LinkMode::kRoad:
      break;
  }
  return std::nullopt;
}

bool may_be_carried(Mover const& mover, LinkMode mode) {
  switch (mode) {
    case LinkMode::kRail:
      return mover.carried.rail;
    case LinkMode::kSea:
      return mover.carried.sea;
    case LinkMode::kAir:
      return mover.carried.air;
    case LinkMode::kRoad:
      break;
  }
  return true;
}

constexpr Layer kRoad{Layer::Kind::kRoad, 0};

/// Whether vehicles can be put onto what moves in this layer at a place of its kind. Of what kind
/// nothing is known, a ferry may only be passing by.
bool loads_vehicles(model::NodeFacts const& facts, Layer layer) {
  bool const place =
      facts.kind != model::NodeKind::kOther && facts.kind != model::NodeKind::kStrait;
  Change const change = change_between(kRoad, layer);
  return place && change != Change::kNone && offers(facts, change);
}

/// Kilometres an hour into milliseconds.
TravelTime time_for(double length_m, double speed_kmh) {
  constexpr double kMillisecondsPerMetreAtOneKmh = 3'600;
  double const time = length_m / speed_kmh * kMillisecondsPerMetreAtOneKmh;
  return time < TravelTime::kNeverCount ? TravelTime{static_cast<std::uint64_t>(std::llround(time))}
                                        : kNever;
}

}  // namespace

model::Result<std::shared_ptr<TravelNetwork const>> TravelNetwork::build(Network network) {
  if (auto wrong = find_wrong(network)) {
    return *std::move(wrong);
  }
  std::shared_ptr<TravelNetwork> made{new TravelNetwork};
  made->network_ = std::move(network);
  made->index_places();
  std::vector<RoutingArc> arcs = made->link_arcs();
  made->add_changes(arcs);
  std::vector<model::Position> positions;
  positions.reserve(made->place_of_.size());
  for (std::uint32_t const place : made->place_of_) {
    positions.push_back(made->network_.positions[place]);
  }
  auto graph = RoutingGraph::build(std::move(positions), std::move(arcs));
  if (!graph.ok()) {
    return graph.error();
  }
  made->graph_ = std::make_shared<RoutingGraph const>(std::move(graph).value());
  return std::shared_ptr<TravelNetwork const>{std::move(made)};
}

void TravelNetwork::index_places() {
  std::vector<std::pair<std::uint32_t, Layer>> nodes;
  nodes.reserve(2 * network_.links.size());
  for (NetworkLink const& link : network_.links) {
    nodes.emplace_back(link.from, layer_of(link));
    nodes.emplace_back(link.to, layer_of(link));
  }
  auto const settle = [&nodes] {
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  };
  settle();
  for (std::size_t n = 0, all = nodes.size(); n < all; ++n) {
    auto const [place, layer] = nodes[n];
    if (!network_.node_facts.empty() && loads_vehicles(network_.node_facts[place], layer)) {
      nodes.emplace_back(place, kRoad);
    }
  }
  settle();
  first_node_.assign(network_.positions.size() + 1, 0);
  place_of_.reserve(nodes.size());
  layers_.reserve(nodes.size());
  for (auto const& [place, layer] : nodes) {
    ++first_node_[place + 1];
    place_of_.push_back(place);
    layers_.push_back(layer);
  }
  for (std::size_t p = 0; p + 1 < first_node_.size(); ++p) {
    first_node_[p + 1] += first_node_[p];
  }
}

NodeIndex TravelNetwork::node(std::uint32_t place, Layer layer) const {
  auto const all = layers({place});
  auto const at = std::lower_bound(all.begin(), all.end(), layer);
  return {first_node_[place] + static_cast<std::uint32_t>(at - all.begin())};
}

std::vector<RoutingArc> TravelNetwork::link_arcs() {
  std::vector<RoutingArc> arcs;
  arcs.reserve(2 * network_.links.size());
  first_arc_.reserve(network_.links.size() + 1);
  for (std::uint32_t l = 0; l < network_.links.size(); ++l) {
    NetworkLink const& link = network_.links[l];
    NodeIndex const from = node(link.from, layer_of(link));
    NodeIndex const to = node(link.to, layer_of(link));
    first_arc_.push_back(static_cast<std::uint32_t>(arcs.size()));
    arcs.push_back({from, to});
    link_of_.push_back(l);
    if (!link.one_way) {
      arcs.push_back({to, from});
      link_of_.push_back(l);
    }
  }
  first_arc_.push_back(static_cast<std::uint32_t>(arcs.size()));
  return arcs;
}

void TravelNetwork::add_changes(std::vector<RoutingArc>& arcs) {
  for (std::uint32_t place = 0; place < network_.positions.size(); ++place) {
    auto const all = layers({place});
    if (all.size() < 2) {
      continue;
    }
    model::NodeFacts const facts =
        network_.node_facts.empty() ? model::NodeFacts{} : network_.node_facts[place];
    auto const gauges = std::count_if(all.begin(), all.end(), [](Layer layer) {
      return layer.kind == Layer::Kind::kRail && layer.gauge_mm != 0;
    });
    for (std::uint32_t a = 0; a < all.size(); ++a) {
      for (std::uint32_t b = 0; b < all.size(); ++b) {
        Change const change = change_between(all[a], all[b]);
        // A track of unknown gauge must not be the way round a break of gauge.
        bool const doubtful = change == Change::kOfTrack && gauges > 1;
        if (change != Change::kNone && !doubtful && offers(facts, change)) {
          arcs.push_back({{first_node_[place] + a}, {first_node_[place] + b}});
          changes_.push_back(change);
        }
      }
    }
  }
}

ArcUse TravelNetwork::use(ArcIndex arc) const {
  if (arc.place >= link_of_.size()) {
    return {changes_[arc.place - link_of_.size()], {}, false};
  }
  std::uint32_t const link = link_of_[arc.place];
  return {Change::kNone, {link}, arc.place != first_arc_[link]};
}

std::vector<ArcIndex> TravelNetwork::arcs_of(LinkIndex link) const {
  std::vector<ArcIndex> arcs;
  for (std::uint32_t a = first_arc_[link.place]; a < first_arc_[link.place + 1]; ++a) {
    arcs.push_back({a});
  }
  return arcs;
}

std::string TravelNetwork::name(PlaceIndex place) const {
  bool const named =
      place.place < network_.node_names.size() && !network_.node_names[place.place].empty();
  return named ? network_.node_names[place.place] : fmt::format("#{}", place.place + 1);
}

std::string TravelNetwork::name(LinkIndex link) const {
  NetworkLink const& ends = network_.links[link.place];
  bool const named =
      link.place < network_.link_names.size() && !network_.link_names[link.place].empty();
  return named ? network_.link_names[link.place]
               : fmt::format("{}:{}", name(PlaceIndex{ends.from}), name(PlaceIndex{ends.to}));
}

LinkCondition TravelNetwork::condition(LinkIndex link) const {
  LinkCondition condition{network_.links[link.place].closed, 1};
  if (!network_.link_facts.empty()) {
    model::LinkFacts const& facts = network_.link_facts[link.place];
    if (facts.speed_share > 0) {
      condition.speed_share = facts.speed_share;
    } else if (facts.damaged) {
      condition.speed_share = kDamagedShare;
    }
  }
  return condition;
}

double TravelNetwork::speed(NetworkLink const& link, Mover const& mover) const {
  model::SpeedProfile const& speeds = network_.speeds[link.speeds];
  auto const of = [&](MovementClass movement) {
    return static_cast<double>(speeds[static_cast<std::size_t>(movement)]);
  };
  if (!goes_by_road(mover.movement)) {
    return of(mover.movement);
  }
  if (!may_be_carried(mover, link.mode)) {
    return 0;
  }
  auto const carrying = carrier(link.mode);
  double const own = of(mover.movement);
  return own > 0 || !carrying ? own : of(*carrying);
}

bool TravelNetwork::bears(LinkIndex link, Mover const& mover) const {
  NetworkLink const& row = network_.links[link.place];
  if (row.load_class_t > 0 && mover.weight.count() > row.load_class_t) {
    return false;
  }
  bool const needs_runway = row.mode == LinkMode::kAir && mover.movement != MovementClass::kRotary;
  bool const needs_depth = row.mode == LinkMode::kSea;
  for (std::uint32_t const end : {row.from, row.to}) {
    model::NodeFacts const facts =
        network_.node_facts.empty() ? model::NodeFacts{} : network_.node_facts[end];
    if ((needs_runway && facts.runway_m < mover.runway.count()) ||
        (needs_depth && facts.draught_m > 0 && facts.draught_m < mover.draught.count())) {
      return false;
    }
  }
  double const depth = network_.link_facts.empty() ? 0 : network_.link_facts[link.place].draught_m;
  return !needs_depth || depth == 0 || depth >= mover.draught.count();
}

TravelTime TravelNetwork::time(LinkIndex link, Mover const& mover, LinkCondition condition) const {
  NetworkLink const& row = network_.links[link.place];
  double const kmh = speed(row, mover) * condition.speed_share;
  if (condition.closed || kmh <= 0 || !bears(link, mover)) {
    return kNever;
  }
  return time_for(row.length_m, kmh);
}

ArcTimes TravelNetwork::times(Mover const& mover, bool all_open) const {
  ArcTimes times;
  times.reserve(graph_->arc_count());
  for (std::uint32_t l = 0; l < network_.links.size(); ++l) {
    TravelTime const there = time({l}, mover, all_open ? LinkCondition{} : condition({l}));
    times.insert(times.end(), first_arc_[l + 1] - first_arc_[l], there);
  }
  for (Change const change : changes_) {
    times.push_back(dwell(mover, change));
  }
  return times;
}

ArcTimes TravelNetwork::times(Mover const& mover) const {
  return times(mover, false);
}

ArcTimes TravelNetwork::times_if_all_open(Mover const& mover) const {
  return times(mover, true);
}

}  // namespace guarantor::geo
