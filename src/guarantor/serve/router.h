#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/serve/route.h"

namespace guarantor::serve {

/// Finds the route of a request.
class Router {
 public:
  /// REQUIRES: no two routes have the same method and path.
  explicit Router(Routes routes) : routes_{std::move(routes)} {}

  struct Match {
    Route const* route{};  ///< null: none
    std::map<std::string, std::string, std::less<>> parameters{};
    /// Methods that other routes of the path take, for the header `Allow`; empty: no such path.
    std::string allowed{};
  };
  /// HEAD finds the route of GET. A path that holds an escape that is none, or an empty or a dotted
  /// segment, is no path of ours. Words win over parameters. O(routes).
  [[nodiscard]] Match find(std::string_view method, std::string_view path) const;

  [[nodiscard]] Routes const& routes() const { return routes_; }

 private:
  Routes routes_;
};

}  // namespace guarantor::serve
