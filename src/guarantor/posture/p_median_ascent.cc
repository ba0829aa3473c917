#include "guarantor/posture/p_median_ascent.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace guarantor::posture {
namespace {

constexpr double kNothing = -std::numeric_limits<double>::infinity();
constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kMemory = 0.8;        ///< of the direction before, in the new one
constexpr double kShareMemory = 0.9;   ///< of the choices before, in a site's share
constexpr double kShrinkShare = 0.15;  ///< of the sites that must be closed before it pays

}  // namespace

MedianAscent::MedianAscent(MedianInstance instance, std::vector<double> prices)
    : instance_{std::move(instance)}, steps_{std::move(prices), kMemory} {
  share_.assign(instance_.sites(), 0.5);
  open_ = static_cast<std::size_t>(
      std::count(instance_.state.begin(), instance_.state.end(), SiteState::kOpen));
}

MedianAscent::Step MedianAscent::evaluate() {
  worth_.assign(instance_.sites(), 0);
  reach_.resize(instance_.demands());
  bound_ = instance_.settled;
  std::vector<double> const& prices = steps_.prices();
  std::uint32_t const* const site = instance_.site.data();
  double const* const cost = instance_.cost.data();
  for (std::size_t i = 0; i < instance_.demands(); ++i) {
    double const price = prices[i];
    bound_ += price;
    std::uint32_t const end = instance_.first[i + 1];
    std::uint32_t k = instance_.first[i];
    for (; k < end && cost[k] < price; ++k) {
      worth_[site[k]] += cost[k] - price;
    }
    reach_[i] = k;
  }
  choose();
  for (std::uint32_t const j : chosen_) {
    bound_ += worth_[j];
  }
  steps_.note(bound_);
  return {bound_, chosen_};
}

void MedianAscent::choose() {
  chosen_.clear();
  order_.clear();
  for (std::uint32_t j = 0; j < instance_.sites(); ++j) {
    if (instance_.state[j] == SiteState::kOpen) {
      chosen_.push_back(j);
    } else if (instance_.state[j] == SiteState::kFree) {
      order_.push_back(j);
    }
  }
  std::size_t const wanted = instance_.count - open_;
  auto const better = [&](std::uint32_t a, std::uint32_t b) {
    return worth_[a] < worth_[b] || (worth_[a] == worth_[b] && a < b);
  };
  worst_in_ = kNothing;
  best_out_ = kNever;
  if (wanted < order_.size()) {
    std::nth_element(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(wanted),
                     order_.end(), better);
    best_out_ = worth_[order_[wanted]];
  }
  for (std::size_t r = 0; r < wanted; ++r) {
    chosen_.push_back(order_[r]);
    worst_in_ = std::max(worst_in_, worth_[order_[r]]);
  }
  is_chosen_.assign(instance_.sites(), 0);
  for (std::uint32_t const j : chosen_) {
    is_chosen_[j] = 1;
  }
  for (std::size_t j = 0; j < share_.size(); ++j) {
    share_[j] = kShareMemory * share_[j] + (1 - kShareMemory) * is_chosen_[j];
  }
}

bool MedianAscent::settle(double cutoff) {
  bool changed = false;
  std::size_t const wanted = instance_.count - open_;
  double const lift = cutoff - bound_;
  for (std::size_t r = 0; r < order_.size(); ++r) {
    std::uint32_t const j = order_[r];
    if (r < wanted) {
      if (best_out_ - worth_[j] >= lift) {
        instance_.state[j] = SiteState::kOpen;
        ++open_;
        opened_ = true;
        changed = true;
      }
    } else if (worth_[j] - worst_in_ >= lift) {
      instance_.state[j] = SiteState::kClosed;
      ++decided_;
      changed = true;
    }
  }
  return changed;
}

void MedianAscent::shrink(bool force) {
  bool const pays =
      static_cast<double>(decided_) > kShrinkShare * static_cast<double>(instance_.sites());
  if (!(pays || opened_ || (force && decided_ > 0))) {
    return;
  }
  std::vector<double> share;
  for (std::size_t j = 0; j < instance_.sites(); ++j) {
    if (instance_.state[j] != SiteState::kClosed) {
      share.push_back(share_[j]);
    }
  }
  std::vector<std::uint32_t> kept;
  instance_ = narrowed(instance_, instance_.state, kept);
  steps_.keep(kept);
  share_ = std::move(share);
  decided_ = 0;
  opened_ = false;
}

void MedianAscent::find_slope() {
  slope_.resize(instance_.demands());
  for (std::size_t i = 0; i < instance_.demands(); ++i) {
    int serving = 0;
    for (std::uint32_t k = instance_.first[i]; k < reach_[i]; ++k) {
      serving += is_chosen_[instance_.site[k]];
    }
    slope_[i] = 1 - serving;
  }
}

void MedianAscent::advance(double target) {
  find_slope();
  steps_.advance(slope_, target);
}

std::uint32_t MedianAscent::least_clear() const {
  std::uint32_t best = 0;
  double least = kNever;
  for (std::uint32_t j = 0; j < instance_.sites(); ++j) {
    if (instance_.state[j] == SiteState::kFree && std::abs(share_[j] - 0.5) < least) {
      least = std::abs(share_[j] - 0.5);
      best = j;
    }
  }
  return best;
}

void MedianAscent::decide(std::uint32_t site, SiteState state) {
  instance_.state[site] = state;
  if (state == SiteState::kOpen) {
    ++open_;
    opened_ = true;
  } else {
    ++decided_;
  }
}

}  // namespace guarantor::posture
