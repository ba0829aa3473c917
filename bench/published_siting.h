#pragma once

#include <cstddef>
#include <string>
#include <variant>

#include "bench/siting_format.h"
#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"
#include "guarantor/posture/capacitated_location.h"
#include "guarantor/posture/maximal_cover.h"
#include "guarantor/posture/set_cover.h"
#include "guarantor/posture/siting_answer.h"

/// Published siting problems, in the formats they are published in.
namespace guarantor::bench {

/// A file, and what it leaves open.
struct PublishedCase {
  std::string format;  ///< pmed, pcenter, pmedcap, scp, cap or mclp
  std::string file;
  std::size_t count{};  ///< sites to open; 0: what the file says
  double radius{-1};    ///< how far a site serves, for mclp
  double capacity{};    ///< stands for the word `capacity` of a cap file; 0: none given
};

struct MedianProblem {
  MedianCase given;
};
struct CenterProblem {
  MedianCase given;
};
using PublishedProblem =
    std::variant<MedianProblem, CenterProblem, CapacitatedMedianCase, posture::SetCoverProblem,
                 posture::MaximalCoverProblem, posture::CapacitatedLocationProblem>;

/// Reads the file; shortest paths included. Errors (kNotFound, kBadInput) name file and line, or
/// the option that the format needs.
[[nodiscard]] model::Result<PublishedProblem> read_published(PublishedCase const& source);

/// Solves it with Guarantor, on one thread.
[[nodiscard]] model::Result<posture::SitingAnswer> solve_published(
    PublishedProblem const& problem, model::RunControl const& control);

}  // namespace guarantor::bench
