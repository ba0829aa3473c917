#include "guarantor/serve/watch_calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <utility>

#include "guarantor/monitor/store_archive.h"
#include "guarantor/monitor/watch_records.h"
#include "guarantor/serve/incident_sight.h"
#include "guarantor/watch/coverage.h"
#include "guarantor/watch/event_count.h"

namespace guarantor::serve {

using model::Date;
using model::EventKind;
using model::Result;
using model::SectorId;
using Days = model::Interval<Date>;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::array kFireKinds{EventKind::kExplosion, EventKind::kBurst, EventKind::kShot};

Date day_of(model::Instant instant) {
  return std::chrono::floor<std::chrono::days>(instant);
}

double hours(std::chrono::microseconds time) {
  return std::chrono::duration<double, std::ratio<3600>>{time}.count();
}

Json number(std::int64_t count, model::WatchedTime const& time) {
  auto const told = model::WatchedCount{count, time}.number();
  return told ? Json(*told) : Json(nullptr);
}

/// The line that a sector is a stretch of: it is called after it and numbered.
model::Area const* line_of(model::Scenario const& scenario, SectorId const& sector) {
  auto const dash = sector.text().rfind('-');
  auto const found = std::ranges::find(scenario.areas, model::AreaId{sector.text().substr(0, dash)},
                                       &model::Area::id);
  return found == scenario.areas.end() ? nullptr : &*found;
}

Json sector_json(model::Scenario const& scenario, SectorId const& sector) {
  if (sector.empty()) {
    return {{"sector", ""}, {"title", "far from every line"}, {"line", nullptr}};
  }
  auto const* const line = line_of(scenario, sector);
  if (line == nullptr) {
    return {{"sector", sector.text()}, {"title", sector.text()}, {"line", nullptr}};
  }
  std::string const title = line->title.empty() ? line->id.text() : line->title;
  return {{"sector", sector.text()},
          {"title", title + " " + sector.text().substr(line->id.text().size() + 1)},
          {"line", line->id.text()}};
}

}  // namespace

Result<Json> WatchCalendar::of(policy::Viewer const& viewer, Days days) {
  auto const board = services_.watch.incidents();
  auto const view =
      board.ok() ? services_.views.of(viewer, services_.watch.scenario()) : board.error();
  auto const watched = view.ok() ? coverage(viewer, days, board.value()->work()) : view.error();
  auto counts =
      watched.ok() ? count(viewer, days, *board.value(), *watched.value()) : watched.error();
  if (!counts.ok()) {
    return counts.error();
  }
  auto sectors = watched.value()->sectors;
  bool const far =
      std::ranges::any_of(counts.value(), [](auto const& one) { return one.first.first.empty(); });
  if (far) {
    sectors.emplace_back();
  }
  Json json{{"sectors", Json::array()}, {"days", Json::array()}, {"cells", Json::array()}};
  for (Date day = days.from; day < days.to; day += std::chrono::days{1}) {
    json["days"].push_back(model::print(day));
  }
  for (SectorId const& sector : sectors) {
    json["sectors"].push_back(sector_json(view.value()->scenario, sector));
    for (Date day = days.from; day < days.to; day += std::chrono::days{1}) {
      Counted const counted = counts.value()[{sector, day}];
      auto const found = watched.value()->watched.find({sector, day});
      Watched const time = found == watched.value()->watched.end() ? Watched{} : found->second;
      Json cell{{"sector", sector.text()},
                {"day", model::print(day)},
                {"incidents", number(counted.incidents, time.any)},
                {"alleged", number(counted.alleged, time.any)},
                {"munitions", number(counted.munitions, time.fire)},
                {"watched_hours", hours(time.any.watched)},
                {"of_hours", hours(time.any.whole)},
                {"looks", time.any.looks},
                {"not_watched", Json::object()}};
      for (model::BlindTime const& blind : time.why_not) {
        cell["not_watched"][std::string{model::text(blind.reason)}] = hours(blind.time);
      }
      json["cells"].push_back(std::move(cell));
    }
  }
  return json;
}

Result<WatchCalendar::SharedCoverage> WatchCalendar::coverage(policy::Viewer const& viewer,
                                                              Days days, std::uint64_t work) {
  auto const whole = services_.views.whole(services_.watch.scenario());
  if (!whole.ok()) {
    return whole.error();
  }
  // What is to come nobody has watched yet; told to the quarter of an hour.
  auto const now =
      std::chrono::floor<std::chrono::duration<std::int64_t, std::ratio<900>>>(services_.now());
  auto const until = std::min(model::Instant{now}, model::Instant{days.to});
  auto const key =
      fmt::format("{} {} {} {} {} {}", sees_all_reports(viewer) ? "" : policy::print(viewer),
                  model::print(days.from), model::print(days.to), whole.value()->name, work,
                  model::print(until));
  {
    std::scoped_lock const lock{mutex_};
    if (auto const found = kept_.find(key); found != kept_.end()) {
      return found->second;
    }
  }
  auto made = work_out(viewer, days, until);
  if (made.ok()) {
    std::scoped_lock const lock{mutex_};
    if (kept_.size() >= kMostKept) {
      kept_.clear();
    }
    kept_[key] = made.value();
  }
  return made;
}

Result<WatchCalendar::SharedCoverage> WatchCalendar::work_out(policy::Viewer const& viewer,
                                                              Days days,
                                                              model::Instant until) const {
  auto const whole = services_.views.whole(services_.watch.scenario());
  auto records =
      whole.ok()
          ? services_.store.read([&](auto const& store) { return monitor::read_work(store, days); })
          : whole.error();
  if (!records.ok()) {
    return records.error();
  }
  std::erase_if(records.value(), [&](model::Observation const& record) {
    return !counts_for(viewer, {record.id, record.owner, record.releasable_to});
  });
  auto const made =
      watch::Coverage::of(whole.value()->scenario, records.value(),
                          {model::Instant{days.from}, model::Instant{days.to}}, until);
  if (!made.ok()) {
    return made.error();
  }
  auto coverage = std::make_shared<Coverage>();
  coverage->sectors = made.value().sectors();
  for (SectorId const& sector : coverage->sectors) {
    for (Date day = days.from; day < days.to; day += std::chrono::days{1}) {
      watch::TimeSpan const span{model::Instant{day}, model::Instant{day + std::chrono::days{1}}};
      coverage->watched[{sector, day}] = {.any = made.value().watched(sector, {}, span),
                                          .fire = made.value().watched(sector, kFireKinds, span),
                                          .why_not = made.value().why_not(sector, {}, span)};
    }
  }
  return SharedCoverage{std::move(coverage)};
}

Result<WatchCalendar::Counts> WatchCalendar::count(policy::Viewer const& viewer, Days days,
                                                   IncidentBoard const& board,
                                                   Coverage const& coverage) {
  std::set<SectorId> const known{coverage.sectors.begin(), coverage.sectors.end()};
  Counts counts;
  std::vector<SharedCard> several_days;
  auto const sector_of = [&](IncidentCard const& card) {
    return known.contains(card.sector) ? card.sector : SectorId{};
  };
  auto const add = [&](SharedCard const& card) {
    auto const began = day_of(card->from);
    auto const ended = day_of(card->to);
    bool const touches = began < days.to && ended >= days.from;
    if (!touches) {
      return;
    }
    if (days.contains(began)) {
      auto& counted = counts[{sector_of(*card), began}];
      ++counted.incidents;
      counted.alleged += card->clauses.empty() ? 0 : 1;
    }
    if (card->munitions.all() > 0 && began == ended) {
      counts[{sector_of(*card), began}].munitions += card->munitions.all();
    } else if (card->munitions.all() > 0) {
      several_days.push_back(card);
    }
  };
  board.each({}, [&](SharedCard const& card) {
    if (sees_incident(viewer, *card)) {
      add(card);
    }
    return true;
  });
  auto const parts = seen_.parts(viewer, board);
  if (!parts.ok()) {
    return parts.error();
  }
  for (SharedCard const& card : parts.value()) {
    add(card);
  }
  for (SharedCard const& card : several_days) {
    // Of an incident told in part it stands on the day it began.
    auto const munitions = is_part(*card)
                               ? Result<std::map<Date, std::int64_t>>{std::map<Date, std::int64_t>{
                                     {day_of(card->from), card->munitions.all()}}}
                               : by_day(card);
    if (!munitions.ok()) {
      return munitions.error();
    }
    for (auto const& [day, count] : munitions.value()) {
      if (days.contains(day)) {
        counts[{sector_of(*card), day}].munitions += count;
      }
    }
  }
  return counts;
}

Result<std::map<Date, std::int64_t>> WatchCalendar::by_day(SharedCard const& card) {
  {
    std::scoped_lock const lock{mutex_};
    auto const found = spread_.find(card->id);
    if (found != spread_.end() && found->second.revision == card->revision) {
      return found->second.munitions;
    }
  }
  auto const reports =
      services_.store.read([&](auto const& store) -> Result<std::vector<model::Observation>> {
        monitor::StoreArchive archive{store};
        auto const incident = archive.incident(card->id);
        if (!incident.ok()) {
          return incident.error();
        }
        return incident.value() ? incident.value()->reports : std::vector<model::Observation>{};
      });
  if (!reports.ok()) {
    return reports.error();
  }
  std::vector<model::Observation const*> all;
  for (model::Observation const& report : reports.value()) {
    all.push_back(&report);
  }
  std::map<Date, std::int64_t> munitions;
  for (auto const& [day, count] : watch::count_events_by_day(all)) {
    munitions[day] = count.munitions.all();
  }
  std::scoped_lock const lock{mutex_};
  spread_[card->id] = {card->revision, munitions};
  return munitions;
}

}  // namespace guarantor::serve
