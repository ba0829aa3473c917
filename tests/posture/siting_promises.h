#pragma once

#include <functional>
#include <optional>

#include "guarantor/model/run_control.h"
#include "guarantor/posture/siting_answer.h"

/// What every solver of a siting problem promises, whatever the problem; each test brings drawn
/// cases and a slow, obvious way to their best.
namespace guarantor::posture {

struct SitingCase {
  std::function<SitingAnswer(SitingRequest const&, model::RunControl const&)> solve;
  /// The objective of an answer's sites, read off the problem itself; nothing where they break a
  /// rule.
  std::function<std::optional<double>(SitingAnswer const&)> value;
  std::optional<double> best;  ///< nothing: no choice keeps the rules
  bool most{};                 ///< the best is the most, else the least
};

/// Run to its end it finds the best and proves it, or proves that there is none and says why.
void expect_best(SitingCase const& one);
/// Stopped at once, or after so much work, it still tells the truth: bound and objective enclose
/// the best. True if the stop came before any proof.
bool expect_truth_when_stopped(SitingCase const& one);
bool expect_truth_after_work(SitingCase const& one, long work);
/// It ends within the gap asked for, and says no more than it knows.
void expect_within_gap(SitingCase const& one, double gap);
/// Same input, same answer.
void expect_same_twice(SitingCase const& one);
/// Progress comes with a bound on the right side. True if there was any.
bool expect_progress(SitingCase const& one);

}  // namespace guarantor::posture
