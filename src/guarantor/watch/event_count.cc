#include "guarantor/watch/event_count.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "guarantor/geo/geodesic.h"

namespace guarantor::watch {
namespace {

using model::BlastKind;
using model::EventKind;
using model::Observation;

constexpr std::int64_t kGreatestNumber = 1'000'000'000'000;
constexpr std::size_t kBlasts = model::kWords<BlastKind>.size();
/// No degree of latitude of the ellipsoid is shorter.
constexpr double kMetresPerDegree = 110'574;

/// How little is known of when and where: above 1 it is vague. A place that is not known at all
/// stands for the widest that is not vague, so that it is joined last.
double extent(Observation const& report) {
  double const span = std::chrono::duration<double>(report.to - report.from) / kVagueSpan;
  double const width =
      report.place ? report.precision.count() / kVaguePrecision.count() : double{1};
  return std::max({span, width, 0.0});
}

std::size_t blast_of(Observation const& report) {
  return static_cast<std::size_t>(report.kind == EventKind::kExplosion
                                      ? report.blast.value_or(BlastKind::kUndetermined)
                                      : BlastKind::kUndetermined);
}

/// What an observer says of an event, or what is known of it.
struct Number {
  std::int64_t all{};
  std::int64_t live_fire{};
  std::int64_t reports{};

  Number& operator+=(Number const& other) {
    all += other.all;
    live_fire += other.live_fire;
    reports += other.reports;
    return *this;
  }
  /// The greater count of each; live fire goes with the number.
  void raise_to(Number const& other) {
    if (std::tie(all, live_fire) < std::tie(other.all, other.live_fire)) {
      all = other.all;
      live_fire = other.live_fire;
    }
    reports = std::max(reports, other.reports);
  }
};

Number number_of(Observation const& report) {
  auto const all = std::clamp<std::int64_t>(report.number(), 0, kGreatestNumber);
  return {.all = all, .live_fire = report.live_fire ? all : 0, .reports = 1};
}

/// Reports that are of the same event, and what it counts.
struct Event {
  std::map<std::string_view, std::array<Number, kBlasts>> by_observer;
  std::vector<Observation const*> reports;
  Number number;

  /// Takes in another that turned out to be of the same event.
  void join(Event&& other) {
    if (reports.empty()) {
      *this = std::move(other);
      return;
    }
    number += other.number;
    for (auto const& [observer, numbers] : other.by_observer) {
      auto& mine = by_observer[observer];
      for (std::size_t b = 0; b < kBlasts; ++b) {
        mine.at(b) += numbers.at(b);
      }
    }
    reports.insert(reports.end(), other.reports.begin(), other.reports.end());
  }

  void add(Observation const& report) {
    reports.push_back(&report);
    by_observer[report.seen_by()].at(blast_of(report)) += number_of(report);
    std::array<Number, kBlasts> most{};
    for (auto const& [observer, numbers] : by_observer) {
      Number sum;
      for (std::size_t b = 0; b < kBlasts; ++b) {
        sum += numbers.at(b);
        most.at(b).raise_to(numbers.at(b));
      }
      number.raise_to(sum);
    }
    Number of_known_blasts;
    for (std::size_t b = 0; b < static_cast<std::size_t>(BlastKind::kUndetermined); ++b) {
      of_known_blasts += most.at(b);
    }
    number.raise_to(of_known_blasts);
  }
};

bool same_blast(Observation const& a, Observation const& b) {
  constexpr auto kUndetermined = static_cast<std::size_t>(BlastKind::kUndetermined);
  auto const first = blast_of(a);
  auto const second = blast_of(b);
  return first == second || first == kUndetermined || second == kUndetermined;
}

bool same_place(Observation const& a, Observation const& b) {
  if (!a.place || !b.place) {
    return true;
  }
  auto const within = a.precision + b.precision + kPlaceTolerance;
  double const north = std::abs(a.place->latitude.count() - b.place->latitude.count());
  return north * kMetresPerDegree <= within.count() && geo::distance(*a.place, *b.place) <= within;
}

/// Rule 4 and 5. REQUIRES: the same kind.
bool may_be_one(Observation const& a, Observation const& b) {
  return a.from <= b.to && b.from <= a.to && a.seen_by() != b.seen_by() && same_blast(a, b) &&
         same_place(a, b);
}

/// The events that reports of one kind are of. REQUIRES: from the most exact on.
std::vector<Event> events_of(std::vector<Observation const*> const& reports) {
  std::vector<Event> events;
  for (auto const* const report : reports) {
    Event event;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
      auto const& known = events[i].reports;
      if (std::any_of(known.begin(), known.end(),
                      [&](auto const* other) { return may_be_one(*other, *report); })) {
        event.join(std::move(events[i]));
      } else {
        if (kept != i) {
          events[kept] = std::move(events[i]);
        }
        ++kept;
      }
    }
    events.resize(kept);
    event.add(*report);
    events.push_back(std::move(event));
  }
  return events;
}

/// All reports of one kind add where one observer made them all.
bool of_one_observer(std::vector<Observation const*> const& reports) {
  return std::all_of(reports.begin(), reports.end(), [&](auto const* report) {
    return report->seen_by() == reports.front()->seen_by();
  });
}

/// Rule 9.
void drop_vague(std::vector<Observation const*>& reports) {
  auto const vague = [](auto const* report) { return extent(*report) > 1; };
  if (!std::all_of(reports.begin(), reports.end(), vague)) {
    reports.erase(std::remove_if(reports.begin(), reports.end(), vague), reports.end());
  }
}

/// REQUIRES: all of one kind.
Number count_kind(std::vector<Observation const*> reports) {
  Number number;
  if (of_one_observer(reports)) {
    for (auto const* const report : reports) {
      number += number_of(*report);
    }
    return number;
  }
  auto const key = [](Observation const& report) {
    auto const place = report.place.value_or(model::Position{});
    return std::tuple{extent(report), report.from, place.longitude, place.latitude};
  };
  std::sort(reports.begin(), reports.end(), [&](auto const* a, auto const* b) {
    auto const first = key(*a);
    auto const second = key(*b);
    return first < second || (first == second && a->id < b->id);
  });
  for (auto const& event : events_of(reports)) {
    number += event.number;
  }
  return number;
}

/// The version of each report that stands and may count, by kind.
std::map<EventKind, std::vector<Observation const*>> standing(
    std::span<Observation const* const> reports) {
  std::vector<Observation const*> versions{reports.begin(), reports.end()};
  std::stable_sort(versions.begin(), versions.end(), [](auto const* a, auto const* b) {
    return a->id < b->id || (a->id == b->id && a->reported < b->reported);
  });
  std::map<EventKind, std::vector<Observation const*>> by_kind;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    bool const last = i + 1 == versions.size() || versions[i + 1]->id != versions[i]->id;
    if (last && !versions[i]->withdrawn && !is_monitors_work(versions[i]->kind)) {
      by_kind[versions[i]->kind].push_back(versions[i]);
    }
  }
  for (auto& [kind, of_kind] : by_kind) {
    drop_vague(of_kind);
  }
  return by_kind;
}

void add(EventCount& count, EventKind kind, Number const& number) {
  count.events += number.reports;
  auto const put = [&](std::int64_t model::MunitionCount::* field) {
    count.munitions.*field += number.all;
    count.live_fire.*field += number.live_fire;
  };
  if (kind == EventKind::kExplosion) {
    put(&model::MunitionCount::explosions);
  } else if (kind == EventKind::kBurst) {
    put(&model::MunitionCount::bursts);
  } else if (kind == EventKind::kShot) {
    put(&model::MunitionCount::shots);
  }
}

model::Date day_of(Observation const* report) {
  return std::chrono::floor<std::chrono::days>(report->from);
}

/// What is known by the end of each day on which a report began.
std::map<model::Date, Number> known_by(std::vector<Observation const*> reports) {
  std::sort(reports.begin(), reports.end(),
            [](auto const* a, auto const* b) { return a->from < b->from; });
  std::map<model::Date, Number> known;
  for (auto end = reports.begin(); end != reports.end();) {
    auto const day = day_of(*end);
    end =
        std::find_if(end, reports.end(), [&](auto const* report) { return day_of(report) != day; });
    known[day] = count_kind({reports.begin(), end});
  }
  // What later reports show to be fewer was fewer from the start, so that no day is negative.
  Number least{INT64_MAX, INT64_MAX, INT64_MAX};
  for (auto at = known.rbegin(); at != known.rend(); ++at) {
    auto& number = at->second;
    least = {std::min(least.all, number.all), std::min(least.live_fire, number.live_fire),
             std::min(least.reports, number.reports)};
    number = least;
  }
  return known;
}

}  // namespace

EventCount count_events(std::span<Observation const* const> reports) {
  EventCount count;
  for (auto& [kind, of_kind] : standing(reports)) {
    add(count, kind, count_kind(std::move(of_kind)));
  }
  return count;
}

std::map<model::Date, EventCount> count_events_by_day(std::span<Observation const* const> reports) {
  std::map<model::Date, EventCount> days;
  for (auto& [kind, of_kind] : standing(reports)) {
    Number before;
    for (auto const& [day, number] : known_by(std::move(of_kind))) {
      auto const all = number.all - before.all;
      add(days[day], kind,
          {all, std::min(all, number.live_fire - before.live_fire),
           number.reports - before.reports});
      before = number;
    }
  }
  return days;
}

}  // namespace guarantor::watch
