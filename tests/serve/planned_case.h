#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "serve_case.h"

namespace guarantor::serve {

/// Waits until the job has ended, by the events' own word, and gives it.
[[nodiscard]] nlohmann::json ended(ServeCase& serve, std::string const& job);

/// Has a plan made as `planner` and gives the job, ended.
[[nodiscard]] nlohmann::json plan(ServeCase& serve, nlohmann::json const& order,
                                  std::string_view scenario = "tutorial");

}  // namespace guarantor::serve
