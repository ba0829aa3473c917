#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/scenario.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/serve/store_gate.h"
#include "guarantor/store/scenario_versions.h"
#include "guarantor/tables/scenario_text.h"

namespace guarantor::serve {

/// A version of a scenario as one viewer gets it.
struct ScenarioView {
  store::ScenarioVersion version;  ///< of the whole: what it says is the planners' and auditors'
  std::string viewer;              ///< whose it is; all who see everything have one
  std::string name;                ///< content hash of the view: how its viewer knows the version
  model::Scenario scenario;
  tables::ScenarioText text;  ///< its rows and files
};
using SharedView = std::shared_ptr<ScenarioView const>;

/// Scenarios as they are seen, made once and kept: the current versions for everyone who asks, and
/// the last earlier ones that were asked for. For any thread.
class ScenarioViews {
 public:
  explicit ScenarioViews(StoreGate const& gate) : gate_{gate} {}

  /// The scenario as it stands, by its id; an empty version is the current one, else its hash or
  /// the beginning of it (8 digits or more). Errors: those of `store::find_version`.
  [[nodiscard]] model::Result<SharedView> whole(std::string_view scenario,
                                                std::string_view version = {}) const;
  /// As the viewer sees it; versions are named by the viewer's own names of them. Errors as
  /// `whole`; kBadInput for a nation that is none of the scenario's.
  [[nodiscard]] model::Result<SharedView> of(policy::Viewer const& viewer,
                                             std::string_view scenario,
                                             std::string_view version = {}) const;
  /// The version as the viewer sees it. REQUIRES: `version` came from the store.
  [[nodiscard]] model::Result<SharedView> of(policy::Viewer const& viewer,
                                             store::ScenarioVersion const& version) const;
  /// A version that is about to be kept: who asks for it meanwhile waits for it to be remembered
  /// instead of reading it from the store, until the announcement is gone.
  class Announcement {
   public:
    /// REQUIRES: `lock` holds the views, and nobody else announces the same.
    Announcement(ScenarioViews const& views, std::string key, std::unique_lock<std::mutex> lock);
    Announcement(Announcement const&) = delete;
    Announcement& operator=(Announcement const&) = delete;
    ~Announcement();

   private:
    ScenarioViews const& views_;
    std::string key_;
  };
  [[nodiscard]] Announcement announce(std::string_view scenario,
                                      std::string_view content_hash) const;
  /// Takes in a version that was just kept, so that nobody reads it from the store.
  void remember(store::ScenarioVersion version, tables::ChangedScenario kept);
  /// Forgets everything: something of it may have been erased.
  void forget() const;

 private:
  /// Unless everything was forgotten since `forgotten`.
  void keep(std::string key, SharedView view, std::uint64_t forgotten) const;
  [[nodiscard]] model::Result<SharedView> kept_or_made(policy::Viewer const& viewer,
                                                       store::ScenarioVersion const& version) const;
  [[nodiscard]] SharedView last_like(policy::Viewer const& viewer, std::string_view scenario) const;
  [[nodiscard]] model::Result<SharedView> make(policy::Viewer const& viewer,
                                               store::ScenarioVersion const& version) const;

  // Of a large scenario each takes megabytes. Who listens needs the version before as well.
  static constexpr std::size_t kMostKept = 72;
  static constexpr std::size_t kMostKeptOfOne = 4;  ///< versions of a scenario, for one viewer

  StoreGate const& gate_;
  mutable std::mutex mutex_;
  mutable std::condition_variable made_;
  mutable std::set<std::string, std::less<>> making_;  ///< what somebody makes now
  struct Kept {
    SharedView view;
    std::uint64_t used{};
  };
  using AllKept = std::map<std::string, Kept, std::less<>>;
  [[nodiscard]] std::pair<AllKept::iterator, AllKept::iterator> kept_of(
      std::string_view viewer, std::string_view scenario) const;
  mutable AllKept kept_;  ///< by viewer, scenario and version
  mutable std::uint64_t clock_{};
  mutable std::uint64_t forgotten_{};  ///< how often
};

}  // namespace guarantor::serve
