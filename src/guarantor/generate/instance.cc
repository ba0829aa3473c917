#include "guarantor/generate/instance.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace guarantor::generate {
namespace {

using model::Months;
using model::Pledge;
using model::Requirement;
using model::Scenario;

template <class Name>
bool contains(std::vector<Name> const& names, Name const& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Rounded up, as a whole number of units.
int units_for(double quantity, double effectiveness) {
  // 21 / 0.7 is a little more than 30 in binary numbers.
  constexpr double kRounding = 1e-9;
  return static_cast<int>(std::ceil(quantity / effectiveness - kRounding));
}

/// Latest decision, in days from C-day, among the conditions a pledge names.
double decided_day(Scenario const& scenario, Pledge const& pledge) {
  double latest = 0;
  for (model::ConditionId const& id : pledge.conditions.conditions()) {
    for (model::Condition const& condition : scenario.conditions) {
      if (condition.id == id && condition.decided_mode) {
        latest = std::max(latest, condition.decided_mode->count());
      }
    }
  }
  return latest;
}

class Builder {
 public:
  Builder(Scenario const& scenario, model::World const& world)
      : scenario_{scenario}, world_{world}, horizon_{scenario.header.horizon.count()} {
    instance_.horizon = horizon_;
    for (model::Substitution const& entry : scenario.substitutions) {
      double& least = least_accepted_.try_emplace(entry.capability, 1.0).first->second;
      least = std::min(least, entry.effectiveness.count());
    }
    for (model::Capability const& capability : scenario.capabilities) {
      personnel_[capability.id] = capability.personnel.value_or(model::Personnel{0}).count();
    }
  }

  Instance run() {
    add_pledges();
    add_lines();
    add_options();
    add_needs();
    add_frameworks();
    mark_foundations(instance_);
    add_ceilings();
    return std::move(instance_);
  }

 private:
  NationIndex nation(model::NationId const& id) {
    auto const found = nation_.find(id);
    if (found != nation_.end()) {
      return found->second;
    }
    return nation_[id] = instance_.nations.add(id);
  }

  void add_pledges() {
    for (std::size_t row = 0; row < scenario_.pledges.size(); ++row) {
      Pledge const& pledge = scenario_.pledges[row];
      if (!world_.pledge_holds[row] || !pledge.quantity || *pledge.quantity < model::Units{1}) {
        continue;
      }
      PlannedPledge planned;
      planned.row = row;
      planned.nation = nation(pledge.nation);
      planned.quantity = static_cast<int>(pledge.quantity->count());
      planned.tour = std::min(pledge.tour.value_or(Months{horizon_}).count(), horizon_);
      planned.dwell = std::min(pledge.dwell.value_or(Months{0}).count(), horizon_);
      if (pledge.kind_of_quantity() == model::QuantityIs::kSustained) {
        planned.tour = horizon_;
        planned.dwell = 0;
      } else if (pledge.kind_of_quantity() == model::QuantityIs::kOnce) {
        planned.dwell = horizon_;
      }
      planned.personnel = personnel_[pledge.capability];
      pledge_[pledge.id] = instance_.pledges.add(std::move(planned));
    }
  }

  void add_lines() {
    for (std::size_t row = 0; row < scenario_.requirements.size(); ++row) {
      Requirement const& line = scenario_.requirements[row];
      auto const months = line.months(Months{horizon_});
      auto const phase = waiting_phase(scenario_, line);
      if (months.empty() || (phase && !world_.phase_begins[*phase])) {
        continue;
      }
      PlannedLine planned;
      planned.row = row;
      planned.from = months.from.count();
      planned.to = months.to.count();
      planned.quantity = static_cast<double>(line.quantity.count());
      int const length = planned.to - planned.from;
      auto const tier = static_cast<std::size_t>(line.tier_or_default() - 1);
      planned.worth = line.weight.value_or(length) * scenario_.header.tier_weights.at(tier) /
                      (length * planned.quantity);
      auto const least = least_accepted_.find(line.capability);
      planned.nation_limit =
          units_for(planned.quantity, least == least_accepted_.end() ? 1.0 : least->second);
      planned.nation_penalty = scenario_.header.nation_penalty;
      planned.min_cover = line.min_fill.value_or(0) * planned.quantity;
      planned.max_nations = line.max_nations;
      planned.led = !line.framework_nation.empty();
      instance_.lines.add(std::move(planned));
    }
  }

  void add_options() {
    std::vector<std::map<model::CapabilityId, double>> accepted;
    for (PlannedLine const& line : instance_.lines) {
      accepted.push_back(accepted_at(scenario_, scenario_.requirements[line.row]));
    }
    for (std::size_t p = 0; p < instance_.pledges.size(); ++p) {
      PledgeIndex const pledge{p};
      auto const& capability = scenario_.pledges[instance_.pledges[pledge].row].capability;
      for (std::size_t r = 0; r < instance_.lines.size(); ++r) {
        if (auto const counts = accepted[r].find(capability); counts != accepted[r].end()) {
          add_option(pledge, LineIndex{r}, counts->second);
        }
      }
    }
  }

  void add_option(PledgeIndex p, LineIndex r, double effectiveness) {
    Pledge const& pledge = scenario_.pledges[instance_.pledges[p].row];
    PlannedLine& line = instance_.lines[r];
    Requirement const& requirement = scenario_.requirements[line.row];
    if (pledge.rules() < requirement.rules() || !caveats_allow(pledge, requirement)) {
      return;
    }
    Option option;
    option.pledge = p;
    option.line = r;
    option.effectiveness = effectiveness;
    option.most = std::min(instance_.pledges[p].quantity, units_for(line.quantity, effectiveness));
    option.first = first_month(scenario_, pledge, requirement);
    option.until = std::min(line.to, pledge.until.value_or(Months{horizon_}).count());
    option.last = option.until;
    option.cost =
        scenario_.header.cost_weight * pledge.cost_per_unit_month.value_or(model::Money{0}).count();
    if (option.first >= option.last) {
      return;
    }
    OptionIndex const index = instance_.options.add(option);
    instance_.pledges[p].options.push_back(index);
    line.options.push_back(index);
  }

  void add_needs() {
    for (PlannedPledge& planned : instance_.pledges) {
      for (model::PledgeId const& id : scenario_.pledges[planned.row].requires_pledges) {
        auto const needed = pledge_.find(id);
        planned.needs.push_back(needed == pledge_.end() ? std::nullopt
                                                        : std::optional{needed->second});
      }
    }
  }

  void add_frameworks() {
    for (PlannedLine& line : instance_.lines) {
      auto const found = nation_.find(scenario_.requirements[line.row].framework_nation);
      if (line.led && found != nation_.end()) {
        line.framework = found->second;
      }
    }
  }

  [[nodiscard]] bool in_scope(model::Ceiling const& ceiling, Option const& option) const {
    Requirement const& line = scenario_.requirements[instance_.lines[option.line].row];
    switch (ceiling.scope) {
      case model::CeilingScope::kAll:
        return true;
      case model::CeilingScope::kNation:
        return scenario_.pledges[instance_.pledges[option.pledge].row].nation.text() == ceiling.of;
      case model::CeilingScope::kArea:
        return line.area.text() == ceiling.of;
      case model::CeilingScope::kTask:
        return line.task.text() == ceiling.of;
    }
    return false;
  }

  void add_ceilings() {
    for (std::size_t row = 0; row < scenario_.ceilings.size(); ++row) {
      model::Ceiling const& ceiling = scenario_.ceilings[row];
      PlannedCeiling planned;
      planned.row = row;
      planned.from = ceiling.from.value_or(Months{0}).count();
      planned.to = std::min(ceiling.to.value_or(Months{horizon_}).count(), horizon_);
      planned.personnel = ceiling.personnel.count();
      for (std::size_t place = 0; place < instance_.options.size(); ++place) {
        Option const& option = instance_.options[OptionIndex{place}];
        if (instance_.pledges[option.pledge].personnel > 0 && in_scope(ceiling, option)) {
          planned.options.push_back(OptionIndex{place});
        }
      }
      if (!planned.options.empty()) {
        instance_.ceilings.push_back(std::move(planned));
      }
    }
  }

  Scenario const& scenario_;
  model::World const& world_;
  int horizon_;
  Instance instance_;
  std::map<model::CapabilityId, double> least_accepted_;
  std::map<model::CapabilityId, std::int64_t> personnel_;
  std::map<model::NationId, NationIndex> nation_;
  std::map<model::PledgeId, PledgeIndex> pledge_;
};

}  // namespace

Instance build_instance(Scenario const& scenario, model::World const& world) {
  return Builder{scenario, world}.run();
}

void mark_foundations(Instance& instance) {
  for (PlannedPledge& pledge : instance.pledges) {
    pledge.stands_under_others = false;
  }
  for (PlannedPledge const& pledge : instance.pledges) {
    for (auto const& needed : pledge.needs) {
      if (needed) {
        instance.pledges[*needed].stands_under_others = true;
      }
    }
  }
  for (Option const& option : instance.options) {
    PlannedPledge& pledge = instance.pledges[option.pledge];
    if (instance.lines[option.line].framework == pledge.nation) {
      pledge.stands_under_others = true;
    }
  }
}

std::optional<std::size_t> waiting_phase(Scenario const& scenario, Requirement const& line) {
  model::Days const day{
      static_cast<double>(model::kDaysPerMonth * line.from.value_or(Months{0}).count())};
  for (std::size_t row = 0; row < scenario.phases.size(); ++row) {
    if (scenario.phases[row].days.contains(day)) {
      return scenario.phases[row].begins_if.empty() ? std::nullopt : std::optional{row};
    }
  }
  return std::nullopt;
}

int first_month(Scenario const& scenario, Pledge const& pledge, Requirement const& line) {
  double begin = decided_day(scenario, pledge);
  if (auto const phase = waiting_phase(scenario, line)) {
    begin = std::max(begin, scenario.phases[*phase].days.from.count());
  }
  double const ready = begin + pledge.notice.value_or(model::Days{0}).count() +
                       pledge.transit.value_or(model::Days{0}).count();
  double const month = std::ceil(ready / model::kDaysPerMonth);
  int const horizon = scenario.header.horizon.count();
  int const waited = month >= horizon ? horizon : static_cast<int>(month);
  return std::max(
      {waited, pledge.from.value_or(Months{0}).count(), line.from.value_or(Months{0}).count()});
}

std::optional<double> effectiveness(Scenario const& scenario, Pledge const& pledge,
                                    Requirement const& line) {
  if (pledge.capability == line.capability) {
    return 1.0;
  }
  for (model::Substitution const& entry : scenario.substitutions) {
    if (entry.capability == line.capability && entry.accepts == pledge.capability) {
      return entry.effectiveness.count();
    }
  }
  return std::nullopt;
}

std::map<model::CapabilityId, double> accepted_at(Scenario const& scenario,
                                                  Requirement const& line) {
  std::map<model::CapabilityId, double> accepted{{line.capability, 1.0}};
  for (model::Substitution const& entry : scenario.substitutions) {
    if (entry.capability == line.capability) {
      accepted.emplace(entry.accepts, entry.effectiveness.count());
    }
  }
  return accepted;
}

bool caveats_allow(Pledge const& pledge, Requirement const& line) {
  return (pledge.areas.empty() || contains(pledge.areas, line.area)) &&
         (pledge.tasks.empty() || contains(pledge.tasks, line.task)) &&
         !contains(pledge.not_areas, line.area) && !contains(pledge.not_tasks, line.task);
}

}  // namespace guarantor::generate
