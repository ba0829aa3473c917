#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "guarantor/generate/plan_state.h"

/// What it costs to break the rules that tie units together, and how often a plan does.
namespace guarantor::generate {

void PlanState::lay_out_rules() {
  needed_by_.resize(instance_.pledges.size());
  alone_cost_.assign(instance_.pledges.size(), 0);
  for (std::size_t p = 0; p < instance_.pledges.size(); ++p) {
    PlannedPledge const& pledge = instance_.pledges[PledgeIndex{p}];
    for (auto const& needed : pledge.needs) {
      if (needed) {
        needed_by_[needed->place].push_back(PledgeIndex{p});
      }
    }
    for (OptionIndex const index : pledge.options) {
      Option const& option = instance_.options[index];
      PlannedLine const& line = instance_.lines[option.line];
      alone_cost_[p] =
          std::max(alone_cost_[p], line.worth * std::min(line.quantity, option.effectiveness) +
                                       line.nation_penalty);
    }
  }
  for (PlannedCeiling const& ceiling : instance_.ceilings) {
    double most = 0;
    for (OptionIndex const index : ceiling.options) {
      PledgeIndex const pledge = instance_.options[index].pledge;
      auto const people =
          static_cast<double>(std::max<std::int64_t>(1, instance_.pledges[pledge].personnel));
      most = std::max(most, alone_cost_[pledge.place] / people);
    }
    person_cost_.push_back(most);
  }
}

void PlanState::set_rule_price(double share) {
  if (share == rule_price_) {
    return;
  }
  rule_price_ = share;
  for (std::uint32_t& change : changes_) {
    ++change;
  }
}

void PlanState::count_broken(std::int64_t more, double cost_each) {
  broken_ += more;
  // Nothing is left behind of rounding.
  broken_cost_ = broken_ == 0 ? 0 : broken_cost_ + static_cast<double>(more) * cost_each;
}

/// Whether the line's framework nation is there, or it needs none.
bool PlanState::is_led(LineIndex line, int month) const {
  auto const& lead = lead_own_[line.place];
  return !instance_.lines[line].led || (lead && own_[*lead + static_cast<std::size_t>(month)] > 0);
}

/// Nations too many, and nations there without the framework nation.
int PlanState::breaches(Place const& place, int nations, bool led) {
  return (nations > place.most_nations ? nations - place.most_nations : 0) + (led ? 0 : nations);
}

/// A unit that may never be there, whatever the price: its line has no framework nation to wait
/// for, or it requires a pledge that does not come.
bool PlanState::has_no_partner(OptionIndex index) const {
  Option const& option = instance_.options[index];
  PlannedLine const& line = instance_.lines[option.line];
  auto const& needs = instance_.pledges[option.pledge].needs;
  return (line.led && !line.framework) ||
         std::any_of(needs.begin(), needs.end(), [](auto const& needed) { return !needed; });
}

/// What the rules that units more break would cost, at a price of 1; less than nothing where they
/// mend more than they break. O(nation's ceilings + required pledges).
double PlanState::rule_cost(OptionIndex index, int month, int units) const {
  Option const& option = instance_.options[index];
  Place const& place = places_[index.place];
  auto const slot = static_cast<std::size_t>(month);
  double cost = 0;
  if (own_[place.first_own + slot] == 0) {
    int const nations = nations_[place.first_cell + slot];
    bool const led = is_led(option.line, month);
    cost += place.breach_cost *
            (breaches(place, nations + 1, led || place.leads) - breaches(place, nations, led));
  }
  if (bundled_) {
    cost += bundle_cost(option, month, units);
  }
  return cost + ceiling_cost(index, month, units);
}

double PlanState::bundle_cost(Option const& option, int month, int units) const {
  double cost = 0;
  for (auto const& needed : instance_.pledges[option.pledge].needs) {
    if (needed && beside_[beside_cell(*needed, option.line, month)] == 0) {
      cost += units * alone_cost_[option.pledge.place];
    }
  }
  if (beside_[beside_cell(option.pledge, option.line, month)] == 0) {
    for (PledgeIndex const other : needed_by_[option.pledge.place]) {
      cost -= beside_[beside_cell(other, option.line, month)] * alone_cost_[other.place];
    }
  }
  return cost;
}

double PlanState::ceiling_cost(OptionIndex index, int month, int units) const {
  std::int64_t const more = units * instance_.pledges[instance_.options[index].pledge].personnel;
  double cost = 0;
  for (std::size_t const c : ceilings_of_[index.place]) {
    PlannedCeiling const& ceiling = instance_.ceilings[c];
    if (month < ceiling.from || month >= ceiling.to) {
      continue;
    }
    std::int64_t const over = people_[c][static_cast<std::size_t>(month)] - ceiling.personnel;
    cost += person_cost_[c] * static_cast<double>(std::max<std::int64_t>(0, over + more) -
                                                  std::max<std::int64_t>(0, over));
  }
  return cost;
}

/// Units more or fewer beside others in the line's area.
void PlanState::change_beside(Option const& option, int month, int by) {
  for (auto const& needed : instance_.pledges[option.pledge].needs) {
    if (needed && beside_[beside_cell(*needed, option.line, month)] == 0) {
      count_broken(by, alone_cost_[option.pledge.place]);
    }
  }
  int& there = beside_[beside_cell(option.pledge, option.line, month)];
  int const before = there;
  there += by;
  if ((before == 0) == (there == 0)) {
    return;
  }
  for (PledgeIndex const other : needed_by_[option.pledge.place]) {
    int const alone = beside_[beside_cell(other, option.line, month)];
    count_broken(there == 0 ? alone : -alone, alone_cost_[other.place]);
  }
}

/// People more or fewer under the ceilings over an option.
void PlanState::change_people(OptionIndex index, int month, int by) {
  std::int64_t const more = by * instance_.pledges[instance_.options[index].pledge].personnel;
  for (std::size_t const c : ceilings_of_[index.place]) {
    PlannedCeiling const& ceiling = instance_.ceilings[c];
    std::int64_t& people = people_[c][static_cast<std::size_t>(month)];
    std::int64_t const before = std::max<std::int64_t>(0, people - ceiling.personnel);
    people += more;
    if (month >= ceiling.from && month < ceiling.to) {
      count_broken(std::max<std::int64_t>(0, people - ceiling.personnel) - before, person_cost_[c]);
    }
  }
}

}  // namespace guarantor::generate
