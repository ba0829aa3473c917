#include <algorithm>
#include <string>
#include <utility>

#include "guarantor/model/checker.h"
#include "guarantor/model/site_lines.h"

/// The rules of what must be reached and from where.
namespace guarantor::model {
namespace {

constexpr int kMostLost = 9;

/// The line a sector's name says it is of: `front` of `front-07`; empty where it has no number.
std::string_view line_of(std::string_view sector) {
  std::size_t const dash = sector.rfind('-');
  if (dash == std::string_view::npos || dash == 0) {
    return {};
  }
  std::string_view const number = sector.substr(dash + 1);
  bool const digits = number.size() >= 2 && std::all_of(number.begin(), number.end(), [](char c) {
                        return c >= '0' && c <= '9';
                      });
  bool const zero = number.find_first_not_of('0') == std::string_view::npos;
  return digits && !zero ? sector.substr(0, dash) : std::string_view{};
}

}  // namespace

void Checker::check_siting() {
  SitingRules const& rules = scenario_.header.siting;
  auto const at = [](std::string_view key) { return At{Table::kScenario, 0, key}; };
  not_negative(at("siting.minimum_km_from_line"), rules.minimum_from_line);
  for (auto const& [key, value] :
       {std::pair{"siting.backup", rules.backup}, std::pair{"siting.loss_of", rules.loss_of}}) {
    if (value && (*value < 0 || *value > kMostLost)) {
      error(at(key), std::string{key} + " is not between 0 and 9");
    }
  }
  for (auto const& [key, value] : {std::pair{"siting.maximum_reserve", rules.maximum_reserve},
                                   std::pair{"siting.maximum_stockpile", rules.maximum_stockpile},
                                   std::pair{"siting.maximum_medical", rules.maximum_medical}}) {
    if (value && *value < 0) {
      error(at(key), std::string{key} + " is negative", "leave it out: no limit");
    }
  }
}

void Checker::check_demands() {
  for (std::size_t row = 0; row < scenario_.demands.size(); ++row) {
    Demand const& demand = scenario_.demands[row];
    auto const at = [row](std::string_view column) { return At{Table::kDemands, row, column}; };
    check_demand_place(row, demand);
    not_negative(at("weight"), demand.weight);
    if (demand.standard_hours.empty()) {
      error(at("standard_hours"), "a demand without a standard",
            "the hours within which it is to be reached, e.g. 24 72");
    }
    for (std::size_t i = 0; i < demand.standard_hours.size(); ++i) {
      if (!(demand.standard_hours[i] > Hours{0})) {
        error(at("standard_hours"), "a standard of no hours", "more than 0");
      } else if (i > 0 && !(demand.standard_hours[i - 1] < demand.standard_hours[i])) {
        error(at("standard_hours"), "the standards do not rise", "the strictest first: 24 72");
      }
    }
  }
}

void Checker::check_demand_place(std::size_t row, Demand const& demand) {
  auto const at = [row](std::string_view column) { return At{Table::kDemands, row, column}; };
  int const given =
      int{!demand.line.empty()} + int{!demand.sector.empty()} + int{!demand.location.empty()};
  if (given != 1) {
    error(at("demand"), given == 0 ? "the demand is nowhere" : "the demand is in several places",
          "give one of line, sector and location");
  }
  known(at("location"), "location", demand.location.text(), names_.locations);
  if (!demand.line.empty() && names_.areas.contains(demand.line.text())) {
    if (!names_.cut_lines.contains(demand.line.text())) {
      error(at("line"), "`" + demand.line.text() + "` is not cut into sectors",
            "give it sector_km in areas.geojson");
    }
  } else {
    known(at("line"), "line", demand.line.text(), names_.cut_lines);
  }
  if (demand.sector.empty()) {
    return;
  }
  check_sector(at("sector"), demand.sector);
}

void Checker::check_sector(At at, SectorId const& sector) {
  auto const line = line_of(sector.text());
  if (line.empty()) {
    error(at, "`" + sector.text() + "` is no sector",
          "a line and a number of two digits or more, e.g. front-07");
  } else {
    // How many sectors a line has depends on its length, which only geodesy knows.
    known(at, "line", line, names_.cut_lines);
  }
}

void Checker::check_sites() {
  for (std::size_t row = 0; row < scenario_.sites.size(); ++row) {
    Site const& site = scenario_.sites[row];
    auto const at = [row](std::string_view column) { return At{Table::kSites, row, column}; };
    if (site.location.empty()) {
      error(at("location"), "the site is nowhere", "name one of locations.csv");
    }
    known(at("location"), "location", site.location.text(), names_.locations);
    not_negative(at("capacity"), site.capacity);
    not_negative(at("cost"), site.cost);
    not_negative(at("minimum_km_from_line"), site.minimum_from_line);
    check_site_line(row, site);
  }
}

void Checker::check_site_line(std::size_t row, Site const& site) {
  auto const at = [row](std::string_view column) { return At{Table::kSites, row, column}; };
  known(at("capability"), "capability", site.capability.text(), names_.capabilities);
  if (site.quantity && *site.quantity < Units{1}) {
    error(at("quantity"), "a line needs at least 1 unit", "leave the capability empty for none");
  }
  int const tiers = static_cast<int>(scenario_.header.tier_weights.size());
  if (site.tier && (*site.tier < 1 || *site.tier > tiers)) {
    error(at("tier"), "tier " + std::to_string(*site.tier) + " has no weight",
          "scenario.toml gives tier_weights for tiers 1 to " + std::to_string(tiers));
  }
  if (site.from && *site.from < Months{0}) {
    error(at("from_month"), "begins before C-day", "0 or later");
  }
  if (site.capability.empty() && (site.quantity || site.tier || site.from || !site.task.empty())) {
    warning(at("capability"), "says how much is to stand here, but not of what",
            "name a capability, or leave the other columns of the line empty");
  }
  if (auto const line = line_of(scenario_, site)) {
    if (std::ranges::find(scenario_.requirements, line->id, &Requirement::id) !=
        scenario_.requirements.end()) {
      error(at("site"), "its line would be called `" + line->id.text() + "` like a requirement",
            "give the site or the requirement another name");
    }
  }
}

}  // namespace guarantor::model
