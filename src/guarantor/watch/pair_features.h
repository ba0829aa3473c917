#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "guarantor/watch/event_candidates.h"
#include "guarantor/watch/word_overlap.h"

namespace guarantor::watch {

/// An event as one source tells it. Links to a report are no part of it: known pairs are often
/// found by them, and what found the truth must not predict it.
struct SourceEvent {
  PlacedSpan span;
  std::string category;  ///< the source's own; empty where it has none
  std::string place;     ///< names: town, district, province
  std::string text;      ///< title and description
};

/// What is looked at in a pair: distance, days, words in common, the two categories as known pairs
/// had them, and whether both name one kind or two.
constexpr std::size_t kPairFeatures = 21;
using PairRow = std::array<double, kPairFeatures>;
/// The pair beside those that share one of its events.
constexpr std::size_t kRivalFeatures = 3;
using RivalRow = std::array<double, kRivalFeatures>;

[[nodiscard]] std::span<std::string_view const> pair_feature_names();
/// Those of them that weights written by an earlier version lack; they weigh 0 there.
[[nodiscard]] std::span<std::string_view const> later_pair_feature_names();
[[nodiscard]] std::span<std::string_view const> rival_feature_names();

/// The log of how much more often two plain categories, of a and of b, meet in known pairs than in
/// near ones. Those that stand nowhere count 0.
using CategoryOdds = std::map<std::pair<std::string, std::string>, double>;

/// Turns pairs into rows of numbers. Refers to the pairs; keeps what it needs of the events.
class PairFeatures {
 public:
  PairFeatures(std::span<SourceEvent const> a, std::span<SourceEvent const> b,
               std::span<EventPair const> pairs);

  /// Whether the categories are the same or others counts alone where both events have one, and
  /// where the sources share any: two vocabularies without a word in common never agree, and that
  /// says nothing.
  [[nodiscard]] PairRow row(std::size_t pair, CategoryOdds const& odds) const;

  /// Counted over the pairs that are `used`, drawn towards 0 as if ten more pairs of either kind
  /// had been average. Near: within 3 km and a day.
  [[nodiscard]] CategoryOdds category_odds(std::vector<bool> const& known,
                                           std::vector<bool> const& used) const;

 private:
  std::span<EventPair const> pairs_;
  std::vector<model::Position> a_positions_;
  std::vector<model::Position> b_positions_;
  std::vector<std::string> a_categories_;
  std::vector<std::string> b_categories_;
  WordOverlap all_words_;  ///< of a, then of b; places too
  WordOverlap told_words_;
  bool share_categories_;
};

/// How a pair's score stands to the best other of b's event (below and above apart) and of a's
/// (below alone, for a report may tell of several), within [-4, 4]. O(pairs).
[[nodiscard]] std::vector<RivalRow> rival_rows(std::span<EventPair const> pairs,
                                               std::span<double const> scores);

}  // namespace guarantor::watch
