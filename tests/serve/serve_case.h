#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "guarantor/model/scenario.h"
#include "guarantor/serve/router.h"
#include "guarantor/serve/services.h"
#include "temporary_store.h"

namespace guarantor::serve {

/// Everything that endpoints work with over a temporary store, without a socket and without
/// accounts: who asks is said with each request.
class ServeCase {
 public:
  explicit ServeCase(model::Scenario const& scenario);

  /// Keeps it as the newest version.
  void put(model::Scenario const& scenario);

  using Headers = std::map<std::string, std::string>;
  /// Asks as `delegate:XAL`, `planner`, `public`, …; the route's rule is held.
  [[nodiscard]] Response ask(std::string_view viewer, std::string_view method,
                             std::string_view target, std::string body = {},
                             Headers const& headers = {});
  [[nodiscard]] Response get(std::string_view viewer, std::string_view target) {
    return ask(viewer, "GET", target);
  }
  [[nodiscard]] nlohmann::json json(std::string_view viewer, std::string_view target);

  [[nodiscard]] Services& services() { return services_; }
  [[nodiscard]] Router const& router() const { return router_; }

 private:
  store::TemporaryStore files_;
  std::unique_ptr<StoreGate> gate_;
  std::shared_ptr<EventHub> events_{std::make_shared<EventHub>()};
  ScenarioViews views_;
  SignIns sign_ins_;
  Jobs jobs_;
  WatchFloor watch_;
  Services services_;
  Router router_;
};

/// A scenario of the source tree; the test fails where it cannot be read.
[[nodiscard]] model::Scenario scenario_at(std::string const& folder);

}  // namespace guarantor::serve
