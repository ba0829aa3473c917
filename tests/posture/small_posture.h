#pragma once

#include <cstddef>
#include <vector>

#include "guarantor/model/random_stream.h"
#include "guarantor/posture/siting.h"
#include "siting_promises.h"

/// Small problems of `site` with everything it offers, and their best by trying every set of sites.
namespace guarantor::posture {

/// By demand, then site: hours, infinity for never.
using HoursTable = std::vector<std::vector<double>>;

[[nodiscard]] SiteCosts costs_of(HoursTable const& table, std::size_t sites);

/// A small problem beside its tables, to be read without the code under test.
struct DrawnPosture {
  SitingProblem problem;
  std::vector<HoursTable> hours;  ///< by tier
  std::size_t demands{};
  std::size_t sites{};
};

/// What a drawn problem has beside one tier.
struct PostureFeatures {
  bool tiers{};   ///< a second one
  bool line{};    ///< a least distance from the line
  bool backup{};  ///< two sites within a standard, in most tiers
  std::size_t losses{};
  bool relaxed{};  ///< longer standards after a loss
  bool capacities{};
};

[[nodiscard]] DrawnPosture draw_posture(model::RandomStream& stream, SitingGoal goal,
                                        PostureFeatures const& features);

/// With the best of all sets of sites, each valued by the rules as the header of `site` has them.
[[nodiscard]] SitingCase case_of(DrawnPosture const& drawn);

}  // namespace guarantor::posture
