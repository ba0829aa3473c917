#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "guarantor/model/promise_ledger.h"
#include "guarantor/model/spelling.h"
#include "guarantor/plan_folder.h"
#include "guarantor/report/promise_report.h"
#include "guarantor/scenario_input.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/viewpoint.h"

namespace guarantor::app {
namespace {

struct Options {
  std::string scenario;
  std::string nation;
  std::string capability;
  std::string from;
  std::string until;
  bool json{false};
  std::string folder;
  Viewpoint viewpoint;
};

/// A name that the scenario has, or nothing where none was given.
template <class Tag, class Rows>
model::Result<model::Id<Tag>> known(std::string_view what, std::string const& name,
                                    Rows const& rows) {
  std::vector<std::string_view> names;
  for (auto const& row : rows) {
    if (row.id.text() == name) {
      return model::Id<Tag>{name};
    }
    names.push_back(row.id.text());
  }
  if (name.empty()) {
    return model::Id<Tag>{};
  }
  auto const near = model::closest(name, names);
  return model::Error{model::ErrorKind::kBadInput,
                      fmt::format("the scenario has no {} `{}`", what, name),
                      near ? fmt::format("did you mean `{}`?", *near) : ""};
}

model::Result<std::optional<model::Date>> day(std::string_view option, std::string const& text) {
  if (text.empty()) {
    return std::optional<model::Date>{};
  }
  auto const date = model::parse_date(text);
  if (!date) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("{}: `{}` is no date", option, text),
                        "YYYY-MM-DD, as in 2026-01-06"};
  }
  return date;
}

model::Result<model::PromiseRequest> request(Options const& options,
                                             model::Scenario const& scenario) {
  auto const nation = known<model::NationTag>("nation", options.nation, scenario.nations);
  auto const capability =
      known<model::CapabilityTag>("capability", options.capability, scenario.capabilities);
  auto const from = day("--from", options.from);
  auto const until = day("--until", options.until);
  if (!nation.ok()) {
    return nation.error();
  }
  if (!capability.ok()) {
    return capability.error();
  }
  if (!from.ok()) {
    return from.error();
  }
  if (!until.ok()) {
    return until.error();
  }
  if (from.value() && until.value() && *from.value() >= *until.value()) {
    return model::Error{model::ErrorKind::kBadInput, "--from and --until leave no day",
                        "--until is the first day that no longer counts"};
  }
  return model::PromiseRequest{.nation = nation.value(),
                               .capability = capability.value(),
                               .from = from.value(),
                               .until = until.value()};
}

model::Result<model::Done> run(Options const& options) {
  auto const scenario = read_scenario(options.scenario, options.viewpoint);
  if (!scenario.ok()) {
    return scenario.error();
  }
  auto const asked = request(options, scenario.value());
  if (!asked.ok()) {
    return asked.error();
  }
  auto ledger = model::promise_ledger(scenario.value(), asked.value());
  ledger.program_version = GUARANTOR_VERSION;
  ledger.scenario_hash = tables::content_hash(scenario.value());
  if (!options.folder.empty()) {
    auto const written = write_promise_folder(options.folder, scenario.value(), ledger);
    if (!written.ok()) {
      return written;
    }
  }
  auto const out = standard_output();
  return print(options.json ? report::to_json(scenario.value(), ledger)
                            : report::to_table(scenario.value(), ledger,
                                               {.colour = out.colour, .width = out.width}));
}

}  // namespace

void add_promises(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "promises",
       .does = "What was offered, upgraded, downgraded, withdrawn, handed over and delivered",
       .examples = "  guarantor promises scenarios/exercise\n"
                   "  guarantor promises scenarios/exercise --nation XFA --json\n"
                   "  guarantor promises scenarios/exercise --capability stock.generators\n"
                   "  guarantor promises scenarios/ukraine --from 2026-01-01 -o promises"},
      [options](Session const&) { return run(*options); });
  verb.add_option("scenario", options->scenario, "A scenario's folder or workbook")
      ->type_name("SCENARIO")
      ->required();
  verb.add_option("--nation", options->nation, "Only the pledges of this nation")
      ->type_name("NATION");
  verb.add_option("--capability", options->capability, "Only the pledges of this capability")
      ->type_name("CAPABILITY");
  verb.add_option("--from", options->from, "Only events from this day on")->type_name("DATE");
  verb.add_option("--until", options->until, "Only events before this day")->type_name("DATE");
  verb.add_flag("--json", options->json, "Answer in JSON instead of a table");
  add_viewpoint(verb, options->viewpoint);
  verb.add_option("-o,--output", options->folder,
                  "Also write promises.html, promises.json, events.csv and promises.csv to this "
                  "folder")
      ->type_name("DIR");
}

}  // namespace guarantor::app
