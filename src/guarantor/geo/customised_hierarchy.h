#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "guarantor/geo/contraction_front.h"
#include "guarantor/geo/customisable_hierarchy.h"
#include "guarantor/geo/routing_graph.h"
#include "guarantor/model/error.h"

namespace guarantor::geo {

/// A new travel time for one arc: `kNever` closes it.
struct ArcChange {
  ArcIndex arc;
  TravelTime time;
};

/// A hierarchy under one movement class's travel times. Queries read it from any number of threads;
/// `update` must be alone with it. A copy shares the hierarchy and holds its own times, so a
/// variant of a scenario is a copy and an update.
class CustomisedHierarchy {
 public:
  /// Bad input: as many times are needed as the graph has arcs. The result does not depend on
  /// `threads`.
  static model::Result<CustomisedHierarchy> customise(std::shared_ptr<Hierarchy const> hierarchy,
                                                      ArcTimes times, int threads);

  /// Sets new travel times, just as customising with them from the start would; where an arc is
  /// named twice the last time counts. Looks only at what can change: the time grows with the ways
  /// that led over these arcs. Answers how many of the hierarchy's arcs it looked at. Bad input: an
  /// arc that does not exist; then nothing is changed.
  model::Result<std::size_t> update(std::span<ArcChange const> changes, int threads);

  [[nodiscard]] Hierarchy const& hierarchy() const { return *hierarchy_; }
  [[nodiscard]] RoutingGraph const& graph() const { return hierarchy_->graph(); }
  [[nodiscard]] ArcTimes const& times() const { return arc_times_; }
  [[nodiscard]] EntryTimes const& entry_times() const { return entry_times_; }
  /// Bytes held, the hierarchy's own not counted.
  [[nodiscard]] std::size_t bytes() const;

  friend bool operator==(CustomisedHierarchy const& a, CustomisedHierarchy const& b) {
    return a.hierarchy_ == b.hierarchy_ && a.arc_times_ == b.arc_times_ &&
           a.entry_times_ == b.entry_times_;
  }

 private:
  CustomisedHierarchy() = default;
  void contract_all(int threads);

  std::shared_ptr<Hierarchy const> hierarchy_;
  ArcTimes arc_times_;
  EntryTimes entry_times_;
};

/// The quickest arc from one node to another, parallel arcs compared; the first of equals, or
/// nothing where none is open.
struct QuickestArc {
  ArcIndex arc;
  TravelTime time{kNever};
};
[[nodiscard]] QuickestArc quickest_arc(RoutingGraph const& graph, ArcTimes const& times,
                                       NodeIndex tail, NodeIndex head);

}  // namespace guarantor::geo
