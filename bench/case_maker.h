#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "guarantor/model/scenario.h"

/// Synthetic scenarios of any size for measuring: all nations fictional, all scenarios exercises.
namespace guarantor::bench {

struct CaseSize {
  int nations{};
  int pledges{};
  int lines{};
  int months{};
  int capabilities{};
  int areas{};
};

struct Preset {
  std::string_view name;
  CaseSize size;
};
inline constexpr std::array<Preset, 4> kPresets{{{"tiny", {6, 30, 14, 8, 5, 3}},
                                                 {"small", {34, 120, 60, 12, 16, 10}},
                                                 {"mid", {34, 250, 120, 24, 16, 10}},
                                                 {"big", {34, 700, 300, 36, 16, 10}}}};

/// The size of a preset, or nothing for a name that is none.
[[nodiscard]] std::optional<CaseSize> preset_size(std::string_view name);

/// Which rows of the model a case gives rise to: those every conference has, or every family.
enum class Rows { kPlain, kAll };

struct CaseRequest {
  std::string name;  ///< becomes the scenario's id
  CaseSize size;
  Rows rows{Rows::kPlain};
  std::uint64_t seed{1};
};

/// A valid scenario: the same request gives the same scenario everywhere.
/// REQUIRES: every size is at least 3, at most 52 nations and 120 months.
[[nodiscard]] model::Scenario make_case(CaseRequest const& request);

}  // namespace guarantor::bench
