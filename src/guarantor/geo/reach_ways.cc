#include "guarantor/geo/reach_ways.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <utility>

namespace guarantor::geo {
namespace {

using model::Hours;
using model::Kilometres;
using model::ReachLeg;

constexpr double kMetresPerKilometre = 1'000;

/// Writes the legs of a way one after the other.
class LegWriter {
 public:
  LegWriter(MoverNetwork const& network, model::ReachWay& way)
      : network_{network}, world_{network.network()}, way_{way} {}

  void off(model::ReachPoint const& point, PlaceIndex place, TravelTime time, bool outwards) {
    if (point.off.count() <= 0) {
      return;
    }
    ReachLeg leg = at(place);
    leg.by = "off network";
    leg.length = point.off;
    (outwards ? leg.to : leg.from) = point.name;
    (outwards ? leg.ends : leg.begins) = point.position;
    put(std::move(leg), time);
  }

  void change(PlaceIndex place, Change change, TravelTime time) {
    if (change == Change::kNone || time.count() == 0) {
      return;
    }
    ReachLeg leg = at(place);
    leg.by = model::text(change);
    put(std::move(leg), time);
  }

  void arc(ArcIndex index) {
    RoutingArc const ends = world_.graph()->arc(index);
    PlaceIndex const from = world_.place_of(ends.tail);
    TravelTime const time = network_.times()[index.place];
    ArcUse const use = world_.use(index);
    if (use.change != Change::kNone) {
      change(from, use.change, time);
      return;
    }
    PlaceIndex const to = world_.place_of(ends.head);
    // Where places have no names, links are many and short: one leg for each mode.
    auto const& names = world_.network().node_names;
    joins_ = names.empty() || names[from.place].empty();
    model::NetworkLink const& link = world_.network().links[use.link.place];
    ReachLeg leg = at(from);
    leg.to = world_.name(to);
    leg.ends = world_.network().positions[to.place];
    leg.by = model::text(link.mode);
    leg.length = Kilometres{link.length_m / kMetresPerKilometre};
    if (!world_.network().link_names.empty()) {
      leg.link = world_.name(use.link);
    }
    if (!world_.network().link_facts.empty()) {
      leg.rules = world_.network().link_facts[use.link.place].rules;
    }
    put(std::move(leg), time);
  }

 private:
  [[nodiscard]] ReachLeg at(PlaceIndex place) const {
    ReachLeg leg;
    leg.from = leg.to = world_.name(place);
    leg.begins = leg.ends = world_.network().positions[place.place];
    return leg;
  }

  /// Adds a leg, or lengthens the last one where it joins it.
  void put(ReachLeg leg, TravelTime time) {
    clock_ = clock_ + time;
    leg.hours = in_hours(time);
    leg.arrival = in_hours(clock_);
    way_.length += leg.length;
    if (joins_ && !way_.legs.empty() && way_.legs.back().by == leg.by &&
        way_.legs.back().from != way_.legs.back().to) {
      ReachLeg& last = way_.legs.back();
      last.to = std::move(leg.to);
      last.link = last.link == leg.link ? last.link : std::string{};
      last.ends = leg.ends;
      last.length += leg.length;
      last.hours += leg.hours;
      last.arrival = leg.arrival;
      joins_ = false;
      return;
    }
    joins_ = false;
    way_.legs.push_back(std::move(leg));
  }

  MoverNetwork const& network_;
  TravelNetwork const& world_;
  model::ReachWay& way_;
  TravelTime clock_;
  bool joins_{};  ///< the next leg begins where nothing has a name
};

/// Kilometres by confidence, as shares.
class Shares {
 public:
  void add(model::Confidence confidence, double km) {
    by_[static_cast<std::size_t>(confidence)] += km;
  }
  [[nodiscard]] model::ProvenanceShares shares() const {
    double const all = by_[0] + by_[1] + by_[2];
    return all > 0 ? model::ProvenanceShares{by_[0] / all, by_[1] / all, by_[2] / all}
                   : model::ProvenanceShares{};
  }

 private:
  std::array<double, model::kWords<model::Confidence>.size()> by_{};
};

}  // namespace

model::ReachWay way_in_legs(MoverNetwork const& network, FoundPoint const& from,
                            FoundPoint const& to, Path const& path) {
  model::ReachWay way;
  LegWriter writer{network, way};
  writer.off(from.shown, from.place, from.off, false);
  for (ArcIndex const arc : path.arcs) {
    writer.arc(arc);
  }
  writer.off(to.shown, to.place, to.off, true);
  return way;
}

BasisCounter::BasisCounter(MoverNetwork const& network)
    : network_{network}, used_(network.network().network().links.size(), false) {}

void BasisCounter::add(Path const& path) {
  for (ArcIndex const arc : path.arcs) {
    ArcUse const use = network_.network().use(arc);
    if (use.change == Change::kNone) {
      used_[use.link.place] = true;
    } else {
      changes_ = changes_ || network_.times()[arc.place].count() > 0;
    }
  }
}

model::ReachBasis BasisCounter::basis() const {
  model::Network const& network = network_.network().network();
  Shares lengths;
  Shares speeds;
  Shares both;
  double all = 0;
  for (std::size_t l = 0; l < used_.size(); ++l) {
    if (!used_[l]) {
      continue;
    }
    double const km = network.links[l].length_m / kMetresPerKilometre;
    model::LinkFacts const facts =
        network.link_facts.empty() ? model::LinkFacts{} : network.link_facts[l];
    lengths.add(facts.length_confidence, km);
    speeds.add(facts.speed_confidence, km);
    both.add(std::max(facts.length_confidence, facts.speed_confidence), km);
    all += km;
  }
  if (network.link_facts.empty()) {
    model::ProvenanceShares const nothing_known{.illustrative = 1};
    return {Kilometres{all}, nothing_known, nothing_known, nothing_known};
  }
  return {Kilometres{all}, lengths.shares(), speeds.shares(), both.shares()};
}

std::vector<std::string> BasisCounter::notes() const {
  model::Network const& network = network_.network().network();
  std::size_t links = 0;
  std::size_t without_class = 0;
  float permit = 0;
  std::set<std::string> rules;
  for (std::size_t l = 0; l < used_.size(); ++l) {
    if (!used_[l]) {
      continue;
    }
    ++links;
    without_class += network.links[l].load_class_t == 0 ? std::size_t{1} : std::size_t{0};
    if (!network.link_facts.empty()) {
      permit = std::max(permit, network.link_facts[l].permit_days);
      rules.insert(network.link_facts[l].rules);
    }
  }
  rules.erase("");
  std::vector<std::string> notes;
  if (network_.mover().weight.count() > 0 && without_class > 0) {
    notes.push_back(fmt::format(
        "of {} of the {} links used no load class is known; they are taken to bear {:.0f} t",
        without_class, links, network_.mover().weight.count()));
  }
  if (permit > 0) {
    notes.push_back(
        fmt::format("permits take up to {} days before the start; not counted", std::ceil(permit)));
  }
  for (std::string const& rule : rules) {
    notes.push_back("rules on the way: " + rule);
  }
  if (changes_) {
    notes.emplace_back(
        "what loading, unloading and changes of gauge take is illustrative, see docs/reach.md");
  }
  return notes;
}

}  // namespace guarantor::geo
