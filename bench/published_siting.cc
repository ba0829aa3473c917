#include "bench/published_siting.h"

#include <fmt/format.h>

#include <map>
#include <utility>
#include <vector>

#include "bench/covering_format.h"
#include "guarantor/posture/capacitated_p_median.h"
#include "guarantor/posture/p_center.h"
#include "guarantor/posture/p_median.h"

namespace guarantor::bench {
namespace {

using model::Result;
using posture::SitingAnswer;

/// A reader's result as the problem of a kind.
template <class Kind, class Read>
Result<PublishedProblem> as(Result<Read> read) {
  if (!read.ok()) {
    return read.error();
  }
  return PublishedProblem{Kind{std::move(read).value()}};
}

/// The number of sites: that of the command line, or the file's own.
template <class Read>
Result<Read> with_count(Result<Read> read, std::size_t count) {
  if (!read.ok() || count == 0) {
    return read;
  }
  Read changed = std::move(read).value();
  changed.count = count;
  return changed;
}

Result<PublishedProblem> read_median(PublishedCase const& source) {
  return as<MedianProblem>(with_count(read_median_case(source.file), source.count));
}

Result<PublishedProblem> read_center(PublishedCase const& source) {
  return as<CenterProblem>(with_count(read_median_case(source.file), source.count));
}

Result<PublishedProblem> read_capacitated_median(PublishedCase const& source) {
  return as<CapacitatedMedianCase>(
      with_count(read_capacitated_median_case(source.file), source.count));
}

Result<PublishedProblem> read_set_cover(PublishedCase const& source) {
  return as<posture::SetCoverProblem>(read_scp(source.file));
}

Result<PublishedProblem> read_maximal_cover(PublishedCase const& source) {
  if (source.radius < 0 || source.count == 0) {
    return model::Error{model::ErrorKind::kBadInput, "the format mclp needs --radius and --p", ""};
  }
  return as<posture::MaximalCoverProblem>(read_mclp(source.file, source.radius, source.count));
}

Result<PublishedProblem> read_location(PublishedCase const& source) {
  return as<posture::CapacitatedLocationProblem>(read_cap(source.file, source.capacity));
}

using Read = Result<PublishedProblem> (*)(PublishedCase const&);

std::map<std::string, Read> const kFormats{
    {"pmed", read_median},   {"pcenter", read_center},     {"pmedcap", read_capacitated_median},
    {"scp", read_set_cover}, {"mclp", read_maximal_cover}, {"cap", read_location}};

Result<posture::SiteCosts> costs_of(std::size_t points, std::vector<double> const& distances) {
  return posture::SiteCosts::from_table(points, points, distances);
}

/// Asks Guarantor, a kind of problem at a time.
struct Solver {
  model::RunControl const& control;

  Result<SitingAnswer> operator()(MedianProblem const& problem) const {
    auto costs = costs_of(problem.given.vertices, problem.given.distances);
    if (!costs.ok()) {
      return costs.error();
    }
    return posture::p_median({std::move(costs).value(), {}, {problem.given.count, {}, {}}}, {},
                             control);
  }
  Result<SitingAnswer> operator()(CenterProblem const& problem) const {
    auto costs = costs_of(problem.given.vertices, problem.given.distances);
    if (!costs.ok()) {
      return costs.error();
    }
    return posture::p_center({std::move(costs).value(), {}, {problem.given.count, {}, {}}}, {},
                             control);
  }
  Result<SitingAnswer> operator()(CapacitatedMedianCase const& problem) const {
    auto costs = costs_of(problem.points, problem.distances);
    if (!costs.ok()) {
      return costs.error();
    }
    return posture::capacitated_p_median({std::move(costs).value(),
                                          {},
                                          problem.quantities,
                                          std::vector<double>(problem.points, problem.capacity),
                                          {problem.count, {}, {}}},
                                         {}, control);
  }
  Result<SitingAnswer> operator()(posture::SetCoverProblem const& problem) const {
    return posture::cover(problem, {}, control);
  }
  Result<SitingAnswer> operator()(posture::MaximalCoverProblem const& problem) const {
    return posture::cover_most(problem, {}, control);
  }
  Result<SitingAnswer> operator()(posture::CapacitatedLocationProblem const& problem) const {
    auto answer = posture::locate(problem, {}, control);
    if (!answer.ok()) {
      return answer.error();
    }
    return std::move(answer).value().siting;
  }
};

}  // namespace

Result<PublishedProblem> read_published(PublishedCase const& source) {
  auto const format = kFormats.find(source.format);
  if (format == kFormats.end()) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("`{}` is not a format of siting problems", source.format), ""};
  }
  return format->second(source);
}

Result<SitingAnswer> solve_published(PublishedProblem const& problem,
                                     model::RunControl const& control) {
  return std::visit(Solver{control}, problem);
}

}  // namespace guarantor::bench
