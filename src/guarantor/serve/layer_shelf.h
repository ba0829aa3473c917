#pragma once

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// The layers that a scenario and its sites make, in the order in which they are drawn.
inline constexpr std::array<std::string_view, 5> kScenarioLayers{"areas", "reach", "sectors",
                                                                 "locations", "sites"};

/// GeoJSON of each of `kScenarioLayers`, also of empty ones.
using LayerTexts = std::map<std::string, std::string, std::less<>>;
using SharedLayers = std::shared_ptr<LayerTexts const>;

/// Layers of scenarios, made once for each who sees the same; for any thread.
class LayerShelf {
 public:
  explicit LayerShelf(Services& services) : services_{services} {}

  /// As the viewer sees the scenario's current version and its last site plan. Errors: those of
  /// `ScenarioViews::of`, of the store and of `geo::map_layers`.
  [[nodiscard]] model::Result<SharedLayers> layers_of(policy::Viewer const& viewer,
                                                      std::string_view scenario) const;

 private:
  static constexpr std::size_t kMostKept = 40;

  Services& services_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, SharedLayers> kept_;
};

/// The scenario as the viewer sees it; a delegate of another coalition sees what everyone does.
[[nodiscard]] model::Result<SharedView> view_for_map(Services const& services,
                                                     policy::Viewer const& viewer,
                                                     std::string_view scenario);

}  // namespace guarantor::serve
