#include "small_cover.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "guarantor/solver/linear_program.h"
#include "guarantor/solver/mip.h"

namespace guarantor::posture {
namespace {

std::size_t below(model::RandomStream& stream, std::size_t end) {
  return static_cast<std::size_t>(stream.uniform() * static_cast<double>(end));
}

}  // namespace

SetCoverCore draw_cover(model::RandomStream& stream, std::size_t most_rows,
                        std::size_t most_columns) {
  SetCoverCore core;
  std::size_t const rows = 1 + below(stream, most_rows);
  std::size_t const columns = 2 + below(stream, most_columns - 1);
  std::size_t const kind = below(stream, 3);
  double const density = 0.1 + 0.4 * stream.uniform();
  bool const backup = stream.uniform() < 0.4;
  std::vector<std::vector<char>> has(columns, std::vector<char>(rows, 0));
  for (std::size_t row = 0; row < rows; ++row) {
    core.need.push_back(backup && stream.uniform() < 0.5 ? 2U : 1U);
    std::size_t times = 0;
    for (auto& column : has) {
      column[row] = stream.uniform() < density ? 1 : 0;
      times += column[row] != 0 ? 1U : 0U;
    }
    for (std::size_t at = below(stream, columns); times < core.need[row]; ++at) {
      times += has[at % columns][row] == 0 ? 1U : 0U;
      has[at % columns][row] = 1;
    }
  }
  std::vector<std::vector<std::uint32_t>> covers;
  for (auto const& column : has) {
    auto& rows_of = covers.emplace_back();
    for (std::uint32_t row = 0; row < rows; ++row) {
      if (column[row] != 0) {
        rows_of.push_back(row);
      }
    }
    core.cost.push_back(kind == 0   ? 1
                        : kind == 1 ? static_cast<double>(below(stream, 9))
                                    : 10 * stream.uniform());
  }
  core.matrix = CoverMatrix{rows, covers};
  core.column.resize(columns);
  std::iota(core.column.begin(), core.column.end(), 0U);
  core.row.resize(rows);
  std::iota(core.row.begin(), core.row.end(), 0U);
  return core;
}

bool is_cover(SetCoverCore const& core, std::vector<std::size_t> const& columns) {
  std::vector<std::uint32_t> times(core.need.size(), 0);
  for (std::size_t const column : columns) {
    for (std::uint32_t const row : core.matrix.rows_of(column)) {
      ++times[row];
    }
  }
  return std::equal(times.begin(), times.end(), core.need.begin(), std::greater_equal<>{});
}

double cost_of(SetCoverCore const& core, std::vector<std::size_t> const& columns) {
  double cost = 0;
  for (std::size_t const column : columns) {
    cost += core.cost[column];
  }
  return cost;
}

std::optional<double> least_cover(SetCoverCore const& core, std::vector<SiteState> const& states) {
  std::optional<double> least;
  for (std::size_t choice = 0; choice < std::size_t{1} << core.cost.size(); ++choice) {
    std::vector<std::size_t> open;
    bool kept = true;
    for (std::size_t column = 0; column < core.cost.size(); ++column) {
      bool const in = (choice >> column & 1U) != 0;
      kept = kept && states[column] != (in ? SiteState::kClosed : SiteState::kOpen);
      if (in) {
        open.push_back(column);
      }
    }
    if (kept && is_cover(core, open)) {
      least =
          std::min(least.value_or(std::numeric_limits<double>::infinity()), cost_of(core, open));
    }
  }
  return least;
}

/// What is left out of each column, as much as rows allow, saves its cost: a program of which
/// leaving out nothing is a solution.
std::optional<double> least_cover_in_part(SetCoverCore const& core,
                                          std::vector<SiteState> const& states) {
  solver::LinearProgram program;
  double whole = 0;
  std::vector<solver::Column> left_out;
  for (std::size_t column = 0; column < core.cost.size(); ++column) {
    bool const free = states[column] == SiteState::kFree;
    whole += states[column] == SiteState::kClosed ? 0 : core.cost[column];
    left_out.push_back(program.add_column({"", core.cost[column], free ? 1.0 : 0.0, false}));
  }
  for (std::size_t row = 0; row < core.need.size(); ++row) {
    double spare = -static_cast<double>(core.need[row]);
    for (std::uint32_t const column : core.matrix.columns_of(row)) {
      spare += states[column] == SiteState::kClosed ? 0 : 1;
    }
    if (spare < 0) {
      return std::nullopt;
    }
    auto const limit = program.add_row({"", spare});
    for (std::uint32_t const column : core.matrix.columns_of(row)) {
      program.add(limit, left_out[column], 1);
    }
  }
  auto const solved = solver::solve(program, {.known_bound = whole}, {}).value();
  return whole - solved.bound;
}

}  // namespace guarantor::posture
