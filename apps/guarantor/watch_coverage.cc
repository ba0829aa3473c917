#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "guarantor/model/watched_count.h"
#include "guarantor/monitor/watch_records.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/watch/coverage.h"
#include "guarantor/watch_input.h"

namespace guarantor::app {
namespace {

struct Options {
  WatchWords words;
  std::string days;
  std::vector<std::string> kinds;
  bool json{};
};

double hours(std::chrono::microseconds time) {
  return std::chrono::duration<double, std::ratio<3600>>{time}.count();
}

std::string reasons(std::vector<model::BlindTime> const& why) {
  std::string text;
  for (model::BlindTime const& blind : why) {
    text += fmt::format("{}{} {:.1f} h", text.empty() ? "" : ", ", model::text(blind.reason),
                        hours(blind.time));
  }
  return text;
}

model::Result<std::vector<model::EventKind>> read_kinds(std::vector<std::string> const& words) {
  std::vector<model::EventKind> kinds;
  for (std::string const& word : words) {
    auto const kind = model::parse<model::EventKind>(word);
    if (!kind) {
      return model::Error{model::ErrorKind::kBadInput,
                          fmt::format("--kind: `{}` is no kind of event", word),
                          "explosion, burst, shot, drone, …: docs/watch.md"};
    }
    kinds.push_back(*kind);
  }
  return kinds;
}

std::string to_json(watch::Coverage const& coverage, std::vector<model::EventKind> const& kinds) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (model::SectorId const& sector : coverage.sectors()) {
    auto const time = coverage.watched(sector, kinds, coverage.span());
    nlohmann::ordered_json row{{"sector", sector.text()},
                               {"watched_hours", hours(time.watched)},
                               {"of_hours", hours(time.whole)},
                               {"looks", time.looks}};
    row["not_watched"] = nlohmann::ordered_json::object();
    for (auto const& blind : coverage.why_not(sector, kinds, coverage.span())) {
      row["not_watched"][std::string{model::text(blind.reason)}] = hours(blind.time);
    }
    row["watchers"] = nlohmann::ordered_json::array();
    for (auto const& watcher : coverage.watchers(sector)) {
      row["watchers"].push_back(watcher.name);
    }
    rows.push_back(std::move(row));
  }
  return rows.dump(2) + "\n";
}

std::string to_table(watch::Coverage const& coverage, std::vector<model::EventKind> const& kinds) {
  std::string text = fmt::format("{:<20} {:>16} {:>7} {:>6}  {}\n", "sector", "watched", "share",
                                 "looks", "not watched because");
  for (model::SectorId const& sector : coverage.sectors()) {
    auto const time = coverage.watched(sector, kinds, coverage.span());
    text += fmt::format("{:<20} {:>16} {:>6.0f}% {:>6}  {}\n", sector.text(),
                        time.none() ? "not watched" : print(time), 100 * time.share(), time.looks,
                        reasons(coverage.why_not(sector, kinds, coverage.span())));
  }
  return text;
}

model::Result<model::Done> run(Options const& options) {
  auto const days = parse_days(options.days);
  auto const kinds = days.ok() ? read_kinds(options.kinds) : days.error();
  auto const store = kinds.ok() ? open_watch(options.words) : kinds.error();
  auto const scenario = store.ok() ? watch_scenario(options.words) : store.error();
  if (!scenario.ok()) {
    return scenario.error();
  }
  auto const records = monitor::read_watch(*store.value(), days.value());
  if (!records.ok()) {
    return records.error();
  }
  auto const coverage =
      watch::Coverage::of(scenario.value(), records.value().observations,
                          {model::Instant{days.value().from}, model::Instant{days.value().to}},
                          author(options.words.store).at);
  if (!coverage.ok()) {
    return coverage.error();
  }
  return print(options.json
                   ? to_json(coverage.value(), kinds.value())
                   : marking_line(options.words) + to_table(coverage.value(), kinds.value()));
}

}  // namespace

void add_watch_coverage(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "watch coverage",
       .does = "Say which sector was watched for how long, by what, and why not",
       .examples =
           "  guarantor watch coverage --store coalition.db --days 2026-06-03\n"
           "  guarantor watch coverage --store coalition.db --days 2026-06-03 --kind drone"},
      [options](Session const&) { return run(*options); });
  add_watch_store(verb, options->words);
  add_watch_scenario(verb, options->words);
  verb.add_option("--days", options->days, "A day, or the first and the day after the last")
      ->type_name("DAY|DAY/DAY")
      ->required();
  verb.add_option("--kind", options->kinds,
                  "Count only what can tell this kind of event; may be repeated")
      ->type_name("KIND");
  verb.add_flag("--json", options->json, "Answer in JSON instead of a table");
}

}  // namespace guarantor::app
