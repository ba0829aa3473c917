#include "guarantor/watch/coverage.h"

#include <algorithm>
#include <utility>

#include "guarantor/watch/sector_watchers.h"

namespace guarantor::watch {

using model::BlindReason;

std::uint64_t bits_of(std::span<model::EventKind const> kinds) {
  std::uint64_t bits = 0;
  for (auto const kind : kinds) {
    bits |= std::uint64_t{1} << static_cast<unsigned>(kind);
  }
  return kinds.empty() ? ~std::uint64_t{0} : bits;
}

model::Result<Coverage> Coverage::of(model::Scenario const& scenario,
                                     std::span<model::Observation const> records, TimeSpan span,
                                     std::optional<model::Instant> until) {
  auto lines = geo::sectors_of(scenario);
  if (!lines) {
    return lines.error();
  }
  Coverage coverage;
  coverage.span_ = span;
  auto const kept = standing_records(records);
  for (auto const& line : lines.value()) {
    for (auto const& sector : line.sectors) {
      model::SectorId const id{sector.id};
      auto found = watchers_of(scenario, kept, sector, span);
      if (!found) {
        return found.error();
      }
      for (Watcher& watcher : found.value().watchers) {
        if (until && *until < span.to) {
          watcher.watched = watcher.watched.within(TimeSpan{span.from, *until});
          std::erase_if(watcher.looks, [&](model::Instant look) { return look >= *until; });
        }
      }
      coverage.at_.emplace(id, coverage.ids_.size());
      coverage.ids_.push_back(id);
      coverage.by_sector_.push_back(
          {std::move(found.value().watchers), std::move(found.value().blind)});
    }
  }
  return coverage;
}

std::vector<Watcher> const& Coverage::watchers(model::SectorId const& sector) const {
  return by_sector_.at(at_.at(sector)).watchers;
}

TimeSpans Coverage::spans(model::SectorId const& sector, std::span<model::EventKind const> kinds,
                          TimeSpan during) const {
  auto const wanted = bits_of(kinds);
  std::vector<TimeSpan> spans;
  auto const at = at_.find(sector);
  if (at == at_.end()) {
    return {};
  }
  for (Watcher const& watcher : by_sector_[at->second].watchers) {
    if ((watcher.kinds & wanted) != 0) {
      auto const& own = watcher.watched.spans();
      spans.insert(spans.end(), own.begin(), own.end());
    }
  }
  return TimeSpans{std::move(spans)}.within(during);
}

model::WatchedTime Coverage::watched(model::SectorId const& sector,
                                     std::span<model::EventKind const> kinds,
                                     TimeSpan during) const {
  model::WatchedTime time{.whole = during.length()};
  auto const at = at_.find(sector);
  if (at == at_.end()) {
    return time;
  }
  auto const& watch = by_sector_[at->second];
  time.watched = spans(sector, kinds, during).length();
  for (Watcher const& watcher : watch.watchers) {
    if ((watcher.kinds & bits_of(kinds)) != 0) {
      time.looks += std::count_if(watcher.looks.begin(), watcher.looks.end(),
                                  [&](auto const look) { return during.contains(look); });
    }
  }
  return time;
}

std::vector<model::BlindTime> Coverage::why_not(model::SectorId const& sector,
                                                std::span<model::EventKind const> kinds,
                                                TimeSpan during) const {
  auto missing = TimeSpans{{during}};
  std::map<BlindReason, TimeSpans> held;
  if (auto const at = at_.find(sector); at != at_.end()) {
    auto const& watch = by_sector_[at->second];
    missing = missing.without(spans(sector, kinds, during));
    held = watch.blind;
    for (Watcher const& watcher : watch.watchers) {
      if ((watcher.kinds & bits_of(kinds)) != 0) {
        for (auto const& [reason, times] : watcher.blind) {
          held[reason] = held[reason].united(times);
        }
      }
    }
  }
  std::vector<model::BlindTime> why;
  auto unexplained = missing;
  for (auto const& [reason, times] : held) {
    if (auto const time = missing.within(times).length(); time.count() > 0) {
      why.push_back({reason, time});
      unexplained = unexplained.without(times);
    }
  }
  if (!unexplained.empty()) {
    why.insert(why.begin(), {BlindReason::kNobody, unexplained.length()});
  }
  return why;
}

}  // namespace guarantor::watch
