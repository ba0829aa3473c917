#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "guarantor/model/error.h"

namespace guarantor::posture {

/// How many sites to open and which of them are settled beforehand.
struct SiteChoice {
  std::size_t count{};                 ///< exactly so many are open, existing ones included
  std::vector<std::size_t> existing;   ///< open in any case
  std::vector<std::size_t> forbidden;  ///< never open
};

/// What is known of a site, beforehand or in a part of a search.
enum class SiteState : std::uint8_t { kFree, kOpen, kClosed };

/// The state of every site by what is settled beforehand. Error kBadInput where a site does not
/// exist or is both existing and forbidden.
[[nodiscard]] model::Result<std::vector<SiteState>> site_states(
    std::vector<std::size_t> const& existing, std::vector<std::size_t> const& forbidden,
    std::size_t sites);

/// Why no set of sites has the count asked for; empty where there is one.
[[nodiscard]] std::string why_impossible(SiteChoice const& choice,
                                         std::vector<SiteState> const& states);

/// Error kBadInput where weights are given but not one for each demand, or one is negative,
/// infinite or NaN.
[[nodiscard]] model::Result<model::Done> check_weights(std::vector<double> const& weights,
                                                       std::size_t demands);

}  // namespace guarantor::posture
