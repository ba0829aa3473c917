#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/interruption.h"
#include "guarantor/plan_folder.h"
#include "guarantor/plan_options.h"
#include "guarantor/planned_sides.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/report/side_by_side_report.h"
#include "guarantor/report/site_report.h"
#include "guarantor/scenario_input.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

struct Options {
  Viewpoint viewpoint;
  std::vector<std::string> scenarios;
  std::string folder;
  std::string since;
  bool json{false};
  PlanOptions plan;
};

std::string answer(Options const& options, model::Scenario const& scenario,
                   std::optional<model::SitePlan> const& sites, model::ForcePlan const& plan) {
  if (options.json) {
    return report::to_json(scenario, plan);
  }
  auto const out = standard_output();
  report::TableStyle const style{.colour = out.colour, .width = out.width};
  return fmt::format("{}{}\nBrief: {}\n", report::to_table(scenario, plan, style),
                     sites ? "\n" + report::to_table(scenario, *sites, style) : "",
                     (std::filesystem::path{options.folder} / "brief.html").string());
}

model::Result<model::Done> run_one(Options const& options, generate::Request const& request,
                                   Session const& session) {
  auto const scenario = read_scenario(options.scenarios.front(), options.viewpoint);
  if (!scenario.ok()) {
    return scenario.error();
  }
  auto const since = read_earlier_plan(options.since, scenario.value());
  if (!since.ok()) {
    return since.error();
  }
  auto const exported = export_model(scenario.value(), request, options.plan);
  if (!exported.ok() || options.plan.export_only) {
    return exported;
  }
  // Before the work: a folder that cannot be had should not cost an hour of planning.
  if (auto const made = prepare_folder(options.folder); !made.ok()) {
    return made;
  }
  auto const made = make_plan(scenario.value(), request, options.plan, session);
  if (!made.ok()) {
    return made.error();
  }
  auto const& [sites, planned, plan] = made.value();
  auto const written = write_plan_folder(options.folder, planned, plan, sites, since.value());
  if (!written.ok()) {
    return written;
  }
  auto const printed = print(answer(options, planned, sites, plan));
  return printed.ok() ? ending(plan) : printed;
}

std::string answer(Options const& options, report::SideBySide const& sides) {
  if (options.json) {
    return report::to_json(sides);
  }
  auto const out = standard_output();
  return fmt::format("{}\nSide by side: {}\n",
                     report::to_table(sides, {.colour = out.colour, .width = out.width}),
                     (std::filesystem::path{options.folder} / "compare.html").string());
}

/// What is of one plan only.
model::Result<model::Done> check_several(Options const& options) {
  char const* const option = !options.since.empty()             ? "--since"
                             : !options.plan.export_mps.empty() ? "--export-mps"
                                                                : nullptr;
  if (option != nullptr) {
    return model::Error{
        model::ErrorKind::kBadInput,
        fmt::format("{} goes with one scenario, not with {}", option, options.scenarios.size()),
        "plan that scenario by itself"};
  }
  return model::Done{};
}

model::Result<std::vector<model::Scenario>> read_scenarios(Options const& options) {
  std::vector<model::Scenario> scenarios;
  for (auto const& path : options.scenarios) {
    auto scenario = read_scenario(path, options.viewpoint);
    if (!scenario.ok()) {
      return scenario.error();
    }
    scenarios.push_back(std::move(scenario).value());
  }
  return scenarios;
}

/// Plans one after the other; each is written as soon as it is there, and takes its scenario with
/// the lines of its sites in place of the one given. A time limit holds for each, for the first
/// with the reading of all.
model::Result<std::vector<model::ForcePlan>> plan_each(Options const& options,
                                                       generate::Request const& request,
                                                       Session const& session,
                                                       std::vector<model::Scenario>& scenarios) {
  auto const names = names_of(scenarios);
  for (auto const& name : names) {
    auto const made = prepare_folder(std::filesystem::path{options.folder} / name);
    if (!made.ok()) {
      return made.error();
    }
  }
  Interruption const interruption;
  std::vector<model::ForcePlan> plans;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    auto const own = i == 0 ? session : Session{std::chrono::steady_clock::now()};
    auto made = make_plan(scenarios[i], request, options.plan, own, interruption.token());
    if (!made.ok()) {
      return made.error();
    }
    auto& [sites, planned, plan] = made.value();
    auto const written = write_plan_folder(std::filesystem::path{options.folder} / names[i],
                                           planned, plan, sites, std::nullopt);
    if (!written.ok()) {
      return written.error();
    }
    scenarios[i] = std::move(planned);
    plans.push_back(std::move(plan));
  }
  return plans;
}

model::Result<model::Done> run_several(Options const& options, generate::Request const& request,
                                       Session const& session) {
  if (auto const sound = check_several(options); !sound.ok()) {
    return sound;
  }
  auto scenarios = read_scenarios(options);
  if (!scenarios.ok()) {
    return scenarios.error();
  }
  auto const plans = plan_each(options, request, session, scenarios.value());
  if (!plans.ok()) {
    return plans.error();
  }
  auto const sides = side_by_side(scenarios.value(), plans.value());
  if (auto const written = write_side_by_side(options.folder, sides); !written.ok()) {
    return written;
  }
  if (auto const printed = print(answer(options, sides)); !printed.ok()) {
    return printed;
  }
  auto const cut = std::ranges::find_if(plans.value(), &model::ForcePlan::stopped_by_limit);
  return cut != plans.value().end() ? ending(*cut) : model::Done{};
}

/// Earlier work may rest on rows that were not released.
model::Result<model::Done> check_files(Options const& options) {
  auto const since = refuse_file(options.viewpoint, "--since", options.since);
  return since.ok() ? refuse_file(options.viewpoint, "--warm-start", options.plan.warm_start)
                    : since;
}

model::Result<model::Done> run(Options const& options, Session const& session) {
  auto const request = to_request(options.plan);
  if (!request.ok()) {
    return request.error();
  }
  if (auto const allowed = check_files(options); !allowed.ok()) {
    return allowed;
  }
  return options.scenarios.size() > 1 ? run_several(options, request.value(), session)
                                      : run_one(options, request.value(), session);
}

}  // namespace

void add_plan(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "plan",
       .does = "Plan the force and write JSON, tables, workbook and brief; several side by side",
       .examples = "  guarantor plan scenarios/ukraine -o plans/ukraine\n"
                   "  guarantor plan scenarios/ukraine -o plans/june --since plans/may/plan.json\n"
                   "  guarantor plan scenarios/ukraine -o plans/quick --time-limit 60\n"
                   "  guarantor plan scenarios/tutorial variants/more-ships -o plans/compared"},
      [options](Session const& session) { return run(*options, session); });
  verb.add_option("scenario", options->scenarios,
                  "A scenario's folder or workbook; with several, each is planned and set beside "
                  "the first: what changed, and why")
      ->type_name("SCENARIO")
      ->required();
  verb.add_option("-o,--output", options->folder,
                  "The folder to write to; made where missing. Of several scenarios each gets a "
                  "folder of its own in it")
      ->type_name("DIR")
      ->required();
  verb.add_option("--since", options->since,
                  "An earlier plan.json; the brief then tells what changed")
      ->type_name("FILE");
  verb.add_flag("--json", options->json, "Answer in JSON instead of a table");
  options->plan.with_sites = true;
  verb.add_flag("!--no-sites", options->plan.with_sites,
                "Only the force: choose no sites, and plan without their lines");
  add_viewpoint(verb, options->viewpoint);
  add_plan_options(verb, options->plan);
}

}  // namespace guarantor::app
