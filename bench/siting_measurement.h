#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/measurement_table.h"
#include "guarantor/model/quantity.h"

/// What solvers made of published siting cases, and the table that says so.
namespace guarantor::bench {

struct SitingMeasurement {
  std::string set;
  std::string name;  ///< of the case
  std::string solver;
  std::optional<double> known;      ///< optimum
  std::optional<double> objective;  ///< in the case's own sense; nothing: no answer
  std::optional<double> bound;
  bool proven{};                       ///< the solver says that it is the optimum
  model::Seconds solving{};            ///< by the solver's own clock, reading excluded
  model::Seconds seconds{};            ///< of the whole process by the wall
  model::Seconds processor_seconds{};  ///< of the whole process
  int processes{1};                    ///< several where a p-center is asked as a row of coverings
  std::string ending;                  ///< in the solver's own word
};

enum class Truth {
  kReached,    ///< proven, and the known optimum
  kNotProven,  ///< stopped by the limit
  kUnknown,    ///< proven, and nothing known to compare with
  kDiffers,    ///< proven, and something else than the known optimum
};
/// Objectives are equal within 0.001 and a ten-millionth of them: tables print no more.
[[nodiscard]] Truth truth_of(SitingMeasurement const& measurement);

/// A row a measurement, numbers unrounded.
[[nodiscard]] std::string to_csv(std::vector<SitingMeasurement> const& measurements);

/// Markdown for people: a row a set with how many optima each solver proved, in how many seconds;
/// what differs from a known optimum; every run. Totals with a run that did not finish are at
/// least what stands there.
[[nodiscard]] std::string to_markdown(std::vector<SitingMeasurement> const& measurements,
                                      Circumstances const& circumstances, model::Seconds limit);

}  // namespace guarantor::bench
