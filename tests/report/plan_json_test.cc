#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "guarantor/report/plan_report.h"
#include "plan_fixture.h"

namespace {

namespace model = guarantor::model;

rc::Gen<std::string> word() {
  return rc::gen::container<std::string>(rc::gen::elementOf(std::string{"ab \"\\\n\t{}<&,9\x01"}));
}
rc::Gen<double> finite() {
  return rc::gen::map(
      rc::gen::pair(rc::gen::arbitrary<std::int64_t>(), rc::gen::inRange(1, 997)),
      [](auto const& pair) { return static_cast<double>(pair.first % 1000000007) / pair.second; });
}
template <class Tag>
auto id() {
  return rc::gen::map(word(), [](std::string text) { return model::Id<Tag>{std::move(text)}; });
}
rc::Gen<model::Interval<model::Months>> months() {
  return rc::gen::map(rc::gen::arbitrary<std::pair<int, int>>(), [](auto const& pair) {
    return model::Interval<model::Months>{model::Months{pair.first}, model::Months{pair.second}};
  });
}

model::ForcePlan any_plan() {
  using rc::gen::container;
  model::ForcePlan plan;
  plan.program_version = *word();
  plan.scenario_id = *word();
  plan.scenario_hash = *word();
  plan.world.kind = static_cast<model::WorldKind>(*rc::gen::inRange(0, 4));
  for (auto const& name : *container<std::vector<std::string>>(word())) {
    plan.world.assumed[model::ConditionId{name}] = *rc::gen::arbitrary<bool>();
  }
  plan.world.include_indicated = *rc::gen::arbitrary<bool>();
  plan.seed = *rc::gen::arbitrary<std::uint64_t>();
  plan.status = static_cast<model::PlanStatus>(*rc::gen::inRange(0, 3));
  plan.reason = *word();
  plan.stopped_by_limit = *rc::gen::arbitrary<bool>();
  plan.objective = *finite();
  plan.bound = *rc::gen::arbitrary<bool>() ? *finite() : std::numeric_limits<double>::infinity();
  plan.gap = *finite();
  plan.seconds = model::Seconds{*finite()};
  auto const rows = [] { return *rc::gen::inRange(0, 4); };
  for (int i = rows(); i > 0; --i) {
    plan.assignments.push_back({*id<model::PledgeTag>(), *id<model::RequirementTag>(),
                                model::Units{*rc::gen::arbitrary<std::int64_t>()}, *months()});
    plan.fill.push_back({*id<model::RequirementTag>(), model::Months{*rc::gen::arbitrary<int>()},
                         model::Units{*rc::gen::arbitrary<std::int64_t>()}, *finite()});
  }
  for (int i = rows(); i > 0; --i) {
    plan.gaps.push_back({*id<model::RequirementTag>(),
                         *months(),
                         *finite(),
                         static_cast<model::GapReason>(*rc::gen::inRange(0, 17)),
                         *word(),
                         {{*word(), *word(), *finite()}}});
    plan.asks.push_back({*id<model::CapabilityTag>(),
                         *id<model::AreaTag>(),
                         *months(),
                         model::Units{*rc::gen::arbitrary<std::int64_t>()},
                         *finite(),
                         {*id<model::NationTag>()},
                         {*id<model::RequirementTag>()}});
    plan.not_stated.push_back(*id<model::PledgeTag>());
    plan.comparisons.push_back({*word(),
                                *id<model::ConditionTag>(),
                                *rc::gen::arbitrary<bool>(),
                                *finite(),
                                *finite(),
                                *finite(),
                                {*id<model::RequirementTag>()}});
  }
  plan.provenance = {*finite(), *finite(), *finite()};
  return plan;
}

}  // namespace

namespace guarantor::report {
namespace {

RC_GTEST_PROP(PlanJson, ReadsBackEqual, ()) {
  auto const plan = any_plan();
  auto const back = from_json(to_json(sample_scenario(), plan));
  RC_ASSERT(back.ok());
  RC_ASSERT(back.value() == plan);
}

TEST(PlanJson, HasEveryKeyOfTheFormat) {
  auto const json = nlohmann::json::parse(to_json(sample_scenario(), sample_plan()));
  for (auto const* key : {"status",
                          "objective",
                          "bound",
                          "gap",
                          "seconds",
                          "seed",
                          "assignments",
                          "fill",
                          "gaps",
                          "asks",
                          "not_stated",
                          "provenance",
                          "reason",
                          "stopped_by_limit",
                          "program_version",
                          "scenario",
                          "scenario_hash",
                          "kind",
                          "marking",
                          "exercise",
                          "world",
                          "assumed",
                          "comparisons",
                          "plan_hash"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(json["assignments"][0],
            nlohmann::json::parse(R"({"pledge": "qma-hq", "requirement": "hq", "units": 1,
                                      "from_month": 1, "to_month": 24})"));
  EXPECT_EQ(json["fill"][0], nlohmann::json::parse(
                                 R"({"requirement": "hq", "month": 0, "required": 1,
                                     "covered": 0.0})"));
  EXPECT_EQ(json["gaps"][2]["short"], 6.0);
  EXPECT_EQ(json["gaps"][2]["unlocks"][0],
            nlohmann::json::parse(R"({"kind": "condition", "what": "vote-qmb", "gain": 88.0})"));
  EXPECT_EQ(json["asks"][0]["nations"], (nlohmann::json{"QMC", "QMK"}));
  EXPECT_EQ(json["provenance"]["reported"], 0.52);
}

TEST(PlanJson, AnExerciseSaysSoFirstAndLast) {
  auto const text = to_json(sample_scenario(), sample_plan());
  EXPECT_TRUE(text.starts_with("{\n  \"heading\": \"EXERCISE · FOR PLANNERS\""));
  EXPECT_TRUE(text.ends_with("\"footing\": \"EXERCISE · FOR PLANNERS\"\n}\n"));
  auto const plain = to_json(unstated_scenario(), empty_plan());
  EXPECT_EQ(plain.find("EXERCISE"), std::string::npos);
}

TEST(PlanJson, TheHashCoversAllButTheWallTime) {
  auto plan = sample_plan();
  auto const hash = plan_hash(sample_scenario(), plan);
  EXPECT_EQ(hash.size(), 64U);
  plan.seconds = model::Seconds{99};
  EXPECT_EQ(plan_hash(sample_scenario(), plan), hash);
  plan.seed = 2;
  EXPECT_NE(plan_hash(sample_scenario(), plan), hash);
}

TEST(PlanJson, BytesThatAreNoTextDoNotStopIt) {
  auto plan = sample_plan();
  plan.reason = "broken \xff byte";
  EXPECT_TRUE(from_json(to_json(sample_scenario(), plan)).ok());
}

/// The message for a text that is the sample with one piece replaced.
std::string message_for(std::string const& piece, std::string const& by) {
  auto text = to_json(sample_scenario(), sample_plan());
  auto const at = text.find(piece);
  EXPECT_NE(at, std::string::npos) << piece;
  text.replace(at, piece.size(), by);
  auto const result = from_json(text);
  if (result.ok()) {
    return "read";
  }
  EXPECT_EQ(result.error().kind, model::ErrorKind::kBadInput);
  return result.error().message;
}

TEST(PlanJson, SaysWhereAndWhatWasExpected) {
  EXPECT_EQ(message_for(R"("status": "optimal")", R"("status": "done")"),
            "13:13: status: expected one of optimal, feasible, empty");
  EXPECT_EQ(message_for(R"("seed": 1)", R"("seed": -1)"),
            "20:11: seed: expected a whole number from 0 to 18446744073709551615");
  EXPECT_EQ(message_for(R"("stopped_by_limit": false)", R"("stopped_by_limit": 0)"),
            "15:23: stopped_by_limit: expected true or false");
  EXPECT_EQ(message_for(R"("units":1,"from_month":1)", R"("units":1.5,"from_month":1)"),
            "22:51: assignments[0].units: expected a whole number from -9223372036854775808 to "
            "9223372036854775807");
  EXPECT_EQ(message_for(R"("seed": 1,)", ""), "1:1: the plan: expected the key \"seed\"");
}

TEST(PlanJson, RejectsWhatIsNoPlan) {
  auto const message = [](std::string const& text) {
    auto const result = from_json(text);
    return result.ok() ? std::string{"read"} : result.error().message;
  };
  EXPECT_TRUE(message("").starts_with("1:1: syntax error"));
  EXPECT_TRUE(message("{\"status\": optimal}").starts_with("1:12: syntax error"));
  EXPECT_EQ(message("[]"), "1:1: the plan: expected an object in braces");
  EXPECT_EQ(message("{}"), "1:1: the plan: expected the key \"status\"");
  EXPECT_EQ(message("{\"a\":1,\n\"a\":2}"), "2:1: the key \"a\" stands here a second time");
  EXPECT_EQ(message(std::string(100, '[')), "1:33: nested deeper than 32 levels");
  EXPECT_TRUE(message("{\"status\": \"empty\"} x").starts_with("1:21: syntax error"));
}

RC_GTEST_PROP(PlanJson, ATornTextIsRefused, ()) {
  auto const text = to_json(sample_scenario(), sample_plan());
  auto const keep = *rc::gen::inRange<std::size_t>(0, text.size() - 2);
  RC_ASSERT(!from_json(text.substr(0, keep)).ok());
}

}  // namespace
}  // namespace guarantor::report
