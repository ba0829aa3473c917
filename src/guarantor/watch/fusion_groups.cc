#include "guarantor/watch/fusion_groups.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "guarantor/watch/text_number.h"

namespace guarantor::watch {
namespace {

using model::IncidentId;
using model::ObservationId;

/// The name of the incident that an observation opens.
IncidentId name_after(ObservationId const& founder) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  constexpr std::size_t kLength = 16;
  std::uint64_t number = number_of(founder.text());
  std::string name = "i-";
  for (std::size_t i = 0; i < kLength; ++i) {
    name += kDigits[number & 15U];
    number >>= 4U;
  }
  return IncidentId{name};
}

}  // namespace

ReportHandle FusionGroups::best_host(ReportHandle report,
                                     std::vector<ReportHandle> const& hosts) const {
  ReportHandle best = kNoReport;
  for (ReportHandle const host : hosts) {
    if (best == kNoReport || fits_better(report, host, best)) {
      best = host;
    }
  }
  return best;
}

bool FusionGroups::fits_better(ReportHandle vague, ReportHandle host, ReportHandle than) const {
  auto const rank = [&](ReportHandle other) {
    PooledReport const& report = pool_.at(other);
    return std::pair<double, ObservationId const&>{
        strangeness(pool_.at(vague).gate, report.gate, rules_), report.observation.id};
  };
  return rank(host) < rank(than);
}

FusionGroup& FusionGroups::new_group(IncidentId const& id) {
  auto group = std::make_unique<FusionGroup>();
  group->id = id;
  recent_.push_front(group.get());
  group->last_used = recent_.begin();
  return *groups_.emplace(id, std::move(group)).first->second;
}

FusionGroup& FusionGroups::open(ReportHandle founder) {
  IncidentId const name = name_after(pool_.at(founder).observation.id);
  IncidentId id = name;
  std::optional<std::int64_t> revision;
  for (int again = 2;; ++again) {
    auto const found = groups_.find(id);
    if (found == groups_.end()) {
      revision = last_revision_(id);
      if (revision) {
        break;
      }
    } else if (found->second->empty() && found->second->absorbed_by.empty()) {
      // Nothing was left of it: its founder was corrected, and here it is.
      return *found->second;
    }
    // Its founder stands elsewhere by now, so that there are two.
    id = IncidentId{name.text() + "-" + std::to_string(again)};
  }
  FusionGroup& group = new_group(id);
  group.revision = *revision;
  return group;
}

void FusionGroups::touch(FusionGroup& group) {
  recent_.splice(recent_.begin(), recent_, group.last_used);
  if (!group.touched) {
    group.touched = true;
    touched_.push_back(&group);
  }
}

void FusionGroups::attach(FusionGroup& group, ReportHandle handle, ReportHandle host,
                          bool changes) {
  PooledReport& report = pool_.at(handle);
  auto& list = host == kNoReport ? group.core : group.guests;
  report.group = &group;
  report.host = host;
  report.place_in_group = list.size();
  list.push_back(handle);
  if (changes) {
    touch(group);
    count_change(group, report.observation.id, 1);
  }
}

void FusionGroups::detach(ReportHandle handle) {
  PooledReport& report = pool_.at(handle);
  FusionGroup& group = *report.group;
  auto& list = report.host == kNoReport ? group.core : group.guests;
  list[report.place_in_group] = list.back();
  pool_.at(list.back()).place_in_group = report.place_in_group;
  list.pop_back();
  touch(group);
  count_change(group, report.observation.id, -1);
  report.group = nullptr;
  report.host = kNoReport;
}

void FusionGroups::count_change(FusionGroup& group, ObservationId const& id, int by) {
  int& net = group.change[id];
  net += by;
  if (net == 0) {
    group.change.erase(id);
  }
}

void FusionGroups::place(ReportHandle handle) {
  if (pool_.at(handle).gate.precise) {
    place_precise(handle);
  } else {
    place_vague(handle);
  }
}

void FusionGroups::place_precise(ReportHandle handle) {
  std::vector<FusionGroup*> linked;
  for (ReportHandle const other : pool_.precise_near(pool_.at(handle).gate)) {
    if (other != handle && pool_.at(other).group != nullptr) {
      linked.push_back(pool_.at(other).group);
    }
  }
  attach(merged(linked, handle), handle, kNoReport);
  take_guests(handle);
}

void FusionGroups::take_guests(ReportHandle handle) {
  FusionGroup& group = *pool_.at(handle).group;
  for (ReportHandle const guest : pool_.vague_near(pool_.at(handle).gate)) {
    PooledReport const& report = pool_.at(guest);
    bool const was_core = report.host == kNoReport;
    if (report.group == nullptr || (!was_core && !fits_better(guest, handle, report.host))) {
      continue;
    }
    FusionGroup& left = *report.group;
    detach(guest);
    attach(group, guest, handle);
    if (was_core && left.empty()) {
      end_in(group, left);
    } else if (was_core) {
      part(left);
    }
  }
}

void FusionGroups::place_vague(ReportHandle handle) {
  GatedReport const gate = pool_.at(handle).gate;
  ReportHandle const host = best_host(handle, pool_.precise_near(gate));
  if (host != kNoReport) {
    attach(*pool_.at(host).group, handle, host);
    return;
  }
  std::vector<FusionGroup*> linked;
  for (ReportHandle const other : pool_.vague_near(gate)) {
    PooledReport const& report = pool_.at(other);
    if (other != handle && report.group != nullptr && report.host == kNoReport) {
      linked.push_back(report.group);
    }
  }
  attach(merged(linked, handle), handle, kNoReport);
}

FusionGroup& FusionGroups::merged(std::vector<FusionGroup*>& linked, ReportHandle by) {
  std::ranges::sort(linked, [](FusionGroup const* a, FusionGroup const* b) {
    return a->size() != b->size() ? a->size() > b->size() : a->id < b->id;
  });
  linked.erase(std::unique(linked.begin(), linked.end()), linked.end());
  if (linked.empty()) {
    return open(by);
  }
  FusionGroup& kept = *linked.front();
  for (std::size_t i = 1; i < linked.size(); ++i) {
    absorb(kept, *linked[i]);
  }
  return kept;
}

void FusionGroups::absorb(FusionGroup& kept, FusionGroup& other) {
  touch(other);
  touch(kept);
  for (bool const core : {true, false}) {
    for (ReportHandle const handle : core ? other.core : other.guests) {
      attach(kept, handle, pool_.at(handle).host);
    }
  }
  other.core.clear();
  other.guests.clear();
  end_in(kept, other);
  kept.merged.insert(other.merged.begin(), other.merged.end());
  kept.corrected |= other.corrected;
}

void FusionGroups::end_in(FusionGroup& kept, FusionGroup& other) {
  other.absorbed_by = kept.id;
  if (other.revision > 0) {
    kept.merged.insert(other.id);
  }
}

std::vector<ReportHandle> FusionGroups::linked_with(ReportHandle first) const {
  FusionGroup const* const group = pool_.at(first).group;
  std::vector<ReportHandle> reached{first};
  std::set<ReportHandle> known{first};
  for (std::size_t next = 0; next < reached.size(); ++next) {
    GatedReport const gate = pool_.at(reached[next]).gate;
    auto const near = gate.precise ? pool_.precise_near(gate) : pool_.vague_near(gate);
    for (ReportHandle const other : near) {
      bool const core = pool_.at(other).group == group && pool_.at(other).host == kNoReport;
      if (core && known.insert(other).second) {
        reached.push_back(other);
      }
    }
  }
  return reached;
}

void FusionGroups::part(FusionGroup& group) {
  std::vector<std::vector<ReportHandle>> parts;
  std::set<ReportHandle> seen;
  std::vector<ReportHandle> core = group.core;
  std::ranges::sort(core, {}, [&](ReportHandle report) -> ObservationId const& {
    return pool_.at(report).observation.id;
  });
  for (ReportHandle const report : core) {
    if (!seen.contains(report)) {
      parts.push_back(linked_with(report));
      seen.insert(parts.back().begin(), parts.back().end());
    }
  }
  if (parts.size() < 2) {
    return;
  }
  // The part with the report it is named after keeps the name, else the largest.
  auto const rank = [&](std::vector<ReportHandle> const& reports) {
    bool const founder = std::ranges::any_of(reports, [&](ReportHandle report) {
      return group.id.text().starts_with(name_after(pool_.at(report).observation.id).text());
    });
    return std::pair{founder, reports.size()};
  };
  auto const kept = std::ranges::max_element(parts, {}, rank);
  for (auto next = parts.begin(); next != parts.end(); ++next) {
    if (next != kept) {
      move_out(group, *next);
    }
  }
}

void FusionGroups::move_out(FusionGroup& group, std::vector<ReportHandle> const& reports) {
  auto const first = std::ranges::min_element(
      reports, {},
      [&](ReportHandle report) -> ObservationId const& { return pool_.at(report).observation.id; });
  FusionGroup& out = open(*first);
  std::set<ReportHandle> const moved{reports.begin(), reports.end()};
  std::vector<ReportHandle> guests;
  for (ReportHandle const guest : group.guests) {
    if (moved.contains(pool_.at(guest).host)) {
      guests.push_back(guest);
    }
  }
  for (ReportHandle const report : reports) {
    detach(report);
    attach(out, report, kNoReport);
  }
  for (ReportHandle const guest : guests) {
    ReportHandle const host = pool_.at(guest).host;
    detach(guest);
    attach(out, guest, host);
  }
  if (group.revision > 0) {
    out.split.insert(group.id);
    group.split.insert(out.id);
  }
}

FusionGroup* FusionGroups::find(IncidentId const& id) const {
  auto const found = groups_.find(id);
  return found == groups_.end() ? nullptr : found->second.get();
}

void FusionGroups::bring(IncidentId const& id, std::int64_t revision,
                         std::vector<ReportHandle> const& reports) {
  FusionGroup& group = new_group(id);
  group.revision = revision;
  std::vector<ReportHandle> hosts = reports;
  std::erase_if(hosts, [&](ReportHandle report) { return !pool_.at(report).gate.precise; });
  for (ReportHandle const report : reports) {
    bool const core = pool_.at(report).gate.precise || hosts.empty();
    attach(group, report, core ? kNoReport : best_host(report, hosts), false);
  }
}

std::vector<ReportHandle> FusionGroups::guests_of(ReportHandle handle) const {
  std::vector<ReportHandle> guests = pool_.at(handle).group->guests;
  std::erase_if(guests, [&](ReportHandle guest) { return pool_.at(guest).host != handle; });
  std::ranges::sort(guests, {}, [&](ReportHandle guest) -> ObservationId const& {
    return pool_.at(guest).observation.id;
  });
  return guests;
}

void FusionGroups::remove(ReportHandle handle) {
  FusionGroup& group = *pool_.at(handle).group;
  group.corrected = true;
  bool const was_core = pool_.at(handle).host == kNoReport;
  auto const homeless = guests_of(handle);
  std::ranges::for_each(homeless, [&](ReportHandle guest) { detach(guest); });
  detach(handle);
  pool_.remove(handle);
  if (was_core) {
    part(group);
  }
  std::ranges::for_each(homeless, [&](ReportHandle guest) { place(guest); });
}

std::vector<FusionGroup*> FusionGroups::changed() {
  std::vector<FusionGroup*> changed;
  for (FusionGroup* const group : touched_) {
    bool const differs = !group->change.empty() || group->corrected || !group->split.empty() ||
                         !group->merged.empty() || !group->absorbed_by.empty();
    // One that came and went within the step was never there.
    if (differs && (!group->empty() || group->revision > 0)) {
      changed.push_back(group);
    }
  }
  std::ranges::sort(changed, {}, [](FusionGroup const* g) -> IncidentId const& { return g->id; });
  return changed;
}

void FusionGroups::forget_changes() {
  for (FusionGroup* const group : touched_) {
    if (group->empty()) {
      recent_.erase(group->last_used);
      groups_.erase(IncidentId{group->id});
      continue;
    }
    group->change.clear();
    group->merged.clear();
    group->split.clear();
    group->corrected = group->touched = false;
  }
  touched_.clear();
}

void FusionGroups::evict(std::size_t kept) {
  while (pool_.size() > kept && !recent_.empty()) {
    FusionGroup* const group = recent_.back();
    std::vector<ReportHandle> reports = group->core;
    reports.insert(reports.end(), group->guests.begin(), group->guests.end());
    pool_.evict(group->id, reports);
    recent_.pop_back();
    groups_.erase(IncidentId{group->id});
  }
}

}  // namespace guarantor::watch
