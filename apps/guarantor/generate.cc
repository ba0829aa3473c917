#include <memory>
#include <string>

#include "guarantor/plan_options.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/scenario_input.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

struct Options {
  Viewpoint viewpoint;
  std::string scenario;
  bool json{false};
  PlanOptions plan;
};

model::Result<model::Done> run(Options const& options, Session const& session) {
  auto const request = to_request(options.plan);
  if (!request.ok()) {
    return request.error();
  }
  auto const allowed = refuse_file(options.viewpoint, "--warm-start", options.plan.warm_start);
  if (!allowed.ok()) {
    return allowed;
  }
  auto const scenario = read_scenario(options.scenario, options.viewpoint);
  if (!scenario.ok()) {
    return scenario.error();
  }
  auto const exported = export_model(scenario.value(), request.value(), options.plan);
  if (!exported.ok() || options.plan.export_only) {
    return exported;
  }
  auto const made = make_plan(scenario.value(), request.value(), options.plan, session);
  if (!made.ok()) {
    return made.error();
  }
  auto const& [sites, planned, plan] = made.value();
  auto const out = standard_output();
  auto const printed = print(
      options.json ? report::to_json(planned, plan)
                   : report::to_table(planned, plan, {.colour = out.colour, .width = out.width}));
  return printed.ok() ? ending(plan) : printed;
}

}  // namespace

void add_generate(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "generate",
       .does = "Plan the force: who goes where and when, what is missing",
       .examples =
           "  guarantor generate scenarios/ukraine\n"
           "  guarantor generate scenarios/ukraine --world assured --json\n"
           "  guarantor generate scenarios/ukraine --assume vote-gbr=false --gap 0.01\n"
           "  guarantor generate scenarios/tutorial --request XAB --lines bridges --fill 0.9\n"
           "  guarantor generate scenarios/ukraine --export-mps model.mps --export-only"},
      [options](Session const& session) { return run(*options, session); });
  verb.add_option("scenario", options->scenario, "A scenario's folder or workbook")
      ->type_name("SCENARIO")
      ->required();
  verb.add_flag("--json", options->json, "Answer in JSON instead of a table");
  verb.add_flag("--with-sites", options->plan.with_sites,
                "Choose sites first, as `site` does, and plan with their lines too");
  add_viewpoint(verb, options->viewpoint);
  add_plan_options(verb, options->plan);
}

}  // namespace guarantor::app
