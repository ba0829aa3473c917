#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "guarantor/model/force_plan.h"
#include "guarantor/model/scenario.h"

namespace guarantor::generate {

/// Units present by row of the pledge, row of the line and month.
using Present = std::map<std::tuple<std::size_t, std::size_t, int>, int>;

[[nodiscard]] Present present_in(model::Scenario const& scenario,
                                 std::vector<model::Assignment> const& assignments);

/// The expected world by trying everything: every way the conditions may fall, every designation,
/// every plan of every world. Conditions must all have a probability and no `given`.
class ExhaustiveWorlds {
 public:
  /// Nothing where there is more than `most` to try.
  [[nodiscard]] static std::optional<ExhaustiveWorlds> of(model::Scenario const& scenario,
                                                          bool include_indicated, std::size_t most);

  /// The most that any designation is worth.
  [[nodiscard]] double optimum() const;

  /// What one designation is worth.
  [[nodiscard]] double value_of(Present const& designated) const;

  /// What perfect foresight would be worth.
  [[nodiscard]] double foresight() const;

 private:
  /// A plan by place in a fixed order of (pledge, line, month).
  struct Plan {
    double worth{};
    std::vector<int> present;
  };
  struct World {
    double probability{};
    std::vector<Plan> plans;
  };

  [[nodiscard]] std::vector<int> laid_out(Present const& present) const;
  [[nodiscard]] double value_of(std::vector<int> const& designated) const;

  double reassign_cost_{};
  std::size_t lines_{};
  std::size_t months_{};
  std::size_t size_{};
  std::vector<Plan> designations_;
  std::vector<World> worlds_;
};

}  // namespace guarantor::generate
