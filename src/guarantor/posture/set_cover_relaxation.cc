#include "guarantor/posture/set_cover_relaxation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace guarantor::posture {
namespace {

constexpr double kTaken = 1e-7;  ///< what a column or row may be beyond its bounds
constexpr double kPrice = 1e-9;  ///< what a price may be beyond its own
constexpr double kPivot = 1e-7;  ///< the least rate to pivot on
constexpr double kNudge = 1e-6;  ///< of a cost: the most by which it is lowered
constexpr int kUpdates = 100;    ///< of the inverse until it is made anew
constexpr int kLookEvery = 16;   ///< pivots between two looks at the clock

}  // namespace

SetCoverRelaxation::SetCoverRelaxation(SetCoverCore const& core)
    : core_{core},
      cost_{core.cost},
      basis_{.kernel = SetCoverKernel{core.need.size(), core.cost.size()}},
      kept_{basis_},
      states_(core.cost.size(), SiteState::kFree),
      taken_(core.cost.size(), 0),
      over_(core.need.size(), 0),
      rate_(core.cost.size(), 0),
      weight_(core.cost.size(), 1),
      row_weight_(core.need.size(), 1) {
  std::uint32_t mixed = 1;
  for (double& cost : cost_) {
    // The usual linear congruence: no more than unlike is asked.
    mixed = mixed * 1664525U + 1013904223U;
    cost *= 1 - kNudge * static_cast<double>(mixed >> 8U) / static_cast<double>(1U << 24U);
  }
  basis_.price.assign(core.need.size(), 0);
  basis_.reduced = cost_;
  basis_.at_one.assign(cost_.size(), 0);
}

double SetCoverRelaxation::price(std::size_t row) const {
  return in_kernel_row(row) ? std::max(0.0, basis_.price[row]) : 0;
}

void SetCoverRelaxation::enter(std::vector<SiteState> const& states) {
  states_ = states;
  for (std::size_t column = 0; column < cost_.size(); ++column) {
    basis_.at_one[column] = basis_.reduced[column] < 0 ? 1 : 0;
  }
}

void SetCoverRelaxation::fix(std::size_t column, SiteState state) {
  states_[column] = state;
}

/// Columns outside the kernel stand at a bound; those inside meet the kernel's rows exactly.
void SetCoverRelaxation::find_taken() {
  flipped_ = false;
  std::size_t const size = basis_.kernel.size();
  for (std::size_t row = 0; row < over_.size(); ++row) {
    over_[row] = -static_cast<double>(core_.need[row]);
  }
  for (std::size_t column = 0; column < taken_.size(); ++column) {
    if (in_kernel(column)) {
      continue;
    }
    bool const one = states_[column] == SiteState::kFree ? basis_.at_one[column] != 0
                                                         : states_[column] == SiteState::kOpen;
    taken_[column] = one ? 1 : 0;
    if (one) {
      for (std::uint32_t const row : core_.matrix.rows_of(column)) {
        over_[row] += 1;
      }
    }
  }
  wanted_.resize(size);
  for (std::size_t place = 0; place < size; ++place) {
    wanted_[place] = -over_[basis_.kernel.rows()[place]];
  }
  for (std::size_t place = 0; place < size; ++place) {
    std::uint32_t const column = basis_.kernel.columns()[place];
    double const taken = basis_.kernel.times(place, wanted_);
    taken_[column] = taken;
    for (std::uint32_t const row : core_.matrix.rows_of(column)) {
      over_[row] += taken;
    }
  }
}

/// Of the present prices. REQUIRES: `find_taken` knows the columns outside the kernel.
double SetCoverRelaxation::value() const {
  double sum = 0;
  for (std::uint32_t const row : basis_.kernel.rows()) {
    sum += core_.need[row] * basis_.price[row];
  }
  for (std::size_t column = 0; column < taken_.size(); ++column) {
    if (!in_kernel(column)) {
      sum += basis_.reduced[column] * taken_[column];
    }
  }
  return sum;
}

/// What is beyond its bounds most, as the weights see it.
bool SetCoverRelaxation::choose_leaving(Leaving& leaving) const {
  double most = 0;
  for (std::uint32_t row = 0; row < over_.size(); ++row) {
    double const below = -over_[row];
    if (below > kTaken && below * below > most * row_weight_[row] && !in_kernel_row(row)) {
      most = below * below / row_weight_[row];
      leaving = {true, row, below, 1};
    }
  }
  for (std::uint32_t place = 0; place < basis_.kernel.size(); ++place) {
    std::uint32_t const column = basis_.kernel.columns()[place];
    double const below = lower(column) - taken_[column];
    double const above = taken_[column] - upper(column);
    double const beyond = std::max(below, above);
    if (beyond > kTaken && beyond * beyond > most * weight_[column]) {
      most = beyond * beyond / weight_[column];
      leaving = {false, place, beyond, below > above ? 1.0 : -1.0};
    }
  }
  return most > 0;
}

/// How fast prices and reduced costs fall while that of what leaves rises.
void SetCoverRelaxation::find_rates(Leaving const& leaving) {
  std::size_t const size = basis_.kernel.size();
  row_rate_.assign(size, 0);
  std::fill(rate_.begin(), rate_.end(), 0);
  if (leaving.is_row) {
    for (std::uint32_t const column : core_.matrix.columns_of(leaving.index)) {
      rate_[column] = 1;
      if (std::uint32_t const place = basis_.kernel.place_of_column(column);
          place != SetCoverKernel::kNowhere) {
        basis_.kernel.add_line(place, 1, row_rate_);
      }
    }
  } else {
    basis_.kernel.add_line(leaving.index, leaving.sign, row_rate_);
  }
  for (std::size_t place = 0; place < size; ++place) {
    double const rate = row_rate_[place];
    if (rate != 0) {
      for (std::uint32_t const column : core_.matrix.columns_of(basis_.kernel.rows()[place])) {
        rate_[column] -= rate;
      }
    }
  }
}

void SetCoverRelaxation::collect_stops() {
  stops_.clear();
  for (std::uint32_t place = 0; place < basis_.kernel.size(); ++place) {
    if (row_rate_[place] > kPivot) {
      stops_.push_back({place, true, std::max(0.0, basis_.price[basis_.kernel.rows()[place]]),
                        row_rate_[place]});
    }
  }
  for (std::uint32_t column = 0; column < rate_.size(); ++column) {
    if (states_[column] != SiteState::kFree || in_kernel(column)) {
      continue;
    }
    double const rate = basis_.at_one[column] != 0 ? -rate_[column] : rate_[column];
    if (rate > kPivot) {
      stops_.push_back({column, false, std::abs(basis_.reduced[column]), rate});
    }
  }
}

/// The stop at which a longer step would lower the value; the columns before it change bounds.
/// False where there is none.
bool SetCoverRelaxation::choose_entering(Leaving const& leaving, Stop& entering) {
  double slope = leaving.amount;
  while (!stops_.empty()) {
    double nearest = std::numeric_limits<double>::infinity();
    for (Stop const& stop : stops_) {
      nearest = std::min(nearest, (stop.distance + kPrice) / stop.rate);
    }
    double after = slope;
    std::size_t passed = 0;
    bool ends = false;
    Stop const* best = nullptr;
    for (Stop const& stop : stops_) {
      if (stop.distance <= nearest * stop.rate) {
        ++passed;
        after -= stop.rate;
        ends = ends || stop.is_row;
        best = best == nullptr || stop.rate > best->rate ? &stop : best;
      }
    }
    if (best == nullptr) {  // only where a figure is no number any more
      return false;
    }
    // A level way goes on, but not beyond the last stop: what leaves is just at its bound there.
    ends = ends || (passed == stops_.size() && after <= kTaken);
    if (ends || after < 0) {
      entering = *best;
      return true;
    }
    slope = after;
    std::erase_if(stops_, [&](Stop const& stop) {
      bool const is_passed = stop.distance <= nearest * stop.rate;
      if (is_passed) {
        flip(stop.index);
      }
      return is_passed;
    });
  }
  return false;
}

void SetCoverRelaxation::flip(std::uint32_t column) {
  bool const one = basis_.at_one[column] == 0;
  basis_.at_one[column] = one ? 1 : 0;
  if (!flipped_) {
    wanted_.assign(basis_.kernel.size(), 0);
    flipped_ = true;
  }
  double const more = one ? 1 : -1;
  taken_[column] += more;
  for (std::uint32_t const row : core_.matrix.rows_of(column)) {
    over_[row] += more;
    if (std::uint32_t const place = basis_.kernel.place_of_row(row);
        place != SetCoverKernel::kNowhere) {
      wanted_[place] -= more;
    }
  }
}

void SetCoverRelaxation::move_prices(Leaving const& leaving, double step) {
  for (std::size_t place = 0; place < row_rate_.size(); ++place) {
    basis_.price[basis_.kernel.rows()[place]] -= step * row_rate_[place];
  }
  for (std::size_t column = 0; column < rate_.size(); ++column) {
    if (!in_kernel(column)) {
      basis_.reduced[column] -= step * rate_[column];
    }
  }
  if (!leaving.is_row) {
    basis_.reduced[basis_.kernel.columns()[leaving.index]] = leaving.sign * step;
  }
}

/// How the kernel's columns and all rows move while what enters grows by one.
void SetCoverRelaxation::find_direction(Stop const& entering) {
  std::size_t const size = basis_.kernel.size();
  direction_.assign(size, 0);
  row_direction_.assign(over_.size(), 0);
  if (entering.is_row) {
    basis_.kernel.add_row(entering.index, 1, direction_);
  } else {
    for (std::uint32_t const row : core_.matrix.rows_of(entering.index)) {
      row_direction_[row] = 1;
      if (std::uint32_t const place = basis_.kernel.place_of_row(row);
          place != SetCoverKernel::kNowhere) {
        basis_.kernel.add_row(place, -1, direction_);
      }
    }
  }
  for (std::size_t at = 0; at < size; ++at) {
    double const share = direction_[at];
    if (std::abs(share) > kPrice) {
      for (std::uint32_t const row : core_.matrix.rows_of(basis_.kernel.columns()[at])) {
        row_direction_[row] += share;
      }
    }
  }
}

/// Moves columns and rows to where what leaves is at its bound.
void SetCoverRelaxation::move_taken(Leaving const& leaving, Stop const& entering) {
  std::size_t const size = basis_.kernel.size();
  if (flipped_) {
    for (std::size_t at = 0; at < size; ++at) {
      double const more = basis_.kernel.times(at, wanted_);
      if (std::abs(more) > kPrice) {
        taken_[basis_.kernel.columns()[at]] += more;
        for (std::uint32_t const row : core_.matrix.rows_of(basis_.kernel.columns()[at])) {
          over_[row] += more;
        }
      }
    }
    flipped_ = false;
  }
  double way = 0;
  double pivot = 0;
  if (leaving.is_row) {
    pivot = row_direction_[leaving.index];
    way = -over_[leaving.index];
  } else {
    std::uint32_t const column = basis_.kernel.columns()[leaving.index];
    pivot = direction_[leaving.index];
    way = (leaving.sign > 0 ? lower(column) : upper(column)) - taken_[column];
  }
  double const step = way / pivot;
  for (std::size_t at = 0; at < size; ++at) {
    taken_[basis_.kernel.columns()[at]] += step * direction_[at];
  }
  for (std::size_t row = 0; row < over_.size(); ++row) {
    over_[row] += step * row_direction_[row];
  }
  if (entering.is_row) {
    over_[basis_.kernel.rows()[entering.index]] = step;
  } else {
    taken_[entering.index] += step;
  }
  weigh(leaving, entering, pivot);
}

/// Weights in the manner of Devex (Forrest and Goldfarb, "Steepest-edge simplex algorithms for
/// linear programming", Mathematical Programming 57, 1992).
void SetCoverRelaxation::weigh(Leaving const& leaving, Stop const& entering, double pivot) {
  double const own =
      leaving.is_row ? row_weight_[leaving.index] : weight_[basis_.kernel.columns()[leaving.index]];
  double const share = own / (pivot * pivot);
  for (std::size_t at = 0; at < direction_.size(); ++at) {
    double& weight = weight_[basis_.kernel.columns()[at]];
    weight = std::max(weight, direction_[at] * direction_[at] * share);
  }
  for (std::size_t row = 0; row < row_direction_.size(); ++row) {
    row_weight_[row] =
        std::max(row_weight_[row], row_direction_[row] * row_direction_[row] * share);
  }
  (entering.is_row ? row_weight_[basis_.kernel.rows()[entering.index]] : weight_[entering.index]) =
      std::max(share, 1.0);
  constexpr double kMost = 1e7;
  if (share > kMost) {
    std::fill(weight_.begin(), weight_.end(), 1);
    std::fill(row_weight_.begin(), row_weight_.end(), 1);
  }
}

/// Changes the kernel. False where the pivot cannot be trusted.
bool SetCoverRelaxation::exchange(Leaving const& leaving, Stop const& entering, double step) {
  constexpr double kAgree = 1e-6;
  std::uint32_t const gone =
      leaving.is_row ? SetCoverKernel::kNowhere : basis_.kernel.columns()[leaving.index];
  SetCoverKernel& kernel = basis_.kernel;
  if (leaving.is_row && entering.is_row) {
    kernel.replace_row(entering.index, leaving.index, row_rate_);
  } else if (leaving.is_row) {
    kernel.add(leaving.index, entering.index, direction_, row_rate_, rate_[entering.index]);
  } else if (entering.is_row) {
    kernel.drop(leaving.index, entering.index);
  } else {
    if (std::abs(leaving.sign * direction_[leaving.index] - rate_[entering.index]) > kAgree) {
      return false;
    }
    kernel.replace_column(leaving.index, entering.index, direction_);
  }
  if (leaving.is_row) {
    basis_.price[leaving.index] = step;
  }
  if (!entering.is_row) {
    basis_.reduced[entering.index] = 0;
  }
  if (gone != SetCoverKernel::kNowhere) {
    basis_.at_one[gone] = leaving.sign < 0 ? 1 : 0;
  }
  return true;
}

/// What makes the kernel singular empties it: then every price is zero.
void SetCoverRelaxation::invert_anew() {
  basis_.kernel.invert_anew(core_.matrix);
  price_anew();
}

void SetCoverRelaxation::price_anew() {
  SetCoverKernel const& kernel = basis_.kernel;
  std::vector<double> by_place(kernel.size(), 0);
  for (std::size_t place = 0; place < kernel.size(); ++place) {
    kernel.add_line(place, cost_[kernel.columns()[place]], by_place);
  }
  basis_.reduced = cost_;
  for (std::size_t place = 0; place < kernel.size(); ++place) {
    std::uint32_t const row = kernel.rows()[place];
    basis_.price[row] = by_place[place];
    for (std::uint32_t const column : core_.matrix.columns_of(row)) {
      basis_.reduced[column] -= by_place[place];
    }
  }
  for (std::size_t column = 0; column < cost_.size(); ++column) {
    if (in_kernel(column)) {
      basis_.reduced[column] = 0;
    }
    basis_.at_one[column] = basis_.reduced[column] < 0 ? 1 : 0;
  }
  basis_.updates = 0;
}

void SetCoverRelaxation::solve(double enough, int most_pivots, model::RunControl const& control) {
  find_taken();
  for (int done = 0; done < most_pivots; ++done) {
    Leaving leaving;
    if (value() >= enough || !choose_leaving(leaving)) {
      return;
    }
    if (++pivots_ % kLookEvery == 0 && control.must_stop()) {
      return;
    }
    find_rates(leaving);
    collect_stops();
    Stop entering;
    if (!choose_entering(leaving, entering)) {
      invert_anew();
      return;
    }
    double const step = entering.distance / entering.rate;
    move_prices(leaving, step);
    find_direction(entering);
    move_taken(leaving, entering);
    if (!exchange(leaving, entering, step) || ++basis_.updates >= kUpdates) {
      invert_anew();
      find_taken();
    }
  }
}

}  // namespace guarantor::posture
