#include "guarantor/posture/set_cover_core.h"

#include <algorithm>
#include <utility>

namespace guarantor::posture {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// Works on a core in place, by flags; `compact` makes the smaller one.
class Reducer {
 public:
  Reducer(SetCoverCore const& core, std::vector<SiteState> states)
      : core_{core},
        states_{std::move(states)},
        need_{core.need},
        alive_(core.matrix.rows(), 1),
        free_of_(core.matrix.rows(), 0),
        mark_of_(core.matrix.rows(), kNone),
        mark_of_column_(core.matrix.columns(), kNone) {
    for (std::size_t row = 0; row < alive_.size(); ++row) {
      for (std::uint32_t const column : core_.matrix.columns_of(row)) {
        free_of_[row] += states_[column] == SiteState::kFree ? 1U : 0U;
      }
    }
    for (std::size_t column = 0; column < states_.size(); ++column) {
      if (states_[column] == SiteState::kOpen) {
        serve_rows_of(column);
      }
    }
  }

  Reduction run(Effort effort) {
    while (true) {
      if (auto const row = take_what_is_needed()) {
        return {{}, core_.row[*row]};
      }
      if (effort == Effort::kQuick || (drop_columns() == 0) & (drop_rows() == 0)) {
        return {compact(), std::nullopt};
      }
    }
  }

 private:
  [[nodiscard]] bool is_free(std::size_t column) const {
    return states_[column] == SiteState::kFree;
  }

  void serve_rows_of(std::size_t column) {
    for (std::uint32_t const row : core_.matrix.rows_of(column)) {
      if (alive_[row] != 0 && --need_[row] == 0) {
        alive_[row] = 0;
      }
    }
  }

  void set(std::size_t column, SiteState what) {
    states_[column] = what;
    for (std::uint32_t const row : core_.matrix.rows_of(column)) {
      --free_of_[row];
    }
    if (what == SiteState::kOpen) {
      serve_rows_of(column);
    }
  }

  /// The row that cannot be covered, if there is one.
  std::optional<std::size_t> take_what_is_needed() {
    for (bool again = true; again;) {
      again = false;
      for (std::size_t row = 0; row < alive_.size(); ++row) {
        if (alive_[row] == 0 || free_of_[row] > need_[row]) {
          continue;
        }
        if (free_of_[row] < need_[row]) {
          return row;
        }
        for (std::uint32_t const column : core_.matrix.columns_of(row)) {
          if (is_free(column)) {
            set(column, SiteState::kOpen);
          }
        }
        again = true;
      }
    }
    return std::nullopt;
  }

  /// Whether `other` does for no more all that `column` does; of two alike the first stays.
  [[nodiscard]] bool stands_in(std::size_t other, std::size_t column, std::size_t live) const {
    if (core_.cost[other] > core_.cost[column] || core_.matrix.rows_of(other).size() < live) {
      return false;
    }
    std::size_t shared = 0;
    std::size_t others = 0;
    for (std::uint32_t const row : core_.matrix.rows_of(other)) {
      if (alive_[row] != 0) {
        ++others;
        shared += mark_of_[row] == column ? 1U : 0U;
      }
    }
    return shared == live &&
           (others > live || core_.cost[other] < core_.cost[column] || other < column);
  }

  /// A column is not worth having where another stands in for it, or where the cheapest columns of
  /// its rows together cost less. Both hold only where each of its rows needs one more.
  std::size_t drop_columns() {
    std::vector<double> cheapest(alive_.size(), 0);
    for (std::size_t row = 0; row < alive_.size(); ++row) {
      double least = 0;
      bool any = false;
      for (std::uint32_t const column : core_.matrix.columns_of(row)) {
        if (is_free(column) && (!any || core_.cost[column] < least)) {
          least = core_.cost[column];
          any = true;
        }
      }
      cheapest[row] = least;
    }
    std::size_t dropped = 0;
    for (std::size_t column = 0; column < states_.size(); ++column) {
      if (is_free(column) && is_not_worth(column, cheapest)) {
        set(column, SiteState::kClosed);
        ++dropped;
      }
    }
    return dropped;
  }

  bool is_not_worth(std::size_t column, std::vector<double> const& cheapest) {
    std::size_t live = 0;
    std::size_t rarest = kNone;
    double apart = 0;
    for (std::uint32_t const row : core_.matrix.rows_of(column)) {
      if (alive_[row] == 0) {
        continue;
      }
      if (need_[row] > 1) {
        return false;
      }
      mark_of_[row] = column;
      ++live;
      apart += cheapest[row];
      rarest = rarest == kNone || free_of_[row] < free_of_[rarest] ? row : rarest;
    }
    if (live == 0 || apart < core_.cost[column]) {
      return true;
    }
    for (std::uint32_t const other : core_.matrix.columns_of(rarest)) {
      if (other != column && is_free(other) && stands_in(other, column, live)) {
        return true;
      }
    }
    return false;
  }

  /// A row goes where every column of another row that needs as many covers it too.
  std::size_t drop_rows() {
    std::size_t gone = 0;
    for (std::size_t row = 0; row < alive_.size(); ++row) {
      if (alive_[row] == 0) {
        continue;
      }
      std::size_t widest = kNone;  // the column of this row with the fewest rows
      for (std::uint32_t const column : core_.matrix.columns_of(row)) {
        if (!is_free(column)) {
          continue;
        }
        mark_of_column_[column] = row;
        if (widest == kNone ||
            core_.matrix.rows_of(column).size() < core_.matrix.rows_of(widest).size()) {
          widest = column;
        }
      }
      for (std::uint32_t const other : core_.matrix.rows_of(widest)) {
        if (other != row && alive_[other] != 0 && implies(row, other)) {
          alive_[other] = 0;
          ++gone;
        }
      }
    }
    return gone;
  }

  /// Whether covering `row` as it needs covers `other` as that needs.
  [[nodiscard]] bool implies(std::size_t row, std::size_t other) const {
    if (need_[row] < need_[other] || free_of_[other] < free_of_[row]) {
      return false;
    }
    std::size_t shared = 0;
    for (std::uint32_t const column : core_.matrix.columns_of(other)) {
      shared += is_free(column) && mark_of_column_[column] == row ? 1U : 0U;
    }
    return shared == free_of_[row];
  }

  [[nodiscard]] SetCoverCore compact() const {
    SetCoverCore smaller;
    smaller.spent = core_.spent;
    smaller.taken = core_.taken;
    std::vector<std::uint32_t> place(alive_.size(), 0);
    for (std::size_t row = 0; row < alive_.size(); ++row) {
      if (alive_[row] != 0) {
        place[row] = static_cast<std::uint32_t>(smaller.row.size());
        smaller.row.push_back(core_.row[row]);
        smaller.need.push_back(need_[row]);
      }
    }
    std::vector<std::vector<std::uint32_t>> columns;
    for (std::size_t column = 0; column < states_.size(); ++column) {
      if (states_[column] == SiteState::kOpen) {
        smaller.spent += core_.cost[column];
        smaller.taken.push_back(core_.column[column]);
      } else if (is_free(column)) {
        auto& rows = columns.emplace_back();
        for (std::uint32_t const row : core_.matrix.rows_of(column)) {
          if (alive_[row] != 0) {
            rows.push_back(place[row]);
          }
        }
        smaller.cost.push_back(core_.cost[column]);
        smaller.column.push_back(core_.column[column]);
      }
    }
    smaller.matrix = CoverMatrix{smaller.row.size(), columns};
    return smaller;
  }

  SetCoverCore const& core_;
  std::vector<SiteState> states_;
  std::vector<std::uint32_t> need_;
  std::vector<char> alive_;
  std::vector<std::uint32_t> free_of_;  ///< free columns, by row
  std::vector<std::size_t> mark_of_;    ///< by row: the column it was last seen with
  std::vector<std::size_t> mark_of_column_;
};

}  // namespace

Reduction reduce(SetCoverCore const& core, std::vector<SiteState> states, Effort effort) {
  return Reducer{core, std::move(states)}.run(effort);
}

}  // namespace guarantor::posture
