#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "guarantor/monitor/incident_json.h"
#include "guarantor/monitor/watch_records.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/watch/watched_places.h"
#include "guarantor/watch_input.h"

namespace guarantor::app {
namespace {

struct Options {
  WatchWords words;
  std::string days;
  std::string state;
  std::string sector;
  std::string clause;
  bool json{};
};

bool is_wanted(Options const& options, model::Incident const& incident,
               model::CaseFile const& file) {
  bool clause = options.clause.empty();
  for (model::Allegation const& said : incident.allegations) {
    clause = clause || said.clause.text() == options.clause;
  }
  return clause && (options.state.empty() || options.state == model::text(file.state)) &&
         (options.sector.empty() || options.sector == incident.sector.text());
}

std::string said_of(model::Incident const& incident) {
  std::string text;
  for (model::Allegation const& said : incident.allegations) {
    text += text.empty() ? "" : ", ";
    text += said.clause.text();
    text += said.exempt ? fmt::format(" (exempt: {})", model::text(*said.exempt)) : "";
  }
  return text;
}

std::string line_of(model::Incident const& incident, model::CaseFile const& file) {
  std::string const when = model::print(incident.from);
  return fmt::format("{:<20} {}  {:<11} {:<16} {:>7} {:>7}  {:<12} {}\n", incident.id.text(),
                     when.substr(0, 16), model::text(incident.kind),
                     incident.sector.empty() ? "-" : incident.sector.text(),
                     incident.observations.size(),
                     incident.munitions.all() > 0 ? fmt::to_string(incident.munitions.all()) : "-",
                     model::text(file.state), said_of(incident));
}

/// Error kBadInput where the scenario knows neither the sector nor the clause asked for: nothing
/// found would then be no answer.
model::Result<model::Done> known_words(Options const& options) {
  if (options.sector.empty() && options.clause.empty()) {
    return model::Done{};
  }
  auto const scenario = watch_scenario(options.words);
  auto const places =
      scenario.ok() ? watch::WatchedPlaces::from(scenario.value()) : scenario.error();
  if (!places.ok()) {
    return places.error();
  }
  auto const& clauses = scenario.value().clauses;
  if (!options.clause.empty() && std::ranges::find(clauses, model::ClauseId{options.clause},
                                                   &model::Clause::id) == clauses.end()) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("--clause: the scenario has no clause `{}`", options.clause),
                        "clauses.csv names them"};
  }
  if (!options.sector.empty() && !places.value().middle(model::SectorId{options.sector})) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("--sector: no watched line has a sector `{}`", options.sector),
                        "`guarantor watch coverage` lists them"};
  }
  return model::Done{};
}

model::Result<model::Done> run(Options const& options) {
  std::optional<model::Interval<model::Date>> days;
  if (!options.days.empty()) {
    auto const read = parse_days(options.days);
    if (!read.ok()) {
      return read.error();
    }
    days = read.value();
  }
  if (!options.state.empty() && !model::parse<model::CaseState>(options.state)) {
    return model::Error{model::ErrorKind::kBadInput, fmt::format("`{}` is no state", options.state),
                        "observed, alleged, verified, not-verified, unverifiable, disputed or "
                        "closed"};
  }
  auto const store = open_watch(options.words);
  if (!store.ok()) {
    return store.error();
  }
  auto const records = monitor::read_incidents(*store.value(), days);
  if (!records.ok()) {
    return records.error();
  }
  std::string text;
  std::size_t shown = 0;
  if (!options.json) {
    text = marking_line(options.words) +
           fmt::format("{:<20} {:<16}  {:<11} {:<16} {:>7} {:>7}  {:<12} {}\n", "incident", "from",
                       "kind", "sector", "reports", "counted", "state", "clauses");
  }
  for (model::Incident const& incident : records.value().incidents) {
    auto const& file = records.value().files.at(incident.id);
    if (!is_wanted(options, incident, file)) {
      continue;
    }
    ++shown;
    if (options.json) {
      auto object = nlohmann::ordered_json::parse(monitor::to_json(incident, monitor::kAllListed));
      object["state"] = model::text(file.state);
      text += object.dump() + "\n";
    } else {
      text += line_of(incident, file);
    }
  }
  if (auto const known = shown > 0 ? model::Done{} : known_words(options); !known.ok()) {
    return known;
  }
  text += options.json ? "" : fmt::format("{} incidents\n", shown);
  return print(text);
}

}  // namespace

void add_watch_incidents(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "watch incidents",
       .does = "List incidents, what is said against them and how far people have come",
       .examples = "  guarantor watch incidents --store coalition.db --days 2026-06-03\n"
                   "  guarantor watch incidents --store coalition.db --state alleged --json"},
      [options](Session const&) { return run(*options); });
  add_watch_store(verb, options->words);
  add_watch_scenario(verb, options->words);
  verb.add_option("--days", options->days,
                  "A day, or the first and the day after the last (default: all)")
      ->type_name("DAY|DAY/DAY");
  verb.add_option("--state", options->state, "Only those in this state")
      ->type_name("observed|alleged|verified|not-verified|unverifiable|disputed|closed");
  verb.add_option("--sector", options->sector, "Only those of this sector")->type_name("SECTOR");
  verb.add_option("--clause", options->clause, "Only those said to breach this clause")
      ->type_name("CLAUSE");
  verb.add_flag("--json", options->json, "A line of JSON for each instead of a table");
}

}  // namespace guarantor::app
