#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace guarantor::store {

/// Where rows stand in their table, as numbers that rise from row to row. Given the numbers that
/// rows have from before (nothing for new rows), in the order in which they stand now, it gives
/// numbers that rise, changing as few of the old ones as can be: those of a longest rising
/// subsequence stay. Where there is no room between two that stay, all are given anew.
/// O(n log n).
[[nodiscard]] std::vector<std::int64_t> row_order(
    std::vector<std::optional<std::int64_t>> const& before);

}  // namespace guarantor::store
