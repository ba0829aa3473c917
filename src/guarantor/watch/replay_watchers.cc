#include "guarantor/watch/replay_watchers.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include "guarantor/geo/geodesic.h"
#include "guarantor/watch/coverage.h"

namespace guarantor::watch {
namespace {

using model::EventKind;
using model::Instant;
using model::Observation;
using model::SectorId;
using model::Sensor;
using model::SensorKind;
using std::chrono::days;
using std::chrono::hours;

/// What lasts longer is seen by whoever looks at any time of it.
constexpr std::chrono::minutes kLasting{35};

/// How far from its line a sensor of a kind can tell what happens.
double reach_km(SensorKind kind) {
  switch (kind) {
    case SensorKind::kCamera:
      return 8;
    case SensorKind::kPatrol:
      return 12;
    case SensorKind::kMast:
      return 15;
    case SensorKind::kAcoustic:
      return 20;
    case SensorKind::kDrone:
      return 45;
    case SensorKind::kRadar:
      return 60;
    case SensorKind::kSatellite:
      return 200;
  }
  return 0;
}

bool covers(WatchedSpan const& span, SectorId const& sector, PlayedEvent const& event) {
  return (span.sector.empty() || span.sector == sector) && span.from <= event.from &&
         event.to <= span.to;
}

bool touches(WatchedSpan const& span, SectorId const& sector, PlayedEvent const& event) {
  return (span.sector.empty() || span.sector == sector) && span.from <= event.to &&
         event.from <= span.to;
}

bool any(std::vector<WatchedSpan> const& spans, SectorId const& sector, PlayedEvent const& event,
         bool (*fits)(WatchedSpan const&, SectorId const&, PlayedEvent const&)) {
  return std::ranges::any_of(spans,
                             [&](WatchedSpan const& span) { return fits(span, sector, event); });
}

/// Whether a sensor works at the hour of an instant.
bool on_duty(Sensor const& sensor, Instant at) {
  auto const day = std::chrono::floor<days>(at);
  if ((sensor.from && day < *sensor.from) || (sensor.until && day >= *sensor.until)) {
    return false;
  }
  if (!sensor.from_hour || !sensor.to_hour || *sensor.from_hour == *sensor.to_hour) {
    return true;
  }
  auto const hour = std::chrono::floor<hours>(at - day).count();
  return *sensor.from_hour <= *sensor.to_hour ? *sensor.from_hour <= hour && hour < *sensor.to_hour
                                              : *sensor.from_hour <= hour || hour < *sensor.to_hour;
}

}  // namespace

ReplayWatchers::ReplayWatchers(ReplayGround const& ground, ReplayRequest const& request)
    : ground_{ground}, request_{request}, begin_{ground.scenario().header.c_day} {
  draw_sky();
  draw_jamming();
  auto const& sensors = ground.scenario().sensors;
  outages_.resize(sensors.size());
  tasks_.resize(sensors.size());
  for (std::size_t i = 0; i < sensors.size(); ++i) {
    if (sensors[i].standing.value_or(false)) {
      draw_outages(i);
    } else {
      draw_tasks(i);
    }
  }
}

Observation& ReplayWatchers::record(std::string const& source, EventKind kind, WatchedSpan span) {
  Observation made;
  made.source = "synthetic-" + source;
  made.observer = source;
  made.id = model::ObservationId{fmt::format("{}:w{:05}", made.source, ++numbers_[source])};
  made.kind = kind;
  made.from = span.from;
  made.to = span.to;
  made.sector = span.sector;
  made.reported = span.to + std::chrono::minutes{5};
  made.text = fmt::format("SYNTHETIC. {}: {}", source, model::text(kind));
  records_.push_back(std::move(made));
  return records_.back();
}

void ReplayWatchers::draw_sky() {
  constexpr double kClear = 0.45;
  std::uint64_t number = 0;
  for (bool const border : {false, true}) {
    for (geo::Sector const& sector : ground_.sectors(border)) {
      // Neighbours have much the same sky: drawn for some together, then each a little otherwise.
      constexpr std::uint64_t kTogether = 6;
      SectorId const id{sector.id};
      for (int day = 0; day < request_.days; ++day) {
        auto const at = static_cast<std::uint64_t>(day);
        ReplayDraw wide{request_.seed, "replay sky", number / kTogether * 1000 + at};
        ReplayDraw own{request_.seed, "replay cloud", number * 1000 + at};
        std::int64_t const cover = wide.chance(kClear) ? wide.whole(0, 30) : wide.whole(30, 100);
        auto const here =
            static_cast<int>(std::clamp<std::int64_t>(cover + own.whole(-8, 8), 0, 100));
        cloud_[id].push_back(here);
        Instant const from = begin_ + days{day};
        record("weather", EventKind::kCloud, {id, from, from + days{1}}).count = here;
      }
      ++number;
    }
  }
}

void ReplayWatchers::draw_jamming() {
  for (int day = 0; day < request_.days; ++day) {
    ReplayDraw draw{request_.seed, "replay jamming", static_cast<std::uint64_t>(day)};
    auto const times = draw.whole(0, 3);
    for (std::int64_t i = 0; i < times; ++i) {
      bool const border = draw.chance(0.15) && !ground_.sectors(true).empty();
      Instant const from = begin_ + days{day} + draw.hours(1, 18);
      jammed_.push_back(
          {SectorId{draw.of(ground_.sectors(border)).id}, from, from + draw.minutes(40, 200)});
    }
  }
}

void ReplayWatchers::draw_outages(std::size_t sensor) {
  constexpr double kADay = 0.04;
  Sensor const& watches = ground_.scenario().sensors[sensor];
  ReplayDraw draw{request_.seed, "replay outages of " + watches.id.text(), 0};
  for (int day = 0; day < request_.days; ++day) {
    if (draw.chance(kADay)) {
      Instant const from = begin_ + days{day} + draw.hours(0, 12);
      WatchedSpan const span{{}, from, from + draw.hours(2, 11)};
      outages_[sensor].push_back(span);
      record(watches.id.text(), EventKind::kOutage, span);
    }
  }
}

void ReplayWatchers::draw_tasks(std::size_t sensor) {
  Sensor const& watches = ground_.scenario().sensors[sensor];
  bool const flies = watches.kind == SensorKind::kDrone;
  ReplayDraw draw{request_.seed, "replay tasks of " + watches.id.text(), 0};
  if (watches.sectors.empty()) {
    return;
  }
  for (int day = 0; day < request_.days; ++day) {
    Instant const morning = begin_ + days{day};
    draw_task(sensor, morning + (flies ? draw.hours(3, 8) : draw.hours(4, 6)), draw);
    draw_task(sensor, morning + (flies ? draw.hours(11, 18) : draw.hours(12, 15)), draw);
  }
}

void ReplayWatchers::draw_task(std::size_t sensor, Instant from, ReplayDraw& draw) {
  constexpr double kRefused = 0.06;
  constexpr double kLate = 0.08;
  Sensor const& watches = ground_.scenario().sensors[sensor];
  bool const flies = watches.kind == SensorKind::kDrone;
  std::string const& name = watches.id.text();
  WatchedSpan span{draw.of(watches.sectors), from,
                   from + (flies ? draw.hours(2, 4) : draw.hours(4, 6.5))};
  bool const refused = draw.chance(kRefused);
  bool const late = draw.chance(kLate);
  auto const delay = draw.hours(1, 2.5);
  if (watches.needs_clear_sky.value_or(false) && cloudy(span.sector, from)) {
    return;
  }
  if (!flies) {
    record(name, EventKind::kRequest, {span.sector, from - hours{2}, from - hours{2}});
    if (refused) {
      refused_.push_back({span.sector, from, from + std::chrono::minutes{30}});
      return;
    }
    Instant const granted = late ? from + delay : from - hours{1};
    record(name, EventKind::kGrant, {span.sector, granted, granted});
    span.from = late ? granted : from;
  }
  tasks_[sensor].push_back(span);
  record(name, EventKind::kWatch, span);
}

bool ReplayWatchers::cloudy(SectorId const& sector, Instant at) const {
  auto const found = cloud_.find(sector);
  auto const day = std::chrono::floor<days>(at - begin_).count();
  return found != cloud_.end() && day >= 0 && day < request_.days &&
         found->second[static_cast<std::size_t>(day)] >= kHidingCloud;
}

bool ReplayWatchers::reaches(Sensor const& sensor, Play const& play) const {
  constexpr double kMetres = 1000;
  if (std::ranges::find(sensor.sectors, play.sector) != sensor.sectors.end()) {
    return play.from_line.count() <= reach_km(sensor.kind);
  }
  auto const& locations = ground_.scenario().locations;
  auto const stands = std::ranges::find(locations, sensor.location, &model::Location::id);
  if (!play.placed || !sensor.range || stands == locations.end() || !stands->latitude ||
      !stands->longitude) {
    return false;
  }
  model::Position const at{.longitude = *stands->longitude, .latitude = *stands->latitude};
  return geo::distance(at, play.place).count() <= sensor.range->count() * kMetres;
}

std::string ReplayWatchers::hindrance(std::size_t sensor, SectorId const& sector,
                                      PlayedEvent const& event) const {
  Sensor const& watches = ground_.scenario().sensors[sensor];
  bool const lasts = event.to - event.from > kLasting;
  if (!on_duty(watches, event.from) || !on_duty(watches, event.to)) {
    return "off duty at that hour";
  }
  if (!watches.standing.value_or(false) &&
      !any(tasks_[sensor], sector, event, lasts ? touches : covers)) {
    return "on no task there";
  }
  if (any(outages_[sensor], sector, event, touches)) {
    return "outage";
  }
  if (watches.jammable.value_or(false) && any(jammed_, sector, event, touches)) {
    return "jammed";
  }
  if (watches.needs_clear_sky.value_or(false) && cloudy(sector, event.from)) {
    return "cloud";
  }
  return watches.revisit && !last_pass(watches, event) ? "no pass" : "";
}

std::optional<Instant> ReplayWatchers::last_pass(Sensor const& sensor,
                                                 PlayedEvent const& event) const {
  constexpr double kLeast = 0.1;
  auto const every = std::chrono::duration_cast<std::chrono::seconds>(
      std::chrono::duration<double, std::ratio<3600>>{std::max(sensor.revisit->count(), kLeast)});
  // As coverage counts them: from the sensor's first day on, or from 1970.
  Instant const first = sensor.from ? Instant{*sensor.from} : Instant{};
  Instant const last = first + (event.to - first) / every * every;
  return last >= event.from ? std::optional{last} : std::nullopt;
}

PlayedEvent ReplayWatchers::seen(std::size_t sensor, Play const& play,
                                 PlayedEvent const& event) const {
  Sensor const& watches = ground_.scenario().sensors[sensor];
  PlayedEvent part = event;
  if (watches.revisit) {
    part.from = part.to = *last_pass(watches, event);
    return part;
  }
  for (WatchedSpan const& task : tasks_[sensor]) {
    if (touches(task, play.sector, event)) {
      part.from = std::max(event.from, task.from);
      part.to = std::min(event.to, task.to);
    }
  }
  return part;
}

std::string ReplayWatchers::blind(std::size_t sensor, Play const& play,
                                  PlayedEvent const& event) const {
  Sensor const& watches = ground_.scenario().sensors[sensor];
  if (!reaches(watches, play)) {
    return "out of reach";
  }
  if (!watches.acts.empty() && std::ranges::find(watches.acts, event.kind) == watches.acts.end()) {
    return "cannot tell such a thing";
  }
  return hindrance(sensor, play.sector, event);
}

}  // namespace guarantor::watch
