#include "guarantor/watch/source_match.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <set>

namespace guarantor::watch {
namespace {

constexpr std::size_t kAllFeatures = kPairFeatures + kRivalFeatures;
constexpr double kRidge = 1;
constexpr std::uint32_t kCalibrationFolds = 5;

/// Everything about one pair of sources that does not hang on weights.
struct Case {
  Case(std::span<SourceEvent const> a, std::span<SourceEvent const> b,
       CandidateWindow const& window)
      : pairs{event_candidates(spans(a), spans(b), window)}, features{a, b, pairs} {}

  static std::vector<PlacedSpan> spans(std::span<SourceEvent const> events) {
    std::vector<PlacedSpan> spans;
    spans.reserve(events.size());
    for (SourceEvent const& event : events) {
      spans.push_back(event.span);
    }
    return spans;
  }

  std::vector<EventPair> pairs;
  PairFeatures features;
};

std::vector<double> first_scores(Case const& one, MatchWeights const& weights) {
  std::vector<double> scores;
  scores.reserve(one.pairs.size());
  for (std::size_t i = 0; i < one.pairs.size(); ++i) {
    scores.push_back(log_odds(weights.first, one.features.row(i, weights.categories)));
  }
  return scores;
}

std::array<double, kAllFeatures> whole_row(PairRow const& row, RivalRow const& rivals) {
  std::array<double, kAllFeatures> whole{};
  auto const end = std::ranges::copy(row, whole.begin()).out;
  std::ranges::copy(rivals, end);
  return whole;
}

std::vector<double> scores_of(Case const& one, MatchWeights const& weights) {
  auto const rivals = rival_rows(one.pairs, first_scores(one, weights));
  std::vector<double> scores;
  scores.reserve(one.pairs.size());
  for (std::size_t i = 0; i < one.pairs.size(); ++i) {
    auto const row = whole_row(one.features.row(i, weights.categories), rivals[i]);
    scores.push_back(log_odds(weights.second, row));
  }
  return scores;
}

/// Weights from the pairs that are `used`, not yet calibrated.
MatchWeights fit(Case const& one, std::vector<bool> const& known, std::vector<bool> const& used) {
  MatchWeights weights;
  weights.categories = one.features.category_odds(known, used);
  std::vector<double> rows;
  std::vector<bool> labels;
  for (std::size_t i = 0; i < one.pairs.size(); ++i) {
    if (used[i]) {
      auto const row = one.features.row(i, weights.categories);
      rows.insert(rows.end(), row.begin(), row.end());
      labels.push_back(known[i]);
    }
  }
  weights.first = fit_logistic(rows, kPairFeatures, labels, kRidge);
  auto const rivals = rival_rows(one.pairs, first_scores(one, weights));
  rows.clear();
  for (std::size_t i = 0; i < one.pairs.size(); ++i) {
    if (used[i]) {
      auto const row = whole_row(one.features.row(i, weights.categories), rivals[i]);
      rows.insert(rows.end(), row.begin(), row.end());
    }
  }
  weights.second = fit_logistic(rows, kAllFeatures, labels, kRidge);
  return weights;
}

/// From scores to probabilities by a curve of two numbers (J. Platt, 1999).
LogisticWeights calibrate(std::vector<double> const& scores, std::vector<bool> const& known,
                          std::vector<bool> const& used) {
  std::vector<double> rows;
  std::vector<bool> labels;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (used[i]) {
      rows.push_back(scores[i]);
      labels.push_back(known[i]);
    }
  }
  auto fitted = fit_logistic(rows, 1, labels, kRidge);
  fitted.weights[0] = std::max(fitted.weights[0], 0.0);
  return fitted;
}

std::vector<bool> marked(std::vector<EventPair> const& pairs, std::span<KnownPair const> known) {
  std::set<KnownPair> const wanted{known.begin(), known.end()};
  std::vector<bool> marks;
  marks.reserve(pairs.size());
  for (EventPair const& pair : pairs) {
    marks.push_back(wanted.contains({pair.a, pair.b}));
  }
  return marks;
}

/// A number that looks drawn (S. Vigna's SplitMix64).
std::uint64_t mixed(std::uint64_t number) {
  number += 0x9e3779b97f4a7c15ULL;
  number = (number ^ (number >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  number = (number ^ (number >> 27U)) * 0x94d049bb133111ebULL;
  return number ^ (number >> 31U);
}

/// The part of each event of a: known pairs that share an event, of either source, stay together.
std::vector<std::uint32_t> deal(std::size_t events, std::span<KnownPair const> known,
                                std::uint32_t folds, std::uint64_t seed) {
  std::vector<std::uint32_t> group(events);
  std::iota(group.begin(), group.end(), 0U);
  auto const root = [&](std::uint32_t event) {
    while (group[event] != event) {
      event = group[event];
    }
    return event;
  };
  std::map<std::uint32_t, std::uint32_t> of_b;
  for (auto const& [a, b] : known) {
    auto const [at, fresh] = of_b.emplace(b, a);
    auto const [low, high] = std::minmax({root(a), root(at->second)});
    group[high] = low;
  }
  std::vector<std::uint32_t> parts(events);
  for (std::uint32_t i = 0; i < events; ++i) {
    parts[i] = static_cast<std::uint32_t>(mixed(seed ^ mixed(root(i))) % folds);
  }
  return parts;
}

struct HeldOut {
  std::vector<double> scores;
  std::vector<std::uint32_t> parts;  ///< by pair
};

std::vector<bool> outside(std::vector<std::uint32_t> const& parts, std::uint32_t part) {
  std::vector<bool> used;
  used.reserve(parts.size());
  for (std::uint32_t const one : parts) {
    used.push_back(one != part);
  }
  return used;
}

/// Scores of all pairs, each by weights learnt without its part.
HeldOut held_out(Case const& one, std::vector<bool> const& known,
                 std::vector<std::uint32_t> const& part_of_a, std::uint32_t folds) {
  HeldOut held;
  for (EventPair const& pair : one.pairs) {
    held.parts.push_back(part_of_a[pair.a]);
  }
  held.scores.resize(one.pairs.size());
  for (std::uint32_t part = 0; part < folds; ++part) {
    auto const scores = scores_of(one, fit(one, known, outside(held.parts, part)));
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (held.parts[i] == part) {
        held.scores[i] = scores[i];
      }
    }
  }
  return held;
}

void put_in_order(std::vector<ScoredPair>& pairs) {
  std::ranges::sort(pairs, [](ScoredPair const& one, ScoredPair const& other) {
    return std::tuple{-one.score, one.pair.a, one.pair.b} <
           std::tuple{-other.score, other.pair.a, other.pair.b};
  });
}

ScoredPair scored(EventPair const& pair, double score, LogisticWeights const& calibration) {
  return {pair, score, model::Probability{logistic(log_odds(calibration, {&score, 1}))}};
}

}  // namespace

std::vector<ScoredPair> match_sources(std::span<SourceEvent const> a,
                                      std::span<SourceEvent const> b, MatchWeights const& weights,
                                      CandidateWindow const& window) {
  Case const one{a, b, window};
  auto const scores = scores_of(one, weights);
  std::vector<ScoredPair> pairs;
  pairs.reserve(scores.size());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    pairs.push_back(scored(one.pairs[i], scores[i], weights.calibration));
  }
  put_in_order(pairs);
  return pairs;
}

MatchWeights learn_match_weights(std::span<SourceEvent const> a, std::span<SourceEvent const> b,
                                 std::span<KnownPair const> known, CandidateWindow const& window) {
  Case const one{a, b, window};
  auto const marks = marked(one.pairs, known);
  std::vector<bool> const all(one.pairs.size(), true);
  auto weights = fit(one, marks, all);
  auto const parts = deal(a.size(), known, kCalibrationFolds, 0);
  weights.calibration =
      calibrate(held_out(one, marks, parts, kCalibrationFolds).scores, marks, all);
  return weights;
}

std::vector<ScoredPair> cross_validate(std::span<SourceEvent const> a,
                                       std::span<SourceEvent const> b,
                                       std::span<KnownPair const> known,
                                       CandidateWindow const& window, std::uint32_t folds,
                                       std::uint64_t seed) {
  Case const one{a, b, window};
  auto const marks = marked(one.pairs, known);
  auto const held = held_out(one, marks, deal(a.size(), known, folds, seed), folds);
  std::vector<ScoredPair> pairs;
  pairs.reserve(one.pairs.size());
  for (std::uint32_t part = 0; part < folds; ++part) {
    auto const calibration = calibrate(held.scores, marks, outside(held.parts, part));
    for (std::size_t i = 0; i < held.scores.size(); ++i) {
      if (held.parts[i] == part) {
        pairs.push_back(scored(one.pairs[i], held.scores[i], calibration));
      }
    }
  }
  put_in_order(pairs);
  return pairs;
}

std::vector<ScoredPair> one_to_one(std::span<ScoredPair const> pairs, model::Probability least) {
  std::set<std::uint32_t> taken_a;
  std::set<std::uint32_t> taken_b;
  std::vector<ScoredPair> chosen;
  for (ScoredPair const& pair : pairs) {
    if (pair.probability >= least && !taken_a.contains(pair.pair.a) &&
        !taken_b.contains(pair.pair.b)) {
      taken_a.insert(pair.pair.a);
      taken_b.insert(pair.pair.b);
      chosen.push_back(pair);
    }
  }
  return chosen;
}

}  // namespace guarantor::watch
