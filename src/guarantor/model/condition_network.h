#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/random_stream.h"
#include "guarantor/model/scenario.h"

namespace guarantor::model {

/// The scenario's conditions as a Bayesian network: each has a probability given the conditions its
/// `given` items mention, the first true item winning.
class ConditionNetwork {
 public:
  using Draw = std::map<ConditionId, bool>;

  /// Error kBadInput where the mentions form a cycle (the message names it) or where a condition
  /// has no stated probability to draw from.
  [[nodiscard]] static Result<ConditionNetwork> build(std::vector<Condition> const& conditions);

  /// One joint draw, exact: conditions in an order in which causes come first. Each condition takes
  /// exactly one number from the stream, in table order of that sorting.
  [[nodiscard]] Draw sample(RandomStream& stream) const;

  /// The probability of one complete draw. O(conditions).
  [[nodiscard]] Probability probability(Draw const& draw) const;

 private:
  [[nodiscard]] Probability chance(Condition const& condition, Draw const& causes) const;

  std::vector<Condition> causes_first_;
};

/// A cycle among the conditions' `given` items, as the rows on it in order of mention; empty if
/// there is none. Mentions of unknown conditions are passed over.
[[nodiscard]] std::vector<std::size_t> find_cycle(std::vector<Condition> const& conditions);

}  // namespace guarantor::model
