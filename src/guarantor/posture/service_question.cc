#include "guarantor/posture/service_question.h"

#include <fmt/format.h>

#include <algorithm>

namespace guarantor::posture {

CoverQuestion service_question(SiteCosts const& costs, std::vector<double> const& weights,
                               std::vector<SiteState> const& states, std::size_t count,
                               double limit) {
  CoverQuestion question{.count = count, .states = states, .serving = {}};
  question.serving.resize(costs.demands());
  for (std::size_t i = 0; i < costs.demands(); ++i) {
    auto const offers = costs.offers(i);
    double const weight = weights.empty() ? 1 : weights[i];
    for (std::size_t k = 0; k < offers.site.size() && weight * offers.cost[k] <= limit; ++k) {
      if (states[offers.site[k]] != SiteState::kClosed) {
        question.serving[i].push_back(offers.site[k]);
      }
    }
  }
  return question;
}

std::string why_unserved(CoverQuestion const& question) {
  for (std::size_t i = 0; i < question.serving.size(); ++i) {
    if (question.serving[i].empty()) {
      return fmt::format("demand {} can be served by no site that may be open", i);
    }
  }
  return fmt::format("no {} sites together can serve every demand", question.count);
}

std::optional<std::vector<std::size_t>> nearest_open(SiteCosts const& costs,
                                                     std::vector<std::size_t> const& open) {
  std::vector<char> is_open(costs.sites(), 0);
  for (std::size_t const j : open) {
    is_open[j] = 1;
  }
  std::vector<std::size_t> nearest;
  nearest.reserve(costs.demands());
  for (std::size_t i = 0; i < costs.demands(); ++i) {
    auto const sites = costs.offers(i).site;
    auto const found =
        std::find_if(sites.begin(), sites.end(), [&](std::uint32_t j) { return is_open[j] != 0; });
    if (found == sites.end()) {
      return std::nullopt;
    }
    nearest.push_back(*found);
  }
  return nearest;
}

double cost_at(SiteCosts const& costs, std::size_t demand, std::size_t site) {
  auto const offers = costs.offers(demand);
  auto const found = std::find(offers.site.begin(), offers.site.end(), site);
  return offers.cost[static_cast<std::size_t>(found - offers.site.begin())];
}

}  // namespace guarantor::posture
