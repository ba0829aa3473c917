#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "guarantor/geo/contraction_front.h"
#include "guarantor/geo/customisable_hierarchy.h"
#include "guarantor/geo/routing_graph.h"

namespace guarantor::geo {

/// Brings the times of a contracted hierarchy up to date after some arcs' times have changed: from
/// the lowest changed entry up, an entry is worked out afresh where its time came over something
/// that became slower, or where something that became quicker leads to less than it has.
class Recontraction {
 public:
  Recontraction(Hierarchy const& hierarchy, ArcTimes const& arc_times, EntryTimes& times);

  /// False where so much changes that contracting everything is the better way; `times` are then to
  /// be thrown away.
  [[nodiscard]] bool run(std::span<ArcIndex const> changed);
  [[nodiscard]] std::size_t entries_seen() const { return entries_seen_; }

 private:
  /// Both times between a rank and a later one.
  struct Both {
    std::uint32_t up{};
    std::uint32_t down{};
    friend bool operator==(Both, Both) = default;
  };
  struct Change {
    std::uint32_t upper{};
    Both before;
  };

  [[nodiscard]] Both afresh(std::uint32_t lower, std::uint32_t upper) const;
  void over_supernode(std::uint32_t supernode, std::size_t row_lower, std::size_t row_upper,
                      std::size_t columns, Both& best) const;
  void pass_on(std::uint32_t lower, std::span<Change const> changes);
  void list_column(std::uint32_t lower);

  Hierarchy const& hierarchy_;
  Elimination const& tree_;
  ArcTimes const& arc_times_;
  EntryTimes& times_;
  /// What is still to be looked at: later ranks, by rank.
  std::map<std::uint32_t, std::vector<std::uint32_t>> waiting_;
  std::size_t entries_seen_{0};
  /// The column being passed on: later ranks with their times now and before.
  std::vector<std::uint32_t> column_;
  std::vector<Both> now_;
  std::vector<Both> before_;
};

}  // namespace guarantor::geo
