#include "guarantor/report/watch_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "guarantor/ledger/digest.h"
#include "guarantor/monitor/published_report.h"
#include "guarantor/monitor/store_archive.h"
#include "guarantor/monitor/watch_records.h"
#include "guarantor/plan_folder.h"
#include "guarantor/tables/files.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/watch/daily_report.h"
#include "guarantor/watch/warnings.h"
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

std::vector<model::ListedWarning> warnings(model::Scenario const& scenario,
                                           monitor::WatchRecords const& records,
                                           model::Interval<model::Date> days) {
  std::vector<model::ListedWarning> listed;
  auto const places = watch::WatchedPlaces::from(scenario);
  if (!places.ok()) {
    return listed;  // the report itself says what is wrong with the lines
  }
  for (auto& warning : watch::warnings_of(scenario, places.value(), records.observations, days)) {
    listed.push_back({.warning = std::move(warning.name),
                      .at = warning.at,
                      .weight = warning.weight,
                      .reasons = std::move(warning.reasons)});
  }
  return listed;
}

/// Adds the incidents of a published report that are no longer of these days, or of any, so that
/// the correction says what became of them.
model::Result<model::Done> add_ended(store::Store const& store,
                                     monitor::PublishedReport const& published,
                                     monitor::WatchRecords& records) {
  for (model::ListedIncident const& listed : published.report.incidents) {
    if (std::ranges::find(records.incidents, listed.incident.id, &model::Incident::id) !=
        records.incidents.end()) {
      continue;
    }
    auto incident = monitor::kept_incident(store, listed.incident.id);
    if (!incident.ok()) {
      return incident.error();
    }
    if (incident.value()) {
      records.incidents.push_back(std::move(*incident.value()));
    }
  }
  return model::Done{};
}

/// The report of some days, numbered after what was published of them.
model::Result<Made> make(Options const& options, store::Store const& store) {
  auto const days = parse_days(options.days);
  auto scenario = days.ok() ? watch_scenario(options.words) : days.error();
  if (!scenario.ok()) {
    return scenario.error();
  }
  // The days before are compared with, and signs of preparation reach back some more.
  std::chrono::days signs{31};
  for (model::Indicator const& indicator : scenario.value().indicators) {
    if (indicator.window) {
      signs = std::max(signs,
                       std::chrono::days{static_cast<int>(std::ceil(indicator.window->count()))});
    }
  }
  model::Interval<model::Date> const read{
      days.value().from - std::max<std::chrono::days>(days.value().length(), signs),
      days.value().to};
  auto records = monitor::read_watch(store, read);
  if (!records.ok()) {
    return records.error();
  }
  watch::DailyReportRequest request{
      .days = days.value(),
      .states = {},
      .warnings = warnings(scenario.value(), records.value(), days.value()),
      .made = author(options.words.store).at,
      .scenario_hash = tables::content_hash(scenario.value()),
      .program_version = GUARANTOR_VERSION,
      .published = {}};
  for (auto const& [id, file] : records.value().files) {
    request.states.emplace(id, file.state);
  }
  auto const report_of = [&] {
    return watch::daily_report(scenario.value(), records.value().incidents,
                               records.value().observations, request);
  };
  auto report = report_of();
  if (!report.ok()) {
    return report.error();
  }
  auto const before = monitor::published_report(store, report.value().id);
  if (!before.ok()) {
    return before.error();
  }
  bool unchanged = false;
  if (before.value()) {
    if (auto const added = add_ended(store, *before.value(), records.value()); !added.ok()) {
      return added.error();
    }
    unchanged = monitor::says_the_same(report::to_json(scenario.value(), report.value()),
                                       before.value()->text);
    request.published = before.value()->report;
    report = report_of();
    report.value().revision = before.value()->report.revision + (unchanged ? 0 : 1);
  }
  std::string json = report::to_json(scenario.value(), report.value());
  return Made{.scenario = std::move(scenario).value(),
              .report = std::move(report).value(),
              .json = std::move(json),
              .unchanged = unchanged};
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
