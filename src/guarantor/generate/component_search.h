#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/generate/branching.h"
#include "guarantor/generate/component_cache.h"
#include "guarantor/generate/components.h"
#include "guarantor/generate/mip_model.h"
#include "guarantor/generate/price_bound.h"
#include "guarantor/generate/timeline_search.h"
#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"
#include "guarantor/solver/mip.h"

namespace guarantor::generate {

/// The search for one component's best plan and for its bound, which go on side by side: `search`,
/// `search_near_prices`, and either `lower_bound` or the slots of `branch` may run in different
/// threads at once, `take_stock` brings them together. Branch and cut may go on beside all of this.
class ComponentSearch {
 public:
  ComponentSearch(model::Scenario const& scenario, Component component, std::uint64_t seed);

  [[nodiscard]] Component const& component() const { return component_; }
  [[nodiscard]] std::string const& fingerprint() const { return fingerprint_; }
  [[nodiscard]] std::vector<Start> const& starts() const { return starts_; }
  [[nodiscard]] double objective() const { return objective_; }
  [[nodiscard]] double bound() const { return bound_; }
  [[nodiscard]] bool proven() const { return bound_ <= objective_; }
  /// Whether it began with what an earlier run found of the same component.
  [[nodiscard]] bool known() const { return known_; }
  /// Whether branching has lately closed a share of what is open worth its while.
  [[nodiscard]] bool branching_pays() const { return branching_pays_; }
  /// How much there is of it: cells of the model.
  [[nodiscard]] std::size_t size() const { return size_; }

  /// Takes up what is known of it, or of one like it.
  void begin_with(ComponentAnswer const& answer);
  void begin_like(ComponentCache const& cache);
  [[nodiscard]] ComponentAnswer answer() const;
  /// Writes down by name what `begin_like` can use.
  void name(ComponentCache& cache) const;

  /// A stretch of an annealing run: `moves` for each group of units, from `from` to `to` of the
  /// run.
  void search(double moves, double from, double to, model::RunControl const& control);
  /// The same, but of a cooler run that begins near what the prices point to: fewer moves get as
  /// far, and where the first search does not get.
  void search_near_prices(double moves, double from, double to, model::RunControl const& control);
  /// A stretch of the first descent: from `from` to `to` of it.
  void lower_bound(int steps, double from, double to, model::RunControl const& control);
  /// Must come before `branch`, alone.
  void begin_branching(model::RunControl const& control);
  /// Branching, by so many evaluations in one of `Branching::kSlots`; all may run at once.
  void branch(std::size_t slot, long evaluations, model::RunControl const& control);
  /// Whether branch and cut should have a try, and has none under way: small components that stay
  /// open.
  [[nodiscard]] bool wants_exact() const;
  /// Lays out a try by branch and cut, alone. `hurried`: of fewer nodes.
  void begin_exact(bool hurried);
  /// Makes the try, in a thread of its own if need be, whatever else is called meanwhile;
  /// `take_stock` takes up its result once it is there. REQUIRES: `begin_exact` before.
  void solve_exactly(model::RunControl const& control);
  /// Compares what was found and certifies it. Error kDefect if a plan breaks a rule.
  model::Result<model::Done> take_stock();

 private:
  /// A try by branch and cut: all it needs and finds, apart from what the others change.
  struct ExactTry {
    MipModel mip;
    solver::MipRequest request;
    std::optional<model::Result<solver::MipResult>> answer;
    std::atomic<bool> ended{false};  ///< after which `answer` stays
  };

  void begin_search();
  model::Result<model::Done> adopt_best_of(TimelineSearch const* search);
  model::Result<model::Done> adopt(std::vector<Start> starts);
  void adopt_suggestion();
  [[nodiscard]] bool tied() const;
  model::Result<model::Done> adopt_exact();
  void see_whether_branching_pays();
  void close();
  [[nodiscard]] std::vector<Start> tours_like(ComponentCache const& cache) const;

  model::Scenario const& scenario_;
  Component component_;
  std::string fingerprint_;
  std::uint64_t seed_;
  std::size_t size_{0};
  std::vector<Start> starts_;
  double objective_{0};
  double bound_;
  std::unique_ptr<TimelineSearch> search_;
  std::unique_ptr<TimelineSearch> near_prices_;
  std::vector<Start> pointed_to_;  ///< by the prices
  std::unique_ptr<PriceBound> prices_;
  std::unique_ptr<Branching> branching_;
  bool branching_pays_{true};
  long paid_work_{0};  ///< of branching, when that was last looked at
  double paid_bound_{0};
  int exact_tries_{0};
  std::unique_ptr<ExactTry> exact_;  ///< under way, or not looked at yet
  std::vector<float> first_prices_;  ///< to begin with, from an earlier search
  std::vector<float> best_prices_;   ///< of the whole component, before branching
  bool known_{false};
  ComponentCache::ByName<float> const* like_{nullptr};
};

}  // namespace guarantor::generate
