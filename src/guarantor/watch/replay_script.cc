#include "guarantor/watch/replay_script.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <utility>

#include "guarantor/geo/geodesic.h"
#include "guarantor/watch/replay_stories.h"

namespace guarantor::watch {
namespace {

using model::EventKind;
using model::IncidentClass;
using model::Instant;
using model::Metres;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

/// Plays of a class nearer than this in place are further apart than this in time: a little more
/// than what joins reports, and what the reports' own imprecision adds.
struct Apart {
  double metres;
  minutes pause;
};
constexpr std::array<Apart, 8> kApart{{{2'700, minutes{72}},
                                       {5'000, hours{27}},
                                       {27'000, minutes{45}},
                                       {4'200, hours{27}},
                                       {12'000, hours{8}},
                                       {2'700, minutes{72}},
                                       {25'000, minutes{50}},
                                       {2'700, hours{8}}}};
constexpr Metres kMargin{800};
/// Beyond what vague reports may be off.
constexpr Metres kWideMargin{2'900};
constexpr double kLonely = 16'000;
constexpr double kNoticeReach = 30'000;

minutes gap(Instant from, Instant to, Instant other_from, Instant other_to) {
  return std::chrono::duration_cast<minutes>(std::max(from, other_from) - std::min(to, other_to));
}

bool within(Play const& a, Play const& b, double metres) {
  return a.placed == b.placed && (!a.placed || geo::distance(a.place, b.place).count() < metres);
}

bool burns_or_fires(Play const& play) {
  return play.what == IncidentClass::kHeat || play.what == IncidentClass::kFire;
}

/// Whether what announces one play could cover another.
bool in_notice(Play const& announced, Play const& other) {
  return announced.notice && within(announced, other, kNoticeReach) &&
         gap(announced.notice->from, announced.notice->to, other.from, other.to) < minutes{10};
}

bool collide(Play const& a, Play const& b) {
  if (in_notice(a, b) || in_notice(b, a)) {
    return true;
  }
  if (a.what == b.what) {
    Apart const& apart = kApart.at(static_cast<std::size_t>(a.what));
    return gap(a.from, a.to, b.from, b.to) < apart.pause && within(a, b, apart.metres);
  }
  return burns_or_fires(a) && burns_or_fires(b) && gap(a.from, a.to, b.from, b.to) < hours{4} &&
         within(a, b, kLonely);
}

std::vector<EventKind> kinds_of(Play const& play) {
  std::vector<EventKind> kinds;
  for (PlayedEvent const& event : play.events) {
    kinds.push_back(event.kind);
  }
  return kinds;
}

/// Draws the plays of one request.
class Script {
 public:
  Script(ReplayGround const& ground, ReplayRequest const& request)
      : ground_{ground}, request_{request} {
    for (Story const& story : stories()) {
      weights_ += story.weight;
    }
  }

  void play_day(int day) {
    ReplayDraw draw{request_.seed, "replay day", static_cast<std::uint64_t>(day)};
    auto const spread = request_.incidents_a_day / 3;
    auto const times =
        draw.whole(request_.incidents_a_day - spread, request_.incidents_a_day + spread);
    for (std::int64_t i = 0; i < times; ++i) {
      constexpr std::uint64_t kMost = 1000;
      ReplayDraw own{request_.seed, "replay play",
                     static_cast<std::uint64_t>(day) * kMost + static_cast<std::uint64_t>(i)};
      play(story(own), day, own);
    }
  }

  /// What keeps monitors from their work is an incident too.
  void play_hindrance(WatchedSpan const& span, EventKind kind, std::size_t number) {
    ReplayDraw draw{request_.seed, "replay hindrance", number};
    auto const middle = ground_.places().middle(span.sector);
    Play made;
    made.story = kind == EventKind::kJamming ? "jamming" : "access-denied";
    made.category = kind == EventKind::kJamming ? "jamming" : "denial";
    made.what = IncidentClass::kAccess;
    made.place = geo::travel(*middle, model::Degrees{draw.between(-180, 180)},
                             Metres{draw.between(0, 4'000)})
                     .position;
    made.sector = span.sector;
    made.reporter = "watch-floor";
    made.events.push_back({kind, span.from, span.to, 1});
    add(std::move(made), kMargin);
  }

  std::vector<Play> finish() && {
    std::ranges::stable_sort(plays_, {}, [](Play const& play) {
      return std::tuple{play.from, play.to, play.place.longitude};
    });
    for (std::size_t i = 0; i < plays_.size(); ++i) {
      plays_[i].number = i;
      plays_[i].alone = is_alone(plays_[i]);
    }
    return std::move(plays_);
  }

 private:
  Story const& story(ReplayDraw& draw) const {
    double left = draw.between(0, weights_);
    for (Story const& story : stories()) {
      left -= story.weight;
      if (left < 0) {
        return story;
      }
    }
    return stories().front();
  }

  void play(Story const& story, int day, ReplayDraw& draw) {
    constexpr int kTries = 40;
    for (int i = 0; i < kTries; ++i) {
      Play made = one(story, day, draw);
      Play const first = made;
      if (add(std::move(made), kMargin)) {
        play_twin(first, draw);
        return;
      }
    }
  }

  /// Some are followed by another of the same close by, or soon after.
  void play_twin(Play twin, ReplayDraw& draw) {
    constexpr double kTwins = 0.2;
    if (twin.what != IncidentClass::kFire || twin.notice || !draw.chance(kTwins)) {
      return;
    }
    if (draw.chance(0.5)) {
      twin.place = geo::travel(twin.place, model::Degrees{draw.between(-180, 180)},
                               Metres{draw.between(2'750, 4'500)})
                       .position;
    } else {
      auto const later = twin.to - twin.from + draw.minutes(74, 150);
      for (PlayedEvent& event : twin.events) {
        event.from += later;
        event.to += later;
      }
    }
    twin.story += "-again";
    add(std::move(twin), kMargin);
  }

  Play one(Story const& story, int day, ReplayDraw& draw) const {
    Play made;
    made.story = story.name;
    made.placed = story.ground != Ground::kNowhere;
    auto const at = ground_.draw(story.ground, model::Kilometres{story.nearest_km},
                                 model::Kilometres{story.furthest_km}, draw);
    made.place = at.place;
    made.sector = made.placed ? at.sector : model::SectorId{};
    made.from_line = at.from_line;
    made.what = *model::incident_class(story.kind);
    made.live_fire = story.live_fire;
    made.reporter = story.reporter;
    if (!story.categories.empty()) {
      made.category = draw.of(story.categories);
    }
    if (!story.arms.empty()) {
      Arm const& arm = draw.of(story.arms);
      made.weapon = arm.weapon;
      if (arm.calibre > 0) {
        made.calibre = model::Millimetres{arm.calibre};
      }
    }
    if (!ground_.parties().empty()) {
      made.actor = draw.of(ground_.parties()).text();
    }
    Instant const morning = Instant{ground_.scenario().header.c_day} + days{day};
    add_events(made, story, morning + draw.minutes(30, 1'080), draw);
    if (story.announced) {
      announce(made, *story.announced, draw);
    }
    return made;
  }

  /// Salvo after salvo. The last begins before the pause that ends an incident has passed since the
  /// first: whatever of them nobody reports, what is reported is one.
  static void add_events(Play& made, Story const& story, Instant at, ReplayDraw& draw) {
    bool const burns = story.kind == EventKind::kAnomaly;
    auto const together = burns                                 ? hours{20}
                          : made.what == IncidentClass::kFlight ? minutes{20}
                                                                : minutes{45};
    auto const parts = draw.whole(1, story.parts);
    for (std::int64_t i = 0; i < parts; ++i) {
      auto const lasts = draw.minutes(story.minutes / 4.0, story.minutes);
      EventKind kind = story.kind;
      if (kind == EventKind::kBurst && draw.chance(0.4)) {
        kind = EventKind::kShot;
      }
      if (!made.events.empty() && at - made.events.front().to > together) {
        break;
      }
      made.events.push_back({kind, at, at + lasts, draw.whole(1, story.count)});
      at += lasts + (burns ? draw.minutes(60, 200) : draw.minutes(8, 25));
    }
    Instant const after = made.events.back().to;
    double const harm = story.kind == EventKind::kStrike ? 0.6 : 0.12;
    bool const hits = story.kind == EventKind::kStrike || story.kind == EventKind::kExplosion;
    if (hits && !story.announced && !story.live_fire && draw.chance(harm)) {
      made.events.push_back({EventKind::kDamage, after, after + minutes{2}, 1});
      if (draw.chance(0.3)) {
        made.events.push_back({EventKind::kCasualty, after, after + minutes{2}, draw.whole(1, 3)});
      }
    }
  }

  static void announce(Play& made, model::Exemption what, ReplayDraw& draw) {
    constexpr Metres kAround{5'000};
    constexpr double kWrong = 0.15;
    model::Observation notice;
    notice.source = "synthetic-liaison";
    notice.kind = EventKind::kNotice;
    notice.category = model::text(what);
    notice.from = made.events.front().from - draw.hours(1, 3);
    notice.to = made.events.back().to + draw.hours(1, 3);
    if (draw.chance(kWrong)) {
      // For other hours than those it happens in: it covers nothing.
      notice.from -= hours{12};
      notice.to -= hours{12};
    }
    notice.place = made.place;
    notice.precision = kAround;
    notice.reported = notice.from - draw.hours(4, 60);
    notice.text = fmt::format("SYNTHETIC. Announced: {}", model::text(what));
    made.notice = std::move(notice);
  }

  bool add(Play&& made, Metres margin) {
    made.from = made.events.front().from;
    made.to = made.from;
    for (PlayedEvent const& event : made.events) {
      made.to = std::max(made.to, event.to);
    }
    auto const day = std::chrono::floor<days>(made.from);
    // What agreements say changes at midnight; no play stands across it.
    bool const one_day = made.from >= day + minutes{15} && made.to <= day + hours{24} - minutes{15};
    bool const free = std::ranges::none_of(plays_, [&](Play const& other) {
      // Sorted by nothing yet: days far off cannot collide.
      return std::chrono::abs(other.from - made.from) < hours{60} && collide(made, other);
    });
    if (!one_day || !free ||
        (made.placed && !ground_.is_clear(made.place, kinds_of(made), margin))) {
      return false;
    }
    plays_.push_back(std::move(made));
    return true;
  }

  [[nodiscard]] bool is_alone(Play const& play) const {
    return play.placed && ground_.is_clear(play.place, kinds_of(play), kWideMargin) &&
           std::ranges::none_of(plays_, [&](Play const& other) {
             bool const alike =
                 other.what == play.what || (burns_or_fires(other) && burns_or_fires(play));
             return &other != &play && alike &&
                    gap(play.from, play.to, other.from, other.to) < hours{50} &&
                    within(play, other, kLonely);
           });
  }

  ReplayGround const& ground_;
  ReplayRequest const& request_;
  double weights_{};
  std::vector<Play> plays_;
};

}  // namespace

std::vector<Play> played(ReplayGround const& ground, ReplayWatchers const& watchers,
                         ReplayRequest const& request) {
  Script script{ground, request};
  std::size_t number = 0;
  for (WatchedSpan const& span : watchers.jammed()) {
    script.play_hindrance(span, EventKind::kJamming, ++number);
  }
  for (WatchedSpan const& span : watchers.refused()) {
    script.play_hindrance(span, EventKind::kRestriction, ++number);
  }
  for (int day = 0; day < request.days; ++day) {
    script.play_day(day);
  }
  return std::move(script).finish();
}

}  // namespace guarantor::watch
