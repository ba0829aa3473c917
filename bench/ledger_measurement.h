#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "guarantor/model/error.h"

namespace guarantor::bench {

/// What is to be measured of a log.
struct LedgerMeasure {
  std::uint64_t small{10'000};
  std::uint64_t entries{10'000'000};  ///< at least small + 11 rounds
  std::uint64_t round{10'000};  ///< appends that are timed together; eleven rounds at each size
  std::uint64_t proofs{1'000};
};

/// Grows a log of numbered entries in memory, publishes it into `folder`, proves drawn entries and
/// sizes from its files, and verifies the whole. Leaves in `told` nanoseconds an append at both
/// sizes (median of the rounds), mean and worst nanoseconds a proof from memory and from files,
/// seconds of publishing and verifying. Errors: unwritable; check failed where a proof or the log
/// does not verify.
[[nodiscard]] model::Result<model::Done> measure_ledger(LedgerMeasure const& measure,
                                                        std::filesystem::path const& folder,
                                                        nlohmann::ordered_json& told);

}  // namespace guarantor::bench
