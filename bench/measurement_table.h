#pragma once

#include <string>
#include <vector>

#include "bench/measurement.h"

namespace guarantor::bench {

/// What stands above the figures: under which circumstances they were taken.
struct Circumstances {
  std::string machine;  ///< processor, cores, memory, system
  int threads{};
  std::vector<std::string> missing;  ///< peers asked for that did not run, and why
};

/// A row a measurement, numbers unrounded; an empty cell where there is no plan or no bound.
[[nodiscard]] std::string to_csv(std::vector<Measurement> const& measurements);

/// Markdown for people: what did not run, middle and worst gap by group and limit, where a peer was
/// ahead of Guarantor, and every run.
[[nodiscard]] std::string to_markdown(std::vector<Measurement> const& measurements,
                                      Circumstances const& circumstances);

/// Where a peer had a better plan or a better bound than Guarantor on the same case at the same
/// limit, by more than 1e-6 of it: a sentence each.
[[nodiscard]] std::vector<std::string> peers_ahead(std::vector<Measurement> const& measurements);

}  // namespace guarantor::bench
