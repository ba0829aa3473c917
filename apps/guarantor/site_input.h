#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/posture/plan_sites.h"

/// What `site` is asked, from the words of its options.
namespace guarantor::app {

/// The words of the options, as they were typed.
struct SiteWords {
  std::string kind;
  std::string goal;
  std::optional<int> sites;
  std::optional<double> minimum_km;
  std::optional<int> backup;
  std::optional<int> loss_of;
  std::vector<std::string> close;
  std::vector<std::string> slow;
  std::vector<std::string> open;
  double off_network{60};
};

/// The request that is meant. Error kBadInput for a word that cannot be read.
[[nodiscard]] model::Result<posture::SitesRequest> read_site_request(SiteWords const& words);

}  // namespace guarantor::app
