#pragma once

#include <cstddef>
#include <vector>

#include "guarantor/generate/price_bound.h"

namespace guarantor::generate {

/// Lowers the bound of a decomposition by branching: plans are split by how many units of a pledge
/// are at a line in a month, again and again where the bound is highest, and each part is bounded
/// on its own, beginning with the prices of the part it came from. Parts that cannot beat the best
/// plan known are done with. Work is counted in evaluations of D, not in seconds.
class Branching {
 public:
  explicit Branching(PriceBound& prices);

  /// What is left to find is at most this. Never above the bound it began with.
  [[nodiscard]] double bound() const { return bound_; }

  /// Whether every part is done with; what `bound` still leaves open then, branching cannot close.
  [[nodiscard]] bool exhausted() const { return open_.empty(); }
  [[nodiscard]] long work() const { return work_; }

  /// A plan that a part's prices point to, better than the one known; or nothing.
  [[nodiscard]] std::vector<Start> const& suggestion() const { return suggestion_; }

  /// Goes on for about `work` evaluations, or until no part can beat `objective`.
  void run(long work, double objective, model::RunControl const& control);

 private:
  struct Node {
    double bound{};
    std::vector<PriceBound::Branch> branches;
    std::vector<float> prices;
    std::vector<PriceBound::Branch> candidates;
  };
  struct Child {
    bool possible{};
    Node node;
  };

  Child look_at(Node const& parent, PriceBound::Branch branch, int steps, double objective,
                model::RunControl const& control);
  void split(Node const& node, double objective, model::RunControl const& control);
  void settle(Node node, double objective, model::RunControl const& control);
  void push(Node node);
  static bool is_lower(Node const& a, Node const& b) { return a.bound < b.bound; }

  PriceBound& prices_;
  std::vector<Node> open_;  ///< a heap, highest bound first
  double bound_;
  double settled_{0};  ///< the highest bound of parts that branching cannot split
  long work_{0};
  std::vector<Start> suggestion_;
};

}  // namespace guarantor::generate
