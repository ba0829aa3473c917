#pragma once

#include <filesystem>

#include "bench/published_sets.h"
#include "bench/siting_measurement.h"
#include "bench/solver_run.h"
#include "guarantor/model/error.h"

/// One solver on one published siting case, each in a process of its own.
namespace guarantor::bench {

/// `toolbox.guarantor` is this program, of which `siting` is asked. Error kDefect where it fails.
[[nodiscard]] model::Result<SitingMeasurement> run_guarantor_siting(Toolbox const& toolbox,
                                                                    SetCase const& one,
                                                                    model::Seconds limit,
                                                                    Records const& records);

enum class Peer { kCbc, kHighs };

/// The peer on the same problem, written below `models` and removed afterwards. A p-center is asked
/// by bisection over its distances, all questions together within the limit.
[[nodiscard]] model::Result<SitingMeasurement> run_peer_siting(
    Toolbox const& toolbox, Peer peer, SetCase const& one, PublishedProblem const& problem,
    model::Seconds limit, Records const& records, std::filesystem::path const& models);

}  // namespace guarantor::bench
