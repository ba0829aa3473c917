#include "guarantor/posture/set_cover_exchange.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace guarantor::posture {
namespace {

constexpr double kMostDropped = 0.4;  ///< of the cover
constexpr double kScatter = 0.4;      ///< by which scores are blurred, each way
constexpr int kLookEvery = 64;        ///< attempts between two looks at the clock

}  // namespace

SetCoverExchange::SetCoverExchange(SetCoverCore const& core, std::vector<double> prices)
    : core_{core},
      prices_{std::move(prices)},
      stream_{1, "set cover exchange"},
      times_(core.matrix.rows(), 0),
      in_(core.matrix.columns(), 0),
      left_{core.cost},
      serves_(core.matrix.columns(), 0),
      lacking_{core.matrix.rows()} {
  for (std::size_t column = 0; column < in_.size(); ++column) {
    auto const rows = core_.matrix.rows_of(column);
    serves_[column] = static_cast<std::int32_t>(rows.size());
    for (std::uint32_t const row : rows) {
      left_[column] -= prices_[row];
    }
  }
}

void SetCoverExchange::take(std::uint32_t column) {
  in_[column] = 1;
  cost_ += core_.cost[column];
  for (std::uint32_t const row : core_.matrix.rows_of(column)) {
    if (++times_[row] == static_cast<std::int32_t>(core_.need[row])) {
      --lacking_;
      for (std::uint32_t const other : core_.matrix.columns_of(row)) {
        left_[other] += prices_[row];
        --serves_[other];
      }
    }
  }
}

void SetCoverExchange::drop(std::uint32_t column) {
  in_[column] = 0;
  cost_ -= core_.cost[column];
  for (std::uint32_t const row : core_.matrix.rows_of(column)) {
    if (times_[row]-- == static_cast<std::int32_t>(core_.need[row])) {
      ++lacking_;
      for (std::uint32_t const other : core_.matrix.columns_of(row)) {
        left_[other] -= prices_[row];
        ++serves_[other];
      }
    }
  }
}

void SetCoverExchange::drop_some() {
  auto const many = 1 + static_cast<std::size_t>(stream_.uniform() * kMostDropped *
                                                 static_cast<double>(cover_.size()));
  for (std::size_t gone = 0; gone < many && !cover_.empty(); ++gone) {
    auto const at =
        static_cast<std::size_t>(stream_.uniform() * static_cast<double>(cover_.size()));
    drop(cover_[at]);
    cover_[at] = cover_.back();
    cover_.pop_back();
  }
}

bool SetCoverExchange::cover_what_lacks() {
  useful_.clear();
  for (std::uint32_t column = 0; column < in_.size(); ++column) {
    if (serves_[column] > 0 && in_[column] == 0) {
      useful_.push_back(column);
    }
  }
  while (lacking_ > 0) {
    double best_score = std::numeric_limits<double>::infinity();
    std::size_t best = useful_.size();
    for (std::size_t at = 0; at < useful_.size();) {
      std::uint32_t const column = useful_[at];
      if (serves_[column] <= 0 || in_[column] != 0) {
        useful_[at] = useful_.back();
        useful_.pop_back();
        continue;
      }
      double const left = left_[column];
      double const blur = 1 + kScatter * (2 * stream_.uniform() - 1);
      double const score = left > 0 ? blur * left / serves_[column] : blur * left * serves_[column];
      if (score < best_score) {
        best_score = score;
        best = at;
      }
      ++at;
    }
    if (best == useful_.size()) {
      return false;
    }
    cover_.push_back(useful_[best]);
    take(useful_[best]);
  }
  return true;
}

/// Takes columns out again, dearest first, where the rest covers enough.
void SetCoverExchange::drop_superfluous() {
  std::sort(cover_.begin(), cover_.end(), [this](std::uint32_t a, std::uint32_t b) {
    return core_.cost[a] > core_.cost[b] || (core_.cost[a] == core_.cost[b] && a < b);
  });
  std::erase_if(cover_, [this](std::uint32_t column) {
    auto const rows = core_.matrix.rows_of(column);
    bool const superfluous = std::all_of(rows.begin(), rows.end(), [this](std::uint32_t row) {
      return times_[row] > static_cast<std::int32_t>(core_.need[row]);
    });
    if (superfluous) {
      drop(column);
    }
    return superfluous;
  });
}

void SetCoverExchange::set_to(std::vector<std::size_t> const& open) {
  for (std::uint32_t const column : cover_) {
    in_[column] = 2;  // in what was
  }
  for (std::size_t const column : open) {
    if (in_[column] == 2) {
      in_[column] = 1;
    } else {
      take(static_cast<std::uint32_t>(column));
    }
  }
  for (std::uint32_t const column : cover_) {
    if (in_[column] == 2) {
      drop(column);
    }
  }
  cover_.assign(open.begin(), open.end());
}

Placing SetCoverExchange::improve(Placing const& start, int attempts_in_vain, double enough,
                                  model::RunControl const& control) {
  Placing best = start;
  set_to(best.open);
  cost_ = best.cost;
  std::vector<std::size_t> now = best.open;
  double now_cost = best.cost;
  for (int in_vain = 0; in_vain < attempts_in_vain && best.cost > enough; ++in_vain) {
    if (++attempts_ % kLookEvery == 0 && control.must_stop()) {
      break;
    }
    drop_some();
    if (!cover_what_lacks()) {
      set_to(now);
      cost_ = now_cost;
      continue;
    }
    drop_superfluous();
    if (cost_ <= now_cost) {
      now.assign(cover_.begin(), cover_.end());
      now_cost = cost_;
    } else {
      set_to(now);
      cost_ = now_cost;
    }
    constexpr double kLess = 1e-9;
    if (now_cost < best.cost - kLess * std::max(1.0, best.cost)) {
      best = {now_cost, now};
      std::sort(best.open.begin(), best.open.end());
      in_vain = 0;
    }
  }
  return best;
}

}  // namespace guarantor::posture
