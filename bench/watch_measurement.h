#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "guarantor/model/error.h"

namespace guarantor::bench {

struct WatchQuestion {
  std::filesystem::path folder;  ///< emptied before
  double rate{10'000};           ///< observations a second, on the clock
  double seconds{600};
  double step{0.1};  ///< seconds of observations that are taken in at once
};

/// Feeds a watch desk at a rate, on the clock, and measures into `answer`: how long each
/// observation waits from its arrival until it is acknowledged on disk together with the incident
/// it became part of; memory over the run; whether the rate was held. The stream is synthetic:
/// incidents of about 20 reports by several observers, a fiftieth delivered twice, a fiftieth
/// minutes late, a hundredth corrected. Errors are the desk's.
[[nodiscard]] model::Result<model::Done> measure_watch(WatchQuestion const& question,
                                                       nlohmann::ordered_json& answer);

}  // namespace guarantor::bench
