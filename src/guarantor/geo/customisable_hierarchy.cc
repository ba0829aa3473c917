#include "guarantor/geo/customisable_hierarchy.h"

#include <algorithm>
#include <utility>

#include "guarantor/geo/node_order.h"

namespace guarantor::geo {

model::Result<std::shared_ptr<Hierarchy const>> Hierarchy::prepare(
    std::shared_ptr<RoutingGraph const> graph, int threads, model::RunControl const& control) {
  auto order = dissection_order(*graph, threads, control);
  if (!order.ok()) {
    return order.error();
  }
  Elimination elimination = eliminate(*graph, order.value());
  return from(std::move(graph), std::move(elimination));
}

model::Result<std::shared_ptr<Hierarchy const>> Hierarchy::from(
    std::shared_ptr<RoutingGraph const> graph, Elimination elimination) {
  std::shared_ptr<Hierarchy> made{new Hierarchy};
  made->graph_ = std::move(graph);
  made->elimination_ = std::move(elimination);
  std::size_t entries = 0;
  for (std::uint32_t s = 0; s < made->elimination_.count(); ++s) {
    made->first_entry_.push_back(entries);
    std::size_t const width = made->elimination_.width(s);
    entries += width * (width - 1) / 2 + width * made->elimination_.rows_of(s).size();
  }
  made->first_entry_.push_back(entries);
  if (entries >= kNoEntry) {
    return model::Error{model::ErrorKind::kLimit,
                        "the network is too tightly knit: its hierarchy would have 2^32 arcs"};
  }
  if (!made->index_arcs()) {
    return model::Error{model::ErrorKind::kCheckFailed,
                        "the prepared hierarchy has no place for one of the network's arcs"};
  }
  made->index_seeing();
  return std::shared_ptr<Hierarchy const>{std::move(made)};
}

bool Hierarchy::index_arcs() {
  entry_of_arc_.assign(graph_->arc_count(), kNoEntry);
  // By rank rather than by arc: neighbours in the tree are neighbours in memory.
  for (std::uint32_t tail = 0; tail < graph_->node_count(); ++tail) {
    for (LeavingArc const& leaving : graph_->leaving(NodeIndex{elimination_.node_at[tail]})) {
      std::uint32_t const head = elimination_.rank_of[leaving.head.place];
      if (head == tail) {
        continue;
      }
      Entry const found = entry(std::min(tail, head), std::max(tail, head));
      if (found == kNoEntry) {
        return false;
      }
      entry_of_arc_[leaving.arc.place] = found;
    }
  }
  return true;
}

void Hierarchy::index_seeing() {
  first_seeing_.assign(graph_->node_count() + 1, 0);
  for (std::uint32_t const rank : elimination_.rows) {
    ++first_seeing_[rank + 1];
  }
  for (std::size_t rank = 0; rank < graph_->node_count(); ++rank) {
    first_seeing_[rank + 1] += first_seeing_[rank];
  }
  seeing_.resize(elimination_.rows.size());
  std::vector<std::uint64_t> next(first_seeing_.begin(), first_seeing_.end() - 1);
  for (std::uint32_t s = 0; s < elimination_.count(); ++s) {
    for (std::uint32_t const rank : elimination_.rows_of(s)) {
      seeing_[next[rank]++] = s;
    }
  }
}

Hierarchy::Entry Hierarchy::entry(std::uint32_t lower, std::uint32_t upper) const {
  std::uint32_t const s = elimination_.supernode_of[lower];
  std::size_t const width = elimination_.width(s);
  std::size_t const column = lower - elimination_.first[s];
  std::size_t place{};
  if (upper < elimination_.first[s + 1]) {
    std::size_t const row = upper - elimination_.first[s];
    place = row * (row - 1) / 2 + column;
  } else {
    auto const rows = elimination_.rows_of(s);
    auto const found = std::lower_bound(rows.begin(), rows.end(), upper);
    if (found == rows.end() || *found != upper) {
      return kNoEntry;
    }
    auto const row = static_cast<std::size_t>(found - rows.begin());
    place = width * (width - 1) / 2 + row * width + column;
  }
  return static_cast<Entry>(first_entry_[s] + place);
}

std::size_t Hierarchy::bytes() const {
  auto const of = [](auto const& list) { return list.capacity() * sizeof(list[0]); };
  Elimination const& e = elimination_;
  return of(e.rank_of) + of(e.node_at) + of(e.supernode_of) + of(e.first) + of(e.first_row) +
         of(e.rows) + of(e.parent) + of(first_entry_) + of(entry_of_arc_) + of(first_seeing_) +
         of(seeing_);
}

}  // namespace guarantor::geo
