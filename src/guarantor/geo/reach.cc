#include "guarantor/geo/reach.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "guarantor/geo/reach_points.h"
#include "guarantor/geo/reach_rings.h"
#include "guarantor/geo/reach_ways.h"
#include "guarantor/geo/travel_table.h"

namespace guarantor::geo {
namespace {

using model::Error;
using model::ErrorKind;
using model::Hours;
using model::ReachAnswer;
using model::Result;

std::optional<Error> find_wrong(ReachRequest const& request) {
  if (request.from.empty()) {
    return Error{ErrorKind::kBadInput, "there is nowhere to start from", "name a place"};
  }
  if (!request.to.empty() && !request.within.empty()) {
    return Error{ErrorKind::kBadInput, "limits go with no places to reach",
                 "ask for the times to places, or for what lies within the limits"};
  }
  for (Hours const limit : request.within) {
    if (!(limit.count() > 0)) {
      return Error{ErrorKind::kBadInput, fmt::format("a limit of {} hours", limit.count()),
                   "a limit is above zero"};
    }
  }
  if (!(request.off_network.count() >= 0)) {
    return Error{ErrorKind::kBadInput, "a distance off the network that is negative or no number",
                 ""};
  }
  return std::nullopt;
}

bool is_beside(FoundPoint const& point) {
  return point.shown.off.count() > 0;
}

/// One request on its way to its answer.
class Reach {
 public:
  Reach(MoverNetwork const& network, ReachRequest const& request, model::RunControl const& control)
      : network_{network}, request_{request}, control_{control}, basis_{network} {}

  Result<ReachAnswer> answer(std::span<LinkChange const> changes) {
    PointFinder finder{network_, request_.off_network};
    auto from = finder.find(request_.from);
    if (!from.ok()) {
      return from.error();
    }
    auto to = finder.find(request_.to);
    if (to.ok() && std::ranges::any_of(to.value(), is_beside)) {
      finder.prefer_reached(from.value());
      to = finder.find(request_.to);
    }
    if (!to.ok()) {
      return to.error();
    }
    from_ = std::move(from).value();
    to_ = std::move(to).value();
    say_terms(changes);
    if (to_.empty()) {
      if (auto done = spread(); !done.ok()) {
        return done.error();
      }
    } else {
      fill_table();
      follow_ways();
    }
    answer_.basis = basis_.basis();
    for (std::string& note : basis_.notes()) {
      answer_.notes.push_back(std::move(note));
    }
    say_what_is_not_counted();
    return std::move(answer_);
  }

 private:
  void say_terms(std::span<LinkChange const> changes) {
    Mover const& mover = network_.mover();
    model::ReachTerms& terms = answer_.terms;
    terms.movement = mover.movement;
    std::pair<bool, char const*> const modes[] = {
        {mover.carried.rail, "rail"}, {mover.carried.sea, "sea"}, {mover.carried.air, "air"}};
    for (auto const& [carried, word] : modes) {
      if (carried) {
        terms.carried.emplace_back(word);
      }
    }
    terms.weight = mover.weight;
    terms.runway = mover.runway;
    terms.draught = mover.draught;
    terms.off_network = request_.off_network;
    terms.off_speed = off_network_speed(mover.movement);
    for (LinkChange const& change : changes) {
      std::string const name = network_.network().name(change.link);
      terms.changed.push_back(change.act == LinkAct::kOpen ? name + " open"
                              : change.act == LinkAct::kClose
                                  ? name + " closed"
                                  : fmt::format("{} at {:g} of its speed", name, change.factor));
    }
    for (FoundPoint const& point : from_) {
      answer_.from.push_back(point.shown);
    }
    for (FoundPoint const& point : to_) {
      answer_.to.push_back(point.shown);
    }
  }

  /// The doors of points one after the other, and where each point's begin.
  struct Doors {
    std::vector<NodeIndex> nodes;
    std::vector<std::size_t> first{0};
  };
  [[nodiscard]] Doors doors(std::vector<FoundPoint> const& points) const {
    Doors doors;
    for (FoundPoint const& point : points) {
      for (NodeIndex const node : network_.doors(point.place)) {
        doors.nodes.push_back(node);
      }
      doors.first.push_back(doors.nodes.size());
    }
    return doors;
  }

  /// The quickest way out of one door and in at another.
  struct DoorPair {
    NodeIndex out;
    NodeIndex in;
    TravelTime time{kNever};
  };

  void fill_table() {
    Doors const out = doors(from_);
    Doors const in = doors(to_);
    TravelTable const table =
        travel_table(network_.customised(), out.nodes, in.nodes, request_.threads);
    for (std::size_t f = 0; f < from_.size(); ++f) {
      for (std::size_t t = 0; t < to_.size(); ++t) {
        DoorPair best;
        for (std::size_t o = out.first[f]; o < out.first[f + 1]; ++o) {
          for (std::size_t i = in.first[t]; i < in.first[t + 1]; ++i) {
            if (table.at(o, i) < best.time) {
              best = {out.nodes[o], in.nodes[i], table.at(o, i)};
            }
          }
        }
        bool const stays = from_[f].place == to_[t].place;
        pairs_.push_back(stays ? DoorPair{{}, {}, TravelTime{0}} : best);
        TravelTime const whole = from_[f].off + pairs_.back().time + to_[t].off;
        answer_.hours.push_back(whole.reached() ? std::optional{in_hours(whole)} : std::nullopt);
      }
    }
  }

  /// The ways of all pairs: to show where that is asked for, and to see what they rest on.
  void follow_ways() {
    bool const facts = !network_.network().network().link_facts.empty();
    if (!request_.legs && !facts) {
      return;
    }
    for (std::size_t f = 0; f < from_.size(); ++f) {
      for (std::size_t t = 0; t < to_.size(); ++t) {
        DoorPair const& doors = pairs_[f * to_.size() + t];
        bool const stays = from_[f].place == to_[t].place;
        auto const path = stays ? std::optional{Path{}}
                          : doors.time.reached()
                              ? shortest_path(network_.customised(), doors.out, doors.in)
                              : std::nullopt;
        if (!path) {
          cut_off_.emplace_back(f, t);
          continue;
        }
        basis_.add(*path);
        if (request_.legs) {
          answer_.ways.push_back(way_in_legs(network_, from_[f], to_[t], *path));
          answer_.ways.back().from = f;
          answer_.ways.back().to = t;
        }
      }
    }
    say_why_not();
  }

  /// Times from the nearest start to everywhere, and the rings.
  Result<model::Done> spread() {
    std::size_t const places = network_.network().network().positions.size();
    std::vector<TravelTime> times(network_.network().graph()->node_count(), kNever);
    std::vector<TravelTime> best(places, kNever);
    std::vector<std::size_t> nearest(places, 0);
    for (std::size_t f = 0; f < from_.size(); ++f) {
      TravelTime const start = from_[f].off;
      for (NodeIndex const door : network_.doors(from_[f].place)) {
        auto const reached = one_to_all(network_.customised(), door);
        for (std::size_t n = 0; n < reached.size(); ++n) {
          times[n] = std::min(times[n], start + reached[n]);
        }
        for (std::uint32_t p = 0; p < places; ++p) {
          TravelTime const time = start + arrival(reached, {p});
          if (time < best[p]) {
            best[p] = time;
            nearest[p] = f;
          }
        }
      }
      if (from_[f].off < best[from_[f].place.place]) {
        best[from_[f].place.place] = from_[f].off;
        nearest[from_[f].place.place] = f;
      }
    }
    list_reached(best, nearest);
    count_basis();
    if (request_.within.empty()) {
      return model::Done{};
    }
    auto made = rings(network_, from_, times, answer_.reached, request_.within,
                      request_.off_network, control_);
    if (!made.ok()) {
      return made.error();
    }
    answer_.rings = std::move(made).value();
    return model::Done{};
  }

  [[nodiscard]] TravelTime arrival(std::vector<TravelTime> const& times, PlaceIndex place) const {
    TravelTime soonest{kNever};
    for (NodeIndex const door : network_.doors(place)) {
      soonest = std::min(soonest, times[door.place]);
    }
    return soonest;
  }

  void list_reached(std::vector<TravelTime> const& best, std::vector<std::size_t> const& nearest) {
    Hours last{0};
    for (Hours const limit : request_.within) {
      last = std::max(last, limit);
    }
    TravelNetwork const& world = network_.network();
    for (std::uint32_t p = 0; p < best.size(); ++p) {
      bool const counts =
          best[p].reached() && (request_.within.empty() || in_hours(best[p]) <= last);
      if (counts) {
        answer_.reached.push_back({world.name(PlaceIndex{p}), world.network().positions[p],
                                   nearest[p], in_hours(best[p])});
        reached_.emplace_back(PlaceIndex{p}, nearest[p]);
      } else if (network_.serves({p})) {
        ++answer_.not_reached;
      }
    }
    std::stable_sort(answer_.reached.begin(), answer_.reached.end(),
                     [](auto const& a, auto const& b) { return a.hours < b.hours; });
  }

  /// What the ways to the places reached rest on: those of the trees from each start.
  void count_basis() {
    if (network_.network().network().link_facts.empty()) {
      return;
    }
    for (std::size_t f = 0; f < from_.size(); ++f) {
      std::vector<ShortestPathTree> trees;
      for (NodeIndex const door : network_.doors(from_[f].place)) {
        trees.emplace_back(*network_.network().graph(), network_.times(), door);
      }
      for (auto const& [place, start] : reached_) {
        if (start == f) {
          count_way(trees, place);
        }
      }
    }
  }

  void count_way(std::vector<ShortestPathTree> const& trees, PlaceIndex place) {
    TravelTime soonest{kNever};
    std::optional<Path> best;
    for (ShortestPathTree const& tree : trees) {
      for (NodeIndex const door : network_.doors(place)) {
        if (tree.time(door) < soonest) {
          soonest = tree.time(door);
          best = tree.path(door);
        }
      }
    }
    if (best) {
      basis_.add(*best);
    }
  }

  /// For pairs without a way: whether anything but closures keeps them apart.
  void say_why_not() {
    constexpr std::size_t kMost = 10;
    ArcTimes const open = network_.network().times_if_all_open(network_.mover());
    std::size_t told = 0;
    for (auto const& [f, t] : cut_off_) {
      if (told == kMost) {
        answer_.notes.push_back(
            fmt::format("{} further pairs have no way either", cut_off_.size() - kMost));
        return;
      }
      ++told;
      bool way = false;
      for (NodeIndex const door : network_.doors(from_[f].place)) {
        ShortestPathTree const tree{*network_.network().graph(), open, door};
        way = way || arrival(tree.times(), to_[t].place).reached();
      }
      std::string const why = way ? "no way is open; with every link open there would be one"
                                  : fmt::format("no way for {}, even with every link open",
                                                model::text(network_.mover().movement));
      answer_.notes.push_back(
          fmt::format("{} to {}: {}", from_[f].shown.name, to_[t].shown.name, why));
    }
  }

  void say_what_is_not_counted() {
    bool off = false;
    for (auto const* points : {&from_, &to_}) {
      off = off || std::any_of(points->begin(), points->end(),
                               [](FoundPoint const& point) { return point.shown.off.count() > 0; });
    }
    if (off && answer_.terms.off_speed.count() == 0) {
      answer_.notes.push_back(
          fmt::format("from the network to points beside it: not counted, {} "
                      "cannot leave it",
                      model::text(network_.mover().movement)));
    }
    model::Network const& world = network_.network().network();
    if (world.link_facts.empty()) {
      answer_.notes.emplace_back(
          "what the lengths and speeds of this network rest on is not known: all of it counts as "
          "illustrative");
    }
    bool const by_air = network_.mover().movement == model::MovementClass::kFixedWing ||
                        network_.mover().carried.air;
    if (!by_air || world.node_facts.empty()) {
      return;
    }
    std::size_t unknown = 0;
    for (std::uint32_t p = 0; p < world.positions.size(); ++p) {
      auto const layers = network_.network().layers({p});
      bool const airfield = std::any_of(layers.begin(), layers.end(), [](Layer layer) {
        return layer.kind == Layer::Kind::kAir;
      });
      unknown += airfield && world.node_facts[p].runway_m == 0 ? std::size_t{1} : std::size_t{0};
    }
    if (unknown > 0) {
      answer_.notes.push_back(
          fmt::format("{} airfields have no known runway and are not used", unknown));
    }
  }

  MoverNetwork const& network_;
  ReachRequest const& request_;
  model::RunControl const& control_;
  BasisCounter basis_;
  std::vector<FoundPoint> from_;
  std::vector<FoundPoint> to_;
  std::vector<DoorPair> pairs_;
  std::vector<std::pair<std::size_t, std::size_t>> cut_off_;
  std::vector<std::pair<PlaceIndex, std::size_t>> reached_;  ///< and from where
  ReachAnswer answer_;
};

}  // namespace

Result<PreparedNetwork> prepare(model::Network network, int threads,
                                model::RunControl const& control) {
  auto built = TravelNetwork::build(std::move(network));
  if (!built.ok()) {
    return built.error();
  }
  auto hierarchy = Hierarchy::prepare(built.value()->graph(), threads, control);
  if (!hierarchy.ok()) {
    return hierarchy.error();
  }
  return PreparedNetwork{std::move(built).value(), std::move(hierarchy).value()};
}

Result<ReachAnswer> reach(PreparedNetwork const& prepared, ReachRequest const& request,
                          model::RunControl const& control) {
  if (auto wrong = find_wrong(request)) {
    return *std::move(wrong);
  }
  auto changes = find_links(*prepared.network, request.orders);
  if (!changes.ok()) {
    return changes.error();
  }
  auto network =
      MoverNetwork::make(prepared.network, prepared.hierarchy, request.mover, request.threads);
  if (!network.ok()) {
    return network.error();
  }
  if (auto done = network.value().apply(changes.value(), request.threads); !done.ok()) {
    return done.error();
  }
  return Reach{network.value(), request, control}.answer(changes.value());
}

}  // namespace guarantor::geo
