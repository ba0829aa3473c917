#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "guarantor/posture/set_cover_core.h"
#include "guarantor/posture/set_cover_relaxation.h"
#include "guarantor/posture/site_prices.h"

namespace guarantor::posture {

/// Bounds a set covering core by pricing its rows: a column is worth taking where the prices of its
/// rows exceed its cost.
///     L(u) = Σ_i need_i u_i + Σ_j min(0, cost_j - Σ_{i in j} u_i),  u >= 0
class SetCoverPrices : public SitePrices {
 public:
  explicit SetCoverPrices(SetCoverCore const& core);

  /// From the next `enter` on prices come from the linear relaxation, of which strides say how many
  /// pivots are done at most.
  void relax();
  void ascend(Stride const& stride, double enough, model::RunControl const& control) override;
  [[nodiscard]] double probe(std::size_t site, SiteState mark, Stride const& stride, double enough,
                             model::RunControl const& control) override;

  /// Row prices to begin with: the least cost per row among the columns that cover it.
  [[nodiscard]] std::vector<double> first_prices() const;
  /// A cover built greedily at the columns' cost less the prices of the rows they still serve, the
  /// best and the last tried.
  [[nodiscard]] std::optional<Placing> round() override;

 protected:
  Part lay_out(std::vector<SiteState>& marks) override;
  double evaluate() override;
  void judge_sites(double value) override;

 private:
  bool mark_what_is_needed(std::vector<SiteState>& marks);
  std::optional<Placing> round_at(std::vector<double> const& prices);
  void take(std::size_t column, std::vector<double> const& prices);
  void build_greedily(std::vector<double> const& prices);
  void drop_superfluous();

  void price(double enough, int most_pivots, model::RunControl const& control);

  SetCoverCore const& core_;
  std::optional<SetCoverRelaxation> relaxation_;
  std::vector<SiteState> states_;       ///< of the part entered
  bool put_by_{false};                  ///< the basis of this part is, while tries move on from it
  std::vector<std::int32_t> need_;      ///< by row of the core: still
  std::vector<std::int32_t> free_of_;   ///< by row of the core
  std::vector<std::uint32_t> place_;    ///< by row of the core: among live rows
  std::vector<std::uint32_t> begin_;    ///< by free column: into `entries_`
  std::vector<std::uint32_t> entries_;  ///< live rows
  std::vector<double> cost_;            ///< by free column
  std::vector<double> needed_;          ///< by live row
  std::vector<double> reduced_;         ///< by free column: cost less prices
  double spent_{};
  std::vector<std::size_t> open_;  ///< columns marked open
  // A cover being built.
  std::vector<std::int32_t> lacking_;        ///< by live row
  std::vector<double> left_;                 ///< by free column: cost less prices of lacking rows
  std::vector<std::int32_t> serves_;         ///< by free column: lacking rows
  std::vector<std::uint32_t> free_begin_;    ///< by live row: into `free_entries_`
  std::vector<std::uint32_t> free_entries_;  ///< free columns
  std::vector<std::uint32_t> cover_;
};

}  // namespace guarantor::posture
