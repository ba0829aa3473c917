#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "guarantor/chain/chain.h"
#include "guarantor/generate/plan.h"
#include "guarantor/tables/scenario_folder.h"

/// The cases of the repository on two threads and on one. ThreadSanitizer runs these, too.
namespace guarantor::chain {
namespace {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr model::Seconds kLimit{20};
#else
constexpr model::Seconds kLimit{2};
#endif

model::Scenario scenario(std::string const& name) {
  auto loaded = tables::load("scenarios/" + name);
  EXPECT_TRUE(loaded.scenario) << name;
  return std::move(loaded.scenario).value_or(model::Scenario{});
}

TEST(Threads, PlanTheSameForce) {
  auto const ukraine = scenario("ukraine");
  auto const planned = [&](int threads) {
    return generate::plan(ukraine, {.explain = false, .threads = threads}).value();
  };
  EXPECT_EQ(planned(2), planned(1));
}

TEST(Threads, ChooseTheSameSites) {
  auto const exercise = scenario("exercise");
  auto const found = [&](int threads) {
    return find_sites(exercise, {.threads = threads}, {}).value();
  };
  auto const sites = found(2);
  ASSERT_TRUE(sites);
  EXPECT_EQ(sites, found(1));
}

/// With a time limit branch and cut goes on beside the rest.
TEST(Threads, GiveWhatTheyHaveAtALimit) {
  auto const exercise = scenario("exercise");
  auto const begun = std::chrono::steady_clock::now();
  model::RunControl control;
  control.time_limit = kLimit;
  control.elapsed = [begun] {
    return model::Seconds{
        std::chrono::duration<double>{std::chrono::steady_clock::now() - begun}.count()};
  };
  auto const planned = generate::plan(exercise, {.explain = false, .threads = 2}, control);
  ASSERT_TRUE(planned.ok());
  EXPECT_FALSE(planned.value().assignments.empty());
  EXPECT_LE(planned.value().objective, planned.value().bound + 1e-6);
}

}  // namespace
}  // namespace guarantor::chain
