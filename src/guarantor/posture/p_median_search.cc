#include "guarantor/posture/p_median_search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace guarantor::posture {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kRounding = 1e-9;   ///< of the objective: what sums of doubles may be off
constexpr double kStepShare = 1e-4;  ///< of the step between objectives: likewise
constexpr double kPromising = 1.02;  ///< times the best cost: worth exchanging from
constexpr AscentEffort kRootEffort{
    .most_steps = 4000, .length = 1.5, .patience = 35, .shortest = 0.002};
constexpr AscentEffort kNodeEffort{
    .most_steps = 200, .length = 0.7, .patience = 15, .shortest = 0.02};

}  // namespace

MedianSearch::MedianSearch(MedianInstance const& instance, std::vector<std::uint32_t> start,
                           SitingRequest const& request, model::RunControl const& control)
    : instance_{instance},
      request_{request},
      control_{control},
      interchange_{instance},
      best_{std::move(start)},
      step_{cost_step(instance)} {
  std::uint32_t const highest = *std::max_element(instance.name.begin(), instance.name.end());
  place_.assign(highest + 1, 0);
  for (std::uint32_t j = 0; j < instance.sites(); ++j) {
    place_[instance.name[j]] = j;
  }
  objective_ = interchange_.improve(best_);
  bound_ = instance.settled;
  for (std::size_t i = 0; i < instance.demands(); ++i) {
    bound_ += instance.offers(i).cost[0];
  }
}

double MedianSearch::exact_cutoff() const {
  return objective_ - std::max(kRounding * std::max(1.0, objective_), step_ * (1 - kStepShare));
}

double MedianSearch::cutoff() const {
  return std::min(exact_cutoff(), objective_ - request_.gap * objective_);
}

double MedianSearch::rounded_up(double bound) const {
  return step_ > 0 && bound < kNever ? std::ceil(bound / step_ - kStepShare) * step_ : bound;
}

bool MedianSearch::must_stop() {
  stopped_ =
      stopped_ || control_.must_stop() || (request_.most_work > 0 && work_ >= request_.most_work);
  return stopped_;
}

void MedianSearch::consider(std::vector<std::uint32_t> open, bool thoroughly) {
  std::sort(open.begin(), open.end());
  if (!seen_.insert(open).second) {
    return;
  }
  double cost = interchange_.cost(open);
  if (thoroughly || (cost < kPromising * objective_)) {
    cost = interchange_.improve(open);
    ++work_;
  }
  if (cost < objective_) {
    objective_ = cost;
    best_ = std::move(open);
  }
}

void MedianSearch::consider_chosen(MedianInstance const& part,
                                   std::vector<std::uint32_t> const& chosen, bool thoroughly) {
  std::vector<std::uint32_t> open;
  open.reserve(chosen.size());
  for (std::uint32_t const j : chosen) {
    open.push_back(place_[part.name[j]]);
  }
  consider(std::move(open), thoroughly);
}

std::vector<double> MedianSearch::first_prices() {
  // Between the nearest and the second nearest open site: near where good prices end up.
  std::vector<char> open(instance_.sites(), 0);
  for (std::uint32_t const j : best_) {
    open[j] = 1;
  }
  std::vector<double> prices;
  for (std::size_t i = 0; i < instance_.demands(); ++i) {
    auto const offers = instance_.offers(i);
    double nearest[2] = {};
    std::size_t found = 0;
    for (std::size_t k = 0; k < offers.length && found < 2; ++k) {
      if (open[offers.site[k]] != 0) {
        nearest[found++] = offers.cost[k];
      }
    }
    if (found == 1) {
      nearest[1] = offers.length > 0 ? offers.cost[offers.length - 1] : nearest[0];
    }
    prices.push_back(0.5 * (nearest[0] + nearest[1]));
  }
  return prices;
}

bool MedianSearch::raise(MedianAscent& ascent, AscentEffort const& effort, bool root) {
  ascent.begin(effort);
  for (int step = 0; !ascent.tired() && !must_stop(); ++step) {
    if (!ascent.instance().possible) {
      return true;
    }
    auto const [bound, chosen] = ascent.evaluate();
    ++work_;
    if (root && step % 4 == 0) {
      consider_chosen(ascent.instance(), chosen, step < 20);
      if (step % 32 == 0) {
        bound_ = std::max(bound_, std::min(objective_, rounded_up(ascent.best_bound())));
        control_.report({.stage = "bounding", .objective = objective_, .bound = bound_});
      }
    }
    if (bound >= cutoff()) {
      return true;
    }
    if (chosen.size() == ascent.open() || ascent.open() == ascent.instance().count) {
      consider_chosen(ascent.instance(), chosen, true);
    }
    ascent.settle(cutoff());
    ascent.advance(objective_);
    ascent.shrink(false);
  }
  return !ascent.instance().possible;
}

double MedianSearch::explore(MedianAscent ascent, std::size_t depth) {
  if (raise(ascent, depth == 0 ? kRootEffort : kNodeEffort, depth == 0)) {
    return kNever;
  }
  double const here = ascent.best_bound();
  if (stopped_) {
    return here;
  }
  ascent.take_best();
  ascent.shrink(true);
  if (!ascent.instance().possible) {
    return kNever;
  }
  auto const [bound, chosen] = ascent.evaluate();
  consider_chosen(ascent.instance(), chosen, true);
  bool const complete = ascent.open() == ascent.instance().count ||
                        ascent.instance().sites() == ascent.instance().count;
  if (bound >= cutoff() || complete) {
    return kNever;  // where complete, the only choice left was just considered
  }
  std::uint32_t const site = ascent.least_clear();
  bool const open_first = ascent.share(site) >= 0.5;
  double least = kNever;
  for (bool const open : {open_first, !open_first}) {
    if (must_stop()) {
      return here;
    }
    MedianAscent part = ascent;
    part.decide(site, open ? SiteState::kOpen : SiteState::kClosed);
    part.shrink(true);
    if (part.instance().possible) {
      least = std::min(least, explore(std::move(part), depth + 1));
    }
  }
  return std::max(here, least);
}

void MedianSearch::run() {
  double const found = explore({instance_, first_prices()}, 0);
  // What was left out lies at or above the cutoff; without a gap to spare that is the objective.
  double const spare = request_.gap * objective_;
  double const left_out = spare > objective_ - exact_cutoff() ? objective_ - spare : objective_;
  bound_ = std::min(objective_, std::max(bound_, std::min(left_out, rounded_up(found))));
  control_.report(
      {.stage = "searching", .objective = objective_, .bound = bound_, .share_done = 1});
}

}  // namespace guarantor::posture
