#pragma once

#include <vector>

#include "guarantor/model/run_control.h"
#include "guarantor/posture/capacitated_p_median_prices.h"
#include "guarantor/posture/capacitated_p_median_repair.h"
#include "guarantor/posture/siting_answer.h"

namespace guarantor::posture {

/// The best solution of a capacitated p-median problem by branch and bound: a
/// part is split by whether a demand goes to one of its near sites or to one of the others.
class CapacitatedSearch {
 public:
  /// REQUIRES: all of these outlive this.
  CapacitatedSearch(CapacitatedTable const& table, SitingRequest const& request,
                    model::RunControl const& control, std::vector<SiteState> const& states);

  /// Searches to the end, to the gap or until stopped.
  void run();

  [[nodiscard]] bool found() const { return found_; }
  [[nodiscard]] CapacitatedSolution const& best() const { return best_; }  ///< where found
  [[nodiscard]] double bound() const { return bound_; }  ///< infinity where none exists
  [[nodiscard]] bool ended() const { return !stopped_ || (found_ && bound_ >= best_.cost); }
  [[nodiscard]] long work() const { return work_; }

 private:
  enum class Outcome { kUseless, kOpen, kStopped };

  [[nodiscard]] double objective() const { return found_ ? best_.cost : table_.beyond; }
  [[nodiscard]] double exact_cutoff() const;
  [[nodiscard]] double cutoff() const;
  [[nodiscard]] bool must_stop();
  void consider(CapacitatedPart const& part);
  Outcome raise(CapacitatedPart& part, std::vector<double> const& prices, std::size_t depth);
  double explore(CapacitatedPart part, std::vector<double> prices, double known, std::size_t depth);
  [[nodiscard]] std::vector<CapacitatedPart> split(CapacitatedPart const& part) const;
  [[nodiscard]] double mean_cost(CapacitatedPart const& part, std::size_t demand) const;

  CapacitatedTable const& table_;
  SitingRequest const& request_;
  model::RunControl const& control_;
  std::vector<SiteState> const& states_;
  CapacitatedPrices prices_;
  CapacitatedRepair repair_;
  CapacitatedSolution best_;
  double bound_{};
  long work_{};
  bool found_{};
  bool stopped_{};
};

}  // namespace guarantor::posture
