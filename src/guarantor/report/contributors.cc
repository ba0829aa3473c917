#include "guarantor/report/contributors.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "guarantor/report/brief_part.h"
#include "guarantor/report/monthly_units.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

/// The nation on whose soil a line lies; empty where that is not stated.
std::string country_of(PlanReading const& reading, model::RequirementId const& id) {
  auto const* line = reading.line(id);
  if (line == nullptr || line->line->location.empty()) {
    return {};
  }
  for (auto const& row : reading.scenario().locations) {
    if (row.id == line->line->location) {
      return row.country;
    }
  }
  return {};
}

bool is_people(model::Capability const& capability) {
  return capability.kind == model::CapabilityKind::kPresence &&
         (!capability.personnel || capability.personnel->count() > 0);
}

}  // namespace

Contributors contributors(PlanReading const& reading) {
  Contributors out;
  auto const horizon = std::max(0, reading.scenario().header.horizon.count());
  MonthlyUnits people{static_cast<std::size_t>(horizon)};
  std::set<model::NationId> senders;
  std::set<std::string> soil;
  for (auto const& assignment : reading.plan().assignments) {
    auto const* offer = reading.pledge(assignment.pledge);
    if (offer == nullptr || assignment.units.count() <= 0) {
      continue;
    }
    auto const capability = reading.capability(offer->capability);
    if (!is_people(capability)) {
      continue;
    }
    auto const country = country_of(reading, assignment.requirement);
    soil.insert(country);
    if (country == offer->nation.text()) {
      continue;
    }
    senders.insert(offer->nation);
    out.all_counted = out.all_counted && capability.personnel.has_value();
    if (capability.personnel) {
      people.add(assignment.months, assignment.units.count() * capability.personnel->count());
    }
  }
  out.people = people.peak();
  for (auto const& entry : reading.nations()) {
    auto& group = senders.contains(entry.nation)       ? out.senders
                  : soil.contains(entry.nation.text()) ? out.hosts
                                                       : out.others;
    group.push_back(entry.nation);
  }
  return out;
}

std::string who_would_go(PlanReading const& reading) {
  auto const who = contributors(reading);
  auto const size = [](auto const& range) { return static_cast<std::int64_t>(range.size()); };
  auto out = fmt::format("{} would put people in place{}", counted(size(who.senders), "nation"),
                         who.hosts.empty() ? "" : " abroad");
  if (who.people > 0) {
    out += fmt::format(", at most {} at once{}", grouped(who.people),
                       who.all_counted ? "" : " as far as the case counts them");
  }
  if (!who.others.empty()) {
    out += fmt::format("; {} more {} money, goods, training or measures",
                       count_word(size(who.others)), who.others.size() == 1 ? "brings" : "bring");
  }
  if (!who.hosts.empty()) {
    std::vector<std::string> names;
    for (auto const& nation : who.hosts) {
      names.push_back(in_sentence(reading.nation_name(nation)));
    }
    constexpr std::size_t kNames = 70;
    bool const one = names.size() == 1;
    out += fmt::format(
        "{} {}, on whose soil part of it would stand, {} own part",
        who.others.empty() ? ";" : ", and", listed_within(names, kNames, "nation"),
        who.others.empty() ? (one ? "brings its" : "bring their") : (one ? "its" : "their"));
  }
  return out;
}

}  // namespace guarantor::report
