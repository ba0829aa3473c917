#include "guarantor/serve/plan_job.h"

#include <sys/resource.h>

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "guarantor/ledger/digest.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/report/site_report.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::serve {
namespace {

using model::Result;

/// Nobody reads more than a few steps a second.
constexpr double kSecondsBetweenSteps = 0.2;

/// The job's own limit, and its steps told no more often than anybody can read.
model::RunControl unhurried(PlanOrder const& order, model::RunControl const& control) {
  model::RunControl own = control;
  own.time_limit = order.time_limit;
  own.progress = [&control, told = -kSecondsBetweenSteps,
                  stage = std::string{}](model::Progress const& step) mutable {
    double const now = control.elapsed ? control.elapsed().count() : 0;
    if (now - told >= kSecondsBetweenSteps || step.stage != stage) {
      told = now;
      stage = step.stage;
      control.report(step);
    }
  };
  return own;
}

/// Whoever plans waits; whoever asks for a page should not.
void give_way() {
  static_cast<void>(::setpriority(PRIO_PROCESS, 0, 10));
}

std::vector<store::Draft> drafts_of(chain::Answer const& answer, PlanOrder const& order) {
  std::vector<store::Draft> drafts{
      {.kind = store::RecordKind::kPlan,
       .key = order.name,
       .body = to_body(answer.scenario, {.plan = answer.plan, .asked = order.asked}),
       .owner = {},
       .releasable_to = {}}};
  if (answer.sites) {
    drafts.push_back({.kind = store::RecordKind::kSitePlan,
                      .key = order.name,
                      .body = report::to_json(answer.scenario, *answer.sites),
                      .owner = {},
                      .releasable_to = {}});
  }
  return drafts;
}

}  // namespace

std::string plan_name(std::string const& scenario, PlanAsked const& asked) {
  return asked.changes.empty() ? scenario : scenario + "~what-if";
}

Result<std::string> run_plan(Services& services, PlanOrder const& order,
                             store::Author const& author, model::RunControl const& control) {
  give_way();
  generate::ComponentCache cache;
  auto made = chain::run(order.scenario, order.request, cache, unhurried(order, control));
  if (!made.ok()) {
    return made.error();
  }
  chain::Answer& answer = made.value();
  if (control.cancelled() && answer.plan.status == model::PlanStatus::kEmpty) {
    return model::Error{model::ErrorKind::kLimit, "it was cancelled before there was any plan", ""};
  }
  auto const hash = tables::content_hash(order.scenario);
  answer.plan.program_version = services.program_version;
  answer.plan.scenario_hash = hash;
  answer.plan.seconds = control.elapsed ? control.elapsed() : model::Seconds{0};
  if (answer.sites) {
    answer.sites->program_version = services.program_version;
    answer.sites->scenario_hash = hash;
  }
  auto const drafts = drafts_of(answer, order);
  store::Author const now{.name = author.name, .at = services.now()};
  auto const kept = services.store.write([&](auto& store) -> Result<store::Record> {
    auto const receipt = store.append(drafts, now);
    return receipt.ok() ? store.at(receipt.value().first) : receipt.error();
  });
  if (!kept.ok()) {
    return kept.error();
  }
  nlohmann::ordered_json const result{{"scenario", answer.plan.scenario_id},
                                      {"plan", order.name},
                                      {"version", ledger::hex(kept.value().version)},
                                      {"status", model::text(answer.plan.status)},
                                      {"stopped_by_limit", answer.plan.stopped_by_limit},
                                      {"sites", answer.sites.has_value()}};
  return result.dump();
}

}  // namespace guarantor::serve
