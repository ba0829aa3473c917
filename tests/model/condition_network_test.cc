#include "guarantor/model/condition_network.h"

#include <gtest/gtest.h>

#include <cmath>

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
    RandomStream stream{7, "conditions", static_cast<std::uint64_t>(i)};
    ++count[network.sample(stream)];
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
  RandomStream one{1, "conditions", 5};
  RandomStream two{1, "conditions", 5};
  EXPECT_EQ(network.sample(one), network.sample(two));
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

TEST(ConditionNetwork, RefusesToDrawWhatNobodyStated) {
  Condition silent;
  silent.id = ConditionId{"vote"};
  EXPECT_EQ(ConditionNetwork::build({silent}).error().kind, ErrorKind::kBadInput);
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
