#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "guarantor/model/run_control.h"
#include "guarantor/posture/set_cover_core.h"
#include "guarantor/posture/set_cover_kernel.h"

namespace guarantor::posture {

/// The linear relaxation of a set covering core,
///     minimise Σ_j cost_j x_j,  Σ_{j covers i} x_j - s_i = need_i,  0 <= x_j <= 1,  s_i >= 0
/// solved by the dual simplex method with bound flipping (Maros, "A generalized dual phase-2
/// simplex algorithm", European Journal of Operational Research 149, 2003). Whatever columns are
/// fixed, any basis is a start, so going from part to part of a search takes few pivots. Of a basis
/// only the kernel and its inverse are kept. What it says is as good as its arithmetic; a bound
/// that must hold is read off its prices anew.
class SetCoverRelaxation {
 public:
  /// REQUIRES: `core` outlives this.
  explicit SetCoverRelaxation(SetCoverCore const& core);

  /// From now on columns are fixed as these states say.
  void enter(std::vector<SiteState> const& states);
  /// Fixes one column more.
  void fix(std::size_t column, SiteState state);
  /// Raises the value of the prices until no prices are better, the value is `enough`, or so many
  /// pivots are done. O(pivots · kernel²).
  void solve(double enough, int most_pivots, model::RunControl const& control);
  /// Puts the present basis by, and goes back to it; the fixed columns stay as they are.
  void put_by() { kept_ = basis_; }
  void go_back() { basis_ = kept_; }

  /// By row, none negative.
  [[nodiscard]] double price(std::size_t row) const;
  /// How much of a column is taken, in [0, 1] once solved.
  [[nodiscard]] double taken(std::size_t column) const { return taken_[column]; }
  [[nodiscard]] long pivots() const { return pivots_; }

 private:
  struct Basis {
    SetCoverKernel kernel;
    std::vector<double> price;    ///< by row; without meaning for those outside the kernel
    std::vector<double> reduced;  ///< by column: cost less prices
    std::vector<char> at_one;     ///< by column outside the kernel
    int updates{};                ///< since the inverse was made anew
  };
  /// What leaves the basis: the slack of a row not met, or a column beyond one of its bounds.
  struct Leaving {
    bool is_row{};
    std::uint32_t index{};  ///< the row, or the column's place
    double amount{};        ///< by how much it is beyond its bound
    double sign{1};         ///< -1: beyond its upper bound
  };
  /// What a growing step first stops at: a column or the slack of a row of the kernel.
  struct Stop {
    std::uint32_t index{};
    bool is_row{};
    double distance{};
    double rate{};
  };

  [[nodiscard]] bool in_kernel(std::size_t column) const {
    return basis_.kernel.place_of_column(column) != SetCoverKernel::kNowhere;
  }
  [[nodiscard]] bool in_kernel_row(std::size_t row) const {
    return basis_.kernel.place_of_row(row) != SetCoverKernel::kNowhere;
  }
  [[nodiscard]] double lower(std::size_t column) const {
    return states_[column] == SiteState::kOpen ? 1 : 0;
  }
  [[nodiscard]] double upper(std::size_t column) const {
    return states_[column] == SiteState::kClosed ? 0 : 1;
  }
  void find_taken();
  [[nodiscard]] double value() const;
  [[nodiscard]] bool choose_leaving(Leaving& leaving) const;
  void find_rates(Leaving const& leaving);
  void collect_stops();
  [[nodiscard]] bool choose_entering(Leaving const& leaving, Stop& entering);
  void move_prices(Leaving const& leaving, double step);
  void find_direction(Stop const& entering);
  void flip(std::uint32_t column);
  void move_taken(Leaving const& leaving, Stop const& entering);
  void weigh(Leaving const& leaving, Stop const& entering, double pivot);
  [[nodiscard]] bool exchange(Leaving const& leaving, Stop const& entering, double step);
  void invert_anew();
  void price_anew();

  SetCoverCore const& core_;
  /// By column: a little less than it is, each differently, so that ties are few.
  std::vector<double> cost_;
  Basis basis_;
  Basis kept_;
  std::vector<SiteState> states_;
  std::vector<double> taken_;          ///< by column
  std::vector<double> over_;           ///< by row: covered beyond its need
  std::vector<double> rate_;           ///< by column: how its reduced cost falls
  std::vector<double> row_rate_;       ///< by row place: how its price falls
  std::vector<double> direction_;      ///< by column place: how it grows with what enters
  std::vector<double> row_direction_;  ///< by row: how its cover does
  std::vector<double> wanted_;         ///< by row place
  std::vector<double> weight_;         ///< by column
  std::vector<double> row_weight_;
  bool flipped_{};  ///< columns changed bounds since `taken_` was right
  std::vector<Stop> stops_;
  long pivots_{0};
};

}  // namespace guarantor::posture
