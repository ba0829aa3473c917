#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "guarantor/watch/event_candidates.h"
#include "guarantor/watch/source_match.h"

/// How good a matching is where only some of the true pairs are known: recall against the number of
/// candidates, since a pair that is not known may well be true.
namespace guarantor::watch {

/// Entry n - 1 is how many known pairs stand among the first n. O(pairs log known).
[[nodiscard]] std::vector<std::uint32_t> recall_curve(std::span<ScoredPair const> pairs,
                                                      std::span<KnownPair const> known);

/// The same of a plain window that grows: pairs no more than `days` apart, the nearest first, equal
/// distances by a, then b.
[[nodiscard]] std::vector<std::uint32_t> window_curve(std::span<PlacedSpan const> a,
                                                      std::span<PlacedSpan const> b,
                                                      model::Days days,
                                                      std::span<KnownPair const> known);

/// How a curve stands to another at every number of candidates that both reach.
struct CurveComparison {
  std::size_t compared{};
  std::size_t above{};
  std::size_t below{};
  std::int64_t worst{};    ///< the least difference in pairs found
  std::size_t worst_at{};  ///< the number of candidates where it is met first
};
[[nodiscard]] CurveComparison compare_curves(std::span<std::uint32_t const> curve,
                                             std::span<std::uint32_t const> other);

/// Pairs whose probability lies in [from, to): what was foretold and what came true.
struct ReliabilityBand {
  double from{};
  double to{};
  std::size_t pairs{};
  double foretold{};  ///< the mean probability
  std::size_t known{};
};
[[nodiscard]] std::vector<ReliabilityBand> reliability(std::span<ScoredPair const> pairs,
                                                       std::span<KnownPair const> known);

}  // namespace guarantor::watch
