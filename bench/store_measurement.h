#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "guarantor/model/error.h"

namespace guarantor::bench {

/// What is measured of a store. All in records unless another unit is named.
struct StoreQuestion {
  std::filesystem::path folder;  ///< emptied before
  std::size_t intake{500'000};   ///< kept in batches
  std::size_t batch{1000};
  std::size_t singles{2000};  ///< kept one by one
  std::uint64_t large{0};     ///< size of a large log to compare with one of 10,000; 0: none
  std::size_t proofs{1000};
};

/// Fills a store with observations and measures, into `answer`: records a second in batches, each
/// batch acknowledged; the same with the public folder brought up to date once a second; the time
/// to acknowledge a single record; and, where a large log is asked for, appending to it beside
/// appending to one of 10,000, and proofs from it. Errors are the store's; kCheckFailed where a
/// proof does not convince.
[[nodiscard]] model::Result<model::Done> measure_store(StoreQuestion const& question,
                                                       nlohmann::ordered_json& answer);

}  // namespace guarantor::bench
