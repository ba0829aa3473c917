#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/generate/component_cache.h"
#include "guarantor/generate/expected_designation.h"
#include "guarantor/generate/expected_mip.h"
#include "guarantor/generate/plan.h"
#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"

namespace guarantor::generate {

/// Something proven that a later run may use again, to be kept once no thread reads the cache.
using Learned = std::vector<std::pair<std::string, ComponentAnswer>>;

/// The plan of a world's component as if reassignment cost nothing; its bound holds for every
/// designation.
struct FreePlan {
  std::vector<Start> starts;
  double objective{};
  double bound{};
  bool limited{};  ///< a limit came before the gap was proven
  Learned learned;
};

/// The plan of a world's component beside a designation.
struct Replan {
  std::vector<Start> starts;
  double objective{};  ///< of the plan, less what its reassignments cost
  long reassigned{};   ///< unit-months beyond the designation
  bool limited{};
  Learned learned;
};

/// Plans components of worlds. Nothing in it changes, so all threads may share it.
class WorldPlanner {
 public:
  WorldPlanner(model::Scenario const& scenario, Request const& request,
               ComponentCache const& cache);

  [[nodiscard]] model::Result<FreePlan> free_plan(Instance const& instance,
                                                  model::RunControl const& control) const;

  /// The best of: the designation as far as it can still be done; the free plan; and, where the
  /// component is small, the exact optimum between them. Whichever it is, it breaks no rule and its
  /// reassignments are counted in full.
  [[nodiscard]] model::Result<Replan> replan(Instance const& instance, FreePlan const& free,
                                             Designation const& designation,
                                             model::RunControl const& control) const;

  struct Extensive {
    std::optional<Designation> better;  ///< than the one whose value is known
    double bound{};
    bool limited{};
  };

  /// The best designation for weighted parts of worlds, and a bound on the value of all, from the
  /// extensive form.
  [[nodiscard]] model::Result<Extensive> best_designation(std::vector<Component> const& nominal,
                                                          std::vector<WeightedPart> const& parts,
                                                          double known_objective,
                                                          double known_bound,
                                                          model::RunControl const& control) const;

  [[nodiscard]] model::Scenario const& scenario() const { return scenario_; }

  /// Whether `bound` leaves nothing more to gain than the gap asked for.
  [[nodiscard]] bool suffices(double objective, double bound) const;

 private:
  [[nodiscard]] Replan valued(Instance const& instance, PresenceTable const& designated,
                              std::vector<Start> starts) const;

  model::Scenario const& scenario_;
  Request request_;
  ComponentCache const& cache_;
  double reassign_cost_;
};

}  // namespace guarantor::generate
