#include "guarantor/posture/p_median_interchange.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace guarantor::posture {
namespace {

constexpr std::uint32_t kNoSlot = std::numeric_limits<std::uint32_t>::max();
constexpr double kLeastShare = 1e-10;  ///< of the cost that an exchange must save

}  // namespace

MedianInterchange::MedianInterchange(MedianInstance const& instance)
    : instance_{instance},
      column_first_(instance.sites() + 1, 0),
      column_demand_(instance.site.size()),
      column_cost_(instance.site.size()),
      slot_of_(instance.sites(), kNoSlot),
      nearest_(instance.demands()),
      second_(instance.demands()) {
  for (std::uint32_t const j : instance.site) {
    ++column_first_[j + 1];
  }
  for (std::size_t j = 0; j < instance.sites(); ++j) {
    column_first_[j + 1] += column_first_[j];
  }
  std::vector<std::uint32_t> next(column_first_.begin(), column_first_.end() - 1);
  for (std::size_t i = 0; i < instance.demands(); ++i) {
    auto const offers = instance.offers(i);
    for (std::size_t k = 0; k < offers.length; ++k) {
      std::uint32_t const place = next[offers.site[k]]++;
      column_demand_[place] = static_cast<std::uint32_t>(i);
      column_cost_[place] = offers.cost[k];
    }
    missing_ += offers.length > 0 ? offers.cost[offers.length - 1] : 0;
  }
}

void MedianInterchange::find_nearest(std::size_t demand) {
  auto const offers = instance_.offers(demand);
  Nearest const none{missing_, kNoSlot};
  std::size_t k = 0;
  auto const next_open = [&] {
    for (; k < offers.length; ++k) {
      if (std::uint32_t const slot = slot_of_[offers.site[k]]; slot != kNoSlot) {
        return Nearest{offers.cost[k++], slot};
      }
    }
    return none;
  };
  nearest_[demand] = next_open();
  second_[demand] = next_open();
}

void MedianInterchange::count_in(std::size_t demand, double sign) {
  auto const offers = instance_.offers(demand);
  Nearest const nearest = nearest_[demand];
  double const second = second_[demand].cost;
  std::size_t const slots = loss_.size();
  std::size_t k = 0;
  if (nearest.slot == kNoSlot) {  // nobody serves it: any of its sites would
    for (; k < offers.length; ++k) {
      gain_[offers.site[k]] += sign * (missing_ - offers.cost[k]);
    }
    return;
  }
  loss_[nearest.slot] += sign * (second - nearest.cost);
  for (; k < offers.length && offers.cost[k] < nearest.cost; ++k) {
    std::size_t const j = offers.site[k];
    gain_[j] += sign * (nearest.cost - offers.cost[k]);
    extra_[j * slots + nearest.slot] += sign * (second - nearest.cost);
  }
  for (; k < offers.length && offers.cost[k] < second; ++k) {
    extra_[offers.site[k] * slots + nearest.slot] += sign * (second - offers.cost[k]);
  }
}

double MedianInterchange::cost(std::vector<std::uint32_t> const& open) {
  for (std::uint32_t const j : open) {
    slot_of_[j] = 0;
  }
  double total = instance_.settled;
  for (std::size_t i = 0; i < instance_.demands(); ++i) {
    auto const offers = instance_.offers(i);
    std::size_t k = 0;
    while (k < offers.length && slot_of_[offers.site[k]] == kNoSlot) {
      ++k;
    }
    total += k < offers.length ? offers.cost[k] : missing_;
  }
  for (std::uint32_t const j : open) {
    slot_of_[j] = kNoSlot;
  }
  return total;
}

MedianInterchange::Exchange MedianInterchange::best_exchange(
    std::vector<std::uint32_t> const& open) const {
  std::size_t const slots = open.size();
  Exchange best{-std::numeric_limits<double>::infinity(), 0, 0};
  for (std::size_t j = 0; j < instance_.sites(); ++j) {
    if (slot_of_[j] != kNoSlot) {
      continue;
    }
    double const* const extra = extra_.data() + j * slots;
    for (std::size_t r = 0; r < slots; ++r) {
      double const gain = gain_[j] - loss_[r] + extra[r];
      if (gain > best.gain && instance_.state[open[r]] == SiteState::kFree) {
        best = {gain, static_cast<std::uint32_t>(j), static_cast<std::uint32_t>(r)};
      }
    }
  }
  return best;
}

void MedianInterchange::exchange(Exchange const& best, std::vector<std::uint32_t>& open) {
  std::vector<std::uint32_t> touched;
  for (std::size_t i = 0; i < instance_.demands(); ++i) {
    if (nearest_[i].slot == best.slot || second_[i].slot == best.slot) {
      touched.push_back(static_cast<std::uint32_t>(i));
    }
  }
  for (std::size_t k = column_first_[best.in]; k < column_first_[best.in + 1]; ++k) {
    std::uint32_t const i = column_demand_[k];
    if (column_cost_[k] < second_[i].cost && nearest_[i].slot != best.slot &&
        second_[i].slot != best.slot) {
      touched.push_back(i);
    }
  }
  for (std::uint32_t const i : touched) {
    count_in(i, -1);
  }
  slot_of_[open[best.slot]] = kNoSlot;
  open[best.slot] = best.in;
  slot_of_[best.in] = best.slot;
  for (std::uint32_t const i : touched) {
    find_nearest(i);
    count_in(i, +1);
  }
}

double MedianInterchange::improve(std::vector<std::uint32_t>& open) {
  gain_.assign(instance_.sites(), 0);
  loss_.assign(open.size(), 0);
  extra_.assign(instance_.sites() * open.size(), 0);
  for (std::size_t r = 0; r < open.size(); ++r) {
    slot_of_[open[r]] = static_cast<std::uint32_t>(r);
  }
  double total = instance_.settled;
  for (std::size_t i = 0; i < instance_.demands(); ++i) {
    find_nearest(i);
    count_in(i, +1);
    total += nearest_[i].cost;
  }
  for (;;) {
    Exchange const best = best_exchange(open);
    if (!(best.gain > kLeastShare * total)) {
      break;
    }
    exchange(best, open);
    total -= best.gain;
  }
  for (std::uint32_t const j : open) {
    slot_of_[j] = kNoSlot;
  }
  return cost(open);
}

std::vector<std::uint32_t> MedianInterchange::grown() const {
  std::vector<std::uint32_t> open;
  std::vector<double> now(instance_.demands(), missing_);
  std::vector<char> taken(instance_.sites(), 0);
  auto const take = [&](std::size_t j) {
    taken[j] = 1;
    open.push_back(static_cast<std::uint32_t>(j));
    for (std::size_t k = column_first_[j]; k < column_first_[j + 1]; ++k) {
      now[column_demand_[k]] = std::min(now[column_demand_[k]], column_cost_[k]);
    }
  };
  for (std::size_t j = 0; j < instance_.sites(); ++j) {
    if (instance_.state[j] == SiteState::kOpen) {
      take(j);
    }
  }
  std::vector<double> gain(instance_.sites());
  while (open.size() < instance_.count) {
    std::fill(gain.begin(), gain.end(), 0);
    for (std::size_t i = 0; i < instance_.demands(); ++i) {
      auto const offers = instance_.offers(i);
      for (std::size_t k = 0; k < offers.length && offers.cost[k] < now[i]; ++k) {
        gain[offers.site[k]] += now[i] - offers.cost[k];
      }
    }
    std::size_t best = instance_.sites();
    for (std::size_t j = 0; j < instance_.sites(); ++j) {
      if (taken[j] == 0 && (best == instance_.sites() || gain[j] > gain[best])) {
        best = j;
      }
    }
    take(best);
  }
  return open;
}

}  // namespace guarantor::posture
