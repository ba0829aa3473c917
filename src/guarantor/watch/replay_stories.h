#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "guarantor/model/agreement.h"
#include "guarantor/model/observation.h"
#include "guarantor/watch/replay_ground.h"

namespace guarantor::watch {

struct Arm {
  std::string_view weapon;
  int calibre{};  ///< mm; 0: none
};

/// A kind of play, and within which bounds it is drawn.
struct Story {
  std::string_view name;
  double weight{};  ///< how often, beside the others
  Ground ground{Ground::kFront};
  double nearest_km{};
  double furthest_km{};
  model::EventKind kind{model::EventKind::kOther};
  std::vector<Arm> arms;
  int parts{1};    ///< at most so many salvos, passes or fires
  int count{1};    ///< at most so many in each
  int minutes{5};  ///< each at the longest
  std::optional<model::Exemption> announced;
  bool live_fire{};
  std::string_view reporter;  ///< who reports it beside what watches
  std::vector<std::string_view> categories;
};

/// All stories, so that every kind of clause is touched.
[[nodiscard]] std::vector<Story> const& stories();

}  // namespace guarantor::watch
