#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "guarantor/intake/observation_json.h"
#include "guarantor/ledger/digest.h"
#include "guarantor/monitor/case_desk.h"
#include "guarantor/monitor/incident_json.h"
#include "guarantor/monitor/store_archive.h"
#include "guarantor/report/display_text.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/watch_input.h"

namespace guarantor::app {
namespace {

struct Options {
  WatchWords words;
  std::string incident;
  bool json{};
};

/// All that is known of one incident.
struct Shown {
  model::Incident incident;
  model::CaseFile file;
  std::vector<model::Observation> reports;
  std::vector<store::Record> revisions;
};

/// Who did it, beside what happened.
bool is_attribution(model::CaseStep const& step) {
  return step.action == model::CaseAction::kFind || step.action == model::CaseAction::kReply ||
         step.action == model::CaseAction::kDecide;
}

model::Result<Shown> read(store::Store const& store, model::IncidentId const& id) {
  auto file = monitor::case_of(store, id);
  auto incident = file.ok() ? monitor::kept_incident(store, id) : file.error();
  if (!incident.ok()) {
    return incident.error();
  }
  Shown shown{.incident = std::move(*incident.value()),
              .file = std::move(file).value(),
              .reports = {},
              .revisions = {}};
  auto revisions = store.history(store::RecordKind::kIncident, id.text());
  if (!revisions.ok()) {
    return revisions.error();
  }
  shown.revisions = std::move(revisions).value();
  monitor::StoreArchive archive{store};
  for (model::ObservationId const& report : shown.incident.observations) {
    auto observation = archive.observation(report);
    if (!observation.ok()) {
      return observation.error();
    }
    if (observation.value()) {
      shown.reports.push_back(std::move(*observation.value()));
    }
  }
  return shown;
}

std::string to_json(Shown const& shown) {
  nlohmann::ordered_json object;
  object["incident"] =
      nlohmann::ordered_json::parse(monitor::to_json(shown.incident, monitor::kAllListed));
  object["state"] = model::text(shown.file.state);
  object["steps"] = nlohmann::ordered_json::array();
  for (model::CaseStep const& step : shown.file.steps) {
    object["steps"].push_back(nlohmann::ordered_json::parse(monitor::to_json(step)));
  }
  object["reports"] = nlohmann::ordered_json::array();
  for (model::Observation const& report : shown.reports) {
    object["reports"].push_back(nlohmann::ordered_json::parse(intake::to_json(report)));
  }
  object["revisions"] = nlohmann::ordered_json::array();
  for (store::Record const& record : shown.revisions) {
    object["revisions"].push_back({{"record", record.position},
                                   {"at", model::print(record.at)},
                                   {"by", record.by},
                                   {"hash", ledger::hex(record.version)}});
  }
  return object.dump(2) + "\n";
}

/// An allegation with the words of its clause, where the scenario has it.
std::string said(model::Allegation const& allegation, model::Scenario const& scenario) {
  std::string text = fmt::format("\n{} {}", allegation.exempt ? "Exempt from" : "Said to breach",
                                 allegation.clause.text());
  if (allegation.distance) {
    text += fmt::format(", {:.1f} km from {}", allegation.distance->count(), allegation.near);
  } else if (!allegation.near.empty()) {
    text += fmt::format(", within {}", allegation.near);
  }
  if (allegation.exempt) {
    text += fmt::format(": {} was announced ({})", model::text(*allegation.exempt),
                        allegation.notice ? allegation.notice->text() : "");
  }
  text += "\n";
  auto const clause = std::ranges::find(scenario.clauses, allegation.clause, &model::Clause::id);
  if (clause != scenario.clauses.end() && !clause->text.empty()) {
    text += fmt::format("  “{}”\n", clause->text);
  }
  for (model::ObservationId const& id : allegation.evidence) {
    text += fmt::format("  evidence: {}\n", report::clean(id.text()));
  }
  return text;
}

std::string to_text(Shown const& shown, model::Scenario const& scenario, bool attribution) {
  model::Incident const& incident = shown.incident;
  std::string text =
      fmt::format("Incident {}, revision {} ({}): {}\n", incident.id.text(), incident.revision,
                  model::text(incident.cause), model::text(shown.file.state));
  text += fmt::format("{} from {} to {}\n", model::text(incident.kind), model::print(incident.from),
                      model::print(incident.to));
  if (incident.place) {
    text +=
        fmt::format("at {:.5f} N {:.5f} E, within {:.0f} m{}\n", incident.place->latitude.count(),
                    incident.place->longitude.count(), incident.radius.count(),
                    incident.sector.empty() ? "" : ", sector " + incident.sector.text());
  }
  if (incident.munitions.all() > 0) {
    text += fmt::format("{} explosions, {} bursts, {} shots; of them live fire {}\n",
                        incident.munitions.explosions, incident.munitions.bursts,
                        incident.munitions.shots, incident.live_fire.all());
  }
  for (model::Allegation const& allegation : incident.allegations) {
    text += said(allegation, scenario);
  }
  text += fmt::format("\n{} reports\n", shown.reports.size());
  for (model::Observation const& report : shown.reports) {
    text += fmt::format("  {:<32} {} {:<9} {} within {:.0f} m  {}\n",
                        report::clean(report.id.text()), model::print(report.from).substr(0, 16),
                        model::text(report.sense), report::clean(report.seen_by()),
                        report.precision.count(), report::clean(report.text));
  }
  if (!shown.file.steps.empty()) {
    text += "\nSteps\n";
  }
  for (model::CaseStep const& step : shown.file.steps) {
    text += fmt::format("  {} {} by {}{}: {}\n", model::print(step.at).substr(0, 16),
                        model::text(step.action), report::clean(step.by),
                        step.verdict ? fmt::format(" ({})", model::text(*step.verdict)) : "",
                        report::clean(step.why));
  }
  text += attribution ? "" : "\nFindings, replies and decisions are not released to you\n";
  text += "\nRevisions\n";
  for (store::Record const& record : shown.revisions) {
    text += fmt::format("  {} record {} {}\n", model::print(record.at).substr(0, 16),
                        record.position, ledger::hex(record.version).substr(0, 12));
  }
  return text;
}

model::Result<model::Done> run(Options const& options) {
  auto const store = open_watch(options.words);
  auto shown =
      store.ok() ? read(*store.value(), model::IncidentId{options.incident}) : store.error();
  if (!shown.ok()) {
    return shown.error();
  }
  if (!sees_attribution(options.words)) {
    std::erase_if(shown.value().file.steps, is_attribution);
  }
  if (options.json) {
    return print(to_json(shown.value()));
  }
  auto const scenario = watch_scenario(options.words);
  return scenario.ok()
             ? print(marking_line(options.words) +
                     to_text(shown.value(), scenario.value(), sees_attribution(options.words)))
             : scenario.error();
}

}  // namespace

void add_watch_show(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "watch show",
       .does = "Show an incident: its reports, the clauses' words, people's steps, its revisions",
       .examples = "  guarantor watch show i-3f09ac12de88 --store coalition.db"},
      [options](Session const&) { return run(*options); });
  verb.add_option("incident", options->incident, "The incident")->type_name("INCIDENT")->required();
  add_watch_store(verb, options->words);
  add_watch_scenario(verb, options->words);
  verb.add_flag("--json", options->json, "Answer in JSON");
}

}  // namespace guarantor::app
