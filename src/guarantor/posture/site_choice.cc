#include "guarantor/posture/site_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace guarantor::posture {
namespace {

model::Error bad_input(std::string message) {
  return {.kind = model::ErrorKind::kBadInput, .message = std::move(message)};
}

}  // namespace

model::Result<std::vector<SiteState>> site_states(std::vector<std::size_t> const& existing,
                                                  std::vector<std::size_t> const& forbidden,
                                                  std::size_t sites) {
  std::vector<SiteState> states(sites, SiteState::kFree);
  for (std::size_t const site : existing) {
    if (site >= sites) {
      return bad_input(fmt::format("existing site {} is not among the {} sites", site, sites));
    }
    states[site] = SiteState::kOpen;
  }
  for (std::size_t const site : forbidden) {
    if (site >= sites) {
      return bad_input(fmt::format("forbidden site {} is not among the {} sites", site, sites));
    }
    if (states[site] == SiteState::kOpen) {
      return bad_input(fmt::format("site {} is both existing and forbidden", site));
    }
    states[site] = SiteState::kClosed;
  }
  return states;
}

std::string why_impossible(SiteChoice const& choice, std::vector<SiteState> const& states) {
  auto const existing =
      static_cast<std::size_t>(std::count(states.begin(), states.end(), SiteState::kOpen));
  auto const closed =
      static_cast<std::size_t>(std::count(states.begin(), states.end(), SiteState::kClosed));
  if (existing > choice.count) {
    return fmt::format("{} sites exist, but only {} may be open", existing, choice.count);
  }
  if (states.size() - closed < choice.count) {
    return fmt::format("{} sites are asked for, but only {} may be opened", choice.count,
                       states.size() - closed);
  }
  return {};
}

model::Result<model::Done> check_weights(std::vector<double> const& weights, std::size_t demands) {
  if (!weights.empty() && weights.size() != demands) {
    return bad_input(fmt::format("{} weights given for {} demands", weights.size(), demands));
  }
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!(weights[i] >= 0) || !std::isfinite(weights[i])) {
      return bad_input(fmt::format("weight {} of demand {}; a finite one of at least 0 is needed",
                                   weights[i], i));
    }
  }
  return model::Done{};
}

}  // namespace guarantor::posture
