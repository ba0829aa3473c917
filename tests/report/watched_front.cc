#include "watched_front.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/watch/daily_report.h"
#include "guarantor/watch/event_count.h"

namespace guarantor::report {
namespace {

using model::EventKind;
using model::Incident;
using model::Observation;

model::Instant at(int day, int hour, int minute = 0) {
  return model::Instant{*model::parse_date("2026-03-01")} + std::chrono::days{day - 1} +
         std::chrono::hours{hour} + std::chrono::minutes{minute};
}

model::Position place(double along) {
  return {model::Degrees{30 + along / 74.4}, model::Degrees{48}};
}

model::SectorId sector(int number) {
  return model::SectorId{fmt::format("front-{:02}", number)};
}

model::Sensor camera(std::string id, int number, std::optional<int> from_hour = {},
                     std::optional<int> to_hour = {}) {
  return {.id = model::SensorId{std::move(id)},
          .kind = model::SensorKind::kCamera,
          .sectors = {sector(number)},
          .from_hour = from_hour,
          .to_hour = to_hour,
          .standing = true,
          .needs_clear_sky = true};
}

Observation record(EventKind kind, std::string observer, int number, model::Instant from,
                   model::Instant to, std::string text = "") {
  return {.id = model::ObservationId{fmt::format("{}:{}-{}", observer, model::text(kind),
                                                 model::print(from).substr(8, 8))},
          .source = observer,
          .observer = observer,
          .kind = kind,
          .from = from,
          .to = to,
          .sector = number == 0 ? model::SectorId{} : sector(number),
          .text = std::move(text)};
}

struct Seen {
  std::vector<Observation> reports;
  std::vector<Incident> incidents;
};

Observation report(std::string source, EventKind kind, model::Instant from, int minutes,
                   std::int64_t number, double along) {
  return {.id = model::ObservationId{},
          .source = std::move(source),
          .kind = kind,
          .from = from,
          .to = from + std::chrono::minutes{minutes},
          .place = place(along),
          .precision = model::Metres{300},
          .count = number};
}

Incident& add(Seen& seen, std::string id, int number, std::vector<Observation> reports) {
  Incident incident{.id = model::IncidentId{std::move(id)}, .revision = 1};
  incident.kind = reports.front().kind;
  incident.what = *model::incident_class(incident.kind);
  incident.sector = number == 0 ? model::SectorId{} : sector(number);
  incident.place = reports.front().place;
  incident.radius = model::Metres{300};
  incident.from = reports.front().from;
  std::vector<Observation const*> pointers;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    auto& one = reports[i];
    if (one.id.empty()) {
      one.id = model::ObservationId{fmt::format("{}:{}.{}", one.source, incident.id.text(), i + 1)};
    }
    incident.to = std::max(incident.to, one.to);
    incident.observations.push_back(one.id);
    incident.observers.push_back(one.seen_by());
    pointers.push_back(&one);
  }
  auto const count = watch::count_events(pointers);
  incident.munitions = count.munitions;
  incident.live_fire = count.live_fire;
  seen.reports.insert(seen.reports.end(), reports.begin(), reports.end());
  seen.incidents.push_back(std::move(incident));
  return seen.incidents.back();
}

void allege(Incident& incident, char const* clause, std::optional<double> kilometres = {},
            std::optional<model::Exemption> exempt = {}) {
  model::Allegation allegation{
      .clause = model::ClauseId{clause}, .evidence = incident.observations, .exempt = exempt};
  if (kilometres) {
    allegation.distance = model::Kilometres{*kilometres};
    allegation.near = "Line of contact";
  }
  incident.allegations.push_back(std::move(allegation));
}

/// What was seen on the 10th.
void add_day(Seen& seen) {
  using enum EventKind;
  auto shelling = std::vector{report("camera-2", kExplosion, at(10, 9, 12), 40, 30, 15),
                              report("patrol-7", kExplosion, at(10, 9, 10), 45, 24, 15.2),
                              report("patrol-8", kExplosion, at(10, 9, 30), 10, 6, 15.1)};
  for (auto& one : shelling) {
    one.blast = model::BlastKind::kImpact;
  }
  allege(add(seen, "fire-0310-02a", 2, shelling), "no-fire", 1.2);
  auto exercise = report("mast-5", kShot, at(10, 14), 55, 120, 45);
  exercise.live_fire = true;
  allege(add(seen, "fire-0310-05a", 5, {exercise}), "no-fire", 4.0, model::Exemption::kExercise);
  allege(add(seen, "fire-0310-05b", 5,
             {report("mast-5", kBurst, at(10, 22, 40), 80, 14, 46),
              report("patrol-9", kBurst, at(11, 0, 5), 10, 3, 46)}),
         "no-fire", 0.4);
  allege(add(seen, "flight-0310-07a", 7, {report("radar-7", kDrone, at(10, 3, 20), 12, 1, 65)}),
         "no-overflight", 0.9);
  allege(add(seen, "access-0310-03a", 3,
             {record(kRestriction, "patrol-7", 3, at(10, 11), at(10, 13),
                     "Turned back at the checkpoint east of the bridge, no reason given")}),
         "access");
  add(seen, "access-0310-06a", 6,
      {record(kJamming, "uav-1", 6, at(10, 16), at(10, 17, 30), "Navigation lost for 90 minutes")});
  allege(
      add(seen, "fire-0310-09a", 9, {report("agency <north>", kExplosion, at(10, 19), 60, 4, 85)}),
      "no-fire", 2.5);
  add(seen, "heat-0310-a", 0, {report("satellite-feed", kAnomaly, at(10, 13, 5), 0, 1, 700)});
}

std::vector<Observation> monitors_work() {
  using enum EventKind;
  std::vector<Observation> records;
  for (int day = 8; day <= 15; ++day) {
    records.push_back(record(kWatch, "patrol-7", 3, at(day, 8), at(day, 16)));
    records.push_back(record(kWatch, "patrol-8", 4, at(day, 9), at(day, 14)));
    if (day % 2 == 0) {
      records.push_back(record(kWatch, "uav-1", 6, at(day, 14), at(day, 19)));
    }
  }
  records.push_back(record(kOutage, "camera-1", 0, at(10, 15), at(11, 9)));
  auto cloud = record(kCloud, "meteo", 0, at(10, 17), at(11, 2));
  cloud.count = 85;
  records.push_back(cloud);
  return records;
}

model::Clause clause(char const* id, char const* title, char const* text,
                     std::vector<EventKind> acts) {
  return {.id = model::ClauseId{id},
          .agreement = model::AgreementId{"truce"},
          .title = title,
          .text = text,
          .acts = std::move(acts),
          .line = model::AreaId{"front"},
          .within = model::Kilometres{15}};
}

model::WatchReport made(Seen const& seen, watch::DailyReportRequest request) {
  auto observations = monitors_work();
  observations.insert(observations.end(), seen.reports.begin(), seen.reports.end());
  request.scenario_hash = "0123456789abcdef";
  request.program_version = "0.0.0";
  request.states = {{model::IncidentId{"fire-0310-02a"}, model::CaseState::kVerified},
                    {model::IncidentId{"fire-0310-09a"}, model::CaseState::kUnverifiable}};
  return watch::daily_report(watched_front(), seen.incidents, observations, request).value();
}

model::Interval<model::Date> days(char const* from, char const* to) {
  return {*model::parse_date(from), *model::parse_date(to)};
}

}  // namespace

model::Scenario watched_front() {
  using enum EventKind;
  model::Scenario scenario;
  scenario.header.id = model::ScenarioId{"front"};
  scenario.header.title = "Midland <monitoring mission>";
  scenario.header.kind = model::ScenarioKind::kExercise;
  scenario.header.marking = "FOR MONITORS";
  scenario.areas = {{.id = model::AreaId{"front"},
                     .title = "Line of contact",
                     .parts = {model::Line{{place(0), place(40), place(80), place(119)}}},
                     .sector_length = model::Kilometres{10}}};
  scenario.agreements = {
      {.id = model::AgreementId{"truce"}, .from = model::parse_date("2026-03-01")}};
  for (char const* const party : {"party-a", "party-b"}) {
    scenario.positions.push_back({.agreement = model::AgreementId{"truce"},
                                  .party = model::PartyId{party},
                                  .date = model::parse_date("2026-03-01"),
                                  .standing = model::Standing::kAccepted});
  }
  scenario.clauses = {
      clause(
          "no-fire", "No firing",
          "The parties cease all fire from small arms, mortars and artillery within 15 km of the "
          "line of contact.",
          {kExplosion, kBurst, kShot}),
      clause("no-overflight", "No overflight",
             "No aircraft, manned or not, comes nearer than 5 km to the line of contact.",
             {kDrone, kAircraft}),
      clause("access", "Monitors' access",
             "Monitors go where they want, at once and unhindered; nobody jams their sensors.",
             {kRestriction, kJamming}),
      {.id = model::ClauseId{"energy"},
       .agreement = model::AgreementId{"truce"},
       .title = "Energy",
       .text = "Nothing that makes or carries energy is attacked.",
       .acts = {kStrike},
       .sites = {"power-plant"}}};
  scenario.sensors = {camera("camera-1", 1),
                      camera("camera-2", 2, 5, 19),
                      {.id = model::SensorId{"mast-5"},
                       .kind = model::SensorKind::kMast,
                       .sectors = {sector(5)},
                       .standing = true},
                      {.id = model::SensorId{"uav-1"},
                       .kind = model::SensorKind::kDrone,
                       .sectors = {sector(6)},
                       .jammable = true},
                      {.id = model::SensorId{"radar-7"},
                       .kind = model::SensorKind::kRadar,
                       .sectors = {sector(7)},
                       .standing = true,
                       .acts = {kDrone, kAircraft}},
                      {.id = model::SensorId{"eye"},
                       .kind = model::SensorKind::kSatellite,
                       .sectors = {sector(8), sector(9)},
                       .standing = true,
                       .revisit = model::Hours{6},
                       .needs_clear_sky = true}};
  return scenario;
}

model::WatchReport day_on_the_front() {
  using enum EventKind;
  Seen before;
  add(before, "fire-0309-02a", 2, {report("camera-2", kExplosion, at(9, 7), 20, 11, 15)});
  add(before, "fire-0309-05a", 5, {report("mast-5", kShot, at(9, 13), 20, 37, 45)});
  auto first = before;
  add_day(first);
  auto seen = first;
  watch::DailyReportRequest request{.days = days("2026-03-10", "2026-03-11"), .made = at(11, 6)};
  request.published = made(first, request);
  // A day later one report is corrected, one incident is absorbed, and one came late.
  for (auto& one : seen.reports) {
    if (one.id.text() == "camera-2:fire-0310-02a.1") {
      one.count = 33;
    }
  }
  for (auto& incident : seen.incidents) {
    if (incident.id.text() == "fire-0310-02a") {
      incident.revision = 2;
      incident.cause = model::RevisionCause::kCorrected;
      incident.munitions.explosions = 33;
    }
  }
  allege(add(seen, "fire-0310-04a", 4, {report("patrol-8", kShot, at(10, 12, 45), 5, 2, 35)}),
         "no-fire", 3.1);
  request.made = at(12, 6);
  request.warnings = {{"renewed-offensive",
                       at(10, 18),
                       1.25,
                       {"three field hospitals within 40 km of the line", "fuel trains doubled"}}};
  return made(seen, request);
}

model::WatchReport week_on_the_front() {
  using enum EventKind;
  Seen seen;
  add(seen, "fire-0305-02a", 2, {report("camera-2", kExplosion, at(5, 7), 20, 61, 15)});
  add_day(seen);
  for (int day = 11; day <= 15; ++day) {
    for (int i = 0; i < day % 4; ++i) {
      allege(add(seen, fmt::format("fire-03{}-{:02}{}", day, 1 + i, "abc"[i]), 1 + i,
                 {report("camera-1", kExplosion, at(day, 6 + i), 20, 7 * i + day, 10 * i + 5)}),
             "no-fire", 1.5);
    }
  }
  return made(seen, {.days = days("2026-03-09", "2026-03-16"), .made = at(16, 6)});
}

}  // namespace guarantor::report
