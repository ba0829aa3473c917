#pragma once

#include <cstddef>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "guarantor/model/error.h"

namespace guarantor::bench {

/// What is measured of a server.
struct ServeQuestion {
  std::filesystem::path folder;  ///< emptied before
  std::filesystem::path scenario;
  std::string program;         ///< `guarantor`
  std::size_t listeners{500};  ///< streams of events, each cut off now and then
  double rate{200};            ///< requests a second: mostly reads, row changes, observations
  double seconds{60};
};

/// Runs a server over a new store with the scenario, listens and asks for that long, and writes
/// into `answer`: how long reads took, by kind (from when each was due, so that a stall counts for
/// all that came in it), what else was answered, whether an event was lost or doubled, and the
/// server's memory at the start, on the way and at the end. Errors: those of
/// `ServedProcess::start`; kDefect where the store cannot be made.
[[nodiscard]] model::Result<model::Done> measure_serve(ServeQuestion const& question,
                                                       nlohmann::ordered_json& answer);

}  // namespace guarantor::bench
