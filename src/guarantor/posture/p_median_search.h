#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "guarantor/model/run_control.h"
#include "guarantor/posture/p_median_ascent.h"
#include "guarantor/posture/p_median_interchange.h"
#include "guarantor/posture/siting_answer.h"

namespace guarantor::posture {

/// The best sites of a p-median instance by branch and bound over sites, with the bounds of
/// MedianAscent and the solutions of MedianInterchange.
class MedianSearch {
 public:
  /// REQUIRES: all of these outlive this; `start` serves every demand and holds the open sites.
  MedianSearch(MedianInstance const& instance, std::vector<std::uint32_t> start,
               SitingRequest const& request, model::RunControl const& control);

  /// Searches to the end, to the gap or until stopped.
  void run();

  [[nodiscard]] std::vector<std::uint32_t> const& best() const { return best_; }
  [[nodiscard]] double objective() const { return objective_; }
  [[nodiscard]] double bound() const { return bound_; }
  [[nodiscard]] bool ended() const { return !stopped_ || bound_ >= objective_; }
  [[nodiscard]] long work() const { return work_; }

 private:
  /// At or above this a solution is no better than the best one known.
  [[nodiscard]] double exact_cutoff() const;
  /// Likewise, or better by no more than the gap allows.
  [[nodiscard]] double cutoff() const;
  [[nodiscard]] double rounded_up(double bound) const;
  [[nodiscard]] bool must_stop();
  void consider(std::vector<std::uint32_t> open, bool thoroughly);
  void consider_chosen(MedianInstance const& part, std::vector<std::uint32_t> const& chosen,
                       bool thoroughly);
  [[nodiscard]] std::vector<double> first_prices();
  /// Raises prices; true where nothing below the cutoff is left in the part.
  bool raise(MedianAscent& ascent, AscentEffort const& effort, bool root);
  /// A bound on every solution of a part that is below the cutoff; infinity where there is none.
  double explore(MedianAscent ascent, std::size_t depth);

  MedianInstance const& instance_;
  SitingRequest const& request_;
  model::RunControl const& control_;
  MedianInterchange interchange_;
  std::vector<std::uint32_t> place_;  ///< by the problem's site: its place in the instance
  std::set<std::vector<std::uint32_t>> seen_;
  std::vector<std::uint32_t> best_;
  double step_;
  double objective_{};
  double bound_{};
  long work_{};
  bool stopped_{};
};

}  // namespace guarantor::posture
