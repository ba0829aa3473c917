#include "guarantor/serve/plan_release.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "guarantor/generate/plan.h"
#include "guarantor/policy/release.h"
#include "guarantor/serve/kept_plan.h"
#include "guarantor/tables/scenario_folder.h"
#include "planned_case.h"

namespace guarantor::serve {
namespace {

using Json = nlohmann::json;

std::string const kPlan = "/api/scenarios/tutorial/plans/tutorial";
std::string const kCanary = "kanarienvogel";

/// Of each nation's pledges every second is released to all.
model::Scenario pot() {
  auto scenario = scenario_at("scenarios/tutorial");
  for (std::size_t i = 0; i < scenario.pledges.size(); i += 2) {
    scenario.pledges[i].releasable_to = {"all"};
  }
  return scenario;
}

/// The same where nobody but its owner and planners looks.
model::Scenario changed_unseen(model::Scenario scenario, model::NationId const& nation) {
  for (std::size_t i = 1; i < scenario.pledges.size(); i += 2) {
    if (scenario.pledges[i].nation != nation) {
      scenario.pledges[i].row.provenance.note = kCanary;
      scenario.pledges[i].cost_per_unit_month.emplace(77.5);
    }
  }
  for (model::Condition& condition : scenario.conditions) {
    condition.probability.emplace(0.123456);
    condition.row.provenance.note = kCanary;
  }
  return scenario;
}

model::ForcePlan planned(model::Scenario const& scenario) {
  generate::Request request;
  request.explain = false;
  auto made = generate::plan(scenario, request);
  EXPECT_TRUE(made.ok());
  auto plan = std::move(made).value();
  plan.scenario_hash = tables::content_hash(scenario);
  return plan;
}

/// The plan as it might have come out otherwise where the viewer sees nothing of it.
model::ForcePlan changed_unseen(model::ForcePlan plan, model::Scenario const& scenario,
                                policy::Viewer const& viewer) {
  std::set<model::PledgeId> seen;
  for (auto const& pledge : policy::released(scenario, viewer).pledges) {
    seen.insert(pledge.id);
  }
  std::set<model::RequirementId> unseen_lines;
  for (auto& row : plan.assignments) {
    if (!seen.contains(row.pledge)) {
      unseen_lines.insert(row.requirement);
      row.units = model::Units{row.units.count() + 40};
    }
  }
  EXPECT_FALSE(unseen_lines.empty());
  for (auto& row : plan.fill) {
    if (unseen_lines.contains(row.requirement)) {
      row.covered = 0.987654;
    }
  }
  plan.objective = 12345.678;
  plan.bound = 23456.789;
  plan.gap = 0.9;
  plan.seconds = model::Seconds{98.7};
  plan.reason = kCanary;
  plan.gaps = {{.requirement = model::RequirementId{"x"},
                .months = {},
                .short_by = 5.4321,
                .reason = model::GapReason::kOutbid,
                .by = kCanary,
                .unlocks = {},
                .outbid = {}}};
  plan.asks.emplace_back();
  return plan;
}

void keep(ServeCase& serve, model::Scenario const& scenario, model::ForcePlan const& plan,
          std::string const& to) {
  auto const kept = serve.services().store.write([&](auto& store) {
    store::Draft const draft{.kind = store::RecordKind::kPlan,
                             .key = "tutorial",
                             .body = to_body(scenario, {.plan = plan, .asked = {.title = "twin"}}),
                             .owner = {},
                             .releasable_to = {to}};
    return store.append({&draft, 1}, {.name = "anna", .at = serve.services().now()});
  });
  ASSERT_TRUE(kept.ok()) << kept.error().message;
}

std::string everything(Response const& response) {
  std::string out = std::to_string(response.status) + "\n";
  for (auto const& [name, value] : response.headers.all()) {
    out += name + ": " + value + "\n";
  }
  return out + std::string{response.text()};
}

TEST(ReleasedPlan, NoByteDependsOnWhatIsHidden) {
  model::Scenario const scenario = pot();
  auto const nation = scenario.nations.front().id;
  struct Eyes {
    std::string viewer;
    std::string to;
  };
  for (auto const& [viewer, to] :
       {Eyes{"delegate:" + nation.text(), "all"}, Eyes{"decision-maker:" + nation.text(), "all"},
        Eyes{"decision-maker", "all"}, Eyes{"delegate:" + nation.text(), nation.text()},
        Eyes{"public", "public"}, Eyes{"monitor", "public"}, Eyes{"controller", "public"}}) {
    auto const eyes = policy::parse_viewer(viewer).value();
    auto const twin = changed_unseen(scenario, eyes.nation);
    auto const plan = planned(scenario);
    auto other = changed_unseen(plan, scenario, eyes);
    other.scenario_hash = tables::content_hash(twin);
    ServeCase one{scenario};
    ServeCase two{twin};
    keep(one, scenario, plan, to);
    keep(two, twin, other, to);
    ASSERT_NE(one.get("planner", kPlan).text(), two.get("planner", kPlan).text());
    for (std::string const target :
         {"", "?format=csv", "?format=csv&table=fill", "?format=csv&table=withheld",
          "?format=csv&table=none", "?format=html", "?format=geojson", "?format=xlsx",
          "?version=12345678", "/../plans"}) {
      auto const path =
          target == "/../plans" ? std::string{"/api/scenarios/tutorial/plans"} : kPlan + target;
      auto const first = everything(one.get(viewer, path));
      auto const second = everything(two.get(viewer, path));
      EXPECT_EQ(first, second) << viewer << " " << path;
      EXPECT_EQ(first.find(kCanary), std::string::npos) << viewer << " " << path;
    }
    EXPECT_EQ(one.get(viewer, kPlan).status, 200) << viewer;
    EXPECT_EQ(one.get(viewer, kPlan + "?format=html").status, 200) << viewer;
  }
}

}  // namespace
}  // namespace guarantor::serve
