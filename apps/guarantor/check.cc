#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/scenario_input.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

struct Options {
  Viewpoint viewpoint;
  std::string scenario;
  bool json{false};
};

using RowCounts = std::vector<std::pair<std::string, std::size_t>>;

RowCounts count_rows(model::Scenario const& scenario) {
  return {{"phases", scenario.phases.size()},
          {"nations", scenario.nations.size()},
          {"meetings", scenario.meetings.size()},
          {"attendance", scenario.attendance.size()},
          {"conditions", scenario.conditions.size()},
          {"assessments", scenario.assessments.size()},
          {"capabilities", scenario.capabilities.size()},
          {"substitutions", scenario.substitutions.size()},
          {"locations", scenario.locations.size()},
          {"links", scenario.links.size()},
          {"pledges", scenario.pledges.size()},
          {"offers", scenario.offers.size()},
          {"deliveries", scenario.deliveries.size()},
          {"requirements", scenario.requirements.size()},
          {"rates", scenario.rates.size()},
          {"ceilings", scenario.ceilings.size()},
          {"contingencies", scenario.contingencies.size()},
          {"force_claims", scenario.force_claims.size()},
          {"demands", scenario.demands.size()},
          {"sites", scenario.sites.size()},
          {"agreements", scenario.agreements.size()},
          {"clauses", scenario.clauses.size()},
          {"sensors", scenario.sensors.size()},
          {"sources", scenario.sources.size()},
          {"areas", scenario.areas.size()}};
}

std::string to_json(tables::Loaded const& loaded) {
  nlohmann::ordered_json answer;
  answer["ok"] = loaded.scenario.has_value();
  if (loaded.scenario) {
    answer["scenario"] = loaded.scenario->header.id.text();
    answer["title"] = loaded.scenario->header.title;
    if (!loaded.scenario->header.marking.empty()) {
      answer["marking"] = loaded.scenario->header.marking;
    }
    answer["hash"] = tables::content_hash(*loaded.scenario);
    for (auto const& [table, rows] : count_rows(*loaded.scenario)) {
      answer["rows"][table] = rows;
    }
  }
  answer["diagnostics"] = nlohmann::ordered_json::array();
  for (auto const& found : loaded.diagnostics) {
    answer["diagnostics"].push_back({{"file", found.file},
                                     {"line", found.line},
                                     {"column", found.column},
                                     {"severity", model::text(found.severity)},
                                     {"message", found.message},
                                     {"hint", found.hint}});
  }
  // What stands in a broken file need not be UTF-8.
  return answer.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string to_table(model::Scenario const& scenario) {
  auto text = fmt::format("{}: {}\n", scenario.header.id.text(), scenario.header.title);
  if (!scenario.header.marking.empty()) {
    text += scenario.header.marking + "\n";
  }
  for (auto const& [table, rows] : count_rows(scenario)) {
    if (rows > 0) {
      text += fmt::format("  {:<14} {:>7}\n", table, rows);
    }
  }
  return text;
}

std::string count(std::vector<tables::Diagnostic> const& found, model::Severity severity) {
  auto const n = std::ranges::count(found, severity, &tables::Diagnostic::severity);
  return fmt::format("{} {}{}", n, model::text(severity), n == 1 ? "" : "s");
}

model::Result<model::Done> run(Options const& options) {
  auto const read = load_scenario(options.scenario, options.viewpoint);
  if (!read.ok()) {
    return read.error();
  }
  auto const& loaded = read.value();
  std::string answer;
  if (options.json) {
    answer = to_json(loaded);
  } else {
    for (auto const& found : loaded.diagnostics) {
      say(tables::print(found));
    }
    answer = loaded.scenario ? to_table(*loaded.scenario) : std::string{};
    answer += fmt::format("{}, {}\n", count(loaded.diagnostics, model::Severity::kError),
                          count(loaded.diagnostics, model::Severity::kWarning));
  }
  if (auto const printed = print(answer); !printed.ok() || loaded.scenario) {
    return printed;
  }
  return model::Error{model::ErrorKind::kBadInput,
                      fmt::format("{} is not sound, nothing was loaded", options.scenario), ""};
}

}  // namespace

void add_check(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add({.name = "check",
                         .does = "Say everything that is wrong with a scenario, and where",
                         .examples = "  guarantor check scenarios/ukraine\n"
                                     "  guarantor check offers.xlsx --json\n"
                                     "  guarantor check scenarios/tutorial --as delegate:XAB"},
                        [options](Session const&) { return run(*options); });
  verb.add_option("scenario", options->scenario, "A scenario's folder or workbook")
      ->type_name("SCENARIO")
      ->required();
  verb.add_flag("--json", options->json, "Answer in JSON, diagnostics included");
  add_viewpoint(verb, options->viewpoint);
}

}  // namespace guarantor::app
