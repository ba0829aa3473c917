#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "guarantor/posture/cover_matrix.h"
#include "guarantor/posture/site_choice.h"

namespace guarantor::posture {

/// What is left of a set covering problem: columns still free, rows not yet covered.
struct SetCoverCore {
  CoverMatrix matrix;
  std::vector<double> cost;           ///< by column
  std::vector<std::uint32_t> need;    ///< by row, at least 1
  std::vector<std::uint32_t> column;  ///< by column: its number in the whole problem
  std::vector<std::uint32_t> row;     ///< by row: its number in the whole problem
  double spent{};                     ///< on columns taken
  std::vector<std::uint32_t> taken;   ///< columns of the whole problem
};

enum class Effort {
  kQuick,     ///< rows that need all their columns take them. O(entries)
  kThorough,  ///< also rows that others imply go, and columns for which others stand in at no more
              ///< cost, as long as there are any. O(rounds · entries · columns a row)
};

struct Reduction {
  SetCoverCore core;
  std::optional<std::size_t> impossible;  ///< a row (of the whole problem) that cannot be covered
};
/// The same problem, smaller, with the columns open or closed as `states` has them. At least one of
/// the best covers stays.
[[nodiscard]] Reduction reduce(SetCoverCore const& core, std::vector<SiteState> states,
                               Effort effort);

}  // namespace guarantor::posture
