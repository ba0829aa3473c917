#pragma once

#include <cstdint>
#include <vector>

#include "guarantor/geo/customisable_hierarchy.h"

namespace guarantor::geo {

/// The travel times of all entries of a hierarchy, by entry.
struct EntryTimes {
  std::vector<std::uint32_t> up;    ///< from the lower rank to the later one
  std::vector<std::uint32_t> down;  ///< back

  friend bool operator==(EntryTimes const&, EntryTimes const&) = default;
};

/// Lowers every entry's times to the best way over lower ranks (the lower triangles of the
/// hierarchy), from times in which only the graph's own arcs stand. Works up the tree front by
/// front, as a multifrontal factorization does (Duff and Reid, ACM TOMS 9, 1983), on (min, +). The
/// result does not depend on `threads`.
void contract(Hierarchy const& hierarchy, int threads, EntryTimes& times);

}  // namespace guarantor::geo
