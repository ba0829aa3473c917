#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "guarantor/chain/chain.h"
#include "guarantor/model/site_lines.h"
#include "guarantor/model/spelling.h"
#include "guarantor/plan_folder.h"
#include "guarantor/planned_sides.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/report/side_by_side_report.h"
#include "guarantor/scenario_input.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

constexpr std::array<std::string_view, 5> kFormats{"table", "json", "csv", "xlsx", "html"};

struct Options {
  Viewpoint viewpoint;
  std::vector<std::string> plans;
  std::vector<std::string> scenarios;
  std::string format{"table"};
  std::string output;
  std::string since;
};

/// Some renderings are no text to print.
model::Result<model::Done> check_options(Options const& options) {
  if (std::ranges::find(kFormats, options.format) == kFormats.end()) {
    auto const near = model::closest(options.format, kFormats);
    return model::Error{
        model::ErrorKind::kBadInput, fmt::format("unknown format `{}`", options.format),
        near ? fmt::format("did you mean `{}`?", *near) : "it is table, json, csv, xlsx or html"};
  }
  auto const plans = options.plans.size();
  auto const scenarios = options.scenarios.size();
  if (scenarios != 1 && scenarios != plans) {
    return model::Error{
        model::ErrorKind::kBadInput,
        fmt::format("{} plans and {} scenarios do not pair up", plans, scenarios),
        "name one scenario for all plans, or --scenario once for each in their order"};
  }
  if (plans > 1 && !options.since.empty()) {
    return model::Error{model::ErrorKind::kBadInput, "--since goes with one plan",
                        "name the earlier plan as the first of the plans"};
  }
  if (options.output.empty() && options.format == "csv") {
    return model::Error{model::ErrorKind::kBadInput, "CSV is several files",
                        "name a folder with -o"};
  }
  if (options.output.empty() && options.format == "xlsx") {
    return model::Error{model::ErrorKind::kBadInput, "a workbook cannot be printed",
                        "name a file with -o"};
  }
  return model::Done{};
}

/// A plan says something about one scenario only, down to the last cell; one made from the whole
/// says nothing to a viewer from whom a part of it is kept.
model::Result<model::Done> check_match(std::string const& plan_path,
                                       std::string const& scenario_path,
                                       model::Scenario const& scenario,
                                       model::ForcePlan const& plan, bool restricted) {
  auto const hash = tables::content_hash(scenario);
  if (plan.scenario_hash == hash) {
    return model::Done{};
  }
  if (restricted) {
    return model::Error{
        model::ErrorKind::kRefused,
        fmt::format("{} was not made from what is released of {}", plan_path, scenario_path),
        "`generate` and `plan` with --as plan from what is released"};
  }
  return model::Error{
      model::ErrorKind::kRefused,
      fmt::format(
          "{} was made from another state of the scenario (its hash is {:.12}, {} has {:.12})",
          plan_path, plan.scenario_hash, scenario_path, hash),
      "plan again, or name the scenario as it was"};
}

/// The sites that the plan was made with: chosen again, which gives the same ones. The lines that
/// came of them are in the plan already.
model::Result<std::optional<model::SitePlan>> chosen_again(model::Scenario const& scenario,
                                                           model::ForcePlan const& plan) {
  auto sites = chain::find_sites(scenario, {}, {});
  if (sites.ok() && sites.value()) {
    sites.value()->program_version = plan.program_version;
    sites.value()->scenario_hash = plan.scenario_hash;
  }
  return sites;
}

model::Result<std::string> render(Options const& options, model::Scenario const& scenario,
                                  model::ForcePlan const& plan,
                                  std::optional<model::ForcePlan> const& since) {
  if (options.format == "json") {
    return report::to_json(scenario, plan);
  }
  if (options.format == "xlsx") {
    return report::to_workbook(scenario, plan);
  }
  if (options.format == "html") {
    auto const sites = chosen_again(scenario, plan);
    if (!sites.ok()) {
      return sites.error();
    }
    auto const map = map_source(scenario, sites.value());
    return map.ok()
               ? model::Result<std::string>{report::to_brief(scenario, plan, since, map.value())}
               : map.error();
  }
  auto const out = options.output.empty() ? standard_output() : Terminal{};
  return report::to_table(scenario, plan, {.colour = out.colour, .width = out.width});
}

model::Result<model::Done> run_one(Options const& options) {
  auto const plan = read_plan(options.plans.front());
  if (!plan.ok()) {
    return plan.error();
  }
  auto scenario = read_scenario(options.scenarios.front(), options.viewpoint);
  if (!scenario.ok()) {
    return scenario.error();
  }
  auto const match = check_match(options.plans.front(), options.scenarios.front(), scenario.value(),
                                 plan.value(), is_restricted(options.viewpoint));
  if (!match.ok()) {
    return match;
  }
  scenario = model::with_lines_of(std::move(scenario).value(), plan.value().sites);
  auto const since = read_earlier_plan(options.since, scenario.value());
  if (!since.ok()) {
    return since.error();
  }
  if (options.format == "csv") {
    return write_csv_folder(options.output, scenario.value(), plan.value());
  }
  auto const text = render(options, scenario.value(), plan.value(), since.value());
  if (!text.ok()) {
    return text.error();
  }
  return options.output.empty() ? print(text.value())
                                : tables::write_file(options.output, text.value());
}

model::Result<std::string> render(Options const& options, report::SideBySide const& sides) {
  if (options.format == "json") {
    return report::to_json(sides);
  }
  if (options.format == "xlsx") {
    return report::to_workbook(sides);
  }
  if (options.format == "html") {
    return report::to_page(sides);
  }
  auto const out = options.output.empty() ? standard_output() : Terminal{};
  return report::to_table(sides, {.colour = out.colour, .width = out.width});
}

/// Plans that are there already, side by side. One scenario serves all of them: the same case in
/// several worlds.
model::Result<model::Done> run_several(Options const& options) {
  std::vector<model::ForcePlan> plans;
  std::vector<model::Scenario> scenarios;
  for (std::size_t i = 0; i < options.plans.size(); ++i) {
    auto plan = read_plan(options.plans[i]);
    if (!plan.ok()) {
      return plan.error();
    }
    auto const& path = options.scenarios[options.scenarios.size() == 1 ? 0 : i];
    auto scenario = read_scenario(path, options.viewpoint);
    if (!scenario.ok()) {
      return scenario.error();
    }
    auto const match = check_match(options.plans[i], path, scenario.value(), plan.value(),
                                   is_restricted(options.viewpoint));
    if (!match.ok()) {
      return match;
    }
    scenarios.push_back(model::with_lines_of(std::move(scenario).value(), plan.value().sites));
    plans.push_back(std::move(plan).value());
  }
  auto const sides = side_by_side(scenarios, plans);
  if (options.format == "csv") {
    return write_csv_folder(options.output, sides);
  }
  auto const text = render(options, sides);
  if (!text.ok()) {
    return text.error();
  }
  return options.output.empty() ? print(text.value())
                                : tables::write_file(options.output, text.value());
}

model::Result<model::Done> run(Options const& options) {
  if (auto const sound = check_options(options); !sound.ok()) {
    return sound;
  }
  if (auto const allowed = refuse_file(options.viewpoint, "--since", options.since);
      !allowed.ok()) {
    return allowed;
  }
  return options.plans.size() > 1 ? run_several(options) : run_one(options);
}

}  // namespace

void add_report(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "report",
       .does = "Render an earlier plan again, in any of its forms; several side by side",
       .examples =
           "  guarantor report plans/june/plan.json --scenario scenarios/ukraine\n"
           "  guarantor report plans/june/plan.json --scenario scenarios/ukraine --format html "
           "-o brief.html\n"
           "  guarantor report may.json june.json --scenario scenarios/may --scenario "
           "scenarios/june"},
      [options](Session const&) { return run(*options); });
  verb.add_option("plan", options->plans,
                  "The plan.json of an earlier plan; several are set beside the first")
      ->type_name("PLAN.json")
      ->required();
  verb.add_option("--scenario", options->scenarios,
                  "The scenario it was made from, unchanged; once for each of several plans, or "
                  "one for all")
      ->type_name("SCENARIO")
      ->allow_extra_args(false)
      ->required();
  add_viewpoint(verb, options->viewpoint);
  verb.add_option("--format", options->format, "What to render (default: table)")
      ->type_name("table|json|csv|xlsx|html");
  verb.add_option("-o,--output", options->output,
                  "Where to write, a folder for csv (default: standard output)")
      ->type_name("FILE");
  verb.add_option("--since", options->since,
                  "An earlier plan.json; the brief then tells what changed")
      ->type_name("FILE");
}

}  // namespace guarantor::app
