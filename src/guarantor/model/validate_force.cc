#include <algorithm>
#include <map>

#include "guarantor/model/checker.h"

/// The rules of the tables about what is offered and what is needed.
namespace guarantor::model {
namespace {

constexpr double kMostEffective = 20;

template <class Name>
std::optional<std::string> in_both(std::vector<Name> const& wanted,
                                   std::vector<Name> const& excluded) {
  for (Name const& name : wanted) {
    if (std::find(excluded.begin(), excluded.end(), name) != excluded.end()) {
      return name.text();
    }
  }
  return std::nullopt;
}

}  // namespace

void Checker::check_capabilities() {
  std::map<CapabilityId, CapabilityKind> kind;
  for (std::size_t row = 0; row < scenario_.capabilities.size(); ++row) {
    Capability const& capability = scenario_.capabilities[row];
    auto const at = [row](std::string_view column) {
      return At{Table::kCapabilities, row, column};
    };
    kind[capability.id] = capability.kind;
    not_negative(at("personnel"), capability.personnel);
    not_negative(at("tonnes"), capability.tonnes);
    not_negative(at("lane_metres"), capability.lane_metres);
    not_negative(at("seats"), capability.seats);
  }
  for (std::size_t row = 0; row < scenario_.substitutions.size(); ++row) {
    Substitution const& entry = scenario_.substitutions[row];
    auto const at = [row](std::string_view column) {
      return At{Table::kSubstitutions, row, column};
    };
    known(at("capability"), "capability", entry.capability.text(), names_.capabilities);
    known(at("accepts"), "capability", entry.accepts.text(), names_.capabilities);
    if (entry.capability == entry.accepts) {
      error(at("accepts"), "a capability is its own substitute", "it serves directly, counting 1");
    }
    double const effectiveness = entry.effectiveness.count();
    if (!(effectiveness > 0 && effectiveness <= kMostEffective)) {
      error(at("effectiveness"), "effectiveness is not above 0 and at most 20",
            "0.6: ten units stand for six");
    }
    auto const needed = kind.find(entry.capability);
    auto const accepted = kind.find(entry.accepts);
    if (needed != kind.end() && accepted != kind.end() && needed->second != accepted->second) {
      warning(at("accepts"), "a " + std::string{text(accepted->second)} + " stands for a " +
                                 std::string{text(needed->second)});
    }
  }
}

void Checker::check_pledges() {
  for (std::size_t row = 0; row < scenario_.pledges.size(); ++row) {
    Pledge const& pledge = scenario_.pledges[row];
    check_pledge_numbers(row, pledge);
    check_pledge_references(row, pledge);
    if (scenario_.header.kind == ScenarioKind::kCase && pledge.quantity &&
        pledge.row.provenance.source.empty()) {
      warning({Table::kPledges, row, "quantity"}, "a quantity without a source",
              "say who reported it, or leave it empty: not stated");
    }
  }
}

void Checker::check_pledge_numbers(std::size_t row, Pledge const& pledge) {
  auto const at = [row](std::string_view column) { return At{Table::kPledges, row, column}; };
  not_negative(at("quantity"), pledge.quantity);
  if (pledge.quantity == Units{0}) {
    warning(at("quantity"), "offers nothing", "leave it empty if the quantity is not stated");
  }
  not_negative(at("notice_days"), pledge.notice);
  not_negative(at("transit_days"), pledge.transit);
  not_negative(at("dwell_months"), pledge.dwell);
  not_negative(at("cost_per_unit_month"), pledge.cost_per_unit_month);
  if (pledge.tour && *pledge.tour < Months{1}) {
    error(at("tour_months"), "tour_months is less than 1", "empty means to the end");
  }
  window(at("until_month"), pledge.from, pledge.until, "from_month and until_month");
  if (pledge.from && *pledge.from >= scenario_.header.horizon) {
    warning(at("from_month"), "begins after the horizon", "it can never be used");
  }
  auto const capability =
      std::find_if(scenario_.capabilities.begin(), scenario_.capabilities.end(),
                   [&](Capability const& candidate) { return candidate.id == pledge.capability; });
  if (capability != scenario_.capabilities.end() && pledge.quantity > Units{1} &&
      capability->kind == CapabilityKind::kMeasure) {
    error(at("quantity"), "a measure is on or off: its quantity is 1");
  }
}

void Checker::check_pledge_references(std::size_t row, Pledge const& pledge) {
  auto const at = [row](std::string_view column) { return At{Table::kPledges, row, column}; };
  known(at("nation"), "nation", pledge.nation.text(), names_.nations);
  known(at("capability"), "capability", pledge.capability.text(), names_.capabilities);
  known(at("home"), "location", pledge.home.text(), names_.locations);
  for (AreaId const& id : pledge.areas) {
    area(at("areas"), id);
  }
  for (AreaId const& id : pledge.not_areas) {
    area(at("not_areas"), id);
  }
  for (PledgeId const& id : pledge.requires_pledges) {
    known(at("requires"), "pledge", id.text(), names_.pledges);
    if (id == pledge.id) {
      error(at("requires"), "the pledge requires itself");
    }
  }
  expression(at("conditions"), pledge.conditions);
  if (auto const name = in_both(pledge.areas, pledge.not_areas)) {
    warning(at("not_areas"), "area `" + *name + "` is both allowed and excluded", "it is excluded");
  }
  if (auto const name = in_both(pledge.tasks, pledge.not_tasks)) {
    warning(at("not_tasks"), "task `" + *name + "` is both allowed and excluded", "it is excluded");
  }
  for (TaskId const& task : pledge.tasks) {
    if (!names_.tasks.contains(task.text())) {
      warning(at("tasks"), "no requirement has the task `" + task.text() + "`");
    }
  }
}

void Checker::check_offers() {
  for (std::size_t row = 0; row < scenario_.offers.size(); ++row) {
    Offer const& offer = scenario_.offers[row];
    known({Table::kOffers, row, "pledge"}, "pledge", offer.pledge.text(), names_.pledges);
    known({Table::kOffers, row, "meeting"}, "meeting", offer.meeting.text(), names_.meetings);
    not_negative({Table::kOffers, row, "quantity"}, offer.quantity);
  }
}

void Checker::check_requirements() {
  for (std::size_t row = 0; row < scenario_.requirements.size(); ++row) {
    Requirement const& line = scenario_.requirements[row];
    auto const at = [row](std::string_view column) {
      return At{Table::kRequirements, row, column};
    };
    if (line.quantity < Units{1}) {
      error(at("quantity"), "a line needs at least 1 unit", "remove the line if nothing is needed");
    }
    share(at("min_fill"), line.min_fill);
    not_negative(at("weight"), line.weight);
    window(at("to_month"), line.from, line.to, "from_month and to_month");
    if (line.from && *line.from >= scenario_.header.horizon) {
      warning(at("from_month"), "begins after the horizon", "it can never be filled");
    }
    int const tiers = static_cast<int>(scenario_.header.tier_weights.size());
    if (line.tier && (*line.tier < 1 || *line.tier > tiers)) {
      error(at("tier"), "tier " + std::to_string(*line.tier) + " has no weight",
            "scenario.toml gives tier_weights for tiers 1 to " + std::to_string(tiers));
    }
    if (line.max_nations && *line.max_nations < 1) {
      error(at("max_nations"), "max_nations is less than 1", "empty means any number");
    }
    for (Hours const hours : line.standard_hours) {
      if (!(hours > Hours{0})) {
        error(at("standard_hours"), "a standard of no hours", "more than 0");
      }
    }
    check_requirement_references(row, line);
  }
}

void Checker::check_requirement_references(std::size_t row, Requirement const& line) {
  auto const at = [row](std::string_view column) { return At{Table::kRequirements, row, column}; };
  known(at("capability"), "capability", line.capability.text(), names_.capabilities);
  known(at("location"), "location", line.location.text(), names_.locations);
  known(at("framework_nation"), "nation", line.framework_nation.text(), names_.nations);
  area(at("area"), line.area);
  for (ContingencyId const& id : line.contingencies) {
    known(at("contingencies"), "contingency", id.text(), names_.contingencies);
  }
}

void Checker::check_ceilings() {
  for (std::size_t row = 0; row < scenario_.ceilings.size(); ++row) {
    Ceiling const& ceiling = scenario_.ceilings[row];
    At const of{Table::kCeilings, row, "of"};
    not_negative({Table::kCeilings, row, "personnel"}, std::optional{ceiling.personnel});
    window({Table::kCeilings, row, "to_month"}, ceiling.from, ceiling.to,
           "from_month and to_month");
    if (ceiling.scope == CeilingScope::kAll) {
      if (!ceiling.of.empty()) {
        warning(of, "`of` is not used where the scope is all");
      }
      continue;
    }
    if (ceiling.of.empty()) {
      error(of, "names no " + std::string{text(ceiling.scope)});
    } else if (ceiling.scope == CeilingScope::kNation) {
      known(of, "nation", ceiling.of, names_.nations);
    } else if (ceiling.scope == CeilingScope::kArea) {
      area(of, AreaId{ceiling.of});
    } else if (!names_.tasks.contains(ceiling.of)) {
      warning(of, "no requirement has the task `" + ceiling.of + "`");
    }
  }
}

void Checker::check_contingencies() {
  for (std::size_t row = 0; row < scenario_.contingencies.size(); ++row) {
    Contingency const& contingency = scenario_.contingencies[row];
    not_negative({Table::kContingencies, row, "warning_days"}, contingency.warning);
    window({Table::kContingencies, row, "to_month"}, contingency.from, contingency.to,
           "from_month and to_month");
  }
}

void Checker::check_force_claims() {
  std::map<CapabilityId, std::int64_t> people;
  for (Capability const& capability : scenario_.capabilities) {
    people[capability.id] = capability.personnel.value_or(Personnel{0}).count();
  }
  std::map<NationId, std::int64_t> claimed;
  for (std::size_t row = 0; row < scenario_.force_claims.size(); ++row) {
    ForceClaim const& claim = scenario_.force_claims[row];
    known({Table::kForceClaims, row, "nation"}, "nation", claim.nation.text(), names_.nations);
    known({Table::kForceClaims, row, "capability"}, "capability", claim.capability.text(),
          names_.capabilities);
    not_negative({Table::kForceClaims, row, "quantity"}, claim.quantity);
    window({Table::kForceClaims, row, "to_month"}, claim.from, claim.to, "from_month and to_month");
    claimed[claim.nation] += claim.quantity.value_or(Units{0}).count() * people[claim.capability];
  }
  for (std::size_t row = 0; row < scenario_.pledges.size(); ++row) {
    Pledge const& pledge = scenario_.pledges[row];
    auto const nation = std::find_if(scenario_.nations.begin(), scenario_.nations.end(),
                                     [&](Nation const& n) { return n.id == pledge.nation; });
    if (nation == scenario_.nations.end() || !nation->personnel ||
        !claimed.contains(pledge.nation)) {
      continue;
    }
    std::int64_t const pledged =
        pledge.quantity.value_or(Units{0}).count() * people[pledge.capability];
    std::int64_t const left = nation->personnel->count() - claimed[pledge.nation];
    if (pledged > left) {
      warning({Table::kPledges, row, "quantity"},
              "pledges " + std::to_string(pledged) + " people where " +
                  std::to_string(std::max<std::int64_t>(left, 0)) + " are left after what " +
                  pledge.nation.text() + " has promised elsewhere");
    }
  }
}

void Checker::check_rates() {
  for (std::size_t row = 0; row < scenario_.rates.size(); ++row) {
    if (!(scenario_.rates[row].per_unit > 0)) {
      error({Table::kRates, row, "per_unit"}, "per_unit is not above 0",
            "what one unit is worth in " + scenario_.header.currency);
    }
  }
}

}  // namespace guarantor::model
