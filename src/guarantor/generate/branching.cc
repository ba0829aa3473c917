#include "guarantor/generate/branching.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace guarantor::generate {
namespace {

constexpr double kFar = 0.01;           ///< of the first step within a part
constexpr int kProbeSteps = 3;          ///< to see what a branch is worth
constexpr int kSteps = 60;              ///< to bound a part
constexpr std::size_t kCandidates = 4;  ///< branches looked at
constexpr double kTolerance = 1e-9;
constexpr std::size_t kMostPrices = 4'000'000;  ///< of open parts, remembered

}  // namespace

Branching::Branching(PriceBound const& prices)
    : first_prices_{prices.best_prices()}, bound_{prices.bound()} {
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    slots_.emplace_back(prices);
  }
  slots_.front().push({bound_, {}, first_prices_, prices.undecided(kCandidates)});
}

bool Branching::exhausted() const {
  return std::all_of(slots_.begin(), slots_.end(), [](Slot const& slot) { return slot.idle(); });
}

long Branching::work() const {
  return std::accumulate(slots_.begin(), slots_.end(), 0L,
                         [](long sum, Slot const& slot) { return sum + slot.work(); });
}

std::vector<Start> Branching::rounded() {
  return slots_[rounded_++ % kSlots].rounded();
}

void Branching::run(std::size_t slot, long work, double objective,
                    model::RunControl const& control) {
  slots_[slot].run(work, objective, first_prices_, control);
}

void Branching::gather(double objective) {
  double most = objective;
  std::vector<Node> open;
  for (Slot& slot : slots_) {
    most = std::max(most, slot.settled());
    for (Node& node : slot.take_open()) {
      if (node.bound > objective + kTolerance) {
        most = std::max(most, node.bound);
        open.push_back(std::move(node));
      }
    }
    if (auto suggestion = slot.take_suggestion(); !suggestion.empty()) {
      suggestion_ = std::move(suggestion);
    }
  }
  bound_ = std::min(bound_, most);
  std::stable_sort(open.begin(), open.end(),
                   [](Node const& a, Node const& b) { return is_lower(b, a); });
  std::size_t const remembered = kMostPrices / std::max<std::size_t>(1, first_prices_.size());
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (i >= remembered) {
      std::vector<float>{}.swap(open[i].prices);
    }
    slots_[i % kSlots].push(std::move(open[i]));
  }
}

void Branching::Slot::push(Node node) {
  open_.push_back(std::move(node));
  std::push_heap(open_.begin(), open_.end(), is_lower);
}

Branching::Slot::Child Branching::Slot::look_at(Node const& parent, PriceBound::Branch branch,
                                                int steps, double objective,
                                                model::RunControl const& control) {
  Child child;
  child.node.branches = parent.branches;
  child.node.branches.push_back(branch);
  ++work_;
  if (!prices_.enter(child.node.branches, parent.prices)) {
    return child;
  }
  child.possible = true;
  prices_.descend(steps, {kFar, kFar / 6}, objective, control);
  work_ += steps;
  child.node.bound = std::min(parent.bound, prices_.bound());
  return child;
}

void Branching::Slot::split(Node const& node, double objective, model::RunControl const& control) {
  double best = -1;
  PriceBound::Branch chosen;
  auto const below = [](PriceBound::Branch branch) {
    return PriceBound::Branch{branch.option, branch.month, 0, branch.least - 1};
  };
  for (PriceBound::Branch const& candidate : node.candidates) {
    double score = 1;
    for (PriceBound::Branch const& side : {candidate, below(candidate)}) {
      Child const child = look_at(node, side, kProbeSteps, objective, control);
      double const bound = child.possible ? std::max(objective, child.node.bound) : objective;
      score *= std::max(node.bound - bound, 1e-6 * node.bound);
    }
    if (score > best) {
      best = score;
      chosen = candidate;
    }
  }
  for (PriceBound::Branch const& side : {chosen, below(chosen)}) {
    Child child = look_at(node, side, kSteps, objective, control);
    if (child.possible && child.node.bound > objective + kTolerance) {
      child.node.prices = prices_.best_prices();
      child.node.candidates = prices_.undecided(kCandidates);
      push(std::move(child.node));
    }
  }
}

/// Pledges and lines agree, but their prices have not come to rest.
void Branching::Slot::settle(Node node, double objective, model::RunControl const& control) {
  constexpr int kManySteps = 300;
  work_ += kManySteps;
  if (!prices_.enter(node.branches, node.prices)) {
    return;
  }
  prices_.descend(kManySteps, {kFar, kFar / 30}, objective, control);
  node.bound = std::min(node.bound, prices_.bound());
  node.prices = prices_.best_prices();
  if (node.bound <= objective + kTolerance) {
    return;
  }
  node.candidates = prices_.undecided(kCandidates);
  if (node.candidates.empty()) {
    suggestion_ = prices_.pledges_answer();
    node.candidates = prices_.open_still(kCandidates);
  }
  if (!node.candidates.empty()) {
    push(std::move(node));
  } else {
    settled_ = std::max(settled_, node.bound);
  }
}

void Branching::Slot::run(long work, double objective, std::vector<float> const& first_prices,
                          model::RunControl const& control) {
  long const end = work_ + work;
  while (!open_.empty() && work_ < end && !control.must_stop()) {
    std::pop_heap(open_.begin(), open_.end(), is_lower);
    Node node = std::move(open_.back());
    open_.pop_back();
    if (node.bound <= objective + kTolerance) {
      continue;
    }
    if (node.prices.empty()) {
      node.prices = first_prices;
    }
    if (node.candidates.empty()) {
      settle(std::move(node), objective, control);
      continue;
    }
    split(node, objective, control);
    if (control.must_stop()) {
      push(std::move(node));
    }
  }
}

}  // namespace guarantor::generate
