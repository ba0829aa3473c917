#include "guarantor/watch/match_evaluation.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <tuple>

namespace guarantor::watch {
namespace {

/// No two places on the earth are further apart.
constexpr model::Metres kAnywhere{20'100'000};
constexpr std::array<double, 10> kBandEnds{.001, .01, .05, .1, .2, .3, .4, .5, .7, 1.01};

template <class Pairs, class Projection>
std::vector<std::uint32_t> found_so_far(Pairs const& pairs, std::span<KnownPair const> known,
                                        Projection pair_of) {
  std::set<KnownPair> const wanted{known.begin(), known.end()};
  std::vector<std::uint32_t> curve;
  curve.reserve(pairs.size());
  std::uint32_t found = 0;
  for (auto const& one : pairs) {
    EventPair const& pair = pair_of(one);
    found += wanted.contains({pair.a, pair.b}) ? 1U : 0U;
    curve.push_back(found);
  }
  return curve;
}

}  // namespace

std::vector<std::uint32_t> recall_curve(std::span<ScoredPair const> pairs,
                                        std::span<KnownPair const> known) {
  return found_so_far(pairs, known,
                      [](ScoredPair const& one) -> EventPair const& { return one.pair; });
}

std::vector<std::uint32_t> window_curve(std::span<PlacedSpan const> a,
                                        std::span<PlacedSpan const> b, model::Days days,
                                        std::span<KnownPair const> known) {
  auto pairs = event_candidates(a, b, {kAnywhere, days});
  std::ranges::sort(pairs, [](EventPair const& one, EventPair const& other) {
    return std::tuple{one.apart, one.a, one.b} < std::tuple{other.apart, other.a, other.b};
  });
  return found_so_far(pairs, known, std::identity{});
}

CurveComparison compare_curves(std::span<std::uint32_t const> curve,
                               std::span<std::uint32_t const> other) {
  CurveComparison comparison{.compared = std::min(curve.size(), other.size())};
  for (std::size_t i = 0; i < comparison.compared; ++i) {
    auto const difference = std::int64_t{curve[i]} - std::int64_t{other[i]};
    comparison.above += difference > 0 ? 1U : 0U;
    comparison.below += difference < 0 ? 1U : 0U;
    if (i == 0 || difference < comparison.worst) {
      comparison.worst = difference;
      comparison.worst_at = i + 1;
    }
  }
  return comparison;
}

std::vector<ReliabilityBand> reliability(std::span<ScoredPair const> pairs,
                                         std::span<KnownPair const> known) {
  std::set<KnownPair> const wanted{known.begin(), known.end()};
  std::vector<ReliabilityBand> bands;
  for (double const end : kBandEnds) {
    bands.push_back({.from = bands.empty() ? 0 : bands.back().to, .to = end});
  }
  for (ScoredPair const& one : pairs) {
    double const chance = one.probability.count();
    auto& band = *std::ranges::upper_bound(bands, chance, {}, &ReliabilityBand::to);
    ++band.pairs;
    band.foretold += chance;
    band.known += wanted.contains({one.pair.a, one.pair.b}) ? 1U : 0U;
  }
  for (ReliabilityBand& band : bands) {
    band.foretold /= static_cast<double>(std::max<std::size_t>(band.pairs, 1));
  }
  return bands;
}

}  // namespace guarantor::watch
