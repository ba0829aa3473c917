#include "guarantor/watch/warnings.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <map>

#include "guarantor/watch/event_count.h"
#include "guarantor/watch/incident_fusion.h"
#include "guarantor/watch/listed.h"

namespace guarantor::watch {
namespace {

using model::Indicator;
using model::Observation;

constexpr double kUsualDays = 7;
constexpr double kWarned = 1;

std::chrono::microseconds window_of(Indicator const& indicator) {
  double const days = indicator.window ? indicator.window->count() : kUsualDays;
  return std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::duration<double, std::ratio<86400>>{days});
}

bool is_sign(Indicator const& indicator, Observation const& seen, WatchedPlaces const& places) {
  if (seen.withdrawn || !lists(indicator.acts, seen.kind) ||
      (!indicator.categories.empty() && !lists(indicator.categories, seen.category))) {
    return false;
  }
  if (indicator.area.empty() && indicator.line.empty()) {
    return true;
  }
  auto const place = seen.place ? seen.place : places.middle(seen.sector);
  return place && places.where(indicator, *place).has_value();
}

/// The version of each that stands, in order of name.
std::map<model::ObservationId, Observation const*> standing(
    std::span<Observation const> observations) {
  std::map<model::ObservationId, Observation const*> versions;
  for (Observation const& next : observations) {
    auto const [place, fresh] = versions.emplace(next.id, &next);
    if (!fresh && supersedes(next, *place->second)) {
      place->second = &next;
    }
  }
  return versions;
}

/// How often there was one: several reports may be of the same thing.
std::int64_t number_of(std::vector<Observation const*> const& signs) {
  std::vector<Observation const*> events;
  std::ranges::copy_if(signs, std::back_inserter(events), [](Observation const* sign) {
    return model::incident_class(sign->kind).has_value();
  });
  return count_events(events).events + static_cast<std::int64_t>(signs.size() - events.size());
}

}  // namespace

std::vector<Warning> warnings_at(model::Scenario const& scenario, WatchedPlaces const& places,
                                 std::span<Observation const> observations, model::Instant at) {
  auto const versions = standing(observations);
  std::map<std::string, Warning> found;
  for (Indicator const& indicator : scenario.indicators) {
    std::vector<Observation const*> signs;
    for (auto const& [id, seen] : versions) {
      bool const in_window = seen->from <= at && seen->from > at - window_of(indicator);
      if (in_window && is_sign(indicator, *seen, places)) {
        signs.push_back(seen);
      }
    }
    auto const number = number_of(signs);
    if (number < indicator.at_least.value_or(1)) {
      continue;
    }
    Warning& warning = found[indicator.warning];
    warning.name = indicator.warning;
    warning.at = at;
    warning.weight += indicator.weight.value_or(1);
    warning.reasons.push_back(fmt::format(
        "{}: {} in {:g} days", indicator.title.empty() ? indicator.id.text() : indicator.title,
        number, indicator.window ? indicator.window->count() : kUsualDays));
    std::ranges::transform(signs, std::back_inserter(warning.evidence), &Observation::id);
  }
  std::vector<Warning> warnings;
  for (auto& [name, warning] : found) {
    // A sum of tenths is not quite one.
    constexpr double kRounding = 1e-9;
    if (warning.weight >= kWarned - kRounding) {
      std::ranges::sort(warning.evidence);
      auto const twice = std::ranges::unique(warning.evidence);
      warning.evidence.erase(twice.begin(), twice.end());
      warnings.push_back(std::move(warning));
    }
  }
  return warnings;
}

std::vector<Warning> warnings_of(model::Scenario const& scenario, WatchedPlaces const& places,
                                 std::span<Observation const> observations,
                                 model::Interval<model::Date> days) {
  std::map<std::string, Warning> first;
  for (model::Date day = days.from; day < days.to; day += std::chrono::days{1}) {
    model::Instant const end{day + std::chrono::days{1}};
    for (Warning& warning :
         warnings_at(scenario, places, observations, end - std::chrono::microseconds{1})) {
      first.emplace(warning.name, warning);
    }
  }
  std::vector<Warning> warnings;
  for (auto& [name, warning] : first) {
    warnings.push_back(std::move(warning));
  }
  return warnings;
}

}  // namespace guarantor::watch
