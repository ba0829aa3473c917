#pragma once

#include <string>

#include "guarantor/model/error.h"
#include "guarantor/posture/capacitated_location.h"
#include "guarantor/posture/maximal_cover.h"
#include "guarantor/posture/set_cover.h"

namespace guarantor::bench {

/// Reads a set covering problem as the OR-Library writes it: rows and columns, the columns' costs,
/// then for each row how many columns cover it and which, from 1. Numbers stand anywhere on lines.
/// Errors (kNotFound, kBadInput) name file and line.
[[nodiscard]] model::Result<posture::SetCoverProblem> read_scp(std::string const& file);

/// Reads a capacitated location problem as the OR-Library writes it: sites and demands; each site's
/// capacity and fixed cost; each demand's amount and then what it costs to serve all of it from
/// each site. Where the file has the word `capacity` in place of a number, `capacity` is meant; not
/// given (0 or less) that is an error.
[[nodiscard]] model::Result<posture::CapacitatedLocationProblem> read_cap(std::string const& file,
                                                                          double capacity);

/// Reads a maximal covering problem: `radius` is how far a site serves, `most_open` how many sites
/// there may be. Two forms are known by their first line: `N … p S` with N lines of x, y and
/// weight, where each point is a site and a demand; and `sites demands` with lines of kind (F a
/// site, C or any other a demand), number, x, y and weight.
[[nodiscard]] model::Result<posture::MaximalCoverProblem> read_mclp(std::string const& file,
                                                                    double radius,
                                                                    std::size_t most_open);

}  // namespace guarantor::bench
