#include "guarantor/posture/site_prices.h"

#include <algorithm>
#include <limits>

namespace guarantor::posture {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();
constexpr double kShareMemory = 0.9;
constexpr double kDeflection = 1.5;
constexpr long kLookEvery = 16;  ///< evaluations between two looks at the clock

}  // namespace

SitePrices::Part SitePrices::enter(std::vector<SiteState>& marks,
                                   std::vector<double> const& prices) {
  all_prices_ = prices;
  Part const part = lay_out(marks);
  if (part != Part::kOpen) {
    return part;
  }
  local_of_.assign(sites_, 0);
  for (std::size_t k = 0; k < free_sites_.size(); ++k) {
    local_of_[free_sites_[k]] = static_cast<std::uint32_t>(k);
  }
  now_.resize(live_rows_.size());
  for (std::size_t i = 0; i < live_rows_.size(); ++i) {
    now_[i] = std::clamp(all_prices_[live_rows_[i]], 0.0, most_[i]);
  }
  best_ = now_;
  slope_.assign(live_rows_.size(), 0);
  chosen_.assign(free_sites_.size(), 0);
  when_open_.assign(free_sites_.size(), kNever);
  when_closed_.assign(free_sites_.size(), kNever);
  if_open_.assign(free_sites_.size(), kNever);
  if_closed_.assign(free_sites_.size(), kNever);
  share_.assign(free_sites_.size(), 0);
  bound_ = evaluate();
  ++evaluations_;
  remember_sites(bound_);
  for (std::size_t k = 0; k < chosen_.size(); ++k) {
    share_[k] = chosen_[k];
  }
  return part;
}

std::vector<double> const& SitePrices::prices() {
  for (std::size_t i = 0; i < live_rows_.size(); ++i) {
    all_prices_[live_rows_[i]] = best_[i];
  }
  return all_prices_;
}

void SitePrices::remember_sites(double value) {
  judge_sites(value);
  for (std::size_t k = 0; k < if_open_.size(); ++k) {
    if_open_[k] = std::max(if_open_[k], when_open_[k]);
    if_closed_[k] = std::max(if_closed_[k], when_closed_[k]);
  }
}

double SitePrices::offer() {
  double const value = evaluate();
  ++evaluations_;
  if (value > bound_) {
    bound_ = value;
    best_ = now_;
  }
  remember_sites(value);
  return value;
}

void SitePrices::ascend(Stride const& stride, double enough, model::RunControl const& control) {
  bound_ = climb(stride, bound_, enough, control);
}

double SitePrices::probe(std::size_t site, SiteState mark, Stride const& stride, double enough,
                         model::RunControl const& control) {
  kept_ = best_;
  probed_ = local_of_[site];
  probed_mark_ = mark;
  double const found = climb(stride, bound_, enough, control);
  probed_ = kNone;
  best_ = kept_;
  return found;
}

double SitePrices::climb(Stride const& stride, double start, double enough,
                         model::RunControl const& control) {
  double best = start;
  double length = stride.length;
  int in_vain = 0;
  bool const probing = probed_ != kNone;
  now_ = best_;
  direction_.assign(now_.size(), 0);
  for (int done = 0; done < stride.steps; ++done) {
    double value = evaluate();
    if (++evaluations_ % kLookEvery == 0 && control.must_stop()) {
      break;
    }
    if (!probing) {
      for (std::size_t k = 0; k < chosen_.size(); ++k) {
        share_[k] = kShareMemory * share_[k] + (1 - kShareMemory) * chosen_[k];
      }
    }
    if (value > best) {
      best = value;
      best_ = now_;
      in_vain = 0;
      if (!probing) {
        remember_sites(value);
      }
    } else if (++in_vain >= stride.patience) {
      length *= stride.shorter;
      in_vain = 0;
      now_ = best_;
      std::fill(direction_.begin(), direction_.end(), 0);
      if (length < stride.least) {
        break;
      }
      value = evaluate();  // for its slope
      ++evaluations_;
    }
    if (best >= enough || !step(length, value, enough)) {
      break;
    }
  }
  return best;
}

/// One step; false where no price wants to move.
bool SitePrices::step(double length, double value, double target) {
  double along = 0;
  double square = 0;
  for (std::size_t i = 0; i < now_.size(); ++i) {
    bool const stuck = (slope_[i] < 0 && now_[i] <= 0) || (slope_[i] > 0 && now_[i] >= most_[i]);
    if (stuck) {
      slope_[i] = 0;
    }
    along += slope_[i] * direction_[i];
    square += direction_[i] * direction_[i];
  }
  double const keep = along < 0 && square > 0 ? -kDeflection * along / square : 0;
  double norm = 0;
  for (std::size_t i = 0; i < now_.size(); ++i) {
    direction_[i] = slope_[i] + keep * direction_[i];
    norm += direction_[i] * direction_[i];
  }
  if (norm <= 0) {
    return false;
  }
  double const far = length * std::max(target - value, 0.0) / norm;
  for (std::size_t i = 0; i < now_.size(); ++i) {
    now_[i] = std::clamp(now_[i] + far * direction_[i], 0.0, most_[i]);
  }
  return true;
}

}  // namespace guarantor::posture
