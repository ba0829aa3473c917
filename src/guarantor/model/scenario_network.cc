#include "guarantor/model/scenario_network.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <string_view>
#include <utility>

namespace guarantor::model {
namespace {

template <class Quantity>
float known_or_zero(std::optional<Quantity> const& value) {
  return value ? static_cast<float>(value->count()) : 0;
}

NodeFacts facts_of(Location const& location) {
  NodeFacts facts;
  facts.runway_m = known_or_zero(location.runway);
  facts.draught_m = known_or_zero(location.draught);
  facts.kind = parse<NodeKind>(location.kind).value_or(NodeKind::kOther);
  facts.gauge_break = location.gauges.size() > 1;
  return facts;
}

LinkFacts facts_of(Link const& link) {
  LinkFacts facts;
  facts.draught_m = known_or_zero(link.draught);
  facts.speed_share = static_cast<float>(link.speed_share.value_or(0));
  facts.permit_days = known_or_zero(link.permit);
  facts.damaged = link.state_or_open() == LinkState::kDamaged;
  facts.length_confidence = link.row.provenance.confidence.value_or(Confidence::kIllustrative);
  facts.speed_confidence = link.speed_confidence.value_or(facts.length_confidence);
  facts.rules = link.rules;
  return facts;
}

SpeedProfile speeds_of(Link const& link) {
  SpeedProfile speeds{};
  for (std::size_t m = 0; m < speeds.size(); ++m) {
    speeds[m] = known_or_zero(link.speeds[m]);
  }
  return speeds;
}

/// A whole number that fits, rounded down: a limit is never made softer than it is.
std::uint16_t whole(double value) {
  constexpr double kMost = std::numeric_limits<std::uint16_t>::max();
  return static_cast<std::uint16_t>(std::min(kMost, std::max(1.0, std::floor(value))));
}

class NetworkMaker {
 public:
  explicit NetworkMaker(Scenario const& scenario) : scenario_{scenario} {}

  Result<Network> make() {
    for (Location const& location : scenario_.locations) {
      if (location.latitude && location.longitude) {
        nodes_.emplace(location.id.text(), static_cast<std::uint32_t>(network_.positions.size()));
        network_.positions.push_back({*location.longitude, *location.latitude});
        network_.node_names.push_back(location.id.text());
        network_.node_facts.push_back(facts_of(location));
      }
    }
    for (Link const& link : scenario_.links) {
      add(link);
    }
    if (profiles_.size() > std::numeric_limits<std::uint16_t>::max()) {
      return Error{ErrorKind::kLimit, "the links have more than 65,535 different sets of speeds",
                   "round the speeds"};
    }
    return std::move(network_);
  }

 private:
  void add(Link const& link) {
    constexpr double kMetresPerKilometre = 1000;
    NetworkLink made;
    made.from = nodes_.at(link.from.text());
    made.to = nodes_.at(link.to.text());
    made.length_m = static_cast<float>(link.length.count() * kMetresPerKilometre);
    made.speeds = profile(speeds_of(link));
    made.load_class_t = link.load_class ? whole(link.load_class->count()) : std::uint16_t{0};
    made.mode = link.mode;
    made.closed = link.state_or_open() == LinkState::kClosed;
    made.ferry = link.mode == LinkMode::kSea && link.way == "ferry";
    made.gauge_mm = link.gauge ? whole(link.gauge->count()) : std::uint16_t{0};
    network_.links.push_back(made);
    network_.link_names.push_back(link.id.text());
    network_.link_facts.push_back(facts_of(link));
  }

  std::uint16_t profile(SpeedProfile const& speeds) {
    auto const [found, fresh] =
        profiles_.emplace(speeds, static_cast<std::uint16_t>(network_.speeds.size()));
    if (fresh) {
      network_.speeds.push_back(speeds);
    }
    return found->second;
  }

  Scenario const& scenario_;
  Network network_;
  std::map<std::string_view, std::uint32_t> nodes_;
  std::map<SpeedProfile, std::uint16_t> profiles_;
};

}  // namespace

Result<Network> network_of(Scenario const& scenario) {
  return NetworkMaker{scenario}.make();
}

}  // namespace guarantor::model
