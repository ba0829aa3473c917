#pragma once

#include <string>
#include <vector>

#include "bench/events_csv.h"
#include "guarantor/watch/match_evaluation.h"
#include "guarantor/watch/source_match.h"

/// How matches are shown.
namespace guarantor::bench {

/// A line a pair: `a,b,distance_m,days,score,probability,a_row,b_row`, at most `limit` of them.
[[nodiscard]] std::string pairs_csv(std::vector<watch::ScoredPair> const& pairs,
                                    EventTable const& a, EventTable const& b, std::size_t limit);

/// Pairs found at chosen numbers of candidates, by our curve and by the windows of the same day and
/// of a day, as a Markdown table, and how the curves compare everywhere.
[[nodiscard]] std::string curve_table(std::vector<std::uint32_t> const& curve,
                                      std::vector<std::uint32_t> const& same_day,
                                      std::vector<std::uint32_t> const& within_a_day,
                                      std::size_t known);

/// The same as a picture: recall over the number of candidates on a scale of logarithms.
[[nodiscard]] std::string curve_svg(std::vector<std::uint32_t> const& curve,
                                    std::vector<std::uint32_t> const& same_day,
                                    std::vector<std::uint32_t> const& within_a_day,
                                    std::size_t known);

[[nodiscard]] std::string reliability_table(std::vector<watch::ReliabilityBand> const& bands);

}  // namespace guarantor::bench
