#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "guarantor/model/instant.h"
#include "guarantor/model/quantity.h"

/// Two sources that tell of the same spans of time, as an air-raid alert in a region does, matched
/// by when a span begins.
namespace guarantor::watch {

/// The beginning of a span in a region; regions are the same where their texts are.
struct RegionStart {
  std::string region;
  model::Instant start;
};

/// The nearest start of another source.
struct NearestStart {
  std::uint32_t partner{};  ///< an index of the other source
  model::Seconds apart;     ///< never negative
};

/// For each start the nearest of `others` in its region, nothing where that region has none; of two
/// equally near the earlier, of equal ones the first. One partner may serve many. O((n + m) log m).
[[nodiscard]] std::vector<std::optional<NearestStart>> nearest_starts(
    std::span<RegionStart const> starts, std::span<RegionStart const> others);

/// How many have a partner no further away than `within`.
[[nodiscard]] std::size_t count_within(std::span<std::optional<NearestStart> const> nearest,
                                       model::Seconds within);

/// The largest number of pairs, each start and each partner used once, same region, no further
/// apart than `within`. O((n + m) log(n + m)): in time order the earliest that fits is never a
/// worse choice.
[[nodiscard]] std::size_t count_pairs_within(std::span<RegionStart const> starts,
                                             std::span<RegionStart const> others,
                                             model::Seconds within);

}  // namespace guarantor::watch
