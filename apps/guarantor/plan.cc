#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>

#include "guarantor/plan_folder.h"
#include "guarantor/plan_options.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/scenario_input.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

struct Options {
  std::string scenario;
  std::string folder;
  std::string since;
  bool json{false};
  PlanOptions plan;
};

std::string answer(Options const& options, model::Scenario const& scenario,
                   model::ForcePlan const& plan) {
  if (options.json) {
    return report::to_json(scenario, plan);
  }
  auto const out = standard_output();
  return fmt::format("{}\nBrief: {}\n",
                     report::to_table(scenario, plan, {.colour = out.colour, .width = out.width}),
                     (std::filesystem::path{options.folder} / "brief.html").string());
}

model::Result<model::Done> run(Options const& options, Session const& session) {
  auto const request = to_request(options.plan);
  if (!request.ok()) {
    return request.error();
  }
  auto const scenario = read_scenario(options.scenario);
  if (!scenario.ok()) {
    return scenario.error();
  }
  auto const since = read_earlier_plan(options.since, scenario.value());
  if (!since.ok()) {
    return since.error();
  }
  auto const exported = export_model(scenario.value(), request.value(), options.plan);
  if (!exported.ok() || options.plan.export_only) {
    return exported;
  }
  // Before the work: a folder that cannot be had should not cost an hour of planning.
  if (auto const made = prepare_folder(options.folder); !made.ok()) {
    return made;
  }
  auto const plan = make_plan(scenario.value(), request.value(), options.plan, session);
  if (!plan.ok()) {
    return plan.error();
  }
  auto const written =
      write_plan_folder(options.folder, scenario.value(), plan.value(), since.value());
  if (!written.ok()) {
    return written;
  }
  auto const printed = print(answer(options, scenario.value(), plan.value()));
  return printed.ok() ? ending(plan.value()) : printed;
}

}  // namespace

void add_plan(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "plan",
       .does = "Plan the force and write JSON, tables, workbook and brief",
       .examples = "  guarantor plan scenarios/ukraine -o plans/ukraine\n"
                   "  guarantor plan scenarios/ukraine -o plans/june --since plans/may/plan.json\n"
                   "  guarantor plan scenarios/ukraine -o plans/quick --time-limit 60"},
      [options](Session const& session) { return run(*options, session); });
  verb.add_option("scenario", options->scenario, "A scenario's folder or workbook")
      ->type_name("SCENARIO")
      ->required();
  verb.add_option("-o,--output", options->folder, "The folder to write to; made where missing")
      ->type_name("DIR")
      ->required();
  verb.add_option("--since", options->since,
                  "An earlier plan.json; the brief then tells what changed")
      ->type_name("FILE");
  verb.add_flag("--json", options->json, "Answer in JSON instead of a table");
  add_plan_options(verb, options->plan);
}

}  // namespace guarantor::app
