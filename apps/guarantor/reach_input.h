#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guarantor/geo/reach.h"
#include "guarantor/model/error.h"
#include "guarantor/model/scenario.h"

/// What `reach` is asked, from the words of its options.
namespace guarantor::app {

/// The words of the options, as they were typed.
struct ReachWords {
  std::string movement;
  std::vector<std::string> from;
  std::vector<std::string> to;
  std::vector<std::string> within;
  std::vector<std::string> by;
  std::vector<std::string> close;
  std::vector<std::string> slow;
  std::vector<std::string> open;
  std::optional<double> weight;
  std::optional<double> runway;
  std::optional<double> draught;
  double off_network{60};
};

/// The mover that is meant. Error kBadInput for a class that is none, or what does not go with it.
[[nodiscard]] model::Result<geo::Mover> read_mover(ReachWords const& words);

/// What becomes of links: what is opened first can then be slowed, as LINK=FACTOR, or closed. Error
/// kBadInput for a word that cannot be read.
[[nodiscard]] model::Result<std::vector<geo::LinkOrder>> read_orders(
    std::vector<std::string> const& open, std::vector<std::string> const& slow,
    std::vector<std::string> const& close);

/// The request that is meant. Places are locations of the scenario or positions; those of the
/// scenario that `network` does not know stand by their position. Error kBadInput for a word that
/// cannot be read.
[[nodiscard]] model::Result<geo::ReachRequest> read_reach_request(ReachWords const& words,
                                                                  model::Scenario const& scenario,
                                                                  model::Network const& network);

}  // namespace guarantor::app
