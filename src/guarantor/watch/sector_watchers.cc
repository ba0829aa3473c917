#include "guarantor/watch/sector_watchers.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "guarantor/geo/geodesic.h"
#include "guarantor/geo/polyline.h"

namespace guarantor::watch {
namespace {

using model::BlindReason;
using model::EventKind;
using model::Observation;
using model::Sensor;
using std::chrono::days;
using std::chrono::hours;

constexpr double kMetresPerKilometre = 1000;
constexpr double kMicrosecondsPerHour = 3.6e9;

model::Instant instant(model::Date date) {
  return std::chrono::time_point_cast<std::chrono::microseconds>(date);
}

TimeSpan span_of(Observation const& record) {
  return {record.from, record.to};
}

/// A sector as records and sensors are held against it.
class Ground {
 public:
  Ground(geo::Sector const& sector, geo::Polyline line)
      : id_{sector.id}, middle_{sector.middle}, line_{std::move(line)} {}

  [[nodiscard]] bool is(model::SectorId const& id) const { return id == id_; }
  [[nodiscard]] bool middle_within(model::Position place, model::Metres range) const {
    return geo::distance(place, middle_) <= range;
  }
  [[nodiscard]] bool near(Observation const& record) const {
    auto const within = std::max(record.precision, kNearSector);
    // No point of the line is further from its middle than its length.
    return geo::distance(*record.place, middle_) <= within + line_.length() &&
           line_.distance(*record.place) <= within;
  }
  [[nodiscard]] bool is_about(Observation const& record) const {
    return record.sector.empty() ? record.place && near(record) : is(record.sector);
  }

 private:
  model::SectorId id_;
  model::Position middle_;
  geo::Polyline line_;
};

bool names_no_where(Observation const& record) {
  return record.sector.empty() && !record.place;
}

std::optional<model::Position> position_of(model::Scenario const& scenario,
                                           model::LocationId const& id) {
  for (auto const& location : scenario.locations) {
    if (location.id == id && location.longitude && location.latitude) {
      return model::Position{*location.longitude, *location.latitude};
    }
  }
  return std::nullopt;
}

std::optional<model::Metres> range_of(Sensor const& sensor) {
  return sensor.range ? std::optional{model::Metres{sensor.range->count() * kMetresPerKilometre}}
                      : std::nullopt;
}

bool is_its_own(model::Scenario const& scenario, Sensor const& sensor, Ground const& ground) {
  if (std::any_of(sensor.sectors.begin(), sensor.sectors.end(),
                  [&](auto const& id) { return ground.is(id); })) {
    return true;
  }
  auto const range = range_of(sensor);
  auto const place = position_of(scenario, sensor.location);
  return range && place && ground.middle_within(*place, *range);
}

/// Whether a record that something watched is of this sector.
bool watches_there(Observation const& record, Sensor const& sensor, bool own,
                   Ground const& ground) {
  if (names_no_where(record)) {
    return own;
  }
  if (!record.sector.empty() || !sensor.range) {
    return ground.is_about(record);
  }
  return ground.middle_within(*record.place, std::max(*range_of(sensor), record.precision));
}

bool looks_only(Sensor const& sensor) {
  return sensor.kind == model::SensorKind::kSatellite || sensor.revisit.has_value();
}

/// The days on which a sensor is there.
TimeSpan presence(Sensor const& sensor, TimeSpan span) {
  return span.intersection({sensor.from ? instant(*sensor.from) : span.from,
                            sensor.until ? instant(*sensor.until) : span.to});
}

/// The hours of each day in which a sensor that is there watches.
TimeSpans hours_of(Sensor const& sensor, TimeSpan there) {
  if (!sensor.from_hour || !sensor.to_hour || *sensor.from_hour == *sensor.to_hour) {
    return TimeSpans{{there}};
  }
  std::vector<TimeSpan> spans;
  bool const over_midnight = *sensor.to_hour < *sensor.from_hour;
  for (auto day = std::chrono::floor<days>(there.from) - days{1}; instant(day) < there.to;
       day += days{1}) {
    spans.push_back({instant(day) + hours{*sensor.from_hour},
                     instant(day) + hours{*sensor.to_hour} + (over_midnight ? days{1} : days{0})});
  }
  return TimeSpans{std::move(spans)}.within(there);
}

/// When a satellite that keeps its times looks.
std::vector<model::Instant> looks_of(Sensor const& sensor, TimeSpan there) {
  std::vector<model::Instant> looks;
  auto const step = std::chrono::microseconds{static_cast<std::int64_t>(
      std::llround((sensor.revisit ? sensor.revisit->count() : 0) * kMicrosecondsPerHour))};
  if (!sensor.standing.value_or(false) || step < std::chrono::minutes{1} || there.empty()) {
    return looks;
  }
  auto const first = sensor.from ? instant(*sensor.from) : model::Instant{};
  auto const before = (there.from - first) / step;
  for (auto look = first + before * step; look < there.to; look += step) {
    if (there.contains(look)) {
      looks.push_back(look);
    }
  }
  return looks;
}

/// Everything that can be said of one sensor in one sector.
class SensorWatch {
 public:
  SensorWatch(Sensor const& sensor, bool own, Ground const& ground, TimeSpan span)
      : sensor_{sensor}, own_{own}, ground_{ground}, span_{span} {}

  Watcher watch(WatchRecords const& records) {
    Watcher watcher{.name = sensor_.id.text(), .kinds = bits_of(sensor_.acts)};
    bool const standing = own_ && sensor_.standing.value_or(false);
    if (standing) {
      auto const there = presence(sensor_, span_);
      planned_ = hours_of(sensor_, there);
      watcher.looks = looks_of(sensor_, there);
      watcher.blind[BlindReason::kHours] = TimeSpans{{there}}.without(planned_);
    }
    if (auto const at = records.by_observer.find(sensor_.id.text());
        at != records.by_observer.end()) {
      take_own(at->second, watcher);
    }
    take_weather(records.all);
    TimeSpans lost;
    for (auto& [reason, spans] : blind_) {
      auto const& of_reason = watcher.blind[reason] = TimeSpans{std::move(spans)}.within(span_);
      lost = lost.united(of_reason);
    }
    if (looks_only(sensor_)) {
      planned_ = {};
      watcher.blind.erase(BlindReason::kHours);
    }
    watcher.watched = planned_.without(lost);
    auto& looks = watcher.looks;
    looks.erase(std::remove_if(looks.begin(), looks.end(),
                               [&](auto const look) { return lost.contains(look); }),
                looks.end());
    return watcher;
  }

  /// Whether the sector has to do with it at all.
  [[nodiscard]] bool concerned() const { return own_ || recorded_; }

 private:
  void blind(BlindReason reason, Observation const& record) {
    blind_[reason].push_back(span_of(record));
  }

  void take_own(std::vector<Observation const*> const& records, Watcher& watcher) {
    std::vector<TimeSpan> watched;
    for (auto const* const record : records) {
      switch (record->kind) {
        case EventKind::kWatch:
          if (watches_there(*record, sensor_, own_, ground_) &&
              (looks_only(sensor_) ? span_.contains(record->from) : true)) {
            recorded_ = true;
            watched.push_back(span_of(*record));
            if (looks_only(sensor_)) {
              watcher.looks.push_back(record->from);
            }
          }
          break;
        case EventKind::kOutage:
          if (record->sector.empty() || ground_.is(record->sector)) {
            blind(BlindReason::kOutage, *record);
          }
          break;
        case EventKind::kRestriction:
          if (names_no_where(*record) || ground_.is_about(*record)) {
            blind(BlindReason::kRestriction, *record);
          }
          break;
        case EventKind::kJamming:
          if (sensor_.jammable.value_or(false) && names_no_where(*record)) {
            blind(BlindReason::kJamming, *record);
          }
          break;
        default:
          break;
      }
    }
    planned_ = planned_.united(TimeSpans{std::move(watched)}.within(span_));
  }

  /// Clouds and jamming about the sector, whoever reports them.
  void take_weather(std::vector<Observation const*> const& records) {
    for (auto const* const record : records) {
      if (record->kind == EventKind::kCloud && sensor_.needs_clear_sky.value_or(false) &&
          record->count.value_or(100) >= kHidingCloud &&
          (names_no_where(*record) || ground_.is_about(*record))) {
        blind(BlindReason::kCloud, *record);
      }
      if (record->kind == EventKind::kJamming && sensor_.jammable.value_or(false) &&
          ground_.is_about(*record)) {
        blind(BlindReason::kJamming, *record);
      }
    }
  }

  Sensor const& sensor_;
  bool own_;
  Ground const& ground_;
  TimeSpan span_;
  bool recorded_{};
  TimeSpans planned_;
  std::map<BlindReason, std::vector<TimeSpan>> blind_;
};

}  // namespace

WatchRecords standing_records(std::span<Observation const> records) {
  std::map<model::ObservationId, Observation const*> versions;
  for (Observation const& record : records) {
    if (!is_monitors_work(record.kind) && record.kind != EventKind::kRestriction &&
        record.kind != EventKind::kJamming) {
      continue;
    }
    auto const [at, first] = versions.emplace(record.id, &record);
    if (!first && at->second->reported <= record.reported) {
      at->second = &record;
    }
  }
  WatchRecords kept;
  for (auto const& [id, record] : versions) {
    if (!record->withdrawn) {
      kept.by_observer[record->seen_by()].push_back(record);
      kept.all.push_back(record);
    }
  }
  return kept;
}

model::Result<SectorWatchers> watchers_of(model::Scenario const& scenario,
                                          WatchRecords const& records, geo::Sector const& sector,
                                          TimeSpan span) {
  auto line = geo::Polyline::from(sector.line);
  if (!line) {
    return line.error();
  }
  Ground const ground{sector, std::move(line).value()};
  SectorWatchers found;
  auto const add = [&](Sensor const& sensor) {
    SensorWatch watch{sensor, is_its_own(scenario, sensor, ground), ground, span};
    auto watcher = watch.watch(records);
    if (watch.concerned()) {
      found.watchers.push_back(std::move(watcher));
    }
  };
  std::map<std::string, bool> known;
  for (Sensor const& sensor : scenario.sensors) {
    known[sensor.id.text()] = true;
    add(sensor);
  }
  for (auto const& [observer, own] : records.by_observer) {
    if (!known.contains(observer)) {
      add(Sensor{.id = model::SensorId{observer}});
    }
  }
  std::sort(found.watchers.begin(), found.watchers.end(),
            [](Watcher const& a, Watcher const& b) { return a.name < b.name; });
  std::map<BlindReason, std::vector<TimeSpan>> blind;
  for (auto const* const record : records.all) {
    bool const kept_away = record->kind == EventKind::kRestriction;
    if ((kept_away || record->kind == EventKind::kJamming) && ground.is_about(*record)) {
      blind[kept_away ? BlindReason::kRestriction : BlindReason::kJamming].push_back(
          span_of(*record));
    }
  }
  for (auto& [reason, spans] : blind) {
    found.blind.emplace(reason, TimeSpans{std::move(spans)}.within(span));
  }
  return found;
}

}  // namespace guarantor::watch
