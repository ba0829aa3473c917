#pragma once

#include <cstdint>
#include <vector>

#include "guarantor/model/random_stream.h"
#include "guarantor/model/run_control.h"
#include "guarantor/posture/set_cover_core.h"
#include "guarantor/posture/site_prices.h"

namespace guarantor::posture {

/// Looks for better covers near a known one: again and again some of its columns go and what then
/// lacks is covered anew, at the columns' cost less the prices of the rows they still serve
/// (iterated greedy: Jacobs and Brusco, "A local-search heuristic for large set-covering problems",
/// Naval Research Logistics 42, 1995; the score is that of Caprara, Fischetti and Toth, "A
/// heuristic method for the set covering problem", Operations Research 47, 1999). Draws from a
/// stream of its own, so the same input gives the same covers.
class SetCoverExchange {
 public:
  /// REQUIRES: `core` outlives this; prices by row.
  SetCoverExchange(SetCoverCore const& core, std::vector<double> prices);

  /// The best cover found, no worse than `start`, until that many attempts in vain or one that
  /// costs no more than `enough`. REQUIRES: `start` is a cover of the core, in its columns.
  [[nodiscard]] Placing improve(Placing const& start, int attempts_in_vain, double enough,
                                model::RunControl const& control);
  [[nodiscard]] long attempts() const { return attempts_; }

 private:
  void take(std::uint32_t column);
  void drop(std::uint32_t column);
  void drop_some();
  bool cover_what_lacks();
  void drop_superfluous();
  void set_to(std::vector<std::size_t> const& open);

  SetCoverCore const& core_;
  std::vector<double> prices_;
  model::RandomStream stream_;
  std::vector<std::int32_t> times_;  ///< by row: covered so often
  std::vector<char> in_;             ///< by column
  std::vector<double> left_;  ///< by column: cost less the prices of the rows it still serves
  std::vector<std::int32_t> serves_;  ///< by column: rows that lack
  std::vector<std::uint32_t> cover_;
  std::vector<std::uint32_t> useful_;  ///< columns that serve a row that lacks
  std::size_t lacking_{};
  double cost_{};
  long attempts_{0};
};

}  // namespace guarantor::posture
