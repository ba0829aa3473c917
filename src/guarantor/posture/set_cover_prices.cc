#include "guarantor/posture/set_cover_prices.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace guarantor::posture {

SetCoverPrices::SetCoverPrices(SetCoverCore const& core)
    : SitePrices{core.matrix.columns(), core.matrix.rows()}, core_{core} {}

void SetCoverPrices::relax() {
  relaxation_.emplace(core_);
}

/// The bound at the prices of the relaxation as it is fixed now.
void SetCoverPrices::price(double enough, int most_pivots, model::RunControl const& control) {
  long const before = relaxation_->pivots();
  relaxation_->solve(enough, most_pivots, control);
  evaluations_ += relaxation_->pivots() - before;
  for (std::size_t i = 0; i < live_rows_.size(); ++i) {
    now_[i] = relaxation_->price(live_rows_[i]);
  }
}

void SetCoverPrices::ascend(Stride const& stride, double enough, model::RunControl const& control) {
  if (!relaxation_) {
    SitePrices::ascend(stride, enough, control);
    return;
  }
  relaxation_->enter(states_);
  price(enough, stride.steps, control);
  offer();
  for (std::size_t k = 0; k < free_sites_.size(); ++k) {
    share_[k] = std::clamp(relaxation_->taken(free_sites_[k]), 0.0, 1.0);
  }
}

double SetCoverPrices::probe(std::size_t site, SiteState mark, Stride const& stride, double enough,
                             model::RunControl const& control) {
  if (!relaxation_) {
    return SitePrices::probe(site, mark, stride, enough, control);
  }
  if (!put_by_) {
    relaxation_->put_by();
    put_by_ = true;
  }
  relaxation_->go_back();
  relaxation_->fix(site, mark);
  price(enough, stride.steps, control);
  probed_ = local_of_[site];
  probed_mark_ = mark;
  double const found = std::max(bound(), evaluate());
  ++evaluations_;
  probed_ = kNone;
  relaxation_->fix(site, SiteState::kFree);
  return found;
}

std::vector<double> SetCoverPrices::first_prices() const {
  std::vector<double> prices(core_.matrix.rows(), 0);
  for (std::size_t row = 0; row < prices.size(); ++row) {
    double least = std::numeric_limits<double>::infinity();
    for (std::uint32_t const column : core_.matrix.columns_of(row)) {
      least = std::min(
          least, core_.cost[column] / static_cast<double>(core_.matrix.rows_of(column).size()));
    }
    prices[row] = std::isfinite(least) ? least : 0;
  }
  return prices;
}

/// Opens all columns of rows that need all they have; false where a row lacks one.
bool SetCoverPrices::mark_what_is_needed(std::vector<SiteState>& marks) {
  std::size_t const rows = core_.matrix.rows();
  need_.assign(core_.need.begin(), core_.need.end());
  free_of_.assign(rows, 0);
  for (std::size_t column = 0; column < marks.size(); ++column) {
    for (std::uint32_t const row : core_.matrix.rows_of(column)) {
      need_[row] -= marks[column] == SiteState::kOpen ? 1 : 0;
      free_of_[row] += marks[column] == SiteState::kFree ? 1 : 0;
    }
  }
  for (bool again = true; again;) {
    again = false;
    for (std::size_t row = 0; row < rows; ++row) {
      if (need_[row] <= 0 || free_of_[row] > need_[row]) {
        continue;
      }
      if (free_of_[row] < need_[row]) {
        return false;
      }
      for (std::uint32_t const column : core_.matrix.columns_of(row)) {
        if (marks[column] != SiteState::kFree) {
          continue;
        }
        marks[column] = SiteState::kOpen;
        for (std::uint32_t const served : core_.matrix.rows_of(column)) {
          --need_[served];
          --free_of_[served];
        }
      }
      again = true;
    }
  }
  return true;
}

SitePrices::Part SetCoverPrices::lay_out(std::vector<SiteState>& marks) {
  if (put_by_) {
    relaxation_->go_back();
    put_by_ = false;
  }
  if (!mark_what_is_needed(marks)) {
    return Part::kEmpty;
  }
  live_rows_.clear();
  needed_.clear();
  place_.assign(core_.matrix.rows(), 0);
  for (std::size_t row = 0; row < place_.size(); ++row) {
    if (need_[row] > 0) {
      place_[row] = static_cast<std::uint32_t>(live_rows_.size());
      live_rows_.push_back(static_cast<std::uint32_t>(row));
      needed_.push_back(need_[row]);
    }
  }
  most_.assign(live_rows_.size(), std::numeric_limits<double>::infinity());
  free_sites_.clear();
  begin_.assign(1, 0);
  entries_.clear();
  cost_.clear();
  open_.clear();
  spent_ = core_.spent;
  for (std::size_t column = 0; column < marks.size(); ++column) {
    if (marks[column] == SiteState::kOpen) {
      open_.push_back(column);
      spent_ += core_.cost[column];
    } else if (marks[column] == SiteState::kFree) {
      for (std::uint32_t const row : core_.matrix.rows_of(column)) {
        if (need_[row] > 0) {
          entries_.push_back(place_[row]);
        }
      }
      if (entries_.size() == begin_.back()) {
        marks[column] = SiteState::kClosed;
        continue;
      }
      begin_.push_back(static_cast<std::uint32_t>(entries_.size()));
      free_sites_.push_back(static_cast<std::uint32_t>(column));
      cost_.push_back(core_.cost[column]);
    }
  }
  reduced_.assign(free_sites_.size(), 0);
  free_begin_.clear();
  states_ = marks;
  if (live_rows_.empty()) {
    settled_ = {spent_, open_};
    return Part::kSettled;
  }
  return Part::kOpen;
}

double SetCoverPrices::evaluate() {
  double value = spent_;
  for (std::size_t i = 0; i < needed_.size(); ++i) {
    value += needed_[i] * now_[i];
    slope_[i] = needed_[i];
  }
  for (std::size_t k = 0; k < cost_.size(); ++k) {
    double worth = 0;
    for (std::uint32_t at = begin_[k]; at < begin_[k + 1]; ++at) {
      worth += now_[entries_[at]];
    }
    double const reduced = cost_[k] - worth;
    reduced_[k] = reduced;
    bool const probed = k == probed_;
    bool const taken = probed ? probed_mark_ == SiteState::kOpen : reduced < 0;
    chosen_[k] = taken ? 1 : 0;
    if (taken) {
      value += reduced;
      for (std::uint32_t at = begin_[k]; at < begin_[k + 1]; ++at) {
        slope_[entries_[at]] -= 1;
      }
    }
  }
  return value;
}

void SetCoverPrices::judge_sites(double value) {
  for (std::size_t k = 0; k < reduced_.size(); ++k) {
    when_open_[k] = value + std::max(reduced_[k], 0.0);
    when_closed_[k] = value - std::min(reduced_[k], 0.0);
  }
}

void SetCoverPrices::take(std::size_t column, std::vector<double> const& prices) {
  cover_.push_back(static_cast<std::uint32_t>(column));
  serves_[column] = -1;
  for (std::uint32_t at = begin_[column]; at < begin_[column + 1]; ++at) {
    std::uint32_t const row = entries_[at];
    if (--lacking_[row] != 0) {
      continue;
    }
    for (std::uint32_t from = free_begin_[row]; from < free_begin_[row + 1]; ++from) {
      left_[free_entries_[from]] += prices[row];
      --serves_[free_entries_[from]];
    }
  }
}

void SetCoverPrices::build_greedily(std::vector<double> const& prices) {
  std::size_t lacking = 0;
  for (std::int32_t const need : lacking_) {
    lacking += need > 0 ? 1U : 0U;
  }
  while (lacking > 0) {
    double best_score = std::numeric_limits<double>::infinity();
    std::size_t best = kNone;
    for (std::size_t k = 0; k < left_.size(); ++k) {
      if (serves_[k] <= 0) {
        continue;
      }
      double const score = left_[k] > 0 ? left_[k] / serves_[k] : left_[k] * serves_[k];
      if (score < best_score) {
        best_score = score;
        best = k;
      }
    }
    if (best == kNone) {
      cover_.clear();
      return;
    }
    for (std::uint32_t at = begin_[best]; at < begin_[best + 1]; ++at) {
      lacking -= lacking_[entries_[at]] == 1 ? 1U : 0U;
    }
    take(best, prices);
  }
}

/// Takes columns out again, dearest first, where the rest covers enough.
void SetCoverPrices::drop_superfluous() {
  std::stable_sort(cover_.begin(), cover_.end(),
                   [this](std::uint32_t a, std::uint32_t b) { return cost_[a] > cost_[b]; });
  std::erase_if(cover_, [this](std::uint32_t column) {
    for (std::uint32_t at = begin_[column]; at < begin_[column + 1]; ++at) {
      if (lacking_[entries_[at]] >= 0) {
        return false;
      }
    }
    for (std::uint32_t at = begin_[column]; at < begin_[column + 1]; ++at) {
      ++lacking_[entries_[at]];
    }
    return true;
  });
}

std::optional<Placing> SetCoverPrices::round() {
  if (free_begin_.empty()) {
    std::vector<std::uint32_t> next(live_rows_.size() + 1, 0);
    for (std::uint32_t const row : entries_) {
      ++next[row + 1];
    }
    for (std::size_t i = 0; i + 1 < next.size(); ++i) {
      next[i + 1] += next[i];
    }
    free_begin_ = next;
    free_entries_.resize(entries_.size());
    for (std::size_t k = 0; k < cost_.size(); ++k) {
      for (std::uint32_t at = begin_[k]; at < begin_[k + 1]; ++at) {
        free_entries_[next[entries_[at]]++] = static_cast<std::uint32_t>(k);
      }
    }
  }
  auto at_best = round_at(best_);
  auto at_last = round_at(now_);
  return at_last && (!at_best || at_last->cost < at_best->cost) ? at_last : at_best;
}

std::optional<Placing> SetCoverPrices::round_at(std::vector<double> const& prices) {
  lacking_.assign(needed_.begin(), needed_.end());
  left_ = cost_;
  serves_.assign(cost_.size(), 0);
  for (std::size_t k = 0; k < cost_.size(); ++k) {
    for (std::uint32_t at = begin_[k]; at < begin_[k + 1]; ++at) {
      left_[k] -= prices[entries_[at]];
    }
    serves_[k] = static_cast<std::int32_t>(begin_[k + 1] - begin_[k]);
  }
  cover_.clear();
  build_greedily(prices);
  if (cover_.empty()) {
    return std::nullopt;
  }
  drop_superfluous();
  Placing placing{spent_, open_};
  for (std::uint32_t const column : cover_) {
    placing.cost += cost_[column];
    placing.open.push_back(free_sites_[column]);
  }
  std::sort(placing.open.begin(), placing.open.end());
  return placing;
}

}  // namespace guarantor::posture
