#include "guarantor/reach_input.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "guarantor/model/spelling.h"

namespace guarantor::app {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

Error bad(std::string message, std::string hint = {}) {
  return {ErrorKind::kBadInput, std::move(message), std::move(hint)};
}

/// The number a text is, all of it.
std::optional<double> number(std::string_view text) {
  double value = 0;
  auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const whole = failure == std::errc{} && end == text.data() + text.size();
  return whole && std::isfinite(value) ? std::optional{value} : std::nullopt;
}

/// Reads places and positions, which are two words each.
class PlaceReader {
 public:
  PlaceReader(model::Scenario const& scenario, model::Network const& network) {
    for (model::Location const& location : scenario.locations) {
      locations_.emplace(location.id.text(), &location);
    }
    nodes_.insert(network.node_names.begin(), network.node_names.end());
  }

  [[nodiscard]] Result<std::vector<geo::PlaceAsked>> read(std::vector<std::string> const& words,
                                                          std::string_view option) const {
    std::vector<geo::PlaceAsked> places;
    for (std::size_t w = 0; w < words.size(); ++w) {
      auto const latitude = number(words[w]);
      if (nodes_.contains(words[w]) || !latitude) {
        auto place = named(words[w]);
        if (!place.ok()) {
          return place.error();
        }
        places.push_back(std::move(place).value());
        continue;
      }
      auto const longitude = w + 1 < words.size() ? number(words[w + 1]) : std::nullopt;
      if (!longitude) {
        return bad(fmt::format("{}: `{}` is half a position", option, words[w]),
                   "a position is LAT,LON in degrees: 50.45,30.52");
      }
      places.push_back({words[w] + "," + words[w + 1],
                        model::Position{model::Degrees{*longitude}, model::Degrees{*latitude}}});
      ++w;
    }
    return places;
  }

 private:
  [[nodiscard]] Result<geo::PlaceAsked> named(std::string const& name) const {
    auto const found = locations_.find(name);
    if (nodes_.contains(name) || found == locations_.end()) {
      return geo::PlaceAsked{name, std::nullopt};
    }
    model::Location const& location = *found->second;
    if (!location.latitude || !location.longitude) {
      return bad(fmt::format("the location `{}` has no position", name),
                 "give its lat and lon in locations.csv");
    }
    return geo::PlaceAsked{name, model::Position{*location.longitude, *location.latitude}};
  }

  std::map<std::string_view, model::Location const*> locations_;
  std::set<std::string_view> nodes_;
};

/// `24h`, `24` or `3d`.
Result<model::Hours> read_limit(std::string const& text) {
  constexpr double kHoursPerDay = 24;
  std::string_view digits = text;
  double unit = 1;
  if (digits.ends_with('h')) {
    digits.remove_suffix(1);
  } else if (digits.ends_with('d')) {
    digits.remove_suffix(1);
    unit = kHoursPerDay;
  }
  auto const value = number(digits);
  if (!value || *value <= 0) {
    return bad(fmt::format("--within takes hours or days above zero, not `{}`", text),
               "e.g. --within 24h,72h or --within 3d");
  }
  return model::Hours{*value * unit};
}

/// `LINK=FACTOR`.
Result<geo::LinkOrder> read_slow(std::string const& text) {
  auto const equals = text.rfind('=');
  auto const factor = equals == std::string::npos
                          ? std::nullopt
                          : number(std::string_view{text}.substr(equals + 1));
  if (!factor) {
    return bad(fmt::format("--slow takes LINK=FACTOR, not `{}`", text),
               "e.g. --slow road-kyiv-zhytomyr=0.5 for half its speed");
  }
  return geo::LinkOrder{text.substr(0, equals), geo::LinkAct::kSlow, *factor};
}

Result<geo::CarriedBy> read_modes(std::vector<std::string> const& words) {
  geo::CarriedBy carried;
  for (std::string const& word : words) {
    auto const mode = model::parse<model::LinkMode>(word);
    if (!mode) {
      return bad(fmt::format("--by: `{}` is no mode", word), "it is road, rail, sea or air");
    }
    carried.rail = carried.rail || *mode == model::LinkMode::kRail;
    carried.sea = carried.sea || *mode == model::LinkMode::kSea;
    carried.air = carried.air || *mode == model::LinkMode::kAir;
  }
  return carried;
}

}  // namespace

Result<geo::Mover> read_mover(ReachWords const& words) {
  auto const movement = model::parse<model::MovementClass>(words.movement);
  if (!movement) {
    auto const& known = model::kWords<model::MovementClass>;
    auto const near = model::closest(words.movement, known);
    return bad(
        fmt::format("unknown class `{}`", words.movement),
        near ? fmt::format("did you mean `{}`?", *near)
             : fmt::format("it is {}; tracked vehicles go by transporter", fmt::join(known, ", ")));
  }
  geo::Mover mover = geo::usual_mover(*movement);
  if (!words.by.empty()) {
    if (!geo::goes_by_road(*movement)) {
      return bad(fmt::format("--by does not go with the class {}", words.movement),
                 "it says by what vehicles may be carried");
    }
    auto const carried = read_modes(words.by);
    if (!carried.ok()) {
      return carried.error();
    }
    mover.carried = carried.value();
  }
  mover.weight = model::Tonnes{words.weight.value_or(mover.weight.count())};
  mover.runway = model::Metres{words.runway.value_or(mover.runway.count())};
  mover.draught = model::Metres{words.draught.value_or(mover.draught.count())};
  return mover;
}

Result<std::vector<geo::LinkOrder>> read_orders(std::vector<std::string> const& open,
                                                std::vector<std::string> const& slow,
                                                std::vector<std::string> const& close) {
  std::vector<geo::LinkOrder> orders;
  for (std::string const& link : open) {
    orders.push_back({link, geo::LinkAct::kOpen, 1});
  }
  for (std::string const& word : slow) {
    auto order = read_slow(word);
    if (!order.ok()) {
      return order.error();
    }
    orders.push_back(std::move(order).value());
  }
  for (std::string const& link : close) {
    orders.push_back({link, geo::LinkAct::kClose, 1});
  }
  return orders;
}

Result<geo::ReachRequest> read_reach_request(ReachWords const& words,
                                             model::Scenario const& scenario,
                                             model::Network const& network) {
  geo::ReachRequest request;
  auto mover = read_mover(words);
  if (!mover.ok()) {
    return mover.error();
  }
  request.mover = mover.value();
  PlaceReader const reader{scenario, network};
  auto from = reader.read(words.from, "--from");
  auto to = reader.read(words.to, "--to");
  if (!from.ok() || !to.ok()) {
    return from.ok() ? to.error() : from.error();
  }
  request.from = std::move(from).value();
  request.to = std::move(to).value();
  for (std::string const& word : words.within) {
    auto const limit = read_limit(word);
    if (!limit.ok()) {
      return limit.error();
    }
    request.within.push_back(limit.value());
  }
  auto orders = read_orders(words.open, words.slow, words.close);
  if (!orders.ok()) {
    return orders.error();
  }
  request.orders = std::move(orders).value();
  request.off_network = model::Kilometres{words.off_network};
  return request;
}

}  // namespace guarantor::app
