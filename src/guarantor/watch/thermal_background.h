#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/quantity.h"
#include "guarantor/watch/logarithmic_counts.h"
#include "guarantor/watch/thermal_climate.h"
#include "guarantor/watch/thermal_grid.h"

/// How many fires to expect without a war, learnt from earlier years.
namespace guarantor::watch {

/// What is known of a cell on a day beside its fires: weather, cloud, land use. Fills in the
/// values; what is not known is NaN and then stands at its mean. Pure.
using ThermalCovariates = std::function<void(ThermalCell, model::Date, std::span<double>)>;

struct BackgroundRequest {
  std::span<ThermalFire const> fires;  ///< of the earlier years, in any order
  std::vector<int> observed_years;     ///< a cell without a fire in one of these had none
  std::size_t covariates{};            ///< how many values `covariate` fills in
  ThermalCovariates covariate;
};

/// How many fires a cell is to have on a day. That something burns at all, and how many anomalies
/// are seen where it does, are two questions: only cells with a fire are ever judged, so their
/// bound is that of a cell in which something burns.
class BackgroundCount {
 public:
  /// The logit of the logarithmic series, its spread from year to year (one standard deviation),
  /// and the probability that anything burns.
  BackgroundCount(double logit, double spread, double burning);

  [[nodiscard]] model::Probability burning() const { return model::Probability{burning_}; }
  /// Fires where something burns; the mean over what years may be like.
  [[nodiscard]] double mean_where_burning() const;
  /// The bound that the expected number of fires, where something burns, keeps below in such a
  /// share of years. REQUIRES: 0 < share < 1.
  [[nodiscard]] double mean_where_burning(model::Probability share) const;
  /// The probability of so many fires or more where something burns; 1 for a count of 1.
  [[nodiscard]] model::Probability at_least_where_burning(int count) const;
  /// The least count that is not exceeded with probability `share` where something burns.
  [[nodiscard]] int bound_where_burning(model::Probability share) const;
  /// The same, whether or not something burns.
  [[nodiscard]] double mean() const { return burning_ * mean_where_burning(); }
  [[nodiscard]] model::Probability at_least(int count) const;

 private:
  double logit_;
  double spread_;
  double burning_;
};

/// A background fitted to earlier years; immutable, asked from any thread.
class ThermalBackground {
 public:
  /// Each year's fires are explained by the climate of the other years and by how much burns
  /// elsewhere on the day. The same answer for fires in any order. Errors: kBadInput where fewer
  /// than two years are stated, a fire lies in none of them or off the earth, or there are too few
  /// to fit; kLimit as `ThermalFrame`. O(fires log fires + years * pentads * cells).
  [[nodiscard]] static model::Result<ThermalBackground> fit(BackgroundRequest const& request);

  /// `burning_elsewhere`: how many other cells have a fire on this day, as far as is known; it
  /// tells a day of burning from a day of rain. Nothing is extrapolated: what is beyond all that
  /// was seen in the earlier years counts as the nearest seen. O(years), about a microsecond.
  [[nodiscard]] BackgroundCount expected(ThermalCell cell, model::Date day,
                                         int burning_elsewhere) const;

  /// Fires that all cells together have on a day of this season, and how many cells have one.
  [[nodiscard]] double seasonal_fires(model::Date day) const;
  [[nodiscard]] double seasonal_burning_cells(model::Date day) const;

  [[nodiscard]] CountRegression const& regression() const { return regression_; }
  [[nodiscard]] std::vector<int> const& years() const { return years_; }
  [[nodiscard]] ThermalFrame const& frame() const { return frame_; }

 private:
  ThermalBackground(ThermalFrame const& frame, ThermalClimate climate)
      : frame_{frame}, climate_{std::move(climate)} {}

  /// The row of the regression, from a climate.
  void fill(ThermalClimate const& climate, CellDay const& day, int burning_elsewhere,
            std::span<double> row) const;
  void set_means(CountRows& rows);
  void set_limits(CountRows const& rows);

  ThermalFrame frame_;
  ThermalClimate climate_;
  std::vector<ThermalClimate> without_;  ///< climates that leave out a year, one a year
  std::vector<int> years_;
  std::size_t covariates_{};
  ThermalCovariates covariate_;
  std::vector<double> means_;  ///< of the covariates
  std::vector<double> least_;  ///< of each column in training; empty while that is being made
  std::vector<double> greatest_;
  CountRegression regression_;
};

}  // namespace guarantor::watch
