#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "guarantor/generate/price_bound.h"

namespace guarantor::generate {

/// Lowers the bound of a decomposition by branching: plans are split by how many units of a pledge
/// are at a line in a month, again and again where the bound is highest, and each part is bounded
/// on its own, beginning with the prices of the part it came from. Parts that cannot beat the best
/// plan known are done with. Open parts are shared out among a fixed number of slots, so that
/// several threads can work and their number changes nothing. Work is counted in evaluations of D,
/// not in seconds. Memory is bounded: parts far from their turn forget their prices.
class Branching {
 public:
  static constexpr std::size_t kSlots = 4;

  explicit Branching(PriceBound const& prices);

  /// What is left to find is at most this. Never above the bound it began with.
  [[nodiscard]] double bound() const { return bound_; }

  /// Whether every part is done with; what `bound` still leaves open then, branching cannot close.
  [[nodiscard]] bool exhausted() const;
  [[nodiscard]] long work() const;

  /// A plan that a part's prices point to, better than the one known; or nothing.
  [[nodiscard]] std::vector<Start> const& suggestion() const { return suggestion_; }
  /// Near what a part's prices point to: another part's each time.
  [[nodiscard]] std::vector<Start> rounded();

  /// Goes on for about `work` evaluations, or until no part of this slot can beat `objective`.
  /// Different slots may run in different threads at once.
  void run(std::size_t slot, long work, double objective, model::RunControl const& control);
  /// Brings together what the slots found, and shares out anew what is open. O(open parts).
  void gather(double objective);

 private:
  struct Node {
    double bound{};
    std::vector<PriceBound::Branch> branches;
    std::vector<float> prices;  ///< empty: those of the whole
    std::vector<PriceBound::Branch> candidates;
  };

  /// One slot's share of the open parts.
  class Slot {
   public:
    explicit Slot(PriceBound prices) : prices_{std::move(prices)} {}
    void run(long work, double objective, std::vector<float> const& first_prices,
             model::RunControl const& control);
    void push(Node node);

    [[nodiscard]] bool idle() const { return open_.empty(); }
    [[nodiscard]] long work() const { return work_; }
    /// The highest bound of parts that branching cannot split.
    [[nodiscard]] double settled() const { return settled_; }
    [[nodiscard]] std::vector<Start> rounded() const { return prices_.rounded(); }
    /// Gives away its open parts.
    [[nodiscard]] std::vector<Node> take_open() { return std::exchange(open_, {}); }
    [[nodiscard]] std::vector<Start> take_suggestion() { return std::exchange(suggestion_, {}); }

   private:
    struct Child {
      bool possible{};
      Node node;
    };
    Child look_at(Node const& parent, PriceBound::Branch branch, int steps, double objective,
                  model::RunControl const& control);
    void split(Node const& node, double objective, model::RunControl const& control);
    void settle(Node node, double objective, model::RunControl const& control);

    PriceBound prices_;
    std::vector<Node> open_;  ///< a heap, highest bound first
    double settled_{0};
    long work_{0};
    std::vector<Start> suggestion_;
  };

  static bool is_lower(Node const& a, Node const& b) { return a.bound < b.bound; }

  std::vector<Slot> slots_;
  std::vector<float> first_prices_;  ///< of the whole
  double bound_;
  std::vector<Start> suggestion_;
  std::size_t rounded_{0};
};

}  // namespace guarantor::generate
