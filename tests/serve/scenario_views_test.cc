#include "guarantor/serve/scenario_views.h"

#include <gtest/gtest.h>

#include <latch>
#include <thread>
#include <vector>

#include "serve_case.h"

namespace guarantor::serve {
namespace {

TEST(ScenarioViews, AreMadeOnceHoweverManyAskAtOnce) {
  ServeCase serve{scenario_at("scenarios/tutorial")};
  ScenarioViews const views{serve.services().store};
  constexpr std::size_t kAskers = 8;
  std::vector<SharedView> seen(kAskers);
  std::latch ready{kAskers};
  {
    std::vector<std::jthread> askers;
    for (std::size_t i = 0; i < kAskers; ++i) {
      askers.emplace_back([&, i] {
        ready.arrive_and_wait();
        auto const view = views.of({}, serve.services().usual_scenario);
        seen[i] = view.ok() ? view.value() : nullptr;
      });
    }
  }
  ASSERT_NE(seen[0], nullptr);
  for (SharedView const& view : seen) {
    EXPECT_EQ(view, seen[0]);
  }
}

}  // namespace
}  // namespace guarantor::serve
