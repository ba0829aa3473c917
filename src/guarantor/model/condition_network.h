#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/scenario.h"

namespace guarantor::model {

/// The scenario's conditions as a Bayesian network: each has a probability given the conditions its
/// `given` items mention, the first true item winning.
class ConditionNetwork {
 public:
  using Draw = std::map<ConditionId, bool>;
  struct Outcome {
    Draw draw;
    Probability probability;
  };

  /// Error kBadInput where the mentions form a cycle (the message names it); kRefused where
  /// conditions have no stated probability to draw from (the message names them all).
  [[nodiscard]] static Result<ConditionNetwork> build(std::vector<Condition> const& conditions);

  /// The joint draw of one world, exact: causes come first. Each condition takes its number from a
  /// stream of its own, named by the seed, the purpose, its id and the world, so that a condition
  /// added or removed moves no other's draw.
  [[nodiscard]] Draw sample(std::uint64_t seed, std::string_view purpose,
                            std::uint64_t world) const;

  /// Every joint draw that can happen, with its probability; nothing where there are more than
  /// `most`. O(outcomes x conditions).
  [[nodiscard]] std::optional<std::vector<Outcome>> outcomes(std::size_t most) const;

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
