#include "guarantor/generate/plan_state.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>

namespace guarantor::generate {
namespace {

constexpr double kLeastGain = 1e-9;
constexpr double kTolerance = 1e-9;

}  // namespace

PlanState::PlanState(model::Scenario const& scenario, Instance const& instance)
    : instance_{instance},
      months_{static_cast<std::size_t>(instance.horizon)},
      places_(instance.options.size()),
      margins_(instance.lines.size()),
      cover_(instance.lines.size() * months_, 0),
      nations_(cover_.size(), 0),
      begun_(instance.options.size() * months_, 0),
      ceilings_of_(instance.options.size()),
      people_(instance.ceilings.size(), std::vector<std::int64_t>(months_, 0)) {
  lay_out(scenario);
  std::size_t most_options = 0;
  for (PlannedPledge const& pledge : instance.pledges) {
    most_options = std::max(most_options, pledge.options.size());
  }
  tour_worth_.resize(instance.options.size() * months_);
  weighed_.assign(instance.options.size(), 0);
  changes_.assign(instance.lines.size(), 1);
  sums_.resize(months_ + 1);
  scratch_.resize(most_options * months_);
  best_tour_.resize(months_);
  tour_choice_.resize(months_);
  worth_from_.resize(months_ + 1);
  choice_.resize(months_ + 1);
}

void PlanState::lay_out(model::Scenario const& scenario) {
  std::map<std::string, std::size_t> area_place;
  double most = 1;
  for (PlannedLine const& line : instance_.lines) {
    std::string const& area = scenario.requirements[line.row].area.text();
    area_of_.push_back(area_place.try_emplace(area, area_place.size()).first->second);
    most = std::max(most, line.worth * line.quantity + line.nation_penalty);
  }
  forbidden_ = -1e3 * most * static_cast<double>(months_);
  areas_ = area_place.size();
  bundled_ = std::any_of(instance_.pledges.begin(), instance_.pledges.end(),
                         [](PlannedPledge const& pledge) { return !pledge.needs.empty(); });
  if (bundled_) {
    beside_.assign(instance_.pledges.size() * areas_ * months_, 0);
  }
  for (std::size_t c = 0; c < instance_.ceilings.size(); ++c) {
    for (OptionIndex const option : instance_.ceilings[c].options) {
      ceilings_of_[option.place].push_back(c);
    }
  }
  lay_out_rules();
  lead_own_.resize(instance_.lines.size());
  for (std::size_t r = 0; r < instance_.lines.size(); ++r) {
    std::map<NationIndex, std::size_t> own_place;
    for (OptionIndex const index : instance_.lines[LineIndex{r}].options) {
      NationIndex const nation = instance_.pledges[instance_.options[index].pledge].nation;
      auto const [place, fresh] = own_place.try_emplace(nation, own_.size());
      if (fresh) {
        own_.resize(own_.size() + months_, 0);
      }
      places_[index.place].first_own = place->second;
      if (instance_.lines[LineIndex{r}].framework == nation) {
        lead_own_[r] = place->second;
      }
      place_option(index);
    }
  }
}

void PlanState::place_option(OptionIndex index) {
  Option const& option = instance_.options[index];
  PlannedLine const& line = instance_.lines[option.line];
  PlannedPledge const& pledge = instance_.pledges[option.pledge];
  Place& place = places_[index.place];
  place.first_cell = option.line.place * months_;
  place.first = option.first;
  place.last = option.last;
  place.until = option.until;
  place.effectiveness = option.effectiveness;
  place.cost = option.cost;
  place.worth = line.worth;
  place.quantity = line.quantity;
  place.nation_penalty = line.nation_penalty;
  place.breach_cost = line.worth * line.quantity + line.nation_penalty;
  place.leads = line.led && line.framework == pledge.nation;
  place.most_nations = line.max_nations.value_or(std::numeric_limits<int>::max());
  place.nation_limit = line.nation_limit;
  place.plain = !line.led && pledge.needs.empty() && ceilings_of_[index.place].empty();
  place.tour = pledge.tour;
  place.rest_of_cut = std::min(option.until + pledge.dwell, instance_.horizon);
  place.last_whole = option.until >= instance_.horizon
                         ? option.last
                         : std::clamp(option.until - pledge.tour + 1, option.first, option.last);
  place.capped = option.most < pledge.quantity;
  auto& margins = margins_[option.line.place];
  auto found = std::find_if(margins.begin(), margins.end(), [&](Margins const& known) {
    return known.effectiveness == option.effectiveness;
  });
  if (found == margins.end()) {
    margins.push_back({option.line, option.effectiveness, margin_.size()});
    margin_.resize(margin_.size() + months_,
                   line.worth * std::min(line.quantity, option.effectiveness));
    found = std::prev(margins.end());
  }
  place.first_margin = found->first;
}

double PlanState::month_value(PlannedLine const& line, double cover) {
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

/// Whether framework nation, required pledges and ceilings let more units in.
bool PlanState::rules_allow(OptionIndex index, int month, int units) const {
  Option const& option = instance_.options[index];
  PlannedPledge const& pledge = instance_.pledges[option.pledge];
  PlannedLine const& line = instance_.lines[option.line];
  if (line.led && line.framework != pledge.nation) {
    if (!line.framework) {
      return false;
    }
    if (!is_led(option.line, month)) {
      return false;
    }
  }
  return needs_met(pledge, option.line, month) && ceilings_allow(index, month, units);
}

/// What each tour of an option would add, by its start. Remembered for as long as nothing changes
/// at the line, where nothing else matters.
double const* PlanState::tour_worths(OptionIndex index, Taste taste) {
  double* const worths = &tour_worth_[index.place * months_];
  std::uint32_t const change = changes_[instance_.options[index].line.place];
  if (weighed_[index.place] != change) {
    weigh_tours(index, taste, worths);
    weighed_[index.place] = change;
  }
  return worths;
}

void PlanState::weigh_tours(OptionIndex index, Taste taste, double* worths) {
  Place const& place = places_[index.place];
  int const units = taste.units;
  double const penalty = place.nation_penalty * taste.presence;
  double const cost = units * place.cost;
  bool const partnerless = !place.plain && has_no_partner(index);
  double* const sums = sums_.data();
  double sum = 0;
  for (int t = place.first; t < place.until; ++t) {
    auto const slot = static_cast<std::size_t>(t);
    sums[slot] = sum;
    int const own = own_[place.first_own + slot];
    double gain = 0;
    if (units == 1) {
      gain = margin_[place.first_margin + slot];
    } else {
      double const cover = cover_[place.first_cell + slot];
      gain = place.worth * (std::min(place.quantity, cover + units * place.effectiveness) -
                            std::min(place.quantity, cover));
    }
    gain -= cost;
    if (own == 0) {
      bool const full = nations_[place.first_cell + slot] >= place.most_nations;
      gain -= penalty + (place.plain && full ? rule_price_ * place.breach_cost : 0);
    }
    if (!place.plain) {
      gain -= rule_price_ * rule_cost(index, t, units);
    }
    if (own + units > place.nation_limit || partnerless) {
      gain = forbidden_;
    }
    sum += gain;
  }
  sums[place.until] = sum;
  int const whole = std::min(place.last, place.until - place.tour + 1);
  for (int s = place.first; s < whole; ++s) {
    worths[s] = sums[s + place.tour] - sums[s];
  }
  for (int s = std::max(place.first, whole); s < place.last; ++s) {
    worths[s] = sum - sums[s];
  }
}

/// Has an option's tours compete, start by start, with those of the options before it.
void PlanState::offer_tours(OptionIndex index, int o, int units, double const* worths) {
  Place const& place = places_[index.place];
  double* const best = best_tour_.data();
  std::int64_t* const choice = tour_choice_.data();
  if (!place.capped) {
    for (int s = place.first; s < place.last_whole; ++s) {
      bool const better = worths[s] > best[s];
      best[s] = better ? worths[s] : best[s];
      choice[s] = better ? o : choice[s];
    }
    return;
  }
  int const most = instance_.options[index].most;
  for (int s = place.first; s < place.last_whole; ++s) {
    if (worths[s] > best[s] &&
        begun_[index.place * months_ + static_cast<std::size_t>(s)] + units <= most) {
      best[s] = worths[s];
      choice[s] = o;
    }
  }
}

void PlanState::best_timeline(PledgeIndex p, Taste taste, Timeline& timeline) {
  PlannedPledge const& pledge = instance_.pledges[p];
  std::fill(best_tour_.begin(), best_tour_.end(), forbidden_);
  cut_.clear();
  cut_worths_.clear();
  bool const usual = taste.units == 1 && taste.presence == 1;
  for (std::size_t o = 0; o < pledge.options.size(); ++o) {
    OptionIndex const index = pledge.options[o];
    Place const& place = places_[index.place];
    double const* worths = nullptr;
    if (usual && place.plain) {
      worths = tour_worths(index, taste);
    } else {
      double* const room = &scratch_[o * months_];
      weigh_tours(index, taste, room);
      worths = room;
    }
    offer_tours(index, static_cast<int>(o), taste.units, worths);
    if (place.last_whole < place.last) {
      cut_.emplace_back(index, static_cast<int>(o));
      cut_worths_.push_back(worths);
    }
  }
  worth_from_[months_] = 0;
  int const horizon = instance_.horizon;
  for (int s = horizon - 1; s >= 0; --s) {
    auto const slot = static_cast<std::size_t>(s);
    double best = worth_from_[slot + 1];
    int choice = -1;
    auto const rested = static_cast<std::size_t>(std::min(s + pledge.tour + pledge.dwell, horizon));
    double const whole = best_tour_[slot] + worth_from_[rested];
    if (whole > best + kLeastGain) {
      best = whole;
      choice = static_cast<int>(tour_choice_[slot]);
    }
    for (std::size_t i = 0; i < cut_.size(); ++i) {
      Place const& place = places_[cut_[i].first.place];
      if (s < place.last_whole || s >= place.last) {
        continue;
      }
      double const worth =
          cut_worths_[i][slot] + worth_from_[static_cast<std::size_t>(place.rest_of_cut)];
      if (worth > best + kLeastGain && begun_[cut_[i].first.place * months_ + slot] + taste.units <=
                                           instance_.options[cut_[i].first].most) {
        best = worth;
        choice = cut_[i].second;
      }
    }
    worth_from_[slot] = best;
    choice_[slot] = choice;
  }
  timeline.clear();
  for (int s = 0; s < horizon;) {
    int const choice = choice_[static_cast<std::size_t>(s)];
    if (choice < 0) {
      ++s;
      continue;
    }
    OptionIndex const index = pledge.options[static_cast<std::size_t>(choice)];
    timeline.push_back({index, s});
    Option const& option = instance_.options[index];
    s = instance_.rest_end(option, instance_.tour_end(option, s));
  }
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
  PlannedLine const& line = instance_.lines[option.line];
  Place const& place = places_[tour.option.place];
  auto const start = static_cast<std::size_t>(tour.start);
  begun_[tour.option.place * months_ + start] += by;
  ++changes_[option.line.place];
  auto const end = static_cast<std::size_t>(instance_.tour_end(option, tour.start));
  for (std::size_t t = start; t < end; ++t) {
    double& cover = cover_[place.first_cell + t];
    objective_ -= month_value(line, cover);
    cover += by * option.effectiveness;
    int& own = own_[place.first_own + t];
    int& nations = nations_[place.first_cell + t];
    int const was_present = own > 0 ? 1 : 0;
    own += by;
    int const is_present = own > 0 ? 1 : 0;
    if (is_present != was_present) {
      bool const led_now = is_led(option.line, static_cast<int>(t));
      bool const led_before = place.leads ? was_present > 0 : led_now;
      int const before = breaches(place, nations, led_before);
      nations += is_present - was_present;
      count_broken(breaches(place, nations, led_now) - before, place.breach_cost);
    }
    if (nations == 0) {
      cover = 0;  // nobody is there: no rounding is left behind
    }
    objective_ += month_value(line, cover) - by * option.cost -
                  line.nation_penalty * (is_present - was_present);
    double const counted = std::min(line.quantity, cover);
    for (Margins const& margins : margins_[option.line.place]) {
      margin_[margins.first + t] =
          line.worth * (std::min(line.quantity, cover + margins.effectiveness) - counted);
    }
  }
  if (bundled_) {
    for (std::size_t t = start; t < end; ++t) {
      change_beside(option, static_cast<int>(t), by);
    }
  }
  if (!ceilings_of_[tour.option.place].empty()) {
    for (std::size_t t = start; t < end; ++t) {
      change_people(tour.option, static_cast<int>(t), by);
    }
  }
}

bool PlanState::allows(UnitTour tour, int units) const {
  Option const& option = instance_.options[tour.option];
  Place const& place = places_[tour.option.place];
  auto const start = static_cast<std::size_t>(tour.start);
  if (begun_[tour.option.place * months_ + start] + units > option.most) {
    return false;
  }
  for (int t = tour.start; t < instance_.tour_end(option, tour.start); ++t) {
    auto const slot = static_cast<std::size_t>(t);
    int const own = own_[place.first_own + slot];
    bool const one_nation_more =
        own == 0 && nations_[place.first_cell + slot] >= place.most_nations;
    if (one_nation_more || own + units > place.nation_limit ||
        (!place.plain && !rules_allow(tour.option, t, units))) {
      return false;
    }
  }
  return true;
}

bool PlanState::breaks_a_rule(Timeline const& timeline) const {
  for (UnitTour const tour : timeline) {
    Place const& place = places_[tour.option.place];
    Option const& option = instance_.options[tour.option];
    for (int t = tour.start; t < instance_.tour_end(option, tour.start); ++t) {
      bool const crowded =
          nations_[place.first_cell + static_cast<std::size_t>(t)] > place.most_nations;
      if (crowded || (!place.plain && !rules_allow(tour.option, t, 0))) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace guarantor::generate
