#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "guarantor/generate/price_bound.h"

/// Parts of all plans, as `Branching` makes them: how pledges and lines are held to them.
namespace guarantor::generate {

/// What a pledge's units earn within branches. Those that bind only some of the units are counted
/// one at a time, the dearest alone: at most what all of them together cost.
double PriceBound::confined_worth(PledgeIndex p, Confined const& confined) {
  int const quantity = instance_.pledges[p].quantity;
  double const free = best_timeline(p, &confined.open);
  Branch const* dearest = nullptr;
  std::vector<char> open_to_dearest;
  int bound_units = 0;
  double loss = 0;
  for (Branch const& branch : confined.partly) {
    bool const must = branch.least > 0;
    std::vector<char> open = confined.open;
    Branch all = branch;
    all.least = must ? quantity : 0;
    all.most = must ? quantity : 0;
    if (!open_tours(p, {all}, open)) {
      continue;
    }
    int const units = must ? branch.least : quantity - branch.most;
    double const worth = best_timeline(p, &open);
    if (units * (free - worth) > loss) {
      loss = units * (free - worth);
      bound_units = units;
      dearest = &branch;
      open_to_dearest = std::move(open);
    }
  }
  if (dearest != nullptr) {
    best_timeline(p, &open_to_dearest);
    count_timeline(p, bound_units);
  }
  best_timeline(p, &confined.open);
  count_timeline(p, quantity - bound_units);
  return quantity * free - loss;
}

/// Which tours of one unit fit branches that bind all units: every one of them in place where a
/// branch says so, none where it says so. False if none do. `open` is narrowed: by option of the
/// pledge and month a tour may begin; then, by month, whether the unit may be idle.
bool PriceBound::open_tours(PledgeIndex p, std::vector<Branch> const& branches,
                            std::vector<char>& open) const {
  PlannedPledge const& pledge = instance_.pledges[p];
  std::size_t const options = pledge.options.size();
  for (Branch const& branch : branches) {
    bool const must = branch.least > 0;
    if (must) {
      open[options * months_ + static_cast<std::size_t>(branch.month)] = 0;
    }
    for (std::size_t o = 0; o < options; ++o) {
      Option const& option = instance_.options[pledge.options[o]];
      bool const here = pledge.options[o] == branch.option;
      for (int s = option.first; s < option.last; ++s) {
        int const end = instance_.tour_end(option, s);
        bool const present = s <= branch.month && branch.month < end;
        bool const resting = end <= branch.month && branch.month < instance_.rest_end(option, end);
        if (must ? ((present && !here) || resting) : (present && here)) {
          open[o * months_ + static_cast<std::size_t>(s)] = 0;
        }
      }
    }
  }
  std::vector<char> reached(months_ + 1, 0);
  std::vector<char> leads_on(months_ + 1, 0);
  reached[0] = 1;
  leads_on[months_] = 1;
  auto const each_step = [&](std::size_t s, auto const& visit) {
    if (open[options * months_ + s] != 0) {
      visit(s + 1, options);
    }
    for (std::size_t o = 0; o < options; ++o) {
      if (open[o * months_ + s] != 0) {
        Option const& option = instance_.options[pledge.options[o]];
        int const end = instance_.tour_end(option, static_cast<int>(s));
        visit(static_cast<std::size_t>(instance_.rest_end(option, end)), o);
      }
    }
  };
  for (std::size_t s = 0; s < months_; ++s) {
    if (reached[s] != 0) {
      each_step(s, [&](std::size_t to, std::size_t) { reached[to] = 1; });
    }
  }
  for (std::size_t s = months_; s-- > 0;) {
    each_step(s, [&](std::size_t to, std::size_t) {
      if (leads_on[to] != 0) {
        leads_on[s] = 1;
      }
    });
  }
  for (std::size_t s = 0; s < months_; ++s) {
    each_step(s, [&](std::size_t to, std::size_t o) {
      open[o * months_ + s] = static_cast<char>(reached[s] != 0 && leads_on[to] != 0);
    });
  }
  return leads_on[0] != 0;
}

bool PriceBound::confine(PledgeIndex p, std::vector<Branch> const& branches, Confined& confined) {
  PlannedPledge const& pledge = instance_.pledges[p];
  std::size_t const options = pledge.options.size();
  confined.open.assign((options + 1) * months_, 0);
  for (std::size_t o = 0; o < options; ++o) {
    Option const& option = instance_.options[pledge.options[o]];
    for (int s = option.first; s < option.last; ++s) {
      confined.open[o * months_ + static_cast<std::size_t>(s)] = 1;
    }
  }
  std::fill(confined.open.begin() + static_cast<std::ptrdiff_t>(options * months_),
            confined.open.end(), 1);
  std::vector<Branch> for_all;
  for (Branch const& branch : branches) {
    (branch.least >= pledge.quantity || branch.most == 0 ? for_all : confined.partly)
        .push_back(branch);
  }
  return open_tours(p, for_all, confined.open);
}

/// Lets the lines know where a pledge cannot be any more.
void PriceBound::limit_cells(PledgeIndex p, Confined const& confined) {
  PlannedPledge const& pledge = instance_.pledges[p];
  for (std::size_t o = 0; o < pledge.options.size(); ++o) {
    OptionIndex const index = pledge.options[o];
    Option const& option = instance_.options[index];
    std::vector<char> can(months_, 0);
    for (int s = option.first; s < option.last; ++s) {
      if (confined.open[o * months_ + static_cast<std::size_t>(s)] != 0) {
        std::fill(can.begin() + s, can.begin() + instance_.tour_end(option, s), 1);
      }
    }
    for (int t = option.first; t < option.until; ++t) {
      if (can[static_cast<std::size_t>(t)] == 0) {
        limits_[cell(index, t)] = {0, 0};
        limited_[option.line.place * months_ + static_cast<std::size_t>(t)] = 1;
      }
    }
  }
}

bool PriceBound::enter(std::vector<Branch> const& branches, std::vector<float> const& prices) {
  if (no_limits_.empty()) {
    no_limits_.resize(cells_);
    for (std::size_t o = 0; o < instance_.options.size(); ++o) {
      Option const& option = instance_.options[OptionIndex{o}];
      int const most = std::min(instance_.pledges[option.pledge].quantity,
                                instance_.lines[option.line].nation_limit);
      for (int t = option.first; t < option.until; ++t) {
        no_limits_[cell(OptionIndex{o}, t)] = {0, most};
      }
    }
  }
  limits_before_ = limits_.empty() ? no_limits_ : limits_;
  limited_before_ = limited_;
  limits_ = no_limits_;
  std::fill(limited_.begin(), limited_.end(), 0);
  std::map<PledgeIndex, std::vector<Branch>> by_pledge;
  for (Branch const& branch : branches) {
    by_pledge[instance_.options[branch.option].pledge].push_back(branch);
    LineMonth::Limits& limits = limits_[cell(branch.option, branch.month)];
    limits.least = std::max(limits.least, branch.least);
    limits.most = std::min(limits.most, branch.most);
    if (limits.least > limits.most) {
      forget_changed_limits();
      return false;
    }
    limited_[instance_.options[branch.option].line.place * months_ +
             static_cast<std::size_t>(branch.month)] = 1;
  }
  for (std::size_t p = 0; p < confined_.size(); ++p) {
    if (confined_[p]) {
      confined_[p].reset();
      pledge_known_[p] = 0;
    }
  }
  for (auto const& [pledge, of_pledge] : by_pledge) {
    pledge_known_[pledge.place] = 0;
    Confined confined;
    if (!confine(pledge, of_pledge, confined)) {
      forget_changed_limits();
      return false;
    }
    limit_cells(pledge, confined);
    confined_[pledge.place] = std::move(confined);
  }
  forget_changed_limits();
  best_prices_.assign(prices.begin(), prices.end());
  prices_ = best_prices_;
  bound_ = evaluate(prices_);
  return true;
}

void PriceBound::forget_changed_limits() {
  for (std::size_t r = 0; r < instance_.lines.size(); ++r) {
    PlannedLine const& line = instance_.lines[LineIndex{r}];
    std::size_t const width = lines_[r].columns().options.size();
    for (int t = line.from; t < line.to; ++t) {
      std::size_t const slot = r * months_ + static_cast<std::size_t>(t);
      std::size_t const at = base_[r] + static_cast<std::size_t>(t - line.from) * width;
      if (limited_[slot] == 0 && limited_before_[slot] == 0) {
        continue;
      }
      for (std::size_t k = at; k < at + width; ++k) {
        if (limits_[k] != limits_before_[k]) {
          known_[slot] = 0;
        }
      }
    }
  }
}

std::vector<PriceBound::Branch> PriceBound::undecided(std::size_t count) const {
  return most_telling(count, [&](std::size_t place) {
    double const low = std::min(mean_present_[place], mean_taken_[place]) / counted_;
    double const high = std::max(mean_present_[place], mean_taken_[place]) / counted_;
    double const mean = (low + high) / 2;
    double const apart = std::max(std::min(1.0, high - low) / 2,
                                  std::min(mean - std::floor(mean), std::ceil(mean) - mean));
    return std::pair{apart * std::abs(best_prices_[place]), high - low >= 1 ? low : mean};
  });
}

std::vector<PriceBound::Branch> PriceBound::open_still(std::size_t count) const {
  return most_telling(count, [&](std::size_t place) {
    double const mean = (mean_present_[place] + mean_taken_[place]) / (2.0 * counted_);
    return std::pair{std::abs(best_prices_[place]) + 1e-6, std::max(0.0, mean - 0.5)};
  });
}

std::vector<Start> PriceBound::rounded() const {
  if (counted_ == 0) {
    return {};
  }
  std::map<std::pair<OptionIndex, int>, int> begun;
  std::vector<double> left(cells_);
  for (std::size_t i = 0; i < cells_; ++i) {
    left[i] = mean_present_[i] / counted_;
  }
  for (std::size_t p = 0; p < instance_.pledges.size(); ++p) {
    for (int unit = 0; unit < instance_.pledges[PledgeIndex{p}].quantity; ++unit) {
      for (UnitTour const tour : fullest_timeline(PledgeIndex{p}, left)) {
        ++begun[{tour.option, tour.start}];
      }
    }
  }
  std::vector<Start> starts;
  for (auto const& [where, units] : begun) {
    starts.push_back({where.first, where.second, units});
  }
  return starts;
}

/// The timeline of one unit that takes most of what is `left`, which is then less by it. A month of
/// which less than `kLeast` is left counts against a tour.
Timeline PriceBound::fullest_timeline(PledgeIndex p, std::vector<double>& left) const {
  constexpr double kLeast = 0.4;
  PlannedPledge const& pledge = instance_.pledges[p];
  std::vector<double> worth_from(months_ + 1, 0);
  std::vector<std::optional<OptionIndex>> choice(months_);
  for (int s = instance_.horizon - 1; s >= 0; --s) {
    auto const slot = static_cast<std::size_t>(s);
    worth_from[slot] = worth_from[slot + 1];
    for (OptionIndex const index : pledge.options) {
      Option const& option = instance_.options[index];
      if (s < option.first || s >= option.last) {
        continue;
      }
      int const end = instance_.tour_end(option, s);
      double worth = worth_from[static_cast<std::size_t>(instance_.rest_end(option, end))];
      for (int t = s; t < end; ++t) {
        std::size_t const place = cell(index, t);
        worth += (std::min(1.0, left[place]) - kLeast) * best_prices_[place];
      }
      if (worth > worth_from[slot]) {
        worth_from[slot] = worth;
        choice[slot] = index;
      }
    }
  }
  Timeline timeline;
  for (int s = 0; s < instance_.horizon;) {
    std::optional<OptionIndex> const index = choice[static_cast<std::size_t>(s)];
    if (!index) {
      ++s;
      continue;
    }
    timeline.push_back({*index, s});
    Option const& option = instance_.options[*index];
    int const end = instance_.tour_end(option, s);
    for (int t = s; t < end; ++t) {
      left[cell(*index, t)] -= 1;
    }
    s = instance_.rest_end(option, end);
  }
  return timeline;
}

/// The month of each option that tells most, by `look`: how much, and how many units are there.
template <class Look>
std::vector<PriceBound::Branch> PriceBound::most_telling(std::size_t count, Look look) const {
  if (counted_ == 0) {
    return {};
  }
  std::vector<std::pair<double, Branch>> found;
  for (std::size_t o = 0; o < instance_.options.size(); ++o) {
    OptionIndex const index{o};
    Option const& option = instance_.options[index];
    int const quantity = instance_.pledges[option.pledge].quantity;
    double most = 0;
    Branch telling;
    for (int t = option.first; t < option.until; ++t) {
      std::size_t const place = cell(index, t);
      LineMonth::Limits const limits =
          limits_.empty() ? LineMonth::Limits{0, quantity} : limits_[place];
      auto const [tells, units] = look(place);
      if (tells > most && limits.least < limits.most) {
        most = tells;
        int const least =
            std::clamp(static_cast<int>(std::floor(units)) + 1, limits.least + 1, limits.most);
        telling = {index, t, least, quantity};
      }
    }
    if (most > 0) {
      found.emplace_back(most, telling);
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](auto const& a, auto const& b) { return a.first > b.first; });
  std::vector<Branch> branches;
  for (std::size_t i = 0; i < found.size() && i < count; ++i) {
    branches.push_back(found[i].second);
  }
  return branches;
}

}  // namespace guarantor::generate
