#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/posture/site_choice.h"
#include "guarantor/posture/siting.h"

namespace guarantor::posture {

/// One row of (S) or (R), see siting.h: so many of these sites must be open.
struct StandardRow {
  std::size_t tier{};
  std::size_t demand{};
  bool after_loss{};
  std::optional<double> within;  ///< hours; nothing: reached at all
  std::uint32_t need{};
  std::vector<std::uint32_t> sites;  ///< ascending; those that may be open
};

/// A siting problem made ready: what may stand, and what that must do. REQUIRES: the problem
/// outlives it.
struct SitingModel {
  SitingProblem const& problem;
  std::vector<SiteState> states;
  std::vector<std::size_t> closed;  ///< forbidden or too near the line, ascending
  std::size_t demands{};
  std::size_t sites{};
  std::size_t most_open{};       ///< (P), or as many as may stand
  std::vector<double> weight;    ///< by demand
  std::vector<std::size_t> all;  ///< every demand
  std::vector<double> cost;      ///< by site; of what exists nothing
  /// By demand, tier, without and with losses. For goals that are times also that each demand is
  /// reached at all, whatever is lost.
  std::vector<StandardRow> rows;

  [[nodiscard]] bool has_capacities() const { return !problem.capacity.empty(); }
  [[nodiscard]] SiteCosts const& hours() const { return problem.tiers.front().hours; }
};

/// Error kBadInput or kRefused as siting.h says.
[[nodiscard]] model::Result<SitingModel> siting_model(SitingProblem const& problem);

/// The sites that may be open and reach a demand within so many hours, ascending.
[[nodiscard]] std::vector<std::uint32_t> sites_within(SitingModel const& model,
                                                      SiteCosts const& hours, std::size_t demand,
                                                      double within);

/// The rows without those that another row of the same demand implies.
[[nodiscard]] std::vector<StandardRow> needed_rows(std::vector<StandardRow> const& rows);

/// The rows that even all sites together do not meet, with what would help.
[[nodiscard]] std::vector<UnmetStandard> unmet_standards(SitingModel const& model);

/// One in words.
[[nodiscard]] std::string describe(UnmetStandard const& unmet, SitingProblem const& problem);

}  // namespace guarantor::posture
