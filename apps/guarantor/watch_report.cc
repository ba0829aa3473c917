#include "guarantor/report/watch_report.h"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>

#include "guarantor/ledger/digest.h"
#include "guarantor/plan_folder.h"
#include "guarantor/serve/watch_period.h"
#include "guarantor/tables/files.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/watch_input.h"

namespace guarantor::app {
namespace {

struct Options {
  WatchWords words;
  std::string days;
  std::string folder;
  bool json{};
  bool publish{};
};

struct Made {
  model::Scenario scenario;
  model::WatchReport report;
  std::string json;
  bool unchanged{};  ///< says what the last published revision says
};

/// The report of some days, numbered after what was published of them.
model::Result<Made> make(Options const& options, store::Store const& store) {
  auto const days = serve::parse_period(options.days);
  auto scenario = days.ok() ? watch_scenario(options.words) : days.error();
  if (!scenario.ok()) {
    return scenario.error();
  }
  auto made = serve::period_report(store, scenario.value(), days.value(),
                                   {author(options.words.store).at, GUARANTOR_VERSION});
  if (!made.ok()) {
    return made.error();
  }
  return Made{.scenario = std::move(scenario).value(),
              .report = std::move(made.value().report),
              .json = std::move(made.value().json),
              .unchanged = made.value().unchanged};
}

model::Result<model::Done> write(std::string const& folder, Made const& made) {
  if (auto const ready = prepare_folder(folder); !ready.ok()) {
    return ready;
  }
  auto files = report::to_csv(made.scenario, made.report);
  files.emplace("watch.json", made.json);
  files.emplace("watch.html", report::to_page(made.scenario, made.report));
  return tables::write_folder(folder, files, true);
}

model::Result<model::Done> publish(Options const& options, Made const& made,
                                   store::SqliteStore& store) {
  if (made.unchanged) {
    say(fmt::format("{} says what revision {} says: nothing new is published", made.report.id,
                    made.report.revision));
    return model::Done{};
  }
  store::Draft const draft{.kind = store::RecordKind::kReport,
                           .key = made.report.id,
                           .body = made.json,
                           .owner = {},
                           .releasable_to = {}};
  auto const kept = store.append({&draft, 1}, author(options.words.store));
  if (!kept.ok()) {
    return kept.error();
  }
  auto const record = store.at(kept.value().first);
  if (!record.ok()) {
    return record.error();
  }
  say(fmt::format("published {}, revision {}: record {}, version {}", made.report.id,
                  made.report.revision, kept.value().first, ledger::hex(record.value().version)));
  return store.publish({});
}

model::Result<model::Done> run(Options const& options) {
  auto may = may_see_watch(options.words);
  if (may.ok() && options.publish) {
    // What is published is what the whole scenario says.
    may = refuse_whole(options.words.viewpoint, "what a published report rests on");
  }
  auto const store = !may.ok()         ? may.error()
                     : options.publish ? open_to_write(options.words.store)
                                       : open_watch(options.words);
  auto const made = store.ok() ? make(options, *store.value()) : store.error();
  if (!made.ok()) {
    return made.error();
  }
  if (!options.folder.empty()) {
    if (auto const written = write(options.folder, made.value()); !written.ok()) {
      return written;
    }
  }
  if (options.publish) {
    if (auto const published = publish(options, made.value(), *store.value()); !published.ok()) {
      return published;
    }
  }
  auto const out = standard_output();
  return print(options.json ? made.value().json
                            : report::to_table(made.value().scenario, made.value().report,
                                               {.colour = out.colour, .width = out.width}));
}

}  // namespace

void add_watch_report(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "watch report",
       .does =
           "Report a day or several: what was watched, counted and alleged, beside the time before",
       .examples =
           "  guarantor watch report --store coalition.db --days 2026-06-03\n"
           "  guarantor watch report --store coalition.db --days 2026-06-01/2026-06-08 -o week\n"
           "  guarantor watch report --store coalition.db --days 2026-06-03 --publish --by desk"},
      [options](Session const&) { return run(*options); });
  add_watch_store(verb, options->words);
  add_signing(verb, options->words.store);
  add_watch_scenario(verb, options->words);
  verb.add_option("--days", options->days, "A day, or the first and the day after the last")
      ->type_name("DAY|DAY/DAY")
      ->required();
  verb.add_option("-o,--output", options->folder,
                  "Also write watch.html, watch.json and the CSV tables to this folder")
      ->type_name("DIR");
  verb.add_flag("--json", options->json, "Answer in JSON instead of a table");
  verb.add_flag("--publish", options->publish,
                "Keep it in the store as published; a correction is a new revision");
}

}  // namespace guarantor::app
