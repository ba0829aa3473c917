#include "guarantor/posture/site_costs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

namespace guarantor::posture {
namespace {

model::Error bad_input(std::string message) {
  return {.kind = model::ErrorKind::kBadInput, .message = std::move(message)};
}

bool too_many(std::size_t demands, std::size_t sites) {
  constexpr std::size_t kMost = std::numeric_limits<std::uint32_t>::max();
  return demands >= kMost || sites >= kMost;
}

}  // namespace

model::Result<SiteCosts> SiteCosts::from_table(std::size_t demands, std::size_t sites,
                                               std::span<double const> costs) {
  if (too_many(demands, sites) || costs.size() != demands * sites) {
    return bad_input(
        fmt::format("{} costs given for {} demands and {} sites", costs.size(), demands, sites));
  }
  SiteCosts made{sites};
  made.first_.reserve(demands + 1);
  std::vector<std::pair<double, std::uint32_t>> row;
  for (std::size_t i = 0; i < demands; ++i) {
    row.clear();
    for (std::size_t j = 0; j < sites; ++j) {
      double const cost = costs[i * sites + j];
      if (!(cost >= 0)) {
        return bad_input(
            fmt::format("cost {} of demand {} at site {}; at least 0 is needed", cost, i, j));
      }
      if (std::isfinite(cost)) {
        row.emplace_back(cost, static_cast<std::uint32_t>(j));
      }
    }
    std::sort(row.begin(), row.end());
    for (auto const& [cost, site] : row) {
      made.site_.push_back(site);
      made.cost_.push_back(cost);
    }
    made.first_.push_back(made.site_.size());
  }
  return made;
}

model::Result<SiteCosts> SiteCosts::from_pairs(std::size_t demands, std::size_t sites,
                                               std::vector<Pair> pairs) {
  if (too_many(demands, sites)) {
    return bad_input(fmt::format("{} demands and {} sites are too many", demands, sites));
  }
  for (Pair const& pair : pairs) {
    if (pair.demand >= demands || pair.site >= sites) {
      return bad_input(fmt::format("demand {} at site {} lies outside {} demands and {} sites",
                                   pair.demand, pair.site, demands, sites));
    }
    if (!(pair.cost >= 0) || !std::isfinite(pair.cost)) {
      return bad_input(
          fmt::format("cost {} of demand {} at site {}; a finite one of at least 0 "
                      "is needed",
                      pair.cost, pair.demand, pair.site));
    }
  }
  auto const by_site = [](Pair const& a, Pair const& b) {
    return std::tie(a.demand, a.site, a.cost) < std::tie(b.demand, b.site, b.cost);
  };
  std::sort(pairs.begin(), pairs.end(), by_site);
  auto const same = [](Pair const& a, Pair const& b) {
    return a.demand == b.demand && a.site == b.site;
  };
  pairs.erase(std::unique(pairs.begin(), pairs.end(), same), pairs.end());
  auto const by_cost = [](Pair const& a, Pair const& b) {
    return std::tie(a.demand, a.cost, a.site) < std::tie(b.demand, b.cost, b.site);
  };
  std::sort(pairs.begin(), pairs.end(), by_cost);
  SiteCosts made{sites};
  auto next = pairs.begin();
  for (std::size_t i = 0; i < demands; ++i) {
    for (; next != pairs.end() && next->demand == i; ++next) {
      made.site_.push_back(static_cast<std::uint32_t>(next->site));
      made.cost_.push_back(next->cost);
    }
    made.first_.push_back(made.site_.size());
  }
  return made;
}

}  // namespace guarantor::posture
