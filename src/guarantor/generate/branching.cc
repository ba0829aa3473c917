#include "guarantor/generate/branching.h"

#include <algorithm>
#include <utility>

namespace guarantor::generate {
namespace {

constexpr double kFar = 0.01;           ///< of the first step within a part
constexpr int kProbeSteps = 3;          ///< to see what a branch is worth
constexpr int kSteps = 60;              ///< to bound a part
constexpr std::size_t kCandidates = 4;  ///< branches looked at
constexpr double kTolerance = 1e-9;

}  // namespace

Branching::Branching(PriceBound& prices) : prices_{prices}, bound_{prices.bound()} {
  Node root;
  root.bound = bound_;
  root.prices = prices.best_prices();
  root.candidates = prices.undecided(kCandidates);
  open_.push_back(std::move(root));
}

void Branching::push(Node node) {
  open_.push_back(std::move(node));
  std::push_heap(open_.begin(), open_.end(), is_lower);
}

Branching::Child Branching::look_at(Node const& parent, PriceBound::Branch branch, int steps,
                                    double objective, model::RunControl const& control) {
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

void Branching::split(Node const& node, double objective, model::RunControl const& control) {
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
void Branching::settle(Node node, double objective, model::RunControl const& control) {
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

void Branching::run(long work, double objective, model::RunControl const& control) {
  long const end = work_ + work;
  while (!open_.empty() && work_ < end && !control.must_stop()) {
    std::pop_heap(open_.begin(), open_.end(), is_lower);
    Node node = std::move(open_.back());
    open_.pop_back();
    if (node.bound <= objective + kTolerance) {
      continue;
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
  double most = std::max(objective, settled_);
  for (Node const& node : open_) {
    most = std::max(most, node.bound);
  }
  bound_ = std::min(bound_, most);
}

}  // namespace guarantor::generate
