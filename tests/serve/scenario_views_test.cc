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

TEST(ScenarioViews, WaitForWhatIsAnnounced) {
  ServeCase serve{scenario_at("scenarios/tutorial")};
  ScenarioViews views{serve.services().store};
  auto const kept = views.whole(serve.services().usual_scenario).value();
  ScenarioViews others{serve.services().store};
  SharedView seen;
  std::jthread asker;
  {
    auto const announced = others.announce(kept->version.scenario, kept->version.content_hash);
    asker = std::jthread{[&] { seen = others.whole(serve.services().usual_scenario).value(); }};
    others.remember(kept->version, {kept->scenario, {}});
  }
  asker.join();
  EXPECT_EQ(seen->text.rows.size(), 0U) << "it read the store instead";
}

TEST(ScenarioViews, AreOfTheVersionThatIsAskedForThoughAnotherHasTheSameContent) {
  ServeCase serve{scenario_at("scenarios/tutorial")};
  ScenarioViews const views{serve.services().store};
  auto const first = views.whole(serve.services().usual_scenario).value();
  auto later = first->version;
  later.position += 1;
  EXPECT_EQ(views.of({}, later).value()->version.position, later.position);
}

TEST(ScenarioViews, ForgetWhatWasErased) {
  ServeCase serve{scenario_at("scenarios/tutorial")};
  auto const& id = serve.services().usual_scenario;
  ASSERT_TRUE(serve.services().views.whole(id).ok());
  serve.services().views.forget();
  ASSERT_TRUE(serve.services()
                  .store
                  .write([](auto& store) {
                    return store.erase(1, "asked for", {.name = "anna", .at = {}});
                  })
                  .ok());
  EXPECT_FALSE(serve.services().views.whole(id).ok());
}

}  // namespace
}  // namespace guarantor::serve
