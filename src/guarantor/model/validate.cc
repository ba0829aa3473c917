#include "guarantor/model/validate.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "guarantor/model/checker.h"
#include "guarantor/model/nation_code.h"
#include "guarantor/model/spelling.h"
#include "guarantor/model/world.h"

namespace guarantor::model {

std::vector<Finding> validate(Scenario const& scenario) {
  return Checker{scenario}.run();
}

KnownNames::KnownNames(Scenario const& scenario) {
  for (Agreement const& agreement : scenario.agreements) {
    agreements.insert(agreement.id.text());
  }
  for (PartyPosition const& position : scenario.positions) {
    parties.insert(position.party.text());
  }
  for (Area const& area : scenario.areas) {
    areas.insert(area.id.text());
    if (area.sector_length) {
      cut_lines.insert(area.id.text());
    }
  }
  for (Capability const& capability : scenario.capabilities) {
    capabilities.insert(capability.id.text());
    if (!capability.domain.empty()) {
      domains.insert(capability.domain.text());
    }
  }
  for (Condition const& condition : scenario.conditions) {
    conditions.insert(condition.id.text());
  }
  for (Contingency const& contingency : scenario.contingencies) {
    contingencies.insert(contingency.id.text());
  }
  for (Link const& link : scenario.links) {
    links.insert(link.id.text());
  }
  for (Location const& location : scenario.locations) {
    locations.insert(location.id.text());
  }
  for (Meeting const& meeting : scenario.meetings) {
    meetings.insert(meeting.id.text());
  }
  for (Nation const& nation : scenario.nations) {
    nations.insert(nation.id.text());
  }
  for (Pledge const& pledge : scenario.pledges) {
    pledges.insert(pledge.id.text());
  }
  for (Requirement const& line : scenario.requirements) {
    if (!line.task.empty()) {
      tasks.insert(line.task.text());
    }
  }
  for (Site const& site : scenario.sites) {
    if (!site.task.empty()) {
      tasks.insert(site.task.text());
    }
  }
}

std::vector<Finding> Checker::run() {
  check_header();
  check_keys();
  check_phases();
  check_nations();
  check_meetings();
  check_conditions();
  check_assessments();
  check_capabilities();
  check_locations();
  check_links();
  check_pledges();
  check_offers();
  check_deliveries();
  check_requirements();
  check_rates();
  check_ceilings();
  check_contingencies();
  check_force_claims();
  check_releases();
  check_siting();
  check_demands();
  check_sites();
  check_agreements();
  check_clauses();
  check_indicators();
  check_sensors();
  check_sources();
  check_areas();
  std::stable_sort(findings_.begin(), findings_.end(), [](Finding const& a, Finding const& b) {
    return std::tie(a.cell.table, a.cell.row) < std::tie(b.cell.table, b.cell.row);
  });
  return std::move(findings_);
}

void Checker::add(Severity severity, At at, std::string message, std::string hint) {
  findings_.push_back(Finding{severity, CellRef{at.table, at.row, std::string{at.column}},
                              std::move(message), std::move(hint)});
}

void Checker::not_negative(At at, std::optional<double> value) {
  if (value && !(*value >= 0 && std::isfinite(*value))) {
    error(at, std::string{at.column} + " is negative or no number", "0 or more");
  }
}

void Checker::above_zero(At at, std::optional<double> value) {
  if (value && !(*value > 0 && std::isfinite(*value))) {
    error(at, std::string{at.column} + " is not above 0", "leave it empty where it is not known");
  }
}

void Checker::share(At at, std::optional<double> value) {
  if (value && !(*value >= 0 && *value <= 1)) {
    error(at, std::string{at.column} + " is not between 0 and 1", "0.4 stands for 40 %");
  }
}

void Checker::window(At at, std::optional<Months> from, std::optional<Months> to,
                     std::string_view names) {
  if (from && *from < Months{0}) {
    error(at, "the window begins before month 0", "months count from C-day");
  }
  if (to && *to <= from.value_or(Months{0})) {
    error(at, "impossible window: " + std::string{names} + " leave no month",
          "spans are half-open: the end is the first month that no longer counts");
  }
}

void Checker::known(At at, std::string_view kind, std::string_view name,
                    KnownNames::Names const& names) {
  if (name.empty() || names.contains(name)) {
    return;
  }
  std::vector<std::string_view> const candidates{names.begin(), names.end()};
  auto const near = closest(name, candidates);
  error(at, "unknown " + std::string{kind} + " `" + std::string{name} + "`",
        near ? "did you mean `" + *near + "`?" : "");
}

void Checker::area(At at, AreaId const& id) {
  // Without a map any identifier is an area.
  if (!names_.areas.empty()) {
    known(at, "area", id.text(), names_.areas);
  }
}

void Checker::nation_code(At at, std::string_view code) {
  switch (classify_nation(code)) {
    case NationCode::kOfficial:
    case NationCode::kFictional:
      return;
    case NationCode::kUnknown:
      warning(at, "`" + std::string{code} + "` is no ISO 3166-1 alpha-3 code",
              "fictional nations take QMA-QZZ or XAA-XZZ");
      return;
    case NationCode::kMalformed:
      error(at, "`" + std::string{code} + "` is not a nation's code",
            "three capitals of ISO 3166-1, as in GBR");
      return;
  }
}

void Checker::expression(At at, Expression const& expression) {
  int two_sided = 0;
  for (Occurrence const& occurrence : expression.occurrences()) {
    if (auto const* condition = std::get_if<ConditionAtom>(&occurrence.atom)) {
      known(at, "condition", condition->condition.text(), names_.conditions);
      two_sided += occurrence.plain && occurrence.negated ? 1 : 0;
      continue;
    }
    if (auto const* joins = std::get_if<JoinsAtom>(&occurrence.atom)) {
      known(at, "nation", joins->nation.text(), names_.nations);
    } else if (auto const* joined = std::get_if<JoinedAtom>(&occurrence.atom)) {
      known(at, "domain", joined->domain.text(), names_.domains);
    }
    if (occurrence.negated && !std::holds_alternative<Constant>(occurrence.atom)) {
      error(at, "`" + print(occurrence.atom) + "` stands under `!`",
            "\"I go unless you go\" has no settled answer; only conditions may be negated");
    }
  }
  if (two_sided > kMostTwoSidedAtoms) {
    error(at, "more than 16 conditions stand both with and without `!`", "write it more simply");
  }
}

template <class Rows, class Key>
void Checker::unique(Table table, std::string_view column, Rows const& rows, Key key) {
  std::map<decltype(key(rows.front())), std::size_t> first;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    auto const [place, fresh] = first.emplace(key(rows[row]), row);
    if (!fresh) {
      error({table, row, column},
            "duplicate key: row " + std::to_string(place->second + 1) + " of " +
                std::string{text(table)} + " has it already",
            "every key stands once");
    }
  }
}

void Checker::check_keys() {
  auto const& s = scenario_;
  auto const id = [](auto const& row) { return row.id; };
  unique(Table::kPhases, "phase", s.phases, id);
  unique(Table::kNations, "nation", s.nations, id);
  unique(Table::kMeetings, "meeting", s.meetings, id);
  unique(Table::kAttendance, "meeting", s.attendance,
         [](auto const& row) { return std::tuple{row.meeting, row.nation}; });
  unique(Table::kConditions, "condition", s.conditions, id);
  unique(Table::kAssessments, "condition", s.assessments,
         [](auto const& row) { return std::tuple{row.condition, row.assessor, row.date}; });
  unique(Table::kCapabilities, "capability", s.capabilities, id);
  unique(Table::kSubstitutions, "capability", s.substitutions,
         [](auto const& row) { return std::tuple{row.capability, row.accepts}; });
  unique(Table::kLocations, "location", s.locations, id);
  unique(Table::kLinks, "link", s.links, id);
  unique(Table::kPledges, "pledge", s.pledges, id);
  unique(Table::kOffers, "pledge", s.offers,
         [](auto const& row) { return std::tuple{row.pledge, row.date, row.meeting}; });
  unique(Table::kDeliveries, "pledge", s.deliveries,
         [](auto const& row) { return std::tuple{row.pledge, row.date, row.kind, row.reference}; });
  unique(Table::kRequirements, "requirement", s.requirements, id);
  unique(Table::kRates, "currency", s.rates,
         [](auto const& row) { return std::tuple{row.currency, row.date}; });
  unique(Table::kCeilings, "ceiling", s.ceilings, id);
  unique(Table::kContingencies, "contingency", s.contingencies, id);
  unique(Table::kDemands, "demand", s.demands, id);
  unique(Table::kSites, "site", s.sites, id);
  unique(Table::kAgreements, "agreement", s.agreements, id);
  unique(Table::kPositions, "agreement", s.positions,
         [](auto const& row) { return std::tuple{row.agreement, row.party, row.date}; });
  unique(Table::kClauses, "clause", s.clauses, id);
  unique(Table::kIndicators, "indicator", s.indicators, id);
  unique(Table::kSensors, "sensor", s.sensors, id);
  unique(Table::kAreas, "area", s.areas, id);
}

void Checker::check_header() {
  Header const& header = scenario_.header;
  auto const at = [](std::string_view key) { return At{Table::kScenario, 0, key}; };
  if (!is_identifier(header.id.text())) {
    error(at("id"), "`" + header.id.text() + "` is not an identifier",
          "a-z, 0-9, `.`, `_`, `-`, at most 64, beginning with a letter or digit");
  }
  constexpr Months kLongestHorizon{120};
  if (header.horizon < Months{1} || header.horizon > kLongestHorizon) {
    error(at("horizon_months"), "horizon_months is not between 1 and 120");
  }
  if (header.tier_weights.empty()) {
    error(at("tier_weights"), "tier_weights is empty", "for example [1000, 100, 10, 1]");
  }
  for (double const weight : header.tier_weights) {
    not_negative(at("tier_weights"), weight);
  }
  if (!std::is_sorted(header.tier_weights.rbegin(), header.tier_weights.rend())) {
    warning(at("tier_weights"), "a lower tier weighs more than a higher one",
            "tier 1, the first, is the most important");
  }
  not_negative(at("nation_penalty"), header.nation_penalty);
  not_negative(at("cost_weight"), header.cost_weight);
  not_negative(at("reassign_cost"), header.reassign_cost);
  bool const capitals =
      header.currency.size() == 3 && std::all_of(header.currency.begin(), header.currency.end(),
                                                 [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!capitals) {
    error(at("currency"), "`" + header.currency + "` is not a currency",
          "three capitals, as in EUR");
  }
  expression(at("viable_if"), header.viable_if);
}

}  // namespace guarantor::model
