#include "guarantor/watch/replay_witnesses.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <utility>

#include "guarantor/geo/geodesic.h"
#include "guarantor/watch/incident_gate.h"

namespace guarantor::watch {
namespace {

using model::EventKind;
using model::Instant;
using model::Metres;
using model::Observation;
using model::Sense;
using model::SensorKind;
using std::chrono::days;

/// How a kind of witness sees: the precision it states, and what it can name.
struct Eye {
  Sense sense{Sense::kReported};
  double finest{};
  double coarsest{};
  double weapon{};   ///< the chance that it names the weapon,
  double calibre{};  ///< its calibre,
  double actor{};    ///< and who it was
};

Eye eye_of(SensorKind kind) {
  switch (kind) {
    case SensorKind::kPatrol:
      return {Sense::kSeen, 50, 400, 0.75, 0.6, 0.15};
    case SensorKind::kCamera:
      return {Sense::kCamera, 50, 200, 0.8, 0.5, 0.05};
    case SensorKind::kMast:
      return {Sense::kCamera, 100, 400, 0.6, 0.3, 0.05};
    case SensorKind::kDrone:
      return {Sense::kCamera, 20, 100, 0.95, 0.9, 0.3};
    case SensorKind::kAcoustic:
      return {Sense::kSensor, 150, 450, 0.7, 0.2, 0};
    case SensorKind::kRadar:
      return {Sense::kSensor, 300, 500, 0.6, 0, 0};
    case SensorKind::kSatellite:
      return {Sense::kSensor, 100, 300, 0.9, 0.7, 0.2};
  }
  return {};
}

constexpr Eye kTold{Sense::kReported, 100, 500, 0.7, 0.3, 0.3};
/// How much of its precision a place is off at most.
constexpr double kOff = 0.6;

/// Collects what is said of one play after the other.
class Witnesses {
 public:
  Witnesses(ReplayGround const& ground, ReplayWatchers const& watchers, std::uint64_t seed)
      : ground_{ground}, watchers_{watchers}, seed_{seed} {}

  void hear(Play const& play) {
    auto const& sensors = ground_.scenario().sensors;
    for (PlayedEvent const& event : play.events) {
      for (std::size_t s = 0; s < sensors.size(); ++s) {
        if (watchers_.blind(s, play, event).empty()) {
          watched(play, watchers_.seen(s, play, event), sensors[s]);
        }
      }
      told(play, event);
    }
    tell_vaguely(play);
    take_back();
    see_heat(play);
    take_back();
  }

  std::vector<Testimony> finish() && { return std::move(all_); }

 private:
  ReplayDraw draw(std::string_view purpose) { return {seed_, purpose, ++draws_}; }

  Observation& report(Play const& play, PlayedEvent const& event, std::string const& name) {
    Testimony made;
    made.play = play.number;
    Observation& report = made.report;
    report.source = "synthetic-" + name;
    report.observer = name;
    report.id = model::ObservationId{fmt::format("{}:{:05}", report.source, ++numbers_[name])};
    report.kind = event.kind;
    report.category = play.category;
    report.from = event.from;
    report.to = event.to;
    report.text = fmt::format("SYNTHETIC. {}: {}", play.story, model::text(event.kind));
    all_.push_back(std::move(made));
    return all_.back().report;
  }

  static void place(Observation& report, Play const& play, double precision, ReplayDraw& draw) {
    if (!play.placed) {
      return;
    }
    report.precision = Metres{precision};
    double const off = std::min(draw.between(0, kOff), draw.between(0, kOff)) * precision;
    report.place =
        geo::travel(play.place, model::Degrees{draw.between(-180, 180)}, Metres{off}).position;
  }

  static void describe(Observation& report, Play const& play, Eye const& eye, ReplayDraw& draw) {
    report.sense = eye.sense;
    bool const weapon = draw.chance(eye.weapon);
    if (weapon) {
      report.weapon = play.weapon;
    }
    if (draw.chance(eye.calibre) && weapon) {
      report.calibre = play.calibre;
    }
    if (draw.chance(eye.actor)) {
      report.actor = play.actor;
    }
    report.live_fire = play.live_fire && draw.chance(0.85);
    // What is not known of the time is in the span.
    report.from -= draw.minutes(0, 3);
    report.to += draw.minutes(0, 3);
  }

  void watched(Play const& play, PlayedEvent const& event, model::Sensor const& sensor) {
    constexpr double kNoticed = 0.85;
    constexpr double kOnlyHeard = 0.35;
    ReplayDraw draw = this->draw("replay sight");
    if (!draw.chance(kNoticed)) {
      return;
    }
    Eye eye = eye_of(sensor.kind);
    bool const loud = event.kind == EventKind::kExplosion || event.kind == EventKind::kBurst;
    bool const heard = sensor.kind == SensorKind::kPatrol && loud && draw.chance(kOnlyHeard);
    if (heard) {
      eye = {Sense::kHeard, 300, 500, 0.3, 0, 0};
      if (play.alone && draw.chance(0.5)) {
        eye.finest = 1'200;
        eye.coarsest = 4'000;
      }
    }
    Observation& made = report(play, event, sensor.id.text());
    place(made, play, draw.between(eye.finest, eye.coarsest), draw);
    describe(made, play, eye, draw);
    count(made, event, heard, draw);
  }

  static void count(Observation& made, PlayedEvent const& event, bool heard, ReplayDraw& draw) {
    constexpr double kExact = 0.7;
    if (event.count > 1 || model::is_munition(event.kind)) {
      bool const exact = !heard && draw.chance(kExact);
      made.count = exact ? event.count : draw.whole((event.count + 1) / 2, event.count);
    }
    if (event.kind == EventKind::kExplosion) {
      made.blast =
          !heard && draw.chance(0.7) ? model::BlastKind::kImpact : model::BlastKind::kUndetermined;
    }
  }

  /// Those who report beside what watches: civil defence, a ship's master, the watch floor.
  void told(Play const& play, PlayedEvent const& event) {
    constexpr double kTells = 0.9;
    bool const harm = event.kind == EventKind::kDamage || event.kind == EventKind::kCasualty;
    std::string const name = harm ? "police" : play.reporter;
    ReplayDraw draw = this->draw("replay word");
    if (name.empty() || !draw.chance(harm ? 0.6 : kTells)) {
      return;
    }
    Eye eye = kTold;
    bool const alert = event.kind == EventKind::kAlert;
    bool const heat = event.kind == EventKind::kAnomaly;
    if (alert || heat) {
      eye = {Sense::kSensor, alert ? 5'000.0 : 375.0, alert ? 5'000.0 : 375.0, 0, 0, 0};
    }
    Observation& made = report(play, event, name);
    place(made, play, draw.between(eye.finest, eye.coarsest), draw);
    describe(made, play, eye, draw);
    if (alert) {
      made.place = play.place;
    }
    count(made, event, false, draw);
  }

  /// The press, that knows the day.
  void tell_vaguely(Play const& play) {
    ReplayDraw draw = this->draw("replay press");
    bool const strike = play.events.front().kind == EventKind::kStrike;
    bool const fire = play.what == model::IncidentClass::kFire;
    if (!fire || !play.alone) {
      return;
    }
    if (draw.chance(strike ? 0.8 : 0.3)) {
      PlayedEvent day = play.events.front();
      day.from = std::chrono::floor<days>(play.from);
      day.to = day.from + days{1} - std::chrono::seconds{1};
      Observation& made = report(play, day, "press");
      place(made, play, draw.between(2'500, 4'500), draw);
      made.weapon = draw.chance(0.3) ? play.weapon : "";
    }
  }

  /// Heat seen from space soon after a strike. Where nobody tells of the strike exactly, such heat
  /// is told to be nothing but heat, so none is made there.
  void see_heat(Play const& play) {
    ReplayDraw draw = this->draw("replay heat");
    bool const strike = play.events.front().kind == EventKind::kStrike;
    if (!strike || !play.alone || !draw.chance(0.6)) {
      return;
    }
    auto const last = std::max(play.to, play.events.front().to + std::chrono::minutes{54});
    auto const late = static_cast<std::int64_t>(draw.between(0, 1) *
                                                static_cast<double>((last - play.to).count()));
    Instant const seen = play.to + Instant::duration{late};
    bool const beside = std::ranges::any_of(all_, [&](Testimony const& said) {
      Observation const& report = said.report;
      return said.play == play.number && !said.taken_back &&
             report.precision <= FusionRules{}.precise &&
             report.to - report.from <= FusionRules{}.precise_span &&
             seen - report.to <= std::chrono::minutes{58};
    });
    if (beside) {
      Observation& made = report(play, {EventKind::kAnomaly, seen, seen, 1}, "thermal");
      place(made, play, 375, draw);
      made.sense = Sense::kSensor;
    }
  }

  /// Some reports are taken back in the end, others come in a first version that is wrong.
  void take_back() {
    for (; settled_ < all_.size(); ++settled_) {
      ReplayDraw draw = this->draw("replay second thoughts");
      Testimony& made = all_[settled_];
      made.taken_back = draw.chance(0.015);
      if (made.taken_back || !draw.chance(0.05)) {
        continue;
      }
      made.earlier = made.report;
      if (made.report.place) {
        made.earlier->place =
            geo::travel(*made.report.place, model::Degrees{draw.between(-180, 180)},
                        Metres{draw.between(0, 9'000)})
                .position;
      }
      if (made.report.count) {
        made.earlier->count = *made.report.count + draw.whole(0, 5);
      }
    }
  }

  ReplayGround const& ground_;
  ReplayWatchers const& watchers_;
  std::uint64_t seed_;
  std::uint64_t draws_{};
  std::size_t settled_{};
  std::map<std::string, int> numbers_;
  std::vector<Testimony> all_;
};

}  // namespace

std::vector<Testimony> testimonies(ReplayGround const& ground, ReplayWatchers const& watchers,
                                   std::vector<Play> const& plays, ReplayRequest const& request) {
  Witnesses witnesses{ground, watchers, request.seed};
  for (Play const& play : plays) {
    witnesses.hear(play);
  }
  return std::move(witnesses).finish();
}

std::vector<Testimony> false_reports(ReplayGround const& ground, ReplayRequest const& request) {
  std::vector<Testimony> all;
  for (int day = 0; day < request.days; ++day) {
    ReplayDraw draw{request.seed, "replay rumour", static_cast<std::uint64_t>(day)};
    auto const at = ground.draw(Ground::kFront, model::Kilometres{0}, model::Kilometres{10}, draw);
    Testimony made;
    made.taken_back = true;
    Observation& report = made.report;
    report.source = "synthetic-rumour";
    report.id = model::ObservationId{fmt::format("{}:{:05}", report.source, day + 1)};
    report.kind = EventKind::kExplosion;
    report.from = Instant{ground.scenario().header.c_day} + days{day} + draw.hours(1, 20);
    report.to = report.from + draw.minutes(1, 30);
    report.place = at.place;
    report.precision = Metres{draw.between(100, 900)};
    report.count = draw.whole(1, 30);
    report.text = "SYNTHETIC. A rumour: explosion";
    all.push_back(std::move(made));
  }
  return all;
}

}  // namespace guarantor::watch
