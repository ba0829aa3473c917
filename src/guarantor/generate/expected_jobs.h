#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"

namespace guarantor::generate {

/// A control with that share of the time left, where there is a limit.
[[nodiscard]] model::RunControl share_of(model::RunControl const& control, double share);

/// One job: its number, and the control with its part of the time.
using Job = std::function<model::Result<model::Done>(std::size_t, model::RunControl const&)>;

/// Does jobs 0 to `count` - 1 on `threads` threads, each with an equal part of the time left. Jobs
/// write only what is theirs alone, so their order does not show. The error is that of the first
/// job, by number, that failed.
[[nodiscard]] std::optional<model::Error> run_jobs(std::size_t count, int threads,
                                                   std::string const& stage,
                                                   model::RunControl const& control,
                                                   Job const& job);

}  // namespace guarantor::generate
