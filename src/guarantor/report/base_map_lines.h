#pragma once

#include <span>
#include <string_view>

namespace guarantor::report {

/// The text of the base map, made at build time from world-atlas; empty where it was not to be had.
[[nodiscard]] std::span<std::string_view const> base_map_lines();

}  // namespace guarantor::report
