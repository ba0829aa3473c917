#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "guarantor/model/quantity.h"
#include "guarantor/watch/event_candidates.h"
#include "guarantor/watch/match_weights.h"
#include "guarantor/watch/pair_features.h"

/// Which event of one source is which event of another. After I. P. Fellegi and A. B. Sunter, "A
/// theory for record linkage" (JASA 64, 1969): a weight for each kind of agreement, learnt from
/// pairs that are known; the weights come from logistic regression, since agreements hang together.
/// A first score looks at the pair alone, a second also at its rivals: an event of a source that
/// has a better partner is not likely to be another's.
namespace guarantor::watch {

struct ScoredPair {
  EventPair pair;
  double score{};  ///< log-odds before calibration; orders the pairs
  model::Probability probability;
};

/// Two events that are known to be one, by index.
using KnownPair = std::pair<std::uint32_t, std::uint32_t>;

/// The window that finds the far and the late as well; a narrow one is quicker.
constexpr CandidateWindow kWideWindow{model::Metres{25'000}, model::Days{14}};

/// All pairs within the window in falling score, equal scores by a, then b. The score of a pair
/// hangs on nothing but the events, not on their order. O((n + m) log m + pairs x (words + log
/// pairs)).
[[nodiscard]] std::vector<ScoredPair> match_sources(std::span<SourceEvent const> a,
                                                    std::span<SourceEvent const> b,
                                                    MatchWeights const& weights,
                                                    CandidateWindow const& window);

/// Weights from pairs that are known; every other pair in the window is taken for none, so that the
/// probabilities are those of being *known*, a lower bound where knowledge is incomplete.
/// Calibrated on pairs that were left out (`cross_validate`). Known pairs outside the window are
/// passed over. O(pairs x features^2), deterministic.
[[nodiscard]] MatchWeights learn_match_weights(std::span<SourceEvent const> a,
                                               std::span<SourceEvent const> b,
                                               std::span<KnownPair const> known,
                                               CandidateWindow const& window);

/// Scores all pairs in the window, each by weights learnt without it: events joined by known pairs
/// form a group, groups are dealt into `folds` parts by a hash of `seed`, and a part is scored (and
/// its scores calibrated) by what the others teach. In falling order as `match_sources`.
/// REQUIRES: folds >= 2.
[[nodiscard]] std::vector<ScoredPair> cross_validate(std::span<SourceEvent const> a,
                                                     std::span<SourceEvent const> b,
                                                     std::span<KnownPair const> known,
                                                     CandidateWindow const& window,
                                                     std::uint32_t folds, std::uint64_t seed);

/// Each event used at most once, better pairs first, down to `least`. The pairs come in falling
/// score. O(pairs).
[[nodiscard]] std::vector<ScoredPair> one_to_one(std::span<ScoredPair const> pairs,
                                                 model::Probability least);

}  // namespace guarantor::watch
