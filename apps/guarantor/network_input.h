#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guarantor/geo/reach.h"
#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"
#include "guarantor/model/scenario.h"

namespace guarantor::app {

/// A network that is not the scenario's.
struct NetworkWords {
  std::vector<std::string> tables;  ///< nodes and edges, or an OSM file; none: the scenario's own
  std::optional<double> speed;      ///< km/h of edges that state none
};

/// The network to move on, prepared: the scenario's, or that of two tables or of an OSM PBF file.
/// What is large is kept beside its source, as `nodes.csv.network` and `nodes.csv.hierarchy`, for
/// the next run. Errors: kBadInput, kNotFound, kLimit, and kCheckFailed where what was kept is
/// damaged, by its name.
[[nodiscard]] model::Result<geo::PreparedNetwork> prepare_network(NetworkWords const& words,
                                                                  model::Scenario const& scenario,
                                                                  int threads,
                                                                  model::RunControl const& control);

}  // namespace guarantor::app
