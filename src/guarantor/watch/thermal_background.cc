#include "guarantor/watch/thermal_background.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "guarantor/geo/geodesic.h"

namespace guarantor::watch {
namespace {

constexpr std::size_t kClimateColumns = 7;  ///< 1, five of the climate, one of the day
constexpr double kLeastCount = 1e-3;        ///< fires a day that an unburnt cell is taken to have
constexpr int kMostBound = 1'000'000;

/// Nodes and weights of Gauss and Hermite for a standard normal variable, exact to degree 9.
struct Node {
  double place;
  double weight;
};
constexpr std::array<Node, 5> kNodes{{{-2.8569700138728056, 0.011257411327720691},
                                      {-1.3556261799742659, 0.22207592200561266},
                                      {0, 0.53333333333333333},
                                      {1.3556261799742659, 0.22207592200561266},
                                      {2.8569700138728056, 0.011257411327720691}}};

/// The standard normal value that `share` of all stay below, by halving.
double normal_quantile(double share) {
  double low = -40;
  double high = 40;
  for (int step = 0; step < 80; ++step) {
    double const middle = (low + high) / 2;
    (0.5 * std::erfc(-middle / std::sqrt(2.0)) < share ? low : high) = middle;
  }
  return high;
}

/// How many cells have a fire, day by day: days come sorted.
std::vector<int> burning_elsewhere(std::span<CellDay const> days) {
  std::vector<int> elsewhere(days.size());
  for (std::size_t begin = 0; begin < days.size();) {
    std::size_t end = begin;
    while (end < days.size() && days[end].day == days[begin].day) {
      ++end;
    }
    for (std::size_t i = begin; i < end; ++i) {
      elsewhere[i] = static_cast<int>(end - begin) - 1;
    }
    begin = end;
  }
  return elsewhere;
}

model::Error bad(std::string message, std::string hint) {
  return {model::ErrorKind::kBadInput, std::move(message), std::move(hint)};
}

std::optional<model::Error> find_flaw(BackgroundRequest const& request,
                                      std::vector<int> const& years) {
  if (years.size() < 2) {
    return bad("a background needs at least two earlier years",
               "what differs between years is learnt from years left out");
  }
  for (ThermalFire const& fire : request.fires) {
    if (!geo::is_on_earth(fire.place)) {
      return bad("a fire lies off the earth", "latitudes go to 90, longitudes to 180");
    }
    if (!std::ranges::binary_search(years, year_of(fire.day))) {
      return bad(
          fmt::format("a fire of {} lies in none of the observed years", model::print(fire.day)),
          "state its year as observed or leave it out");
    }
  }
  return std::nullopt;
}

}  // namespace

BackgroundCount::BackgroundCount(double logit, double spread, double burning)
    : logit_{logit}, spread_{spread}, burning_{std::clamp(burning, 0.0, 1.0)} {}

double BackgroundCount::mean_where_burning() const {
  double sum = 0;
  for (Node const& node : kNodes) {
    sum += node.weight * LogarithmicCount{logit_ + (spread_ * node.place)}.mean();
  }
  return sum;
}

double BackgroundCount::mean_where_burning(model::Probability share) const {
  return LogarithmicCount{logit_ + (spread_ * normal_quantile(share.count()))}.mean();
}

model::Probability BackgroundCount::at_least_where_burning(int count) const {
  double sum = 0;
  for (Node const& node : kNodes) {
    sum += node.weight * LogarithmicCount{logit_ + (spread_ * node.place)}.at_least(count);
  }
  return model::Probability{std::min(sum, 1.0)};
}

int BackgroundCount::bound_where_burning(model::Probability share) const {
  int high = 1;
  while (at_least_where_burning(high + 1).count() > 1 - share.count() && high < kMostBound) {
    high *= 2;
  }
  int low = high / 2;
  while (high - low > 1) {
    int const middle = (low + high) / 2;
    (at_least_where_burning(middle + 1).count() > 1 - share.count() ? low : high) = middle;
  }
  return high;
}

model::Probability BackgroundCount::at_least(int count) const {
  return count <= 0 ? model::Probability{1}
                    : model::Probability{burning_ * at_least_where_burning(count).count()};
}

void ThermalBackground::fill(ThermalClimate const& climate, CellDay const& day,
                             int burning_elsewhere, std::span<double> row) const {
  ClimateValue const usual = climate.at(day.cell, pentad(day.day));
  row[0] = 1;
  row[1] = std::log(usual.near_count + kLeastCount);
  row[2] = std::log(usual.wide_count + kLeastCount);
  row[3] = std::log(usual.near_share + kLeastCount);
  row[4] = std::log(usual.wide_share + kLeastCount);
  row[5] = std::log(usual.yearly_count + kLeastCount);
  row[6] = std::log(burning_elsewhere + 0.5);
  if (covariates_ > 0) {
    covariate_(day.cell, day.day, row.subspan(kClimateColumns));
    for (std::size_t k = 0; k < means_.size(); ++k) {
      double& value = row[kClimateColumns + k];
      value = std::isfinite(value) ? value : means_[k];
    }
  }
  for (std::size_t k = 0; k < least_.size(); ++k) {
    row[k] = std::clamp(row[k], least_[k], greatest_[k]);
  }
}

void ThermalBackground::set_limits(CountRows const& rows) {
  least_.assign(rows.values.begin(),
                rows.values.begin() + static_cast<std::ptrdiff_t>(rows.columns));
  greatest_ = least_;
  for (std::size_t at = 0; at < rows.values.size(); ++at) {
    double& least = least_[at % rows.columns];
    double& greatest = greatest_[at % rows.columns];
    least = std::min(least, rows.values[at]);
    greatest = std::max(greatest, rows.values[at]);
  }
}

void ThermalBackground::set_means(CountRows& rows) {
  for (std::size_t k = kClimateColumns; k < rows.columns; ++k) {
    double sum = 0;
    int known = 0;
    for (std::size_t at = k; at < rows.values.size(); at += rows.columns) {
      if (std::isfinite(rows.values[at])) {
        sum += rows.values[at];
        ++known;
      }
    }
    means_.push_back(known > 0 ? sum / known : 0);
    for (std::size_t at = k; at < rows.values.size(); at += rows.columns) {
      if (!std::isfinite(rows.values[at])) {
        rows.values[at] = means_.back();
      }
    }
  }
}

model::Result<ThermalBackground> ThermalBackground::fit(BackgroundRequest const& request) {
  std::vector<int> years = request.observed_years;
  std::ranges::sort(years);
  years.erase(std::ranges::unique(years).begin(), years.end());
  if (auto flaw = find_flaw(request, years)) {
    return *flaw;
  }
  std::vector<CellDay> const days = count_by_cell_day(request.fires);
  auto const frame = ThermalFrame::around(days);
  if (!frame.ok()) {
    return frame.error();
  }
  ThermalBackground background{frame.value(), ThermalClimate{frame.value(), days, years}};
  background.years_ = years;
  background.covariates_ = request.covariates;
  background.covariate_ = request.covariate;
  std::vector<int> const elsewhere = burning_elsewhere(days);
  CountRows rows{.columns = kClimateColumns + request.covariates, .values = {}, .counts = {}};
  rows.values.resize(days.size() * rows.columns);
  for (int const year : years) {
    std::vector<int> others = years;
    std::erase(others, year);
    background.without_.emplace_back(frame.value(), days, others);
    for (std::size_t i = 0; i < days.size(); ++i) {
      if (year_of(days[i].day) == year) {
        background.fill(background.without_.back(), days[i], elsewhere[i],
                        std::span{rows.values}.subspan(i * rows.columns, rows.columns));
      }
    }
  }
  for (CellDay const& day : days) {
    rows.counts.push_back(day.fires);
  }
  background.set_means(rows);
  auto regression = fit_counts(rows);
  if (!regression.ok()) {
    return bad("the earlier years have no fires to learn from", "give more years or a larger area");
  }
  background.regression_ = std::move(regression).value();
  background.set_limits(rows);
  return background;
}

BackgroundCount ThermalBackground::expected(ThermalCell cell, model::Date day,
                                            int burning_elsewhere) const {
  CellDay const asked{.day = day, .cell = cell, .fires = 0};
  std::vector<double> row(kClimateColumns + covariates_);
  fill(climate_, asked, burning_elsewhere, row);
  double const logit = predict(regression_.coefficients, row);
  // The jackknife's variance of the mean of n years is (n - 1) / n times the sum of squares; a year
  // to come differs from that mean by n + 1 times as much.
  auto const n = static_cast<double>(without_.size());
  double sum = 0;
  double squares = 0;
  for (ThermalClimate const& climate : without_) {
    fill(climate, asked, burning_elsewhere, row);
    double const moved = predict(regression_.coefficients, row) - logit;
    sum += moved;
    squares += moved * moved;
  }
  double const variance = std::max(0.0, squares - (sum * sum / n)) * (n - 1) / n;
  ClimateValue const usual = climate_.at(cell, pentad(day));
  double const activity = (burning_elsewhere + 0.5) / (seasonal_burning_cells(day) + 0.5);
  return {logit, std::sqrt(variance * (n + 1)), -std::expm1(-usual.near_share * activity)};
}

double ThermalBackground::seasonal_fires(model::Date day) const {
  return climate_.fires(pentad(day));
}

double ThermalBackground::seasonal_burning_cells(model::Date day) const {
  return climate_.burning_cells(pentad(day));
}

}  // namespace guarantor::watch
