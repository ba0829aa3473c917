#include <utility>

#include "guarantor/report/plan_marking.h"
#include "guarantor/report/plan_sheets.h"
#include "guarantor/report/reach_report.h"
#include "guarantor/report/reach_words.h"

namespace guarantor::report {
namespace {

Cell number_or_nothing(std::optional<model::Hours> hours) {
  return hours ? Cell{hours->count()} : Cell{};
}

Sheet legs(model::ReachAnswer const& answer) {
  Sheet sheet{"legs", "Legs", {}, {}};
  for (char const* const name : {"from", "to", "leg", "begins", "ends", "by", "link", "km", "hours",
                                 "arrival_hours", "rules"}) {
    sheet.columns.push_back({name, name});
  }
  for (model::ReachWay const& way : answer.ways) {
    std::int64_t number = 0;
    for (model::ReachLeg const& leg : way.legs) {
      sheet.rows.push_back({answer.from[way.from].name, answer.to[way.to].name, ++number, leg.from,
                            leg.to, leg.by, leg.link, leg.length.count(), leg.hours.count(),
                            leg.arrival.count(), leg.rules});
    }
  }
  return sheet;
}

Sheet pairs(model::ReachAnswer const& answer) {
  Sheet sheet{"times", "Times", {}, {}};
  for (char const* const name :
       {"from", "to", "hours", "from_place", "from_off_km", "to_place", "to_off_km"}) {
    sheet.columns.push_back({name, name});
  }
  for (std::size_t f = 0; f < answer.from.size(); ++f) {
    for (std::size_t t = 0; t < answer.to.size(); ++t) {
      model::ReachPoint const& from = answer.from[f];
      model::ReachPoint const& to = answer.to[t];
      sheet.rows.push_back({from.name, to.name,
                            number_or_nothing(answer.hours[f * answer.to.size() + t]), from.place,
                            from.off.count(), to.place, to.off.count()});
    }
  }
  return sheet;
}

Sheet reached(model::ReachAnswer const& answer) {
  Sheet sheet{"reached", "Reached", {}, {}};
  for (char const* const name : {"place", "lat", "lon", "from", "hours", "within_hours"}) {
    sheet.columns.push_back({name, name});
  }
  for (model::ReachedPlace const& place : answer.reached) {
    sheet.rows.push_back({place.place, place.position.latitude.count(),
                          place.position.longitude.count(), answer.from[place.from].name,
                          place.hours.count(), number_or_nothing(limit_of(answer, place.hours))});
  }
  return sheet;
}

}  // namespace

std::string to_csv_table(model::Scenario const& scenario, model::ReachAnswer const& answer) {
  Sheet const sheet = !answer.ways.empty() ? legs(answer)
                      : !answer.to.empty() ? pairs(answer)
                                           : reached(answer);
  return to_csv_text(sheet, banner(scenario));
}

}  // namespace guarantor::report
