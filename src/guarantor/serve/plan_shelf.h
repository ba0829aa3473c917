#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/serve/kept_plan.h"
#include "guarantor/serve/released_record.h"
#include "guarantor/serve/scenario_views.h"
#include "guarantor/serve/store_gate.h"
#include "guarantor/store/record.h"

namespace guarantor::serve {

/// What a list says of one version of a plan. Records of the same name and body are one version;
/// the last of them says to whom it is released.
struct ListedPlan {
  std::string plan;     ///< its name: the key of its records
  std::string version;  ///< as planners know it: the SHA-256 of its body
  store::Position position{};
  model::Instant at{};  ///< when its last record was kept
  std::string by;
  std::vector<std::string> releasable_to;
  std::string scenario;
  std::string scenario_version;
  std::string title;
  std::string status;
  std::optional<double> objective;
  std::optional<double> gap;
  bool what_if{};
  /// How its viewer knows this version: planners as `version`, others by the SHA-256 of what they
  /// see of it.
  std::string name;
};

/// A plan as one viewer sees it.
struct ShownPlan {
  ListedPlan listed;
  SeenPlan seen;
  std::string json;  ///< of `seen`
};
using SharedPlan = std::shared_ptr<ShownPlan const>;

/// The plans of a store: which there are, and what a viewer sees of each. Reads what was kept since
/// it was asked last; for any thread.
class PlanShelf {
 public:
  PlanShelf(StoreGate const& gate, ScenarioViews const& views) : gate_{gate}, views_{views} {}

  /// Every version of every plan of the scenario that the viewer may read, the newest first;
  /// versions that look the same to the viewer are one. Errors: those of the store.
  [[nodiscard]] model::Result<std::vector<ListedPlan>> list(policy::Viewer const& viewer,
                                                            std::string_view scenario) const;
  /// One of them: the newest of that name, or the version whose name begins so. Errors: kNotFound,
  /// also where it was not released; kBadInput where several begin so.
  [[nodiscard]] model::Result<SharedPlan> find(policy::Viewer const& viewer,
                                               std::string_view scenario, std::string_view plan,
                                               std::string_view version) const;

 private:
  [[nodiscard]] model::Result<model::Done> refresh() const;
  void add(store::Record&& record) const;
  [[nodiscard]] model::Result<SharedPlan> shown(policy::Viewer const& viewer,
                                                ListedPlan const& listed) const;

  static constexpr std::size_t kMostShown = 100;

  StoreGate const& gate_;
  ScenarioViews const& views_;
  mutable std::mutex mutex_;
  mutable std::vector<ListedPlan> plans_;  ///< by the position of their last record
  mutable std::set<store::Position> erased_;
  mutable store::Position plans_read_{};
  mutable store::Position erasures_read_{};
  mutable std::map<std::pair<std::string, store::Position>, SharedPlan> shown_;
};

}  // namespace guarantor::serve
