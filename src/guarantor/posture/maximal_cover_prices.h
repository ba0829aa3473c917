#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "guarantor/posture/cover_matrix.h"
#include "guarantor/posture/site_prices.h"

namespace guarantor::posture {

/// What is left of a maximal covering problem once alike demands are taken together.
struct MaximalCoverCore {
  CoverMatrix matrix;               ///< columns are sites, rows are groups of demands
  std::vector<double> weight;       ///< by row
  std::vector<std::uint32_t> need;  ///< by row, at least 1
  std::vector<std::uint32_t> site;  ///< by column: its number in the whole problem
  std::size_t most_open{};
};

/// Bounds from below the weight left uncovered, by pricing the rows: a demand counts as covered for
/// nothing where its price a site is low, and the sites with the dearest rows are open.
///     L(u) = Σ_i min(weight_i, need_i u_i) - the most_open largest Σ_{i in j} u_i,  u >= 0
/// What open sites cover already is taken off the needs.
class MaximalCoverPrices : public SitePrices {
 public:
  explicit MaximalCoverPrices(MaximalCoverCore const& core);

  [[nodiscard]] std::vector<double> first_prices() const;
  /// The sites the best prices favour, improved by exchanging one at a time.
  [[nodiscard]] std::optional<Placing> round() override;

 protected:
  Part lay_out(std::vector<SiteState>& marks) override;
  double evaluate() override;
  void judge_sites(double value) override;

 private:
  void lay_out_rows(std::vector<SiteState> const& marks);
  void lay_out_sites(std::vector<SiteState> const& marks);
  void choose_dearest();
  void set_open(std::size_t local, int by);
  [[nodiscard]] double gain_of(std::size_t local) const;
  [[nodiscard]] double loss_of(std::size_t local) const;
  bool exchange(std::vector<std::uint32_t>& open);

  MaximalCoverCore const& core_;
  std::vector<std::int32_t> need_;      ///< by row of the core: still
  std::vector<std::int32_t> reach_;     ///< by row of the core: free sites that cover it
  std::vector<std::uint32_t> place_;    ///< by row of the core: among live rows
  std::vector<std::uint32_t> begin_;    ///< by free site: into `entries_`
  std::vector<std::uint32_t> entries_;  ///< live rows
  std::vector<double> weight_;          ///< by live row
  std::vector<double> needed_;          ///< by live row
  std::vector<double> worth_;           ///< by free site: the prices of its rows
  std::vector<std::uint32_t> order_;
  std::vector<std::size_t> open_;  ///< sites marked open
  double lost_{};                  ///< weight that no free site can cover any more
  std::size_t left_{};             ///< sites that may still open
  double lowest_in_{};             ///< worth of the least site chosen, the best not chosen
  double highest_out_{};
  std::vector<std::int32_t> covered_;  ///< by live row, of the choice being improved
};

}  // namespace guarantor::posture
