#pragma once

#include <string>
#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/watch/logistic_fit.h"
#include "guarantor/watch/pair_features.h"

namespace guarantor::watch {

/// What was learnt about when events of two sources are one.
struct MatchWeights {
  LogisticWeights first;   ///< the pair alone
  LogisticWeights second;  ///< the pair, then its rivals by first score
  CategoryOdds categories;
  LogisticWeights calibration;  ///< of the score; its one weight is not negative

  friend bool operator==(MatchWeights const&, MatchWeights const&) = default;
};

/// Lines of a heading, a name and a number, in CSV; the same weights give the same bytes, and
/// reading them gives the same weights.
[[nodiscard]] std::string print(MatchWeights const& weights);

/// Reads what `print` wrote, now or before there were all of the weights. Error kBadInput names
/// `file`, the line, and what was expected.
[[nodiscard]] model::Result<MatchWeights> parse_match_weights(std::string_view text,
                                                              std::string_view file);

/// Weights learnt on 183 pairs of civilian-harm events of two organisations in Ukraine, 2022, and
/// freed of those publishers' habits (see docs/watch-matching.md); a start where there is nothing
/// to learn from.
[[nodiscard]] MatchWeights const& default_match_weights();

}  // namespace guarantor::watch
