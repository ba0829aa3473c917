#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "guarantor/geo/elimination.h"
#include "guarantor/geo/routing_graph.h"
#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"

namespace guarantor::geo {

/// What can be prepared of a graph before any travel time is known: a customisable contraction
/// hierarchy (Dibbelt, Strasser and Wagner, ACM JEA 21, 2016), its arcs kept as the blocks of a
/// supernodal factorization. All movement classes and all closures share it. Immutable.
///
/// An *entry* is an arc of the hierarchy between two ranks, upwards and downwards alike. The
/// entries of a supernode stand by rows: first its own ranks, each with the ones before it, then
/// the later ranks it sees, each with all of its own.
class Hierarchy {
 public:
  using Entry = std::uint32_t;
  static constexpr Entry kNoEntry = std::numeric_limits<Entry>::max();

  /// Orders and contracts; the result does not depend on `threads`. Limit: a graph whose hierarchy
  /// would have 2^32 entries, or a cancelled run.
  static model::Result<std::shared_ptr<Hierarchy const>> prepare(
      std::shared_ptr<RoutingGraph const> graph, int threads, model::RunControl const& control);
  /// From an elimination of this very graph, as read from a cache. Check failed: it has no place
  /// for one of the graph's arcs. REQUIRES: a sound tree, as `eliminate` makes it.
  static model::Result<std::shared_ptr<Hierarchy const>> from(
      std::shared_ptr<RoutingGraph const> graph, Elimination elimination);

  [[nodiscard]] RoutingGraph const& graph() const { return *graph_; }
  [[nodiscard]] Elimination const& elimination() const { return elimination_; }

  [[nodiscard]] std::size_t entry_count() const { return first_entry_.back(); }
  /// Where a supernode's entries begin.
  [[nodiscard]] std::size_t first_entry(std::uint32_t supernode) const {
    return first_entry_[supernode];
  }
  /// The entry between a rank and a later one, or kNoEntry. O(log rows).
  [[nodiscard]] Entry entry(std::uint32_t lower, std::uint32_t upper) const;
  /// The entry an arc of the graph belongs to; kNoEntry for a loop.
  [[nodiscard]] Entry entry_of(ArcIndex arc) const { return entry_of_arc_[arc.place]; }
  /// The supernodes that see a rank without holding it, ascending.
  [[nodiscard]] std::span<std::uint32_t const> seeing(std::uint32_t rank) const {
    return {seeing_.data() + first_seeing_[rank], seeing_.data() + first_seeing_[rank + 1]};
  }
  /// Bytes held, the graph's own not counted.
  [[nodiscard]] std::size_t bytes() const;

 private:
  Hierarchy() = default;
  bool index_arcs();
  void index_seeing();

  std::shared_ptr<RoutingGraph const> graph_;
  Elimination elimination_;
  std::vector<std::size_t> first_entry_;
  std::vector<Entry> entry_of_arc_;
  std::vector<std::uint64_t> first_seeing_;
  std::vector<std::uint32_t> seeing_;
};

}  // namespace guarantor::geo
