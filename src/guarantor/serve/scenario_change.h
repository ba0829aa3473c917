#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "guarantor/policy/viewer.h"
#include "guarantor/serve/scenario_views.h"
#include "guarantor/store/scenario_versions.h"

namespace guarantor::serve {

/// From one version of a scenario to another, as each viewer sees it: what changes in hidden rows
/// is no change. For any thread.
class ScenarioChange {
 public:
  /// Without `before` the scenario is new.
  ScenarioChange(ScenarioViews const& views, std::optional<store::ScenarioVersion> before,
                 store::ScenarioVersion after)
      : views_{views}, before_{std::move(before)}, after_{std::move(after)} {}

  struct Seen {
    bool changed{};
    std::string name;  ///< of the version it led to, in the viewer's eyes
    std::set<std::pair<std::string, std::string>> rows;  ///< that differ: table and key
  };
  /// Worked out once for each viewer. Nothing has changed for one who cannot be shown the scenario.
  [[nodiscard]] std::shared_ptr<Seen const> seen_by(policy::Viewer const& viewer) const;

 private:
  [[nodiscard]] Seen compare(policy::Viewer const& viewer) const;

  ScenarioViews const& views_;
  std::optional<store::ScenarioVersion> before_;
  store::ScenarioVersion after_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<Seen const>, std::less<>> seen_;
};

}  // namespace guarantor::serve
