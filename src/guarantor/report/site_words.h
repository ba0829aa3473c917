#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/scenario.h"
#include "guarantor/model/site_plan.h"

/// How sites and their reach are said to people.
namespace guarantor::report {

/// `Reserves`, `Stockpiles`, `Medical stations`.
[[nodiscard]] std::string kind_title(model::SiteKind kind);

/// The rules that were kept, in a sentence; empty where there are none.
[[nodiscard]] std::string rules_in_words(model::SiteTerms const& terms);

/// What was chosen and what is proven of it, in a sentence or two.
[[nodiscard]] std::string choice_in_words(model::Scenario const& scenario,
                                          model::KindSites const& kind);

/// One standard of one demand over all its points.
struct DemandStandard {
  model::Demand const* demand{};
  model::Hours within{0};
  std::size_t wanted{1};  ///< sites that must reach a point within it
  std::size_t points{};
  std::size_t reached{};                ///< by one site at least
  std::size_t kept{};                   ///< by as many as wanted, also after a loss
  std::size_t with_margin{};            ///< reached by one even if every time were a quarter longer
  std::size_t cut_off{};                ///< reached at no time
  std::optional<model::Hours> slowest;  ///< of those reached at all
  std::optional<model::Hours> after_loss;  ///< likewise, at the worst loss
};

/// In the order of the demands, a row a standard.
[[nodiscard]] std::vector<DemandStandard> standards_of(model::Scenario const& scenario,
                                                       model::KindSites const& kind);

/// What cannot be had, each with what would make it possible; those that differ in nothing but
/// their sector are told once, with how many there are.
[[nodiscard]] std::vector<std::string> out_of_reach_in_words(model::Scenario const& scenario,
                                                             model::KindSites const& kind);

/// What is to be called by its title, if it has one.
[[nodiscard]] std::string title_of(model::Demand const& demand);
/// The sector or the location of a point.
[[nodiscard]] std::string const& place_of(model::SectorId const& sector,
                                          model::LocationId const& location);

}  // namespace guarantor::report
