#include "guarantor/posture/p_median_instance.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace guarantor::posture {
namespace {

constexpr std::uint32_t kGone = std::numeric_limits<std::uint32_t>::max();

}  // namespace

MedianInstance median_instance(SiteCosts const& costs, std::vector<double> const& weights,
                               std::vector<SiteState> const& states, std::size_t count) {
  MedianInstance made;
  made.count = count;
  std::vector<std::uint32_t> place(states.size(), kGone);
  for (std::size_t j = 0; j < states.size(); ++j) {
    if (states[j] != SiteState::kClosed) {
      place[j] = static_cast<std::uint32_t>(made.name.size());
      made.name.push_back(static_cast<std::uint32_t>(j));
      made.state.push_back(states[j]);
    }
  }
  made.first.push_back(0);
  for (std::size_t i = 0; i < costs.demands(); ++i) {
    auto const offers = costs.offers(i);
    double const weight = weights.empty() ? 1 : weights[i];
    for (std::size_t k = 0; k < offers.site.size(); ++k) {
      if (std::uint32_t const j = place[offers.site[k]]; j != kGone) {
        made.site.push_back(j);
        made.cost.push_back(weight * offers.cost[k]);
      }
    }
    made.possible = made.possible && made.site.size() > made.first.back();
    made.first.push_back(static_cast<std::uint32_t>(made.site.size()));
  }
  return made;
}

MedianInstance narrowed(MedianInstance const& instance, std::vector<SiteState> const& states,
                        std::vector<std::uint32_t>& kept) {
  MedianInstance made;
  made.settled = instance.settled;
  made.count = instance.count;
  std::vector<std::uint32_t> place(states.size(), kGone);
  std::size_t open = 0;
  for (std::size_t j = 0; j < states.size(); ++j) {
    if (states[j] != SiteState::kClosed) {
      place[j] = static_cast<std::uint32_t>(made.name.size());
      made.name.push_back(instance.name[j]);
      made.state.push_back(states[j]);
      open += states[j] == SiteState::kOpen ? 1U : 0U;
    }
  }
  made.possible = open <= made.count && made.count <= made.sites();
  bool const complete = open == made.count;  // then free sites serve nobody
  made.site.reserve(instance.site.size());
  made.cost.reserve(instance.cost.size());
  made.first.push_back(0);
  kept.clear();
  for (std::size_t i = 0; i < instance.demands(); ++i) {
    auto const offers = instance.offers(i);
    std::size_t const begin = made.site.size();
    bool certain = false;
    for (std::size_t k = 0; k < offers.length && !certain; ++k) {
      std::uint32_t const j = place[offers.site[k]];
      if (j == kGone || (complete && states[offers.site[k]] != SiteState::kOpen)) {
        continue;
      }
      made.site.push_back(j);
      made.cost.push_back(offers.cost[k]);
      certain = states[offers.site[k]] == SiteState::kOpen;
    }
    if (made.site.size() == begin) {
      made.possible = false;
    } else if (certain && made.site.size() == begin + 1) {
      made.settled += made.cost.back();
      made.site.pop_back();
      made.cost.pop_back();
      continue;
    }
    made.first.push_back(static_cast<std::uint32_t>(made.site.size()));
    kept.push_back(static_cast<std::uint32_t>(i));
  }
  return made;
}

double cost_step(MedianInstance const& instance) {
  constexpr double kExact = 1e15;  // whole numbers up to here add without rounding
  std::int64_t step = 0;
  double total = 0;
  for (std::size_t i = 0; i < instance.demands(); ++i) {
    auto const offers = instance.offers(i);
    total += offers.length > 0 ? offers.cost[offers.length - 1] : 0;
    for (std::size_t k = 0; k < offers.length; ++k) {
      double const cost = offers.cost[k];
      if (total > kExact || cost != std::floor(cost)) {
        return 0;
      }
      if (step != 1) {
        step = std::gcd(step, static_cast<std::int64_t>(cost));
      }
    }
  }
  return step == 0 ? 1 : static_cast<double>(step);
}

}  // namespace guarantor::posture
