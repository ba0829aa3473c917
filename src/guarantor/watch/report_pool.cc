#include "guarantor/watch/report_pool.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace guarantor::watch {
namespace {

using model::IncidentClass;

/// Heat is looked for where fire is.
IncidentClass family(IncidentClass what) {
  return what == IncidentClass::kHeat ? IncidentClass::kFire : what;
}

Span longest_pause(IncidentClass what, FusionRules const& rules) {
  Span const own = rules.gates[static_cast<std::size_t>(what)].pause;
  return family(what) == IncidentClass::kFire
             ? std::max(rules.gates[static_cast<std::size_t>(IncidentClass::kHeat)].pause,
                        rules.gates[static_cast<std::size_t>(IncidentClass::kFire)].pause)
             : own;
}

void erase_from(std::vector<ReportHandle>& handles, ReportHandle report) {
  auto const found = std::ranges::find(handles, report);
  if (found != handles.end()) {
    *found = handles.back();
    handles.pop_back();
  }
}

void sort_once(std::vector<ReportHandle>& handles) {
  std::ranges::sort(handles);
  handles.erase(std::unique(handles.begin(), handles.end()), handles.end());
}

}  // namespace

ReportPool::ReportPool(FusionRules const& rules) : rules_{rules} {
  constexpr Span kShortestSlot = std::chrono::hours{1};
  constexpr Span kRegionSlot = std::chrono::hours{24};
  for (std::size_t i = 0; i < kClasses; ++i) {
    auto const what = static_cast<IncidentClass>(i);
    double const gate = rules.gates[i].distance.count();
    double const precise = rules.precise.count();
    fine_[i] = {.side = std::sqrt(gate * gate + 2 * precise * precise),
                .slot = std::max(rules.gates[i].pause, kShortestSlot),
                .salt = 2 * i + 1};
    GatedReport const any{.precision = rules.vaguest.count(), .what = what};
    regions_of_[i] = {.side = furthest(any, rules),
                      .slot = std::max(longest_pause(what, rules), kRegionSlot),
                      .salt = 2 * static_cast<std::uint64_t>(family(what))};
  }
}

ReportGrid const& ReportPool::region_grid(IncidentClass what) const {
  return regions_of_[static_cast<std::size_t>(what)];
}

ReportPool::Region& ReportPool::region(std::uint64_t mark) {
  auto const [place, fresh] = regions_.try_emplace(mark);
  if (fresh) {
    place->second.whole = !elsewhere_.may_hold(mark);
  }
  return place->second;
}

ReportHandle ReportPool::add(model::Observation observation, GatedReport const& gate) {
  ReportHandle handle{};
  if (free_.empty()) {
    handle = static_cast<ReportHandle>(reports_.size());
    reports_.emplace_back();
  } else {
    handle = free_.back();
    free_.pop_back();
  }
  by_id_.emplace(observation.id, handle);
  reports_[handle] = {.observation = std::move(observation), .gate = gate};
  if (gate.precise) {
    fine_[static_cast<std::size_t>(gate.what)].each_cell(
        gate.place, 0, gate.from, gate.to,
        [&](std::uint64_t cell) { cells_[cell].push_back(handle); });
  }
  for (std::uint64_t const mark : marks_of(gate)) {
    Region& place = region(mark);
    (gate.precise ? place.precise : place.vague).push_back(handle);
  }
  return handle;
}

void ReportPool::remove(ReportHandle report) {
  GatedReport const gate = reports_[report].gate;
  if (gate.precise) {
    fine_[static_cast<std::size_t>(gate.what)].each_cell(gate.place, 0, gate.from, gate.to,
                                                         [&](std::uint64_t cell) {
                                                           auto const found = cells_.find(cell);
                                                           if (found != cells_.end()) {
                                                             erase_from(found->second, report);
                                                             if (found->second.empty()) {
                                                               cells_.erase(found);
                                                             }
                                                           }
                                                         });
  }
  for (std::uint64_t const mark : marks_of(gate)) {
    auto const found = regions_.find(mark);
    if (found == regions_.end()) {
      continue;
    }
    erase_from(gate.precise ? found->second.precise : found->second.vague, report);
    // What nobody knows to be elsewhere is whole without an entry.
    if (found->second.empty() && (found->second.whole != elsewhere_.may_hold(mark))) {
      regions_.erase(found);
    }
  }
  by_id_.erase(reports_[report].observation.id);
  reports_[report] = {};
  free_.push_back(report);
}

void ReportPool::evict(model::IncidentId const& incident,
                       std::vector<ReportHandle> const& reports) {
  AbsentIncident absent;
  std::array<double, 3> low{};
  std::array<double, 3> high{};
  for (std::size_t i = 0; i < reports.size(); ++i) {
    GatedReport const& gate = reports_[reports[i]].gate;
    if (i == 0) {
      absent.what = gate.what;
      absent.from = gate.from;
      absent.to = gate.to;
      low = high = gate.place;
    }
    for (std::size_t axis = 0; axis < low.size(); ++axis) {
      low[axis] = std::min(low[axis], gate.place[axis]);
      high[axis] = std::max(high[axis], gate.place[axis]);
    }
    absent.from = std::min(absent.from, gate.from);
    absent.to = std::max(absent.to, gate.to);
    absent.precision = std::max(absent.precision, gate.precision);
    absent.heat = absent.heat || gate.what == IncidentClass::kHeat;
    absent.placeless = absent.placeless || gate.placeless;
    auto const marks = marks_of(gate);
    absent.marks.insert(absent.marks.end(), marks.begin(), marks.end());
  }
  for (std::size_t axis = 0; axis < low.size(); ++axis) {
    absent.middle[axis] = (low[axis] + high[axis]) / 2;
  }
  absent.radius = std::hypot(high[0] - low[0], high[1] - low[1], high[2] - low[2]) / 2;
  std::ranges::sort(absent.marks);
  absent.marks.erase(std::unique(absent.marks.begin(), absent.marks.end()), absent.marks.end());
  absent.marks.shrink_to_fit();
  add_absent(incident, std::move(absent));
  std::ranges::for_each(reports, [this](ReportHandle report) { remove(report); });
}

void ReportPool::add_absent(model::IncidentId const& id, AbsentIncident incident) {
  drop_absent(id, false);
  auto const gone = absent_.emplace(id, Gone{std::move(incident), {}}).first;
  absent_order_.push_back(&*gone);
  gone->second.order = std::prev(absent_order_.end());
  for (std::uint64_t const mark : gone->second.incident.marks) {
    region(mark).absent.push_back(&*gone);
  }
  while (absent_.size() > rules_.outlines) {
    drop_absent(model::IncidentId{absent_order_.front()->first}, true);
  }
}

void ReportPool::forget_absent(model::IncidentId const& incident) {
  drop_absent(incident, false);
}

void ReportPool::drop_absent(model::IncidentId const& incident, bool elsewhere) {
  auto const found = absent_.find(incident);
  if (found == absent_.end()) {
    return;
  }
  for (std::uint64_t const mark : found->second.incident.marks) {
    if (elsewhere) {
      elsewhere_.add(mark);
    }
    auto const place = regions_.find(mark);
    if (place == regions_.end()) {
      continue;
    }
    std::erase(place->second.absent, &*found);
    place->second.whole = place->second.whole && !elsewhere;
    if (place->second.empty() && !place->second.whole) {
      regions_.erase(place);
    }
  }
  absent_order_.erase(found->second.order);
  absent_.erase(found);
}

bool ReportPool::may_concern(AbsentIncident const& absent, GatedReport const& gate) const {
  if (family(absent.what) != family(gate.what)) {
    return false;
  }
  bool const heat = gate.what == IncidentClass::kHeat;
  // Heat meets heat by its own gate, and anything else by that of the other.
  auto const by = heat && absent.heat ? IncidentClass::kHeat : family(gate.what);
  Gate const& pass = rules_.gates[static_cast<std::size_t>(by)];
  if (absent.from - pass.pause > gate.to || gate.from - pass.pause > absent.to) {
    return false;
  }
  if (gate.placeless || absent.placeless) {
    return true;
  }
  double square = 0;
  for (std::size_t axis = 0; axis < gate.place.size(); ++axis) {
    double const apart = gate.place[axis] - absent.middle[axis];
    square += apart * apart;
  }
  double const reach = pass.distance.count();
  double const limit = absent.radius + std::sqrt(reach * reach + gate.precision * gate.precision +
                                                 absent.precision * absent.precision);
  return square <= limit * limit;
}

std::vector<model::IncidentId> ReportPool::absent_near(GatedReport const& gate) const {
  std::vector<model::IncidentId> near;
  each_mark_near(gate, true, [&](std::uint64_t mark) {
    auto const found = regions_.find(mark);
    if (found == regions_.end()) {
      return;
    }
    for (auto const* const absent : found->second.absent) {
      if (may_concern(absent->second.incident, gate)) {
        near.push_back(absent->first);
      }
    }
  });
  std::ranges::sort(near);
  near.erase(std::unique(near.begin(), near.end()), near.end());
  return near;
}

ReportHandle ReportPool::find(model::ObservationId const& id) const {
  auto const found = by_id_.find(id);
  return found == by_id_.end() ? kNoReport : found->second;
}

double ReportPool::reach_of(GatedReport const& gate, bool to_vague) const {
  double reach = 0;
  for (std::size_t i = 0; i < kClasses; ++i) {
    if (family(static_cast<IncidentClass>(i)) == family(gate.what)) {
      reach = std::max(reach, rules_.gates[i].distance.count());
    }
  }
  double const other = to_vague ? rules_.vaguest.count() : rules_.precise.count();
  return std::sqrt(reach * reach + gate.precision * gate.precision + other * other);
}

std::vector<ReportHandle> ReportPool::precise_near(GatedReport const& gate) const {
  std::vector<ReportHandle> near;
  auto const consider = [&](ReportHandle other) {
    GatedReport const& report = reports_[other].gate;
    bool const fits = gate.precise ? report.what == gate.what : may_confirm(gate.what, report.what);
    if (fits && strangeness(gate, report, rules_) <= 1) {
      near.push_back(other);
    }
  };
  if (gate.precise) {
    Gate const& own = rules_.gates[static_cast<std::size_t>(gate.what)];
    double const reach =
        std::sqrt(own.distance.count() * own.distance.count() + gate.precision * gate.precision +
                  rules_.precise.count() * rules_.precise.count());
    fine_[static_cast<std::size_t>(gate.what)].each_cell(
        gate.place, reach, gate.from - own.pause, gate.to + own.pause, [&](std::uint64_t cell) {
          auto const found = cells_.find(cell);
          if (found != cells_.end()) {
            std::ranges::for_each(found->second, consider);
          }
        });
  } else {
    each_mark_near(gate, false, [&](std::uint64_t mark) {
      auto const found = regions_.find(mark);
      if (found != regions_.end()) {
        std::ranges::for_each(found->second.precise, consider);
      }
    });
  }
  sort_once(near);
  return near;
}

std::vector<ReportHandle> ReportPool::vague_near(GatedReport const& gate) const {
  std::vector<ReportHandle> near;
  auto const consider = [&](ReportHandle other) {
    GatedReport const& report = reports_[other].gate;
    bool const fits = gate.precise ? may_confirm(report.what, gate.what) : report.what == gate.what;
    if (fits && strangeness(report, gate, rules_) <= 1) {
      near.push_back(other);
    }
  };
  each_mark_near(gate, true, [&](std::uint64_t mark) {
    auto const found = regions_.find(mark);
    if (found != regions_.end()) {
      std::ranges::for_each(found->second.vague, consider);
    }
  });
  sort_once(near);
  return near;
}

void ReportPool::each_sector_mark(GatedReport const& gate, bool placeless, Span from, Span to,
                                  std::function<void(std::uint64_t)> const& visit) const {
  if (gate.sector == 0) {
    return;
  }
  // A grid of its own, of one cell at each moment.
  ReportGrid const moments{
      .side = 1,
      .slot = region_grid(gate.what).slot,
      .salt = gate.sector + 4 * region_grid(gate.what).salt + (placeless ? 2U : 0U)};
  moments.each_cell({}, 0, from, to, visit);
}

void ReportPool::each_mark_near(GatedReport const& gate, bool to_vague,
                                std::function<void(std::uint64_t)> const& visit) const {
  Span const pause = longest_pause(gate.what, rules_);
  region_grid(gate.what).each_cell(gate.place, reach_of(gate, to_vague), gate.from - pause,
                                   gate.to + pause, visit);
  if (gate.placeless || gate.precise) {
    each_sector_mark(gate, !gate.placeless, gate.from - pause, gate.to + pause, visit);
  }
}

std::vector<std::uint64_t> ReportPool::marks_of(GatedReport const& gate) const {
  std::vector<std::uint64_t> marks;
  auto const add = [&](std::uint64_t mark) { marks.push_back(mark); };
  region_grid(gate.what).each_cell(gate.place, 0, gate.from, gate.to, add);
  if (gate.placeless || gate.precise) {
    each_sector_mark(gate, gate.placeless, gate.from, gate.to, add);
  }
  return marks;
}

std::vector<std::uint64_t> ReportPool::missing_near(GatedReport const& gate) const {
  std::vector<std::uint64_t> missing;
  each_mark_near(gate, true, [&](std::uint64_t mark) {
    auto const found = regions_.find(mark);
    bool const whole = found == regions_.end() ? !elsewhere_.may_hold(mark) : found->second.whole;
    if (!whole) {
      missing.push_back(mark);
    }
  });
  std::ranges::sort(missing);
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  return missing;
}

}  // namespace guarantor::watch
