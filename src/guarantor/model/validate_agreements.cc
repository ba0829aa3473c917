#include <algorithm>
#include <set>
#include <string>

#include "guarantor/model/checker.h"

/// The rules of what was agreed and of what watches over it.
namespace guarantor::model {
namespace {

constexpr int kGravest = 5;
constexpr int kLastHour = 24;

template <class Row>
bool has_place(Row const& row) {
  return !row.area.empty() || !row.line.empty();
}

}  // namespace

void Checker::check_agreements() {
  for (std::size_t row = 0; row < scenario_.agreements.size(); ++row) {
    Agreement const& agreement = scenario_.agreements[row];
    if (agreement.from && agreement.until && *agreement.until <= *agreement.from) {
      error({Table::kAgreements, row, "until"}, "the agreement ends before it begins",
            "`until` is the first day it no longer is in force");
    }
  }
  for (std::size_t row = 0; row < scenario_.positions.size(); ++row) {
    PartyPosition const& position = scenario_.positions[row];
    auto const at = [row](std::string_view column) { return At{Table::kPositions, row, column}; };
    known(at("agreement"), "agreement", position.agreement.text(), names_.agreements);
    if (!position.date) {
      error(at("date"), "a position without a day", "the first day the party stands so");
    }
    if (!position.standing) {
      error(at("position"), "a position that is none",
            "proposed, accepted, rejected, suspended or expired");
    }
  }
}

void Checker::check_clauses() {
  for (std::size_t row = 0; row < scenario_.clauses.size(); ++row) {
    Clause const& clause = scenario_.clauses[row];
    auto const at = [row](std::string_view column) { return At{Table::kClauses, row, column}; };
    known(at("agreement"), "agreement", clause.agreement.text(), names_.agreements);
    known(at("area"), "area", clause.area.text(), names_.areas);
    known(at("line"), "line", clause.line.text(), names_.areas);
    not_negative(at("within_km"), clause.within);
    above_zero(at("window_hours"),
               clause.window ? std::optional{clause.window->count()} : std::nullopt);
    not_negative(at("calibre_from_mm"), clause.calibre_from);
    not_negative(at("calibre_below_mm"), clause.calibre_below);
    check_clause_place(row, clause);
    for (PartyId const& party : clause.binds) {
      known(at("binds"), "party", party.text(), names_.parties);
    }
    if (clause.severity && (*clause.severity < 1 || *clause.severity > kGravest)) {
      error(at("severity"), "severity is not between 1 and 5", "5 is the gravest");
    }
    if (clause.threshold && *clause.threshold < 0) {
      error(at("threshold"), "a threshold below 0", "leave it empty: any counts");
    }
    if (clause.from && clause.until && *clause.until <= *clause.from) {
      error(at("until"), "the clause ends before it begins");
    }
    if (clause.calibre_from && clause.calibre_below &&
        *clause.calibre_below <= *clause.calibre_from) {
      error(at("calibre_below_mm"), "no calibre lies between", "larger than calibre_from_mm");
    }
    if (clause.acts.empty() && clause.kind != ClauseKind::kTerm) {
      warning(at("acts"), "nothing can break it", "name the kinds of event that count");
    }
    if (std::ranges::find(clause.acts, EventKind::kAnomaly) != clause.acts.end()) {
      error(at("acts"), "a fire alone is no breach: it is evidence of what else was seen",
            "strike, explosion or damage");
    }
  }
}

void Checker::check_clause_place(std::size_t row, Clause const& clause) {
  auto const at = [row](std::string_view column) { return At{Table::kClauses, row, column}; };
  bool const near = !clause.line.empty() || !clause.sites.empty();
  if (near && !clause.within) {
    error(at("within_km"), "near, but not how near", "a distance in km");
  }
  if (!near && clause.within) {
    warning(at("within_km"), "a distance from nothing", "name a line or sites");
  }
  for (std::string const& site : clause.sites) {
    bool const kind = std::ranges::any_of(
        scenario_.locations, [&](Location const& location) { return location.kind == site; });
    if (!kind) {
      known(at("sites"), "location or kind of location", site, names_.locations);
    }
  }
}

void Checker::check_indicators() {
  for (std::size_t row = 0; row < scenario_.indicators.size(); ++row) {
    Indicator const& indicator = scenario_.indicators[row];
    auto const at = [row](std::string_view column) { return At{Table::kIndicators, row, column}; };
    known(at("area"), "area", indicator.area.text(), names_.areas);
    known(at("line"), "line", indicator.line.text(), names_.areas);
    not_negative(at("within_km"), indicator.within);
    above_zero(at("window_days"),
               indicator.window ? std::optional{indicator.window->count()} : std::nullopt);
    not_negative(at("weight"), indicator.weight);
    if (!indicator.line.empty() && !indicator.within) {
      error(at("within_km"), "near a line, but not how near", "a distance in km");
    }
    if (!has_place(indicator) && indicator.within) {
      warning(at("within_km"), "a distance from nothing", "name a line");
    }
    if (indicator.at_least && *indicator.at_least < 1) {
      error(at("at_least"), "fewer than one sign", "1 or more");
    }
  }
}

void Checker::check_sensors() {
  for (std::size_t row = 0; row < scenario_.sensors.size(); ++row) {
    Sensor const& sensor = scenario_.sensors[row];
    auto const at = [row](std::string_view column) { return At{Table::kSensors, row, column}; };
    known(at("location"), "location", sensor.location.text(), names_.locations);
    not_negative(at("range_km"), sensor.range);
    not_negative(at("revisit_hours"), sensor.revisit);
    for (SectorId const& sector : sensor.sectors) {
      check_sector(at("sectors"), sector);
    }
    for (auto const& [column, hour] :
         {std::pair{"from_hour", sensor.from_hour}, std::pair{"to_hour", sensor.to_hour}}) {
      if (hour && (*hour < 0 || *hour > kLastHour)) {
        error(at(column), std::string{column} + " is no hour of a day", "0 to 24, UTC");
      }
    }
    if (sensor.from_hour.has_value() != sensor.to_hour.has_value()) {
      error(at("from_hour"), "half of the hours of a day", "from_hour and to_hour, or neither");
    }
    if (sensor.from && sensor.until && *sensor.until <= *sensor.from) {
      error(at("until"), "the sensor goes before it comes");
    }
    if (sensor.range && sensor.location.empty()) {
      warning(at("range_km"), "a range from nowhere", "name where it stands, or its sectors");
    }
  }
}

}  // namespace guarantor::model
