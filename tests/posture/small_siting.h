#pragma once

#include <optional>
#include <vector>

#include "guarantor/model/random_stream.h"
#include "guarantor/posture/site_choice.h"
#include "guarantor/posture/site_costs.h"
#include "guarantor/posture/siting_answer.h"

namespace guarantor::posture {

/// A small siting case to enumerate.
struct SmallSiting {
  std::size_t demands{};
  std::size_t sites{};
  std::vector<double> table;  ///< by demand and site; infinity where it cannot serve
  std::vector<double> weights;
  std::vector<double> quantities;
  std::vector<double> capacities;
  SiteChoice choice;

  [[nodiscard]] double cost(std::size_t demand, std::size_t site) const;  ///< weighted
  [[nodiscard]] SiteCosts costs() const;
};

struct SmallShape {
  std::size_t most_demands{};
  std::size_t most_sites{};
  bool whole{};        ///< costs and weights are whole numbers
  bool gaps{};         ///< some sites cannot serve some demands
  bool settled{};      ///< some sites exist or are forbidden
  double tightness{};  ///< demands take about this share of what the open sites hold
};

[[nodiscard]] SmallSiting draw_siting(model::RandomStream& stream, SmallShape const& shape);

/// The least objective by trying every set of sites; nothing where no set keeps the rules.
[[nodiscard]] std::optional<double> least_median(SmallSiting const& siting);
[[nodiscard]] std::optional<double> least_center(SmallSiting const& siting);
[[nodiscard]] std::optional<double> least_capacitated(SmallSiting const& siting);

/// Every set of sites whose p-median objective is below a limit.
[[nodiscard]] std::vector<std::vector<std::size_t>> median_sets_below(SmallSiting const& siting,
                                                                      double limit);
/// Every assignment (a site by demand) within the capacities that costs less than a limit, with
/// the sites open for it. REQUIRES: no site is settled.
struct OpenAssignment {
  std::vector<std::size_t> open;
  std::vector<std::size_t> site;
};
[[nodiscard]] std::vector<OpenAssignment> assignments_below(SmallSiting const& siting,
                                                            double limit);

/// Whether the answer's sites and assignment keep every rule: so many sites, the existing and no
/// forbidden ones, each demand at an open one that can serve it.
[[nodiscard]] bool keeps_rules(SmallSiting const& siting, SitingAnswer const& answer);

}  // namespace guarantor::posture
