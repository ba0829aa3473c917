#include "guarantor/posture/set_cover_relaxation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace guarantor::posture {
namespace {

constexpr double kTaken = 1e-7;    ///< what a column or row may be beyond its bounds
constexpr double kPrice = 1e-9;    ///< what a price may be beyond its own
constexpr double kPivot = 1e-7;    ///< the least rate to pivot on
constexpr double kNudge = 1e-6;    ///< of a cost: the most by which it is lowered
constexpr int kUpdates = 100;      ///< of the inverse until it is made anew
constexpr int kLookEvery = 16;     ///< pivots between two looks at the clock
constexpr std::size_t kRoom = 32;  ///< rows and columns by which the kernel's room grows

/// Sum of products in four lanes, which a compiler may keep in one register.
double dot(double const* a, double const* b, std::size_t size) {
  double lane[4] = {0, 0, 0, 0};
  std::size_t at = 0;
  for (; at + 4 <= size; at += 4) {
    for (std::size_t k = 0; k < 4; ++k) {
      lane[k] += a[at + k] * b[at + k];
    }
  }
  for (; at < size; ++at) {
    lane[0] += a[at] * b[at];
  }
  return (lane[0] + lane[1]) + (lane[2] + lane[3]);
}

void subtract(double* from, double const* what, double times, std::size_t size) {
  for (std::size_t at = 0; at < size; ++at) {
    from[at] -= times * what[at];
  }
}

}  // namespace

SetCoverRelaxation::SetCoverRelaxation(SetCoverCore const& core)
    : core_{core},
      cost_{core.cost},
      states_(core.cost.size(), SiteState::kFree),
      taken_(core.cost.size(), 0),
      over_(core.need.size(), 0),
      rate_(core.cost.size(), 0),
      weight_(core.cost.size(), 1),
      row_weight_(core.need.size(), 1) {
  std::uint32_t mixed = 1;
  for (double& cost : cost_) {
    mixed = mixed * 1664525U +
            1013904223U;  // the usual linear congruence: no more than unlike is asked
    cost *= 1 - kNudge * static_cast<double>(mixed >> 8U) / static_cast<double>(1U << 24U);
  }
  basis_.place_of_column.assign(cost_.size(), kNowhere);
  basis_.place_of_row.assign(core.need.size(), kNowhere);
  basis_.reduced = cost_;
  basis_.at_one.assign(cost_.size(), 0);
}

double SetCoverRelaxation::price(std::size_t row) const {
  std::uint32_t const place = basis_.place_of_row[row];
  return place == kNowhere ? 0 : std::max(0.0, basis_.price[place]);
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
  std::size_t const size = basis_.columns.size();
  for (std::size_t row = 0; row < over_.size(); ++row) {
    over_[row] = -static_cast<double>(core_.need[row]);
  }
  for (std::size_t column = 0; column < taken_.size(); ++column) {
    if (basis_.place_of_column[column] != kNowhere) {
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
    wanted_[place] = -over_[basis_.rows[place]];
  }
  for (std::size_t place = 0; place < size; ++place) {
    std::uint32_t const column = basis_.columns[place];
    double const taken = dot(line(place), wanted_.data(), size);
    taken_[column] = taken;
    for (std::uint32_t const row : core_.matrix.rows_of(column)) {
      over_[row] += taken;
    }
  }
}

/// Of the present prices. REQUIRES: `find_taken` knows the columns outside the kernel.
double SetCoverRelaxation::value() const {
  double sum = 0;
  for (std::size_t place = 0; place < basis_.rows.size(); ++place) {
    sum += core_.need[basis_.rows[place]] * basis_.price[place];
  }
  for (std::size_t column = 0; column < taken_.size(); ++column) {
    if (basis_.place_of_column[column] == kNowhere) {
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
    if (below > kTaken && below * below > most * row_weight_[row] &&
        basis_.place_of_row[row] == kNowhere) {
      most = below * below / row_weight_[row];
      leaving = {true, row, below, 1};
    }
  }
  for (std::uint32_t place = 0; place < basis_.columns.size(); ++place) {
    std::uint32_t const column = basis_.columns[place];
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
  std::size_t const size = basis_.columns.size();
  row_rate_.assign(size, 0);
  std::fill(rate_.begin(), rate_.end(), 0);
  if (leaving.is_row) {
    for (std::uint32_t const column : core_.matrix.columns_of(leaving.index)) {
      rate_[column] = 1;
      if (std::uint32_t const place = basis_.place_of_column[column]; place != kNowhere) {
        subtract(row_rate_.data(), line(place), -1, size);
      }
    }
  } else {
    subtract(row_rate_.data(), line(leaving.index), -leaving.sign, size);
  }
  for (std::size_t place = 0; place < size; ++place) {
    double const rate = row_rate_[place];
    if (rate != 0) {
      for (std::uint32_t const column : core_.matrix.columns_of(basis_.rows[place])) {
        rate_[column] -= rate;
      }
    }
  }
}

void SetCoverRelaxation::collect_stops() {
  stops_.clear();
  for (std::uint32_t place = 0; place < basis_.rows.size(); ++place) {
    if (row_rate_[place] > kPivot) {
      stops_.push_back({place, true, std::max(0.0, basis_.price[place]), row_rate_[place]});
    }
  }
  for (std::uint32_t column = 0; column < rate_.size(); ++column) {
    if (states_[column] != SiteState::kFree || basis_.place_of_column[column] != kNowhere) {
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
    bool ends = false;
    Stop const* best = nullptr;
    for (Stop const& stop : stops_) {
      if (stop.distance <= nearest * stop.rate) {
        after -= stop.rate;
        ends = ends || stop.is_row;
        best = best == nullptr || stop.rate > best->rate ? &stop : best;
      }
    }
    if (ends || after < 0) {
      entering = *best;
      return true;
    }
    slope = after;
    std::erase_if(stops_, [&](Stop const& stop) {
      bool const passed = stop.distance <= nearest * stop.rate;
      if (passed) {
        flip(stop.index);
      }
      return passed;
    });
  }
  return false;
}

void SetCoverRelaxation::flip(std::uint32_t column) {
  bool const one = basis_.at_one[column] == 0;
  basis_.at_one[column] = one ? 1 : 0;
  if (!flipped_) {
    wanted_.assign(basis_.rows.size(), 0);
    flipped_ = true;
  }
  double const more = one ? 1 : -1;
  taken_[column] += more;
  for (std::uint32_t const row : core_.matrix.rows_of(column)) {
    over_[row] += more;
    if (std::uint32_t const place = basis_.place_of_row[row]; place != kNowhere) {
      wanted_[place] -= more;
    }
  }
}

void SetCoverRelaxation::move_prices(Leaving const& leaving, double step) {
  for (std::size_t place = 0; place < row_rate_.size(); ++place) {
    basis_.price[place] -= step * row_rate_[place];
  }
  for (std::size_t column = 0; column < rate_.size(); ++column) {
    if (basis_.place_of_column[column] == kNowhere) {
      basis_.reduced[column] -= step * rate_[column];
    }
  }
  if (!leaving.is_row) {
    basis_.reduced[basis_.columns[leaving.index]] = leaving.sign * step;
  }
}

/// How the kernel's columns and all rows move while what enters grows by one.
void SetCoverRelaxation::find_direction(Stop const& entering) {
  std::size_t const size = basis_.columns.size();
  direction_.assign(size, 0);
  row_direction_.assign(over_.size(), 0);
  if (entering.is_row) {
    for (std::size_t at = 0; at < size; ++at) {
      direction_[at] = basis_.inverse[at * basis_.stride + entering.index];
    }
  } else {
    for (std::uint32_t const row : core_.matrix.rows_of(entering.index)) {
      row_direction_[row] = 1;
      if (std::uint32_t const place = basis_.place_of_row[row]; place != kNowhere) {
        for (std::size_t at = 0; at < size; ++at) {
          direction_[at] -= basis_.inverse[at * basis_.stride + place];
        }
      }
    }
  }
  for (std::size_t at = 0; at < size; ++at) {
    double const share = direction_[at];
    if (std::abs(share) > kPrice) {
      for (std::uint32_t const row : core_.matrix.rows_of(basis_.columns[at])) {
        row_direction_[row] += share;
      }
    }
  }
}

/// Moves columns and rows to where what leaves is at its bound.
void SetCoverRelaxation::move_taken(Leaving const& leaving, Stop const& entering) {
  std::size_t const size = basis_.columns.size();
  if (flipped_) {
    for (std::size_t at = 0; at < size; ++at) {
      double const more = dot(line(at), wanted_.data(), size);
      if (std::abs(more) > kPrice) {
        taken_[basis_.columns[at]] += more;
        for (std::uint32_t const row : core_.matrix.rows_of(basis_.columns[at])) {
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
    std::uint32_t const column = basis_.columns[leaving.index];
    pivot = direction_[leaving.index];
    way = (leaving.sign > 0 ? lower(column) : upper(column)) - taken_[column];
  }
  double const step = way / pivot;
  for (std::size_t at = 0; at < size; ++at) {
    taken_[basis_.columns[at]] += step * direction_[at];
  }
  for (std::size_t row = 0; row < over_.size(); ++row) {
    over_[row] += step * row_direction_[row];
  }
  if (entering.is_row) {
    over_[basis_.rows[entering.index]] = step;
  } else {
    taken_[entering.index] += step;
  }
  weigh(leaving, entering, pivot);
}

/// Weights in the manner of Devex (Forrest and Goldfarb, "Steepest-edge simplex algorithms for
/// linear programming", Mathematical Programming 57, 1992).
void SetCoverRelaxation::weigh(Leaving const& leaving, Stop const& entering, double pivot) {
  double const own =
      leaving.is_row ? row_weight_[leaving.index] : weight_[basis_.columns[leaving.index]];
  double const share = own / (pivot * pivot);
  for (std::size_t at = 0; at < direction_.size(); ++at) {
    double& weight = weight_[basis_.columns[at]];
    weight = std::max(weight, direction_[at] * direction_[at] * share);
  }
  for (std::size_t row = 0; row < row_direction_.size(); ++row) {
    row_weight_[row] =
        std::max(row_weight_[row], row_direction_[row] * row_direction_[row] * share);
  }
  (entering.is_row ? row_weight_[basis_.rows[entering.index]] : weight_[entering.index]) =
      std::max(share, 1.0);
  constexpr double kMost = 1e7;
  if (share > kMost) {
    std::fill(weight_.begin(), weight_.end(), 1);
    std::fill(row_weight_.begin(), row_weight_.end(), 1);
  }
}

void SetCoverRelaxation::reserve(std::size_t size) {
  if (size <= basis_.stride) {
    return;
  }
  std::size_t const stride = size + kRoom;
  std::vector<double> wider(stride * stride, 0);
  for (std::size_t place = 0; place < basis_.columns.size(); ++place) {
    std::copy_n(line(place), basis_.rows.size(), &wider[place * stride]);
  }
  basis_.inverse = std::move(wider);
  basis_.stride = stride;
}

/// REQUIRES: direction_ is the column's, row_rate_ the row's, rate_[column] what is left of both.
void SetCoverRelaxation::add(std::uint32_t row, double price, std::uint32_t column) {
  std::size_t const size = basis_.columns.size();
  reserve(size + 1);
  double const pivot = rate_[column];
  for (std::size_t at = 0; at < size; ++at) {
    double const share = direction_[at] / pivot;
    subtract(line(at), row_rate_.data(), share, size);
    line(at)[size] = share;
  }
  for (std::size_t at = 0; at < size; ++at) {
    line(size)[at] = -row_rate_[at] / pivot;
  }
  line(size)[size] = 1 / pivot;
  basis_.place_of_column[column] = static_cast<std::uint32_t>(size);
  basis_.place_of_row[row] = static_cast<std::uint32_t>(size);
  basis_.columns.push_back(column);
  basis_.rows.push_back(row);
  basis_.price.push_back(price);
}

void SetCoverRelaxation::drop(std::size_t column_place, std::size_t row_place) {
  std::size_t const size = basis_.columns.size();
  std::size_t const last = size - 1;
  double const pivot = line(column_place)[row_place];
  double const* const gone = line(column_place);
  for (std::size_t at = 0; at < size; ++at) {
    if (at != column_place) {
      subtract(line(at), gone, line(at)[row_place] / pivot, size);
    }
  }
  basis_.place_of_column[basis_.columns[column_place]] = kNowhere;
  basis_.place_of_row[basis_.rows[row_place]] = kNowhere;
  if (column_place != last) {
    std::copy_n(line(last), size, line(column_place));
    basis_.columns[column_place] = basis_.columns[last];
    basis_.place_of_column[basis_.columns[last]] = static_cast<std::uint32_t>(column_place);
  }
  if (row_place != last) {
    for (std::size_t at = 0; at < last; ++at) {
      line(at)[row_place] = line(at)[last];
    }
    basis_.rows[row_place] = basis_.rows[last];
    basis_.price[row_place] = basis_.price[last];
    basis_.place_of_row[basis_.rows[last]] = static_cast<std::uint32_t>(row_place);
  }
  basis_.columns.pop_back();
  basis_.rows.pop_back();
  basis_.price.pop_back();
}

void SetCoverRelaxation::replace_column(std::size_t place, std::uint32_t column) {
  std::size_t const size = basis_.columns.size();
  double const pivot = -direction_[place];
  double* const changed = line(place);
  for (std::size_t at = 0; at < size; ++at) {
    changed[at] /= pivot;
  }
  for (std::size_t at = 0; at < size; ++at) {
    if (at != place && direction_[at] != 0) {
      subtract(line(at), changed, -direction_[at], size);
    }
  }
  basis_.place_of_column[basis_.columns[place]] = kNowhere;
  basis_.place_of_column[column] = static_cast<std::uint32_t>(place);
  basis_.columns[place] = column;
}

void SetCoverRelaxation::replace_row(std::size_t place, std::uint32_t row, double price) {
  std::size_t const size = basis_.columns.size();
  double const pivot = row_rate_[place];
  for (std::size_t at = 0; at < size; ++at) {
    double* const one = line(at);
    double const share = one[place] / pivot;
    if (share != 0) {
      subtract(one, row_rate_.data(), share, size);
    }
    one[place] = share;
  }
  basis_.place_of_row[basis_.rows[place]] = kNowhere;
  basis_.place_of_row[row] = static_cast<std::uint32_t>(place);
  basis_.rows[place] = row;
  basis_.price[place] = price;
}

/// Changes the kernel. False where the pivot cannot be trusted.
bool SetCoverRelaxation::exchange(Leaving const& leaving, Stop const& entering, double step) {
  constexpr double kAgree = 1e-6;
  std::uint32_t const gone = leaving.is_row ? kNowhere : basis_.columns[leaving.index];
  if (leaving.is_row && entering.is_row) {
    replace_row(entering.index, leaving.index, step);
  } else if (leaving.is_row) {
    basis_.reduced[entering.index] = 0;
    add(leaving.index, step, entering.index);
  } else if (entering.is_row) {
    drop(leaving.index, entering.index);
  } else {
    if (std::abs(leaving.sign * direction_[leaving.index] - rate_[entering.index]) > kAgree) {
      return false;
    }
    basis_.reduced[entering.index] = 0;
    replace_column(leaving.index, entering.index);
  }
  if (gone != kNowhere) {
    basis_.at_one[gone] = leaving.sign < 0 ? 1 : 0;
  }
  return true;
}

/// The inverse from the kernel itself, by elimination with the largest pivot of each column. What
/// makes the kernel singular leaves it.
void SetCoverRelaxation::invert_anew() {
  std::size_t const size = basis_.columns.size();
  std::size_t const width = 2 * size;
  std::vector<double> work(size * width, 0);  // by row place: the kernel, then the identity
  for (std::size_t place = 0; place < size; ++place) {
    for (std::uint32_t const row : core_.matrix.rows_of(basis_.columns[place])) {
      if (std::uint32_t const at = basis_.place_of_row[row]; at != kNowhere) {
        work[at * width + place] = 1;
      }
    }
    work[place * width + size + place] = 1;
  }
  for (std::size_t place = 0; place < size; ++place) {
    std::size_t best = place;
    for (std::size_t at = place + 1; at < size; ++at) {
      if (std::abs(work[at * width + place]) > std::abs(work[best * width + place])) {
        best = at;
      }
    }
    double const pivot = work[best * width + place];
    if (std::abs(pivot) < kPivot) {
      basis_.columns.clear();  // begin from nothing: every price zero
      basis_.rows.clear();
      basis_.price.clear();
      std::fill(basis_.place_of_column.begin(), basis_.place_of_column.end(), kNowhere);
      std::fill(basis_.place_of_row.begin(), basis_.place_of_row.end(), kNowhere);
      price_anew();
      return;
    }
    if (best != place) {
      std::swap_ranges(&work[best * width], &work[best * width] + width, &work[place * width]);
    }
    for (std::size_t at = place; at < width; ++at) {
      work[place * width + at] /= pivot;
    }
    for (std::size_t at = 0; at < size; ++at) {
      double const times = work[at * width + place];
      if (at != place && times != 0) {
        subtract(&work[at * width + place], &work[place * width + place], times, width - place);
      }
    }
  }
  for (std::size_t place = 0; place < size; ++place) {
    std::copy_n(&work[place * width + size], size, line(place));
  }
  price_anew();
}

void SetCoverRelaxation::price_anew() {
  std::size_t const size = basis_.columns.size();
  std::fill(basis_.price.begin(), basis_.price.end(), 0);
  for (std::size_t place = 0; place < size; ++place) {
    subtract(basis_.price.data(), line(place), -cost_[basis_.columns[place]], size);
  }
  basis_.reduced = cost_;
  for (std::size_t place = 0; place < size; ++place) {
    for (std::uint32_t const column : core_.matrix.columns_of(basis_.rows[place])) {
      basis_.reduced[column] -= basis_.price[place];
    }
  }
  for (std::size_t column = 0; column < cost_.size(); ++column) {
    if (basis_.place_of_column[column] != kNowhere) {
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
