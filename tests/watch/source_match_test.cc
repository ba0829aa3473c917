#include "guarantor/watch/source_match.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <tuple>
#include <vector>

#include "guarantor/watch/match_evaluation.h"

namespace guarantor::watch {
namespace {

/// Two sources that tell of the same happenings, with pairs known.
struct DrawnCase {
  std::vector<SourceEvent> a;
  std::vector<SourceEvent> b;
  std::vector<KnownPair> known;
};

constexpr std::array<char const*, 6> kWords{"school",  "bridge", "market",
                                            "harbour", "convoy", "hospital"};

/// Draws numbers that are the same everywhere; quality does not matter here.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : state_{seed} {}
  std::uint64_t below(std::uint64_t most) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return (state_ >> 33U) % most;
  }
  double around(double width) { return width * (static_cast<double>(below(2001)) / 1000 - 1); }

 private:
  std::uint64_t state_;
};

SourceEvent event(double east, double north, int day, char const* category, std::string text) {
  model::Instant const at = model::Instant{} + std::chrono::days{day};
  return {{{model::Degrees{36 + east}, model::Degrees{50 + north}}, at, at},
          category,
          "",
          std::move(text)};
}

/// Happenings lie about 10 km apart at random; b blurs them by 300 m and a word in two is right.
/// Half of what b tells is of a kind that a never tells.
DrawnCase drawn_case(std::uint64_t seed, int happenings) {
  Draw draw{seed};
  DrawnCase drawn;
  for (int i = 0; i < happenings; ++i) {
    double const east = draw.around(0.4);
    double const north = draw.around(0.4);
    int const day = static_cast<int>(draw.below(30));
    auto const word = draw.below(kWords.size());
    drawn.a.push_back(event(east, north, day, "", kWords.at(word)));
    auto const told = draw.below(2) == 0 ? word : draw.below(kWords.size());
    drawn.known.emplace_back(static_cast<std::uint32_t>(i),
                             static_cast<std::uint32_t>(drawn.b.size()));
    drawn.b.push_back(event(east + draw.around(0.004), north + draw.around(0.004), day, "damage",
                            kWords.at(told)));
    drawn.b.push_back(event(draw.around(0.4), draw.around(0.4), static_cast<int>(draw.below(30)),
                            "traffic", kWords.at(draw.below(kWords.size()))));
  }
  return drawn;
}

constexpr CandidateWindow kWindow{model::Metres{10'000}, model::Days{3}};

TEST(SourceMatch, LearnsToPutTruePairsFirst) {
  auto const drawn = drawn_case(1, 150);
  auto const weights = learn_match_weights(drawn.a, drawn.b, drawn.known, kWindow);
  auto const other = drawn_case(2, 150);
  auto const pairs = match_sources(other.a, other.b, weights, kWindow);
  auto const curve = recall_curve(pairs, other.known);
  EXPECT_GE(curve.at(149), 140U) << "150 true pairs, none of them trained on";
  EXPECT_GT(weights.categories.at({"", "damage"}), 0);
  EXPECT_LT(weights.categories.at({"", "traffic"}), 0);
}

TEST(SourceMatch, GivesProbabilitiesThatComeTrue) {
  auto const drawn = drawn_case(3, 300);
  auto const pairs = cross_validate(drawn.a, drawn.b, drawn.known, kWindow, 5, 1);
  double foretold = 0;
  double surprise = 0;
  std::set<KnownPair> const known{drawn.known.begin(), drawn.known.end()};
  for (ScoredPair const& one : pairs) {
    double const chance = one.probability.count();
    bool const truth = known.contains({one.pair.a, one.pair.b});
    foretold += chance;
    surprise += (chance - (truth ? 1 : 0)) * (chance - (truth ? 1 : 0));
  }
  EXPECT_NEAR(foretold, 300, 30);
  EXPECT_LT(surprise, 60) << "guessing the average would give nearly 300";
}

TEST(SourceMatch, ProbabilityNeverFallsWhileTheScoreRises) {
  auto const drawn = drawn_case(4, 80);
  auto const weights = learn_match_weights(drawn.a, drawn.b, drawn.known, kWindow);
  auto const pairs = match_sources(drawn.a, drawn.b, weights, kWindow);
  EXPECT_TRUE(std::ranges::is_sorted(pairs, std::greater{}, &ScoredPair::score));
  EXPECT_TRUE(std::ranges::is_sorted(pairs, std::greater{}, &ScoredPair::probability));
}

TEST(SourceMatch, FindsTheSamePairsInAnyOrderOfEvents) {
  auto const drawn = drawn_case(5, 60);
  DrawnCase turned = drawn;
  std::ranges::reverse(turned.a);
  std::ranges::rotate(turned.b, turned.b.begin() + 17);
  auto const key = [](std::vector<ScoredPair> const& pairs, auto name_a, auto name_b) {
    std::vector<std::tuple<double, std::size_t, std::size_t>> named;
    for (ScoredPair const& one : pairs) {
      named.emplace_back(one.score, name_a(one.pair.a), name_b(one.pair.b));
    }
    std::ranges::sort(named);
    return named;
  };
  auto const same = [](std::uint32_t i) { return std::size_t{i}; };
  auto const weights = learn_match_weights(drawn.a, drawn.b, drawn.known, kWindow);
  std::size_t const count_b = drawn.b.size();
  EXPECT_EQ(key(match_sources(drawn.a, drawn.b, weights, kWindow), same, same),
            key(
                match_sources(turned.a, turned.b, weights, kWindow),
                [&](std::uint32_t i) { return drawn.a.size() - 1 - i; },
                [&](std::uint32_t i) { return (i + 17) % count_b; }));
}

TEST(SourceMatch, LearnsTheSameBytesTwice) {
  auto const drawn = drawn_case(6, 60);
  EXPECT_EQ(print(learn_match_weights(drawn.a, drawn.b, drawn.known, kWindow)),
            print(learn_match_weights(drawn.a, drawn.b, drawn.known, kWindow)));
}

TEST(SourceMatch, UsesEachEventOnceWhereAsked) {
  auto const drawn = drawn_case(7, 60);
  auto const pairs = match_sources(
      drawn.a, drawn.b, learn_match_weights(drawn.a, drawn.b, drawn.known, kWindow), kWindow);
  std::set<std::uint32_t> a;
  std::set<std::uint32_t> b;
  auto const chosen = one_to_one(pairs, model::Probability{0.05});
  for (ScoredPair const& one : chosen) {
    EXPECT_TRUE(a.insert(one.pair.a).second);
    EXPECT_TRUE(b.insert(one.pair.b).second);
    EXPECT_GE(one.probability.count(), 0.05);
  }
  EXPECT_FALSE(chosen.empty());
  EXPECT_EQ(chosen.front().pair.a, pairs.front().pair.a);
}

/// By the weights of our own, of one pair alone. A word that all texts have weighs nothing, so
/// there is another event, too far to be a pair.
double default_score(SourceEvent const& a, SourceEvent const& b) {
  CandidateWindow const wide{model::Metres{25'000}, model::Days{14}};
  std::vector const both{b, event(20, 0, 0, "", "convoy")};
  auto const pairs = match_sources({&a, 1}, both, default_match_weights(), wide);
  return pairs.size() == 1 ? pairs[0].score : -1e9;
}

TEST(SourceMatch, FindsNearerNeverWorseByOurOwnWeights) {
  for (std::string const told : {"", "harbour"}) {
    for (double const bearing : {0.0, 0.4, 1.0}) {
      double last = 1e9;
      for (double degrees = 0; degrees < 0.2; degrees = degrees * 1.05 + 5e-6) {
        double const score =
            default_score(event(0, 0, 0, "", told),
                          event(degrees * bearing, degrees * (1 - bearing), 0, "", told));
        EXPECT_LE(score, last + 1e-9) << degrees << " degrees, bearing " << bearing << told;
        last = score;
      }
    }
    for (int day = 1; day <= 14; ++day) {
      EXPECT_LE(default_score(event(0, 0, 0, "", told), event(0, 0, day, "", told)),
                default_score(event(0, 0, 0, "", told), event(0, 0, day - 1, "", told)) + 1e-9)
          << day << " days " << told;
    }
  }
}

TEST(SourceMatch, TellsOneKindFromAnotherByOurOwnWeights) {
  std::vector<SourceEvent> const a{event(0, 0, 0, "Shelling", "")};
  std::vector<SourceEvent> const b{event(0, 0, 0, "flood", ""), event(0, 0, 0, "", ""),
                                   event(0, 0, 0, "SHELLING", "")};
  auto const pairs = match_sources(a, b, default_match_weights(), kWindow);
  ASSERT_EQ(pairs.size(), 3U);
  EXPECT_EQ(pairs[0].pair.b, 2U);
  EXPECT_EQ(pairs[1].pair.b, 1U);
  EXPECT_GT(pairs[0].score, pairs[1].score + 0.3);
  EXPECT_GT(pairs[1].score, pairs[2].score + 0.3);
}

TEST(SourceMatch, LearnsNothingOfKindsWhereSourcesNameThemOtherwise) {
  auto drawn = drawn_case(11, 60);
  for (std::size_t i = 0; i < drawn.a.size(); i += 2) {
    drawn.a[i].category = "strike";
  }
  auto const kinds = [](MatchWeights const& weights) {
    return std::pair{weights.first.weights[kPairFeatures - 2],
                     weights.first.weights[kPairFeatures - 1]};
  };
  auto const apart = learn_match_weights(drawn.a, drawn.b, drawn.known, kWindow);
  EXPECT_EQ(kinds(apart), (std::pair{0.0, 0.0}));
  for (std::size_t i = 0; i < drawn.a.size(); ++i) {
    drawn.a[i].category = i % 2 == 0 ? "strike" : "flood";
    drawn.b[2 * i].category = drawn.a[i].category;
    drawn.b[2 * i + 1].category = i % 3 == 0 ? "strike" : "flood";
  }
  auto const shared = learn_match_weights(drawn.a, drawn.b, drawn.known, kWindow);
  EXPECT_GT(kinds(shared).first, 0);
  EXPECT_LT(kinds(shared).second, 0);
}

TEST(SourceMatch, HasNothingToSayAboutNothing) {
  auto const& weights = default_match_weights();
  EXPECT_TRUE(match_sources({}, {}, weights, kWindow).empty());
  auto const drawn = drawn_case(8, 3);
  EXPECT_TRUE(match_sources(drawn.a, {}, weights, kWindow).empty());
}

TEST(MatchEvaluation, ComparesCurvesWhereBothReach) {
  std::vector<std::uint32_t> const curve{1, 1, 2, 3};
  std::vector<std::uint32_t> const other{0, 1, 4};
  auto const comparison = compare_curves(curve, other);
  EXPECT_EQ(comparison.compared, 3U);
  EXPECT_EQ(comparison.above, 1U);
  EXPECT_EQ(comparison.below, 1U);
  EXPECT_EQ(comparison.worst, -2);
  EXPECT_EQ(comparison.worst_at, 3U);
}

TEST(MatchEvaluation, GrowsAWindowByDistance) {
  auto const drawn = drawn_case(9, 40);
  std::vector<PlacedSpan> a;
  std::vector<PlacedSpan> b;
  std::ranges::transform(drawn.a, std::back_inserter(a), &SourceEvent::span);
  std::ranges::transform(drawn.b, std::back_inserter(b), &SourceEvent::span);
  auto const curve = window_curve(a, b, model::Days{0}, drawn.known);
  std::size_t same_day = 0;
  for (PlacedSpan const& one : a) {
    same_day += static_cast<std::size_t>(
        std::ranges::count_if(b, [&](PlacedSpan const& other) { return other.from == one.from; }));
  }
  EXPECT_EQ(curve.size(), same_day);
  EXPECT_EQ(curve.back(), 40U);
}

TEST(MatchEvaluation, PutsEveryPairIntoABand) {
  auto const drawn = drawn_case(10, 60);
  auto const pairs = cross_validate(drawn.a, drawn.b, drawn.known, kWindow, 4, 2);
  std::size_t in_bands = 0;
  for (ReliabilityBand const& band : reliability(pairs, drawn.known)) {
    in_bands += band.pairs;
    EXPECT_TRUE(band.pairs == 0 || (band.foretold >= band.from && band.foretold <= band.to));
  }
  EXPECT_EQ(in_bands, pairs.size());
}

}  // namespace
}  // namespace guarantor::watch
