#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "bench/published_siting.h"
#include "guarantor/model/error.h"

namespace guarantor::bench {

/// A case of a set, with the optimum that is known of it.
struct SetCase {
  std::string set;   ///< pmed, pcenter, pmedcap, scp4 and so on, cap, capa, capb, sjc, bds
  std::string name;  ///< of the case, alone in its set
  PublishedCase source;
  std::optional<double> known;  ///< nothing where best known and bound differ
};

/// The cases of which the folder has both a file and a row in a table of known optima: `pmedian`,
/// `pmedian/pmedcap`, `scp`, `cflp` with `known_optima.csv`, `mclp` with `reference_optima_*.csv`.
/// By kind of problem, each in its table's order. Errors name the table and its column or line.
[[nodiscard]] model::Result<std::vector<SetCase>> published_sets(
    std::filesystem::path const& folder);

}  // namespace guarantor::bench
