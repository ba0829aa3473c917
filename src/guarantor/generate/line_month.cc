#include "guarantor/generate/line_month.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace guarantor::generate {
namespace {

constexpr double kImpossible = -std::numeric_limits<double>::infinity();
constexpr double kTolerance = 1e-9;
constexpr int kMostSteps = 160;
constexpr int kMostParts = 100;  ///< of a unit, in which effectivenesses are measured

/// `value` as a whole number, or -1.
int whole(double value) {
  double const rounded = std::round(value);
  return std::abs(value - rounded) < kTolerance * std::max(1.0, rounded) && rounded < 1e6
             ? static_cast<int>(rounded)
             : -1;
}

}  // namespace

LineMonth::LineMonth(Instance const& instance, LineIndex line) : line_{instance.lines[line]} {
  columns_.options = line_.options;
  auto const nation = [&](OptionIndex option) {
    return instance.pledges[instance.options[option].pledge].nation;
  };
  auto const follows = [&](OptionIndex option) {
    return !(line_.led && line_.framework && nation(option) == *line_.framework);
  };
  std::stable_sort(columns_.options.begin(), columns_.options.end(),
                   [&](OptionIndex a, OptionIndex b) {
                     return std::pair{follows(a), nation(a)} < std::pair{follows(b), nation(b)};
                   });
  for (std::size_t k = 0; k < columns_.options.size(); ++k) {
    OptionIndex const index = columns_.options[k];
    if (k == 0 || nation(index) != nation(columns_.options[k - 1])) {
      columns_.nations.push_back(k);
    }
    Option const& option = instance.options[index];
    bool const needed_never_comes = std::any_of(
        instance.pledges[option.pledge].needs.begin(), instance.pledges[option.pledge].needs.end(),
        [](auto const& needed) { return !needed.has_value(); });
    first_.push_back(option.first);
    until_.push_back(needed_never_comes ? option.first : option.until);
    most_.push_back(std::min(instance.pledges[option.pledge].quantity, line_.nation_limit));
    effectiveness_.push_back(option.effectiveness);
  }
  columns_.nations.push_back(columns_.options.size());
  columns_.leaders = !columns_.options.empty() && !follows(columns_.options.front()) ? 1 : 0;
  prunes_ = line_.min_cover <= 0 && line_.nation_penalty >= 0;
  for (int parts = 1; parts <= kMostParts && full_ == 0; ++parts) {
    std::vector<int> steps{whole(line_.quantity * parts)};
    for (double const effectiveness : effectiveness_) {
      steps.push_back(whole(effectiveness * parts));
    }
    if (std::find(steps.begin(), steps.end(), -1) != steps.end()) {
      continue;
    }
    int divisor = 0;
    for (int const count : steps) {
      divisor = std::gcd(divisor, count);
    }
    if (steps.front() / divisor > kMostSteps) {
      break;
    }
    full_ = steps.front() / divisor;
    step_ = line_.quantity / full_;
    for (std::size_t k = 0; k < columns_.options.size(); ++k) {
      steps_.push_back(steps[k + 1] / divisor);
    }
  }
  auto const nations = columns_.nations.size() - 1;
  bool const all_may_come =
      !line_.max_nations || static_cast<std::size_t>(*line_.max_nations) >= nations;
  layers_ = all_may_come ? 1 : *line_.max_nations + 1;
  values_.resize(static_cast<std::size_t>(layers_) * (static_cast<std::size_t>(full_) + 1));
  item_at_.resize(static_cast<std::size_t>(full_) + 1);
}

double LineMonth::value_of(int steps) const {
  double const cover = std::min(line_.quantity, steps * step_);
  return cover < line_.min_cover - kTolerance ? 0 : line_.worth * cover;
}

double LineMonth::best(int month, double const* prices, Limits const* limits, double* units) {
  std::fill(units, units + columns_.options.size(), 0.0);
  if (full_ == 0) {
    return relaxed(month, prices, units);
  }
  if (line_.led && columns_.leaders == 0) {
    return 0;
  }
  gather(month, prices, limits);
  if (candidates_.empty()) {
    return 0;
  }
  bool const free =
      prunes_ && !must_ && columns_.leaders == 0 &&
      (!line_.max_nations || candidates_.size() <= static_cast<std::size_t>(*line_.max_nations)) &&
      all_cover_ <= line_.quantity + kTolerance;
  return free ? take_all(units) : search(units);
}

/// The nations worth having, each with what it could bring.
void LineMonth::gather(int month, double const* prices, Limits const* limits) {
  candidates_.clear();
  items_.clear();
  offers_.clear();
  all_cover_ = 0;
  must_ = false;
  for (std::size_t n = 0; n + 1 < columns_.nations.size(); ++n) {
    bool const leads = n < columns_.leaders;
    double gain = -line_.nation_penalty;
    double cover = 0;
    bool must = false;
    for (std::size_t k = columns_.nations[n]; k < columns_.nations[n + 1]; ++k) {
      if (!usable(k, month)) {
        continue;
      }
      int const most = limits == nullptr ? most_[k] : limits[k].most;
      must = must || (limits != nullptr && limits[k].least > 0);
      double const each = line_.worth * effectiveness_[k] - prices[k];
      if (each > 0) {
        gain += most * each;
        cover += most * effectiveness_[k];
      }
    }
    bool const kept = leads || must || !prunes_;
    if (gain <= 0 && !kept) {
      continue;
    }
    Candidate candidate{n, items_.size(), offers_.size(), 0, leads || must};
    add_items(n, month, prices, limits);
    make_offers(candidate, kept);
    if (candidate.last_offer > candidate.first_offer) {
      candidates_.push_back(candidate);
      all_cover_ += cover;
      must_ = must_ || must;
    } else if (leads) {
      return;
    }
  }
  if (layers_ > 1 && prunes_) {
    drop_offers_never_among_the_best();
  }
}

/// What a nation can bring: the best value for each number of steps, made column by column.
void LineMonth::add_items(std::size_t nation, int month, double const* prices,
                          Limits const* limits) {
  std::size_t const first = items_.size();
  std::fill(item_at_.begin(), item_at_.end(), 0);
  bool must_come = false;
  for (std::size_t k = columns_.nations[nation]; k < columns_.nations[nation + 1]; ++k) {
    int const least = limits == nullptr ? 0 : limits[k].least;
    int const most = limits == nullptr ? most_[k] : limits[k].most;
    bool const useless =
        prunes_ && nation >= columns_.leaders && line_.worth * effectiveness_[k] <= prices[k];
    if (!usable(k, month) || most == 0 || (useless && least == 0)) {
      continue;
    }
    bases_.clear();
    for (std::size_t const place : item_at_) {
      if (place != 0) {
        bases_.push_back(place - 1);
      }
    }
    // No item may do without a column that has to come.
    bool const alone = !must_come;
    if (least > 0) {
      must_come = true;
      std::fill(item_at_.begin(), item_at_.end(), 0);
    }
    int const enough =
        std::max(std::max(1, least), std::min(most, (full_ + steps_[k] - 1) / steps_[k]));
    for (int count = std::max(1, least); count <= enough; ++count) {
      add_count(first, k, count, prices[k], alone);
    }
    if (most > enough && prices[k] < 0) {
      // More than fills the line only where units are paid for coming.
      add_count(first, k, most, prices[k], alone);
    }
  }
}

/// `count` units of a column, alone and with everything of the columns before it.
void LineMonth::add_count(std::size_t first, std::size_t column, int count, double price,
                          bool alone) {
  auto const add = [&](int steps, double value, std::size_t below) {
    std::size_t& place = item_at_[static_cast<std::size_t>(std::min(full_, steps))];
    if (place != 0 && items_[place - 1].value >= value) {
      return;
    }
    items_.push_back({std::min(full_, steps), count, value, static_cast<std::uint32_t>(below),
                      static_cast<std::uint16_t>(column)});
    place = items_.size();
  };
  int const steps = count * steps_[column];
  double const value = -price * count;
  if (alone) {
    add(steps, value, 0);
  }
  for (std::size_t const base : bases_) {
    add(steps + items_[base].steps, value + items_[base].value, base - first + 1);
  }
}

/// A nation's items that may be chosen. One that adds less, even if all its cover counts, than one
/// of fewer steps (or than staying away) never is.
void LineMonth::make_offers(Candidate& candidate, bool kept) {
  double most = 0;
  for (std::size_t steps = 1; steps < item_at_.size(); ++steps) {
    if (item_at_[steps] == 0) {
      continue;
    }
    std::size_t const item = item_at_[steps] - 1;
    double const value = items_[item].value - line_.nation_penalty;
    double const gain = value + static_cast<double>(steps) * step_ * line_.worth;
    if (kept || gain > most) {
      most = gain;
      offers_.push_back({static_cast<int>(steps), value,
                         static_cast<std::uint32_t>(item - candidate.first_item + 1)});
    }
  }
  candidate.last_offer = offers_.size();
}

/// With so many nations at most, an offer is of use only among as many best ones of its steps.
void LineMonth::drop_offers_never_among_the_best() {
  auto const most = static_cast<std::size_t>(layers_ - 1);
  if (candidates_.size() <= most) {
    return;
  }
  std::size_t const width = static_cast<std::size_t>(full_) + 1;
  best_.assign(width * most, kImpossible);
  for (Offer const& offer : offers_) {
    double* const row = &best_[static_cast<std::size_t>(offer.steps) * most];
    double value = offer.value;
    for (std::size_t i = 0; i < most; ++i) {
      if (value > row[i]) {
        std::swap(value, row[i]);
      }
    }
  }
  std::size_t kept = 0;
  for (Candidate& candidate : candidates_) {
    std::size_t const first = kept;
    for (std::size_t i = candidate.first_offer; i < candidate.last_offer; ++i) {
      Offer const offer = offers_[i];
      double const least = best_[(static_cast<std::size_t>(offer.steps) + 1) * most - 1];
      if (candidate.must || offer.value >= least) {
        offers_[kept++] = offer;
      }
    }
    candidate.first_offer = first;
    candidate.last_offer = kept;
  }
  std::erase_if(candidates_, [](Candidate const& candidate) {
    return candidate.first_offer == candidate.last_offer;
  });
}

/// Writes down an item of a candidate and those it stands on.
void LineMonth::settle(Candidate const& candidate, std::size_t item, double* units) const {
  for (; item != 0;) {
    Item const& chosen = items_[candidate.first_item + item - 1];
    units[chosen.column] = chosen.count;
    item = chosen.below;
  }
}

/// There is room for everything worth having.
double LineMonth::take_all(double* units) {
  double total = 0;
  for (Candidate const& candidate : candidates_) {
    // The last offer is the best: each adds more than those of fewer steps.
    Offer const& best = offers_[candidate.last_offer - 1];
    total += best.value + best.steps * step_ * line_.worth;
    settle(candidate, best.item, units);
  }
  return total;
}

double LineMonth::search(double* units) {
  auto const width = static_cast<std::size_t>(full_) + 1;
  std::size_t const states = static_cast<std::size_t>(layers_) * width;
  std::fill(values_.begin(), values_.end(), kImpossible);
  values_[0] = 0;
  choices_.resize(candidates_.size() * states);
  for (std::size_t c = 0; c < candidates_.size(); ++c) {
    extend(c);
  }
  double best = must_ ? kImpossible : 0;
  std::size_t state = states;
  for (std::size_t place = 0; place < states; ++place) {
    double const value = values_[place] + value_of(static_cast<int>(place % width));
    if (value > best) {
      best = value;
      state = place;
    }
  }
  if (state == states) {
    return best;
  }
  for (std::size_t c = candidates_.size(); c-- > 0;) {
    Choice const choice = choices_[c * states + state];
    if (choice.offer != 0) {
      Candidate const& candidate = candidates_[c];
      settle(candidate, offers_[candidate.first_offer + choice.offer - 1].item, units);
      std::size_t const layer = state / width - (layers_ > 1 ? 1 : 0);
      state = layer * width + choice.from;
    }
  }
  return best;
}

/// Lets one more nation come, or not.
void LineMonth::extend(std::size_t place) {
  Candidate const& candidate = candidates_[place];
  bool const must = candidate.must;
  auto const width = static_cast<std::size_t>(full_) + 1;
  std::size_t const states = static_cast<std::size_t>(layers_) * width;
  Choice* const choices = &choices_[place * states];
  std::fill(choices, choices + states, Choice{});
  bool const counted = layers_ > 1;
  if (must && counted) {
    std::fill(values_.end() - static_cast<std::ptrdiff_t>(width), values_.end(), kImpossible);
  }
  // From the most cover down: what this nation adds is never built on itself.
  for (std::size_t layer = counted ? static_cast<std::size_t>(layers_) - 1 : 1; layer-- > 0;) {
    std::size_t const below = layer * width;
    std::size_t const above = counted ? below + width : below;
    for (std::size_t steps = width; steps-- > 0;) {
      double const value = values_[below + steps];
      if (value == kImpossible) {
        continue;
      }
      if (must) {
        values_[below + steps] = kImpossible;
      }
      for (std::size_t i = candidate.first_offer; i < candidate.last_offer; ++i) {
        Offer const& offer = offers_[i];
        std::size_t const to =
            above + std::min(width - 1, steps + static_cast<std::size_t>(offer.steps));
        double const with = value + offer.value;
        if (with > values_[to]) {
          values_[to] = with;
          choices[to] = {static_cast<std::uint16_t>(i - candidate.first_offer + 1),
                         static_cast<std::uint16_t>(steps)};
        }
      }
    }
  }
}

/// The linear relaxation: presence paid for by the unit, no limit on nations, the best first. A
/// nation's penalty is shared by all units it can have there, of whatever column.
double LineMonth::relaxed(int month, double const* prices, double* units) {
  order_.clear();
  std::vector<double>& net = values_;
  net.assign(columns_.options.size(), 0);
  shares_.assign(columns_.options.size(), 0);
  for (std::size_t n = 0; n + 1 < columns_.nations.size(); ++n) {
    double units_there = 0;
    for (std::size_t k = columns_.nations[n]; k < columns_.nations[n + 1]; ++k) {
      units_there += usable(k, month) ? most_[k] : 0;
    }
    units_there =
        std::clamp(units_there, 1.0, std::max(1.0, static_cast<double>(line_.nation_limit)));
    for (std::size_t k = columns_.nations[n]; k < columns_.nations[n + 1]; ++k) {
      if (usable(k, month)) {
        shares_[k] = line_.nation_penalty / units_there;
        net[k] = (line_.worth * effectiveness_[k] - prices[k] - shares_[k]) / effectiveness_[k];
        order_.push_back(k);
      }
    }
  }
  std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
    return std::pair{-net[a], a} < std::pair{-net[b], b};
  });
  double room = line_.quantity;
  double total = 0;
  for (std::size_t const k : order_) {
    double const paid = prices[k] + shares_[k];
    double const fits = std::min(static_cast<double>(most_[k]), room / effectiveness_[k]);
    // A unit that is paid for coming comes whether it counts or not.
    double const count = paid < 0 ? most_[k] : (net[k] > 0 ? fits : 0);
    double const covered = std::min(room, count * effectiveness_[k]);
    units[k] = count;
    total += line_.worth * covered - paid * count;
    room -= covered;
  }
  return total;
}

}  // namespace guarantor::generate
