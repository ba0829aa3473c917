#include <nlohmann/json.hpp>
#include <optional>

#include "guarantor/report/json_text.h"
#include "guarantor/report/plan_marking.h"
#include "guarantor/report/reach_json.h"
#include "guarantor/report/watch_report.h"
#include "guarantor/report/watch_words.h"

namespace guarantor::report {
namespace {

using Json = nlohmann::ordered_json;

template <class Tag>
Json name(model::Id<Tag> const& id) {
  return id.empty() ? Json(nullptr) : Json(id.text());
}

template <class Tag>
Json names(std::vector<model::Id<Tag>> const& ids) {
  Json out = Json::array();
  for (auto const& id : ids) {
    out.push_back(id.text());
  }
  return out;
}

template <class T>
Json value(std::optional<T> const& some) {
  return some ? Json(*some) : Json(nullptr);
}

template <class Word>
Json word(std::optional<Word> const& some) {
  return some ? Json(model::text(*some)) : Json(nullptr);
}

Json of(model::WatchedTime const& time) {
  return {{"watched_hours", hours_of(time.watched)},
          {"of_hours", hours_of(time.whole)},
          {"looks", time.looks}};
}

Json of(model::WatchedCount const& count) {
  Json out = {{"number", value(count.number())}};
  out.update(of(count.time()));
  return out;
}

Json of(model::MunitionCount const& count) {
  return {{"explosions", count.explosions}, {"bursts", count.bursts}, {"shots", count.shots}};
}

Json of(std::array<model::WatchedCount, model::kCaseStates> const& states) {
  Json out = Json::object();
  for (std::size_t s = 0; s < states.size(); ++s) {
    out[std::string{model::text(static_cast<model::CaseState>(s))}] = value(states.at(s).number());
  }
  return out;
}

Json of(std::vector<model::BlindTime> const& why) {
  Json out = Json::object();
  for (auto const& blind : why) {
    out[std::string{model::text(blind.reason)}] = hours_of(blind.time);
  }
  return out;
}

/// What an announcement covers, or null where none was seen and nobody watched.
Json exempt(std::int64_t number, model::WatchedCount const& beside) {
  return value(model::WatchedCount{number, beside.time()}.number());
}

Json of(model::WatchTally const& tally) {
  return {{"watched", of(tally.watched)},
          {"incidents", of(tally.incidents)},
          {"explosions", of(tally.explosions)},
          {"bursts", of(tally.bursts)},
          {"shots", of(tally.shots)},
          {"live_fire", of(tally.live_fire)},
          {"alleged", of(tally.alleged)},
          {"states", of(tally.states)},
          {"exempt", exempt(tally.exempt, tally.incidents)},
          {"restrictions", tally.restrictions},
          {"jammings", tally.jammings}};
}

Json of(model::ClauseTally const& tally) {
  return {{"alleged", of(tally.alleged)},
          {"munitions", of(tally.munitions)},
          {"states", of(tally.states)},
          {"exempt", exempt(tally.exempt, tally.alleged)}};
}

Json of(model::SectorDay const& row) {
  Json watched = Json::array();
  for (auto const& span : row.watched) {
    watched.push_back({model::print(span.from), model::print(span.to)});
  }
  return {{"sector", name(row.sector)},
          {"day", model::print(row.day)},
          {"tally", of(row.tally)},
          {"watched_spans", watched},
          {"not_watched_hours", of(row.why_not)}};
}

Json of(model::Allegation const& allegation) {
  return {{"clause", allegation.clause.text()},
          {"evidence", names(allegation.evidence)},
          {"distance_km", allegation.distance ? Json(allegation.distance->count()) : Json(nullptr)},
          {"near", allegation.near},
          {"exempt", word(allegation.exempt)},
          {"notice", allegation.notice ? Json(allegation.notice->text()) : Json(nullptr)},
          {"counted", allegation.counted}};
}

Json of(model::ListedIncident const& row) {
  auto const& incident = row.incident;
  Json place = nullptr;
  if (incident.place) {
    place = coordinates(*incident.place);
  }
  Json out = {{"incident", incident.id.text()},
              {"revision", incident.revision},
              {"cause", model::text(incident.cause)},
              {"others", names(incident.others)},
              {"state", model::text(row.state)},
              {"what", model::text(incident.what)},
              {"kind", model::text(incident.kind)},
              {"from", model::print(incident.from)},
              {"to", model::print(incident.to)},
              {"sector", name(incident.sector)},
              {"place", place},
              {"radius_m", incident.radius.count()},
              {"munitions", of(row.munitions)},
              {"munitions_of_all_days", of(incident.munitions)},
              {"live_fire_of_all_days", of(incident.live_fire)},
              {"probability", value(incident.probability)},
              {"sources", row.sources},
              {"observers", incident.observers},
              {"observations", names(incident.observations)}};
  out["allegations"] = Json::array();
  for (auto const& allegation : incident.allegations) {
    out["allegations"].push_back(of(allegation));
  }
  return out;
}

Json of(model::ListedRestriction const& row) {
  return {{"report", row.report.text()},
          {"kind", model::text(row.kind)},
          {"from", model::print(row.from)},
          {"to", model::print(row.to)},
          {"sector", name(row.sector)},
          {"observer", row.observer},
          {"text", row.text}};
}

Json of(model::ListedWarning const& row) {
  return {{"warning", row.warning},
          {"at", model::print(row.at)},
          {"weight", row.weight},
          {"reasons", row.reasons}};
}

Json of(model::Correction const& row) {
  return {{"incident", row.incident.text()},
          {"revision_before", value(row.revision_before)},
          {"revision_now", value(row.revision_now)},
          {"cause", word(row.cause)},
          {"others", names(row.others)},
          {"munitions_before", of(row.munitions_before)},
          {"munitions_now", of(row.munitions_now)},
          {"state_before", word(row.state_before)},
          {"state_now", word(row.state_now)}};
}

template <class Row>
Json table(std::vector<Row> const& rows) {
  Json out = Json::array();
  for (auto const& row : rows) {
    out.push_back(of(row));
  }
  return out;
}

void put_sums(Json& out, model::WatchReport const& report) {
  out["now"] = of(report.now);
  out["before"] = of(report.before);
  out["sectors"] = Json::array();
  for (auto const& row : report.sectors) {
    out["sectors"].push_back({{"sector", name(row.sector)},
                              {"now", of(row.now)},
                              {"before", of(row.before)},
                              {"not_watched_hours", of(row.why_not)}});
  }
  out["clauses"] = Json::array();
  for (auto const& row : report.clauses) {
    out["clauses"].push_back({{"clause", row.clause.text()},
                              {"agreement", row.agreement.text()},
                              {"title", row.title},
                              {"text", row.text},
                              {"now", of(row.now)},
                              {"before", of(row.before)}});
  }
  out["clause_days"] = Json::array();
  for (auto const& row : report.clause_days) {
    out["clause_days"].push_back({{"clause", row.clause.text()},
                                  {"sector", name(row.sector)},
                                  {"day", model::print(row.day)},
                                  {"tally", of(row.tally)}});
  }
}

Json document(model::Scenario const& scenario, model::WatchReport const& report,
              std::optional<std::string> const& hash) {
  Json out = scenario_heading(scenario, report.scenario_hash, report.program_version, {});
  out["report"] = report.id;
  out["revision"] = report.revision;
  out["first_day"] = model::print(report.days.from);
  out["last_day"] = model::print(report.days.to - std::chrono::days{1});
  out["made"] = report.made ? Json(model::print(*report.made)) : Json(nullptr);
  put_sums(out, report);
  out["sector_days"] = table(report.sector_days);
  out["incidents"] = table(report.incidents);
  out["restrictions"] = table(report.restrictions);
  out["warnings"] = table(report.warnings);
  out["corrects"] =
      report.corrects.empty()
          ? Json(nullptr)
          : Json({{"report", report.corrects}, {"revision", report.corrects_revision}});
  out["corrections"] = table(report.corrections);
  if (hash) {
    out["watch_hash"] = *hash;
  }
  if (auto const mark = banner(scenario); !mark.empty()) {
    out["footing"] = mark;
  }
  return out;
}

}  // namespace

std::string watch_hash(model::Scenario const& scenario, model::WatchReport const& report) {
  return sha256(printed(document(scenario, report, std::nullopt)));
}

std::string to_json(model::Scenario const& scenario, model::WatchReport const& report) {
  return printed(document(scenario, report, watch_hash(scenario, report)));
}

}  // namespace guarantor::report
