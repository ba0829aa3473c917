#include "guarantor/posture/p_median.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "guarantor/posture/p_median_search.h"
#include "guarantor/posture/service_question.h"

namespace guarantor::posture {
namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();

SitingAnswer impossible(std::string reason, long work) {
  return {.bound = kAny, .proven = true, .work = work, .reason = std::move(reason)};
}

void fill_in(SitingAnswer& answer, MedianProblem const& problem,
             std::vector<std::size_t> const& open) {
  auto assigned = nearest_open(problem.costs, open);
  answer.open = open;
  answer.feasible = assigned.has_value();
  if (assigned) {
    answer.assigned = std::move(*assigned);
  }
}

/// Sites to start from that serve every demand: grown ones, or a cover where those do not.
struct Start {
  std::vector<std::uint32_t> open;
  CoverVerdict verdict{CoverVerdict::kPossible};
  long work{};
  std::string reason;
};

Start find_start(MedianProblem const& problem, std::vector<SiteState> const& states,
                 MedianInstance const& instance, SitingRequest const& request,
                 model::RunControl const& control) {
  MedianInterchange interchange{instance};
  Start start{.open = interchange.grown()};
  if (interchange.cost(start.open) < interchange.missing()) {
    return start;
  }
  CoverQuestion const question =
      service_question(problem.costs, problem.weights, states, problem.choice.count, kAny);
  CoverAnswer const answer = cover(question, request.most_work, control);
  start.verdict = answer.verdict;
  start.work = answer.work;
  start.open.clear();
  if (answer.verdict == CoverVerdict::kImpossible) {
    start.reason = why_unserved(question);
  }
  std::vector<std::uint32_t> place(states.size(), 0);
  for (std::uint32_t j = 0; j < instance.sites(); ++j) {
    place[instance.name[j]] = j;
  }
  for (std::size_t const j : answer.open) {
    start.open.push_back(place[j]);
  }
  return start;
}

}  // namespace

model::Result<SitingAnswer> p_median(MedianProblem const& problem, SitingRequest const& request,
                                     model::RunControl const& control) {
  if (auto const checked = check_weights(problem.weights, problem.costs.demands()); !checked) {
    return checked.error();
  }
  auto const states =
      site_states(problem.choice.existing, problem.choice.forbidden, problem.costs.sites());
  if (!states) {
    return states.error();
  }
  if (std::string reason = why_impossible(problem.choice, states.value()); !reason.empty()) {
    return impossible(std::move(reason), 0);
  }
  if (problem.choice.count == 0) {
    return problem.costs.demands() == 0
               ? SitingAnswer{.feasible = true, .proven = true}
               : impossible("no site may be open, so no demand is served", 0);
  }
  MedianInstance const instance =
      median_instance(problem.costs, problem.weights, states.value(), problem.choice.count);
  Start start = find_start(problem, states.value(), instance, request, control);
  if (start.verdict == CoverVerdict::kImpossible) {
    return impossible(std::move(start.reason), start.work);
  }
  if (start.verdict == CoverVerdict::kStopped) {
    return SitingAnswer{.work = start.work, .reason = "stopped before any answer was found"};
  }
  MedianSearch search{instance, std::move(start.open), request, control};
  search.run();
  SitingAnswer answer{.objective = search.objective(),
                      .bound = search.bound(),
                      .proven = search.ended(),
                      .work = start.work + search.work()};
  std::vector<std::size_t> open;
  for (std::uint32_t const j : search.best()) {
    open.push_back(instance.name[j]);
  }
  std::sort(open.begin(), open.end());
  fill_in(answer, problem, open);
  return answer;
}

}  // namespace guarantor::posture
