#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "guarantor/generate/expected_group.h"
#include "guarantor/generate/expected_recourse.h"

namespace guarantor::generate {

/// A scene by its group and its place there.
struct SceneIndex {
  std::size_t group{};
  std::size_t scene{};
};

/// A scene to be valued beside a designation.
struct Trial {
  SceneIndex scene;
  Designation const* designation{};
};

/// A pledge at a line in a month, by row.
using Place = std::tuple<std::size_t, std::size_t, int>;

struct SceneValue {
  double objective{};  ///< less reassignments
  long reassigned{};
  std::map<std::pair<std::size_t, int>, double> cover;  ///< by row of the line and month
  std::map<Place, int> used;  ///< designated units that are where they are designated
};

/// Plans the scenes of all groups on all threads, and adds up what that took.
class SceneBook {
 public:
  /// REQUIRES: groups and cache outlive the book.
  SceneBook(model::Scenario const& scenario, Request const& request, ComponentCache& cache,
            std::vector<Group> const& groups);

  /// Plans scenes as if reassignment cost nothing; equal components once.
  [[nodiscard]] std::optional<model::Error> plan_freely(std::vector<SceneIndex> const& scenes,
                                                        model::RunControl const& control);

  /// REQUIRES for the next two: the scene was planned freely.
  [[nodiscard]] double free_bound(SceneIndex scene) const;
  [[nodiscard]] Designation free_designation(SceneIndex scene) const;

  /// The values of scenes beside designations, trial by trial. REQUIRES: planned freely.
  [[nodiscard]] model::Result<std::vector<SceneValue>> value(std::vector<Trial> const& trials,
                                                             model::RunControl const& control);

  [[nodiscard]] model::World const& world(SceneIndex scene) const {
    return groups_[scene.group].scenes[scene.scene].world;
  }
  [[nodiscard]] WorldPlanner const& planner() const { return planner_; }
  [[nodiscard]] bool limited() const { return limited_; }
  void count(bool limited);

 private:
  struct Valued {
    SceneValue value;
    bool limited{};
    Learned learned;
  };
  [[nodiscard]] model::Result<Valued> value(Trial const& trial,
                                            model::RunControl const& control) const;
  void learn(Learned& learned);

  model::Scenario const& scenario_;
  int threads_;
  ComponentCache& cache_;
  std::vector<Group> const& groups_;
  WorldPlanner planner_;
  std::vector<FreePlan> plans_;
  std::vector<std::vector<std::vector<std::size_t>>> plan_of_;  ///< by group, scene, component
  bool limited_{false};
};

}  // namespace guarantor::generate
