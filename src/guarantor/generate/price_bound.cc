#include "guarantor/generate/price_bound.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>

namespace guarantor::generate {
namespace {

constexpr double kImpossible = -std::numeric_limits<double>::infinity();
}  // namespace

PriceBound::PriceBound(model::Scenario const& scenario, Instance const& instance)
    : instance_{instance},
      months_{static_cast<std::size_t>(instance.horizon)},
      cell_of_(instance.options.size()),
      width_(instance.options.size()),
      bound_{std::numeric_limits<double>::infinity()} {
  lines_.reserve(instance.lines.size());
  for (std::size_t r = 0; r < instance.lines.size(); ++r) {
    PlannedLine const& line = instance.lines[LineIndex{r}];
    lines_.emplace_back(instance, LineIndex{r});
    auto const& columns = lines_.back().columns().options;
    base_.push_back(cells_);
    for (std::size_t k = 0; k < columns.size(); ++k) {
      width_[columns[k].place] = columns.size();
      cell_of_[columns[k].place] =
          cells_ + k - static_cast<std::size_t>(line.from) * columns.size();
    }
    cells_ += columns.size() * static_cast<std::size_t>(line.to - line.from);
  }
  lay_out_rows(scenario);
  seen_prices_.assign(cells_, 0);
  taken_.assign(cells_, 0);
  present_.assign(cells_, 0);
  line_month_value_.assign(instance.lines.size() * months_, 0);
  known_.assign(instance.lines.size() * months_, 0);
  pledge_value_.assign(instance.pledges.size(), 0);
  pledge_known_.assign(instance.pledges.size(), 0);
  lay_out_pledges();
  std::size_t most_options = 0;
  for (PlannedPledge const& pledge : instance.pledges) {
    most_options = std::max(most_options, pledge.options.size());
  }
  sums_.resize(most_options * (months_ + 1));
  worth_from_.resize(months_ + 1);
  choice_.resize(months_ + 1);
  confined_.resize(instance.pledges.size());
  limited_.assign(instance.lines.size() * months_, 0);
  best_prices_ = prices_;
}

void PriceBound::lay_out_pledges() {
  pledge_of_.resize(cells_);
  for (std::size_t r = 0; r < instance_.lines.size(); ++r) {
    auto const& columns = lines_[r].columns().options;
    std::size_t const end = r + 1 < base_.size() ? base_[r + 1] : cells_;
    for (std::size_t at = base_[r]; at < end; ++at) {
      pledge_of_[at] = instance_.options[columns[(at - base_[r]) % columns.size()]].pledge;
    }
  }
}

void PriceBound::lay_out_rows(model::Scenario const& scenario) {
  std::size_t places = cells_;
  for (PlannedCeiling const& row : instance_.ceilings) {
    double most = 1;
    for (OptionIndex const option : row.options) {
      most = std::max(
          most, static_cast<double>(instance_.pledges[instance_.options[option].pledge].personnel));
    }
    ceilings_.push_back({places, most, &row});
    places += static_cast<std::size_t>(std::max(0, row.to - row.from));
  }
  std::map<std::string, std::size_t> area_place;
  for (PlannedLine const& line : instance_.lines) {
    std::string const& area = scenario.requirements[line.row].area.text();
    area_of_.push_back(area_place.try_emplace(area, area_place.size()).first->second);
  }
  for (std::size_t p = 0; p < instance_.pledges.size(); ++p) {
    PlannedPledge const& pledge = instance_.pledges[PledgeIndex{p}];
    std::vector<bool> there(area_place.size(), false);
    for (OptionIndex const option : pledge.options) {
      there[area_of_[instance_.options[option].line.place]] = true;
    }
    for (auto const& needed : pledge.needs) {
      for (std::size_t area = 0; area < there.size(); ++area) {
        if (needed && there[area]) {
          bundles_.push_back({places, PledgeIndex{p}, *needed, area});
          places += months_;
        }
      }
    }
  }
  rows_ = places > cells_;
  prices_.assign(places, 0);
  if (rows_) {
    surcharge_.assign(instance_.options.size() * months_, 0);
  }
}

void PriceBound::try_prices(std::vector<double> const& prices, double value) {
  if (value < bound_) {
    bound_ = value;
    best_prices_ = prices;
  }
}

/// What a unit of each option pays a month besides, for ceilings and for what it requires; returns
/// what the rows' own sides are worth.
double PriceBound::price_rows(std::vector<double> const& prices) {
  std::fill(surcharge_.begin(), surcharge_.end(), 0.0);
  double total = 0;
  for (Ceiling const& ceiling : ceilings_) {
    PlannedCeiling const& row = *ceiling.row;
    for (int t = row.from; t < row.to; ++t) {
      std::size_t const place = ceiling.place + static_cast<std::size_t>(t - row.from);
      slope_[place] = static_cast<double>(row.personnel) / ceiling.people_per_unit;
      total += prices[place] * slope_[place];
    }
    for (OptionIndex const option : row.options) {
      double const share =
          static_cast<double>(instance_.pledges[instance_.options[option].pledge].personnel) /
          ceiling.people_per_unit;
      for (int t = row.from; t < row.to; ++t) {
        surcharge_[option.place * months_ + static_cast<std::size_t>(t)] +=
            share * prices[ceiling.place + static_cast<std::size_t>(t - row.from)];
      }
    }
  }
  for (Bundle const& bundle : bundles_) {
    auto const pay = [&](PledgeIndex pledge, double factor) {
      for (OptionIndex const option : instance_.pledges[pledge].options) {
        if (area_of_[instance_.options[option].line.place] == bundle.area) {
          for (std::size_t t = 0; t < months_; ++t) {
            surcharge_[option.place * months_ + t] += factor * prices[bundle.place + t];
          }
        }
      }
    };
    pay(bundle.pledge, 1);
    pay(bundle.needed, -static_cast<double>(instance_.pledges[bundle.pledge].quantity));
  }
  return total;
}

double PriceBound::evaluate(std::vector<double> const& prices) {
  slope_.assign(prices.size(), 0);
  double total = 0;
  if (rows_) {
    total = price_rows(prices);
    std::fill(pledge_known_.begin(), pledge_known_.end(), 0);
  }
  for (std::size_t r = 0; r < instance_.lines.size(); ++r) {
    evaluate_line(LineIndex{r}, prices);
  }
  for (double const value : line_month_value_) {
    total += value;
  }
  for (std::size_t p = 0; p < instance_.pledges.size(); ++p) {
    if (pledge_known_[p] == 0) {
      pledge_value_[p] = evaluate_pledge(PledgeIndex{p}, prices);
      pledge_known_[p] = 1;
    }
    total += pledge_value_[p];
  }
  for (std::size_t i = 0; i < cells_; ++i) {
    slope_[i] = present_[i] - taken_[i];
  }
  return total;
}

/// Asks the line again in months whose prices or limits changed, and has their pledges asked again.
void PriceBound::evaluate_line(LineIndex r, std::vector<double> const& prices) {
  PlannedLine const& line = instance_.lines[r];
  std::size_t const width = lines_[r.place].columns().options.size();
  for (int t = line.from; t < line.to; ++t) {
    std::size_t const at = base_[r.place] + static_cast<std::size_t>(t - line.from) * width;
    std::size_t const slot = r.place * months_ + static_cast<std::size_t>(t);
    bool changed = known_[slot] == 0;
    for (std::size_t k = at; k < at + width; ++k) {
      if (prices[k] != seen_prices_[k]) {
        seen_prices_[k] = prices[k];
        pledge_known_[pledge_of_[k].place] = 0;
        changed = true;
      }
    }
    if (changed) {
      known_[slot] = 1;
      line_month_value_[slot] = lines_[r.place].best(
          t, &prices[at], limited_[slot] != 0 ? &limits_[at] : nullptr, &taken_[at]);
    }
  }
}

double PriceBound::evaluate_pledge(PledgeIndex p, std::vector<double> const& prices) {
  PlannedPledge const& pledge = instance_.pledges[p];
  for (OptionIndex const index : pledge.options) {
    Option const& option = instance_.options[index];
    for (int t = option.first; t < option.until; ++t) {
      present_[cell(index, t)] = 0;
    }
  }
  add_up_prices(p, prices);
  if (confined_[p.place]) {
    return confined_worth(p, *confined_[p.place]);
  }
  double const worth = pledge.quantity * best_timeline(p, nullptr);
  count_timeline(p, pledge.quantity);
  return worth;
}

void PriceBound::forget_answers() {
  std::fill(known_.begin(), known_.end(), 0);
  std::fill(pledge_known_.begin(), pledge_known_.end(), 0);
}

/// What a unit earns at each option in the months before each month.
void PriceBound::add_up_prices(PledgeIndex p, std::vector<double> const& prices) {
  PlannedPledge const& pledge = instance_.pledges[p];
  for (std::size_t o = 0; o < pledge.options.size(); ++o) {
    OptionIndex const index = pledge.options[o];
    Option const& option = instance_.options[index];
    double sum = 0;
    double* const sums = &sums_[o * (months_ + 1)];
    for (int t = option.first; t < option.until; ++t) {
      auto const slot = static_cast<std::size_t>(t);
      sums[slot] = sum;
      sum += prices[cell(index, t)] - option.cost;
      if (rows_) {
        sum -= surcharge_[index.place * months_ + slot];
      }
    }
    sums[static_cast<std::size_t>(option.until)] = sum;
  }
}

/// The best timeline of one unit, of the open tours only where such are given; its worth, or minus
/// infinity. A closed month to be idle in is one where `open` says so after its last option.
double PriceBound::best_timeline(PledgeIndex p, std::vector<char> const* open) {
  PlannedPledge const& pledge = instance_.pledges[p];
  int const horizon = instance_.horizon;
  std::size_t const options = pledge.options.size();
  std::size_t const wide = months_ + 1;
  worth_from_[months_] = 0;
  for (int s = horizon - 1; s >= 0; --s) {
    auto const slot = static_cast<std::size_t>(s);
    bool const may_idle = open == nullptr || (*open)[options * months_ + slot] != 0;
    double best = may_idle ? worth_from_[slot + 1] : kImpossible;
    int choice = -1;
    for (std::size_t o = 0; o < options; ++o) {
      Option const& option = instance_.options[pledge.options[o]];
      if (s < option.first || s >= option.last ||
          (open != nullptr && (*open)[o * months_ + slot] == 0)) {
        continue;
      }
      int const end = std::min(s + pledge.tour, option.until);
      auto const rested = static_cast<std::size_t>(std::min(end + pledge.dwell, horizon));
      double const worth = worth_from_[rested] + sums_[o * wide + static_cast<std::size_t>(end)] -
                           sums_[o * wide + slot];
      if (worth > best) {
        best = worth;
        choice = static_cast<int>(o);
      }
    }
    worth_from_[slot] = best;
    choice_[slot] = choice;
  }
  return worth_from_[0];
}

/// Counts the timeline that `best_timeline` found.
void PriceBound::count_timeline(PledgeIndex p, int units) {
  PlannedPledge const& pledge = instance_.pledges[p];
  for (int s = 0; s < instance_.horizon;) {
    int const choice = choice_[static_cast<std::size_t>(s)];
    if (choice < 0) {
      ++s;
      continue;
    }
    OptionIndex const index = pledge.options[static_cast<std::size_t>(choice)];
    Option const& option = instance_.options[index];
    count_present(index, s, units);
    if (noting_) {
      noted_.push_back({index, s, units});
    }
    s = instance_.rest_end(option, instance_.tour_end(option, s));
  }
}

void PriceBound::count_present(OptionIndex index, int start, int units) {
  Option const& option = instance_.options[index];
  int const end = instance_.tour_end(option, start);
  for (int t = start; t < end; ++t) {
    present_[cell(index, t)] += units;
  }
  if (!rows_) {
    return;
  }
  for (Ceiling const& ceiling : ceilings_) {
    auto const& within = ceiling.row->options;
    if (std::find(within.begin(), within.end(), index) == within.end()) {
      continue;
    }
    double const people = units * static_cast<double>(instance_.pledges[option.pledge].personnel) /
                          ceiling.people_per_unit;
    for (int t = std::max(start, ceiling.row->from); t < std::min(end, ceiling.row->to); ++t) {
      slope_[ceiling.place + static_cast<std::size_t>(t - ceiling.row->from)] -= people;
    }
  }
  for (Bundle const& bundle : bundles_) {
    if (area_of_[option.line.place] != bundle.area) {
      continue;
    }
    double factor = 0;
    factor -= bundle.pledge == option.pledge ? 1 : 0;
    factor += bundle.needed == option.pledge ? instance_.pledges[bundle.pledge].quantity : 0;
    for (int t = start; t < end; ++t) {
      slope_[bundle.place + static_cast<std::size_t>(t)] += factor * units;
    }
  }
}

void PriceBound::step(double length) {
  for (std::size_t i = 0; i < prices_.size(); ++i) {
    double const slope = slope_[i];
    mean_slope_[i] = kMemory * mean_slope_[i] + (1 - kMemory) * slope;
    mean_square_[i] = kSquareMemory * mean_square_[i] + (1 - kSquareMemory) * slope * slope;
    prices_[i] -= length * scale_[i] * mean_slope_[i] / (std::sqrt(mean_square_[i]) + kSteadying);
  }
  for (std::size_t i = cells_; i < prices_.size(); ++i) {
    prices_[i] = std::max(0.0, prices_[i]);
  }
}

void PriceBound::descend(int steps, Stride stride, double enough,
                         model::RunControl const& control) {
  prices_ = best_prices_;
  mean_prices_ = prices_;
  std::fill(mean_slope_.begin(), mean_slope_.end(), 0.0);
  descend_on(steps, stride, enough, control);
}

void PriceBound::descend_on(int steps, Stride stride, double enough,
                            model::RunControl const& control) {
  constexpr int kLookUp = 8;
  constexpr int kMeanEvery = 20;
  constexpr double kPriceMemory = 0.95;
  mean_present_.assign(cells_, 0);
  mean_taken_.assign(cells_, 0);
  counted_ = 0;
  double const ratio = stride.last / stride.first;
  for (int i = 0; i < steps && bound_ > enough; ++i) {
    if (i % kLookUp == 0 && control.must_stop()) {
      return;
    }
    try_prices(prices_, evaluate(prices_));
    if (i >= steps / 2) {
      for (std::size_t k = 0; k < cells_; ++k) {
        mean_present_[k] += present_[k];
        mean_taken_[k] += taken_[k];
      }
      ++counted_;
    }
    step(stride.first * std::pow(ratio, static_cast<double>(i) / steps));
    // Prices that stay stay exactly, so that nobody is asked about them again.
    for (std::size_t k = 0; k < prices_.size(); ++k) {
      mean_prices_[k] += (1 - kPriceMemory) * (prices_[k] - mean_prices_[k]);
    }
    if (i % kMeanEvery == kMeanEvery - 1) {
      try_prices(mean_prices_, evaluate(mean_prices_));
    }
  }
}

void PriceBound::take_names(model::Scenario const& scenario,
                            ComponentCache::ByName<float> const& named,
                            std::vector<float>& prices) const {
  for (std::size_t o = 0; o < instance_.options.size(); ++o) {
    Option const& option = instance_.options[OptionIndex{o}];
    auto const& pledge = scenario.pledges[instance_.pledges[option.pledge].row].id;
    auto const& line = scenario.requirements[instance_.lines[option.line].row].id;
    for (auto at = named.lower_bound({pledge, line, option.first});
         at != named.end() && std::get<0>(at->first) == pledge && std::get<1>(at->first) == line &&
         std::get<2>(at->first) < option.until;
         ++at) {
      prices[cell(OptionIndex{o}, std::get<2>(at->first))] = at->second;
    }
  }
}

void PriceBound::try_from(std::vector<float> const& prices) {
  std::vector<double> const wide{prices.begin(), prices.end()};
  try_prices(wide, evaluate(wide));
}

std::vector<Start> PriceBound::pledges_answer() {
  noted_.clear();
  noting_ = true;
  forget_answers();
  evaluate(best_prices_);
  noting_ = false;
  return noted_;
}

}  // namespace guarantor::generate
