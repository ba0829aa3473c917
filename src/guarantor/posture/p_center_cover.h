#pragma once

#include <cstdint>
#include <vector>

#include "guarantor/model/run_control.h"
#include "guarantor/posture/site_choice.h"

namespace guarantor::posture {

/// Whether so many sites can serve every demand, each demand by one of those listed for it.
struct CoverQuestion {
  std::size_t count{};
  std::vector<SiteState> states;                    ///< by site
  std::vector<std::vector<std::uint32_t>> serving;  ///< by demand: sites that would serve it
};

enum class CoverVerdict { kPossible, kImpossible, kStopped };

struct CoverAnswer {
  CoverVerdict verdict{};
  std::vector<std::size_t> open;  ///< where possible: the sites, ascending, as many as asked for
  long work{};
};

/// Answers exactly, by dominated demands and sites, prices on the demands that leave no room for a
/// cover, and a search over the sites of the demand with the fewest. Stops after `most_work` steps
/// (0: never) or when `control` says so.
[[nodiscard]] CoverAnswer cover(CoverQuestion const& question, long most_work,
                                model::RunControl const& control);

}  // namespace guarantor::posture
