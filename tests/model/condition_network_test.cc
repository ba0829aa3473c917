#include "guarantor/model/condition_network.h"

#include <gtest/gtest.h>

#include <cmath>

#include "guarantor/model/random_stream.h"

namespace guarantor::model {
namespace {

Condition condition(std::string const& id, double probability,
                    std::vector<std::pair<std::string, double>> const& given = {}) {
  Condition row;
  row.id = ConditionId{id};
  row.probability = Probability{probability};
  for (auto const& [when, chance] : given) {
    row.given.push_back({std::get<Expression>(parse_expression(when)), Probability{chance}});
  }
  return row;
}

/// A backstop that moves two votes, of which one also moves the other; listed effects first.
std::vector<Condition> three() {
  return {condition("vote-b", 0.2, {{"backstop & vote-a", 0.9}, {"backstop", 0.6}}),
          condition("vote-a", 0.4, {{"backstop", 0.8}}), condition("backstop", 0.5)};
}

TEST(ConditionNetwork, ProbabilitiesOfAllDrawsAddUpToOne) {
  auto const network = ConditionNetwork::build(three()).value();
  double sum = 0;
  for (unsigned code = 0; code < 8; ++code) {
    ConditionNetwork::Draw const draw{{ConditionId{"backstop"}, (code & 1U) != 0},
                                      {ConditionId{"vote-a"}, (code & 2U) != 0},
                                      {ConditionId{"vote-b"}, (code & 4U) != 0}};
    sum += network.probability(draw).count();
  }
  EXPECT_NEAR(sum, 1, 1e-12);
}

TEST(ConditionNetwork, FirstTrueItemWins) {
  auto const network = ConditionNetwork::build(three()).value();
  ConditionNetwork::Draw const all{{ConditionId{"backstop"}, true},
                                   {ConditionId{"vote-a"}, true},
                                   {ConditionId{"vote-b"}, true}};
  EXPECT_NEAR(network.probability(all).count(), 0.5 * 0.8 * 0.9, 1e-12);
}

TEST(ConditionNetwork, DrawsJointlyAsOftenAsTheyShould) {
  auto const network = ConditionNetwork::build(three()).value();
  constexpr int kDraws = 40'000;
  std::map<ConditionNetwork::Draw, int> count;
  for (int i = 0; i < kDraws; ++i) {
    ++count[network.sample(7, "conditions", static_cast<std::uint64_t>(i))];
  }
  // Pearson's statistic over the 8 draws; 24.3 is exceeded once in a thousand seeds.
  double chi_squared = 0;
  for (unsigned code = 0; code < 8; ++code) {
    ConditionNetwork::Draw const draw{{ConditionId{"backstop"}, (code & 1U) != 0},
                                      {ConditionId{"vote-a"}, (code & 2U) != 0},
                                      {ConditionId{"vote-b"}, (code & 4U) != 0}};
    double const expected = kDraws * network.probability(draw).count();
    chi_squared += std::pow(count[draw] - expected, 2) / expected;
  }
  EXPECT_LT(chi_squared, 24.3);
}

TEST(ConditionNetwork, SameSeedSameDraws) {
  auto const network = ConditionNetwork::build(three()).value();
  EXPECT_EQ(network.sample(1, "conditions", 5), network.sample(1, "conditions", 5));
}

TEST(ConditionNetwork, ANewConditionMovesNoOther) {
  auto const few = ConditionNetwork::build(three()).value();
  std::vector<Condition> more = three();
  more.insert(more.begin(), condition("another", 0.5, {{"backstop", 0.1}}));
  auto const many = ConditionNetwork::build(more).value();
  for (std::uint64_t world = 0; world < 100; ++world) {
    auto draw = many.sample(1, "conditions", world);
    EXPECT_EQ(draw.erase(ConditionId{"another"}), 1U);
    EXPECT_EQ(draw, few.sample(1, "conditions", world));
  }
}

TEST(ConditionNetwork, OutcomesAreAllThatCanHappen) {
  auto const network = ConditionNetwork::build(three()).value();
  auto const outcomes = network.outcomes(8);
  ASSERT_TRUE(outcomes);
  EXPECT_EQ(outcomes->size(), 8U);
  double sum = 0;
  for (auto const& outcome : *outcomes) {
    EXPECT_NEAR(outcome.probability.count(), network.probability(outcome.draw).count(), 1e-12);
    sum += outcome.probability.count();
  }
  EXPECT_NEAR(sum, 1, 1e-12);
  EXPECT_FALSE(network.outcomes(7));
  // What is certain is no choice.
  auto const sure = ConditionNetwork::build({condition("a", 1), condition("b", 0)}).value();
  EXPECT_EQ(sure.outcomes(1)->size(), 1U);
}

TEST(ConditionNetwork, NamesACycle) {
  std::vector<Condition> const circle{condition("a", 0.5, {{"b", 0.9}}),
                                      condition("b", 0.5, {{"c", 0.9}}),
                                      condition("c", 0.5, {{"a", 0.9}}), condition("d", 0.5)};
  EXPECT_EQ(find_cycle(circle), (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(ConditionNetwork::build(circle).error().message,
            "conditions depend on each other in a circle: a -> b -> c -> a");
  EXPECT_TRUE(find_cycle(three()).empty());
}

TEST(ConditionNetwork, RefusesToDrawWhatNobodyStatedAndNamesItAll) {
  Condition silent;
  silent.id = ConditionId{"vote"};
  Condition other;
  other.id = ConditionId{"consent"};
  Error const error = ConditionNetwork::build({silent, condition("a", 0.5), other}).error();
  EXPECT_EQ(error.kind, ErrorKind::kRefused);
  EXPECT_EQ(error.message, "no probability is stated to draw from: vote, consent");
}

TEST(RandomStream, PurposesAndCountersDoNotMeet) {
  EXPECT_NE(RandomStream(1, "a").bits(), RandomStream(1, "b").bits());
  EXPECT_NE(RandomStream(1, "a", 0).bits(), RandomStream(1, "a", 1).bits());
  EXPECT_NE(RandomStream(1, "a").bits(), RandomStream(2, "a").bits());
  RandomStream stream{3, "uniform"};
  double sum = 0;
  constexpr int kDraws = 10'000;
  for (int i = 0; i < kDraws; ++i) {
    double const draw = stream.uniform();
    ASSERT_TRUE(draw >= 0 && draw < 1);
    sum += draw;
  }
  EXPECT_NEAR(sum / kDraws, 0.5, 0.015);
}

}  // namespace
}  // namespace guarantor::model
