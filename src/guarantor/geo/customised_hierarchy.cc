#include "guarantor/geo/customised_hierarchy.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "guarantor/geo/recontraction.h"

namespace guarantor::geo {

model::Result<CustomisedHierarchy> CustomisedHierarchy::customise(
    std::shared_ptr<Hierarchy const> hierarchy, ArcTimes times, int threads) {
  std::size_t const arcs = hierarchy->graph().arc_count();
  if (times.size() != arcs) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("{} travel times were given for {} arcs", times.size(), arcs)};
  }
  CustomisedHierarchy made;
  made.hierarchy_ = std::move(hierarchy);
  made.arc_times_ = std::move(times);
  made.contract_all(threads);
  return made;
}

void CustomisedHierarchy::contract_all(int threads) {
  std::size_t const entries = hierarchy_->entry_count();
  entry_times_.up.assign(entries, TravelTime::kNeverCount);
  entry_times_.down.assign(entries, TravelTime::kNeverCount);
  auto const& rank_of = hierarchy_->elimination().rank_of;
  for (std::uint32_t a = 0; a < arc_times_.size(); ++a) {
    Hierarchy::Entry const entry = hierarchy_->entry_of(ArcIndex{a});
    if (entry == Hierarchy::kNoEntry) {
      continue;
    }
    RoutingArc const arc = graph().arc(ArcIndex{a});
    bool const upwards = rank_of[arc.tail.place] < rank_of[arc.head.place];
    auto& known = (upwards ? entry_times_.up : entry_times_.down)[entry];
    known = std::min(known, arc_times_[a].count());
  }
  contract(*hierarchy_, threads, entry_times_);
}

model::Result<std::size_t> CustomisedHierarchy::update(std::span<ArcChange const> changes,
                                                       int threads) {
  for (ArcChange const& change : changes) {
    if (change.arc.place >= arc_times_.size()) {
      return model::Error{model::ErrorKind::kBadInput,
                          fmt::format("there is no arc {}: the network has {}", change.arc.place,
                                      arc_times_.size())};
    }
  }
  std::vector<ArcIndex> changed;
  for (ArcChange const& change : changes) {
    if (arc_times_[change.arc.place] != change.time) {
      arc_times_[change.arc.place] = change.time;
      changed.push_back(change.arc);
    }
  }
  Recontraction again{*hierarchy_, arc_times_, entry_times_};
  if (again.run(changed)) {
    return again.entries_seen();
  }
  contract_all(threads);
  return hierarchy_->entry_count();
}

std::size_t CustomisedHierarchy::bytes() const {
  return arc_times_.capacity() * sizeof(TravelTime) +
         (entry_times_.up.capacity() + entry_times_.down.capacity()) * sizeof(TravelTime::Rep);
}

QuickestArc quickest_arc(RoutingGraph const& graph, ArcTimes const& times, NodeIndex tail,
                         NodeIndex head) {
  QuickestArc best;
  for (LeavingArc const& leaving : graph.between(tail, head)) {
    if (times[leaving.arc.place] < best.time) {
      best = {leaving.arc, times[leaving.arc.place]};
    }
  }
  return best;
}

}  // namespace guarantor::geo
