#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/quantity.h"

namespace guarantor::bench {

/// What one solver made of one case in one run.
struct Measurement {
  std::string group;  ///< a preset and its rows, or the folder the cases came from
  std::string name;   ///< of the case
  std::string solver;
  model::Seconds limit{};
  std::optional<double> objective;  ///< of the maximisation; nothing: no plan
  std::optional<double> bound;
  model::Seconds seconds{};  ///< of the whole process, reading included
  model::Seconds processor_seconds{};
  std::optional<model::Seconds> solving;  ///< by the solver's own clock, reading excluded
  double peak_mib{};
  std::string ending;     ///< in the solver's own word
  std::string evaluated;  ///< "stands", "FAULTY" or, for peers, empty
};

/// |bound − objective| / max(1, |objective|), as the scenario format defines it; nothing without a
/// plan or a bound.
[[nodiscard]] std::optional<double> gap_of(Measurement const& measurement);

/// The distinct values of a member over measurements, in order of first appearance.
template <class Value>
[[nodiscard]] std::vector<Value> distinct(std::vector<Measurement> const& measurements,
                                          Value Measurement::* member) {
  std::vector<Value> values;
  for (Measurement const& measurement : measurements) {
    bool known = false;
    for (Value const& value : values) {
      known = known || value == measurement.*member;
    }
    if (!known) {
      values.push_back(measurement.*member);
    }
  }
  return values;
}

/// The middle of several gaps, where no gap at all is the worst; nothing where the middle one is
/// none. REQUIRES: not empty.
[[nodiscard]] std::optional<double> median(std::vector<std::optional<double>> gaps);

}  // namespace guarantor::bench
