#include "guarantor/generate/plan_state.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <string>

namespace guarantor::generate {
namespace {

constexpr double kForbidden = -std::numeric_limits<double>::infinity();
constexpr double kLeastGain = 1e-9;
constexpr double kTolerance = 1e-9;

}  // namespace

PlanState::PlanState(model::Scenario const& scenario, Instance const& instance)
    : instance_{instance},
      months_{static_cast<std::size_t>(instance.horizon)},
      cover_(instance.lines.size() * months_, 0),
      units_(cover_.size() * instance.nations.size(), 0),
      nations_(cover_.size(), 0),
      begun_(instance.options.size() * months_, 0),
      ceilings_of_(instance.options.size()),
      people_(instance.ceilings.size(), std::vector<std::int64_t>(months_, 0)) {
  std::map<std::string, std::size_t> area_place;
  for (PlannedLine const& line : instance.lines) {
    std::string const& area = scenario.requirements[line.row].area.text();
    area_of_.push_back(area_place.try_emplace(area, area_place.size()).first->second);
  }
  areas_ = area_place.size();
  bundled_ = std::any_of(instance.pledges.begin(), instance.pledges.end(),
                         [](PlannedPledge const& pledge) { return !pledge.needs.empty(); });
  if (bundled_) {
    beside_.assign(instance.pledges.size() * areas_ * months_, 0);
  }
  for (std::size_t c = 0; c < instance.ceilings.size(); ++c) {
    for (OptionIndex const option : instance.ceilings[c].options) {
      ceilings_of_[option.place].push_back(c);
    }
  }
}

double PlanState::month_value(PlannedLine const& line, double cover) const {
  double const counted = std::min(line.quantity, cover);
  return counted < line.min_cover - kTolerance ? 0 : line.worth * counted;
}

bool PlanState::needs_met(PlannedPledge const& pledge, LineIndex line, int month) const {
  return std::all_of(pledge.needs.begin(), pledge.needs.end(), [&](auto const& needed) {
    return needed && beside_[beside_cell(*needed, line, month)] > 0;
  });
}

bool PlanState::ceilings_allow(OptionIndex index, int month, int units) const {
  std::int64_t const more = units * instance_.pledges[instance_.options[index].pledge].personnel;
  return std::all_of(
      ceilings_of_[index.place].begin(), ceilings_of_[index.place].end(), [&](std::size_t c) {
        PlannedCeiling const& ceiling = instance_.ceilings[c];
        return month < ceiling.from || month >= ceiling.to ||
               people_[c][static_cast<std::size_t>(month)] + more <= ceiling.personnel;
      });
}

/// What more units at the option's line add in a month, or kForbidden.
double PlanState::month_gain(OptionIndex index, int month, int units) const {
  Option const& option = instance_.options[index];
  PlannedPledge const& pledge = instance_.pledges[option.pledge];
  PlannedLine const& line = instance_.lines[option.line];
  int const own = units_[nation_cell(option.line, month, pledge.nation)];
  if (own + units > line.nation_limit || !needs_met(pledge, option.line, month) ||
      !ceilings_allow(index, month, units)) {
    return kForbidden;
  }
  std::size_t const here = cell(option.line, month);
  double gain = line.worth * (std::min(line.quantity, cover_[here] + units * option.effectiveness) -
                              std::min(line.quantity, cover_[here]));
  if (own == 0) {
    bool const follows = line.led && line.framework != pledge.nation;
    if ((line.max_nations && nations_[here] + 1 > *line.max_nations) ||
        (follows &&
         (!line.framework || units_[nation_cell(option.line, month, *line.framework)] == 0))) {
      return kForbidden;
    }
    gain -= instance_.nation_penalty;
  }
  return gain - units * pledge.cost;
}

Timeline PlanState::best_timeline(PledgeIndex p, int units) {
  struct Choice {
    double worth{};
    std::optional<OptionIndex> option;
  };
  PlannedPledge const& pledge = instance_.pledges[p];
  gains_.assign(pledge.options.size() * months_, kForbidden);
  for (std::size_t o = 0; o < pledge.options.size(); ++o) {
    Option const& option = instance_.options[pledge.options[o]];
    for (int t = option.first; t < option.until; ++t) {
      gains_[o * months_ + static_cast<std::size_t>(t)] = month_gain(pledge.options[o], t, units);
    }
  }
  std::vector<Choice> best(months_ + 1);
  for (int s = instance_.horizon - 1; s >= 0; --s) {
    auto const slot = static_cast<std::size_t>(s);
    best[slot] = {best[slot + 1].worth, std::nullopt};
    for (std::size_t o = 0; o < pledge.options.size(); ++o) {
      OptionIndex const index = pledge.options[o];
      Option const& option = instance_.options[index];
      if (s < option.first || s >= option.last ||
          begun_[begun_cell(index, s)] + units > option.most) {
        continue;
      }
      int const end = instance_.tour_end(option, s);
      double worth = best[static_cast<std::size_t>(instance_.rest_end(option, end))].worth;
      for (int t = s; t < end; ++t) {
        worth += gains_[o * months_ + static_cast<std::size_t>(t)];
      }
      if (worth > best[slot].worth + kLeastGain) {
        best[slot] = {worth, index};
      }
    }
  }
  Timeline timeline;
  for (int s = 0; s < instance_.horizon;) {
    auto const& choice = best[static_cast<std::size_t>(s)];
    if (!choice.option) {
      ++s;
      continue;
    }
    timeline.push_back({*choice.option, s});
    Option const& option = instance_.options[*choice.option];
    s = instance_.rest_end(option, instance_.tour_end(option, s));
  }
  return timeline;
}

void PlanState::insert(Timeline const& timeline, int units) {
  for (UnitTour const tour : timeline) {
    change(tour, units);
  }
}

void PlanState::remove(Timeline const& timeline, int units) {
  for (UnitTour const tour : timeline) {
    change(tour, -units);
  }
}

void PlanState::change(UnitTour tour, int by) {
  Option const& option = instance_.options[tour.option];
  PlannedPledge const& pledge = instance_.pledges[option.pledge];
  PlannedLine const& line = instance_.lines[option.line];
  begun_[begun_cell(tour.option, tour.start)] += by;
  int const end = instance_.tour_end(option, tour.start);
  for (int t = tour.start; t < end; ++t) {
    std::size_t const here = cell(option.line, t);
    objective_ -= month_value(line, cover_[here]);
    cover_[here] += by * option.effectiveness;
    objective_ += month_value(line, cover_[here]) - by * pledge.cost;
    int& own = units_[nation_cell(option.line, t, pledge.nation)];
    int const was_present = own > 0 ? 1 : 0;
    own += by;
    int const is_present = own > 0 ? 1 : 0;
    nations_[here] += is_present - was_present;
    objective_ -= instance_.nation_penalty * (is_present - was_present);
    if (nations_[here] == 0) {
      cover_[here] = 0;  // nobody is there: no rounding is left behind
    }
    if (bundled_) {
      beside_[beside_cell(option.pledge, option.line, t)] += by;
    }
    for (std::size_t const c : ceilings_of_[tour.option.place]) {
      people_[c][static_cast<std::size_t>(t)] += by * pledge.personnel;
    }
  }
}

bool PlanState::breaks_a_rule(Timeline const& timeline) const {
  for (UnitTour const tour : timeline) {
    Option const& option = instance_.options[tour.option];
    PlannedPledge const& pledge = instance_.pledges[option.pledge];
    PlannedLine const& line = instance_.lines[option.line];
    bool const follows = line.led && line.framework != pledge.nation;
    if (!follows && pledge.needs.empty()) {
      continue;
    }
    for (int t = tour.start; t < instance_.tour_end(option, tour.start); ++t) {
      if ((follows && units_[nation_cell(option.line, t, *line.framework)] == 0) ||
          !needs_met(pledge, option.line, t)) {
        return true;
      }
    }
  }
  return false;
}

std::vector<Start> PlanState::starts() const {
  std::vector<Start> starts;
  for (std::size_t o = 0; o < instance_.options.size(); ++o) {
    for (std::size_t t = 0; t < months_; ++t) {
      if (int const units = begun_[o * months_ + t]; units > 0) {
        starts.push_back({OptionIndex{o}, static_cast<int>(t), units});
      }
    }
  }
  return starts;
}

}  // namespace guarantor::generate
