#include "guarantor/posture/maximal_cover.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "guarantor/posture/cost_grain.h"
#include "guarantor/posture/maximal_cover_prices.h"
#include "guarantor/posture/site_tree.h"

namespace guarantor::posture {
namespace {

model::Error bad(std::string message) {
  return {model::ErrorKind::kBadInput, std::move(message), ""};
}

/// What is wrong with a problem, if anything; else what is given of each site.
model::Result<std::vector<SiteState>> check(MaximalCoverProblem const& problem) {
  std::size_t const sites = problem.covers.size();
  if (problem.weight.size() != problem.need.size()) {
    return bad(fmt::format("{} demands have a weight but {} say how many sites they need",
                           problem.weight.size(), problem.need.size()));
  }
  for (std::size_t demand = 0; demand < problem.weight.size(); ++demand) {
    if (!std::isfinite(problem.weight[demand]) || problem.weight[demand] < 0) {
      return bad(fmt::format("demand {} weighs {}: a weight is finite and not negative", demand,
                             problem.weight[demand]));
    }
  }
  for (std::size_t site = 0; site < sites; ++site) {
    for (std::uint32_t const demand : problem.covers[site]) {
      if (demand >= problem.weight.size()) {
        return bad(fmt::format("site {} covers demand {}, but there are {} demands", site, demand,
                               problem.weight.size()));
      }
    }
  }
  return site_states(problem.existing, problem.forbidden, sites);
}

/// Demands that the same sites cover as often become one row; those without weight, need or enough
/// sites become none.
MaximalCoverCore group(MaximalCoverProblem const& problem, std::vector<SiteState> const& marks) {
  std::vector<std::vector<std::uint32_t>> sites_of(problem.weight.size());
  for (std::size_t site = 0; site < problem.covers.size(); ++site) {
    if (marks[site] == SiteState::kClosed) {
      continue;
    }
    for (std::uint32_t const demand : problem.covers[site]) {
      auto& sites = sites_of[demand];
      if (sites.empty() || sites.back() != site) {
        sites.push_back(static_cast<std::uint32_t>(site));
      }
    }
  }
  std::map<std::pair<std::uint32_t, std::vector<std::uint32_t>>, double> groups;
  for (std::size_t demand = 0; demand < sites_of.size(); ++demand) {
    std::uint32_t const need = problem.need[demand];
    if (need > 0 && problem.weight[demand] > 0 && sites_of[demand].size() >= need) {
      groups[{need, std::move(sites_of[demand])}] += problem.weight[demand];
    }
  }
  MaximalCoverCore core;
  core.most_open = problem.most_open;
  std::vector<std::vector<std::uint32_t>> columns(problem.covers.size());
  for (auto const& [key, weight] : groups) {
    for (std::uint32_t const site : key.second) {
      columns[site].push_back(static_cast<std::uint32_t>(core.weight.size()));
    }
    core.need.push_back(key.first);
    core.weight.push_back(weight);
  }
  core.site.resize(columns.size());
  std::iota(core.site.begin(), core.site.end(), 0U);
  core.matrix = CoverMatrix{core.weight.size(), columns};
  return core;
}

/// Closes free sites for which another one free, or one that stands already, does as well. Only
/// where each of a site's rows needs one: a backup is not stood in for.
void close_dominated(MaximalCoverCore const& core, std::vector<SiteState>& marks) {
  std::vector<std::size_t> seen_with(core.weight.size(), core.site.size());
  for (std::size_t site = 0; site < marks.size(); ++site) {
    auto const rows = core.matrix.rows_of(site);
    if (marks[site] != SiteState::kFree) {
      continue;
    }
    if (rows.empty()) {
      marks[site] = SiteState::kClosed;
      continue;
    }
    std::uint32_t rarest = rows.front();
    bool single = true;
    for (std::uint32_t const row : rows) {
      seen_with[row] = site;
      single = single && core.need[row] == 1;
      if (core.matrix.columns_of(row).size() < core.matrix.columns_of(rarest).size()) {
        rarest = row;
      }
    }
    if (!single) {
      continue;
    }
    for (std::uint32_t const other : core.matrix.columns_of(rarest)) {
      auto const others = core.matrix.rows_of(other);
      if (other == site || marks[other] == SiteState::kClosed || others.size() < rows.size() ||
          (others.size() == rows.size() && other > site && marks[other] == SiteState::kFree)) {
        continue;
      }
      auto const shared = std::count_if(others.begin(), others.end(),
                                        [&](std::uint32_t row) { return seen_with[row] == site; });
      if (static_cast<std::size_t>(shared) == rows.size()) {
        marks[site] = SiteState::kClosed;
        break;
      }
    }
  }
}

/// What the open sites cover, who is covered by whom, and which sites add something.
SitingAnswer describe(MaximalCoverProblem const& problem, std::vector<SiteState> const& given,
                      std::vector<std::size_t> const& open) {
  SitingAnswer answer;
  answer.feasible = true;
  std::vector<std::uint32_t> times(problem.weight.size(), 0);
  std::vector<std::size_t> last(problem.weight.size(), kUnassigned);
  answer.assigned.assign(problem.weight.size(), kUnassigned);
  for (std::size_t const site : open) {
    for (std::uint32_t const demand : problem.covers[site]) {
      times[demand] += last[demand] == site ? 0U : 1U;
      last[demand] = site;
      answer.assigned[demand] = std::min(answer.assigned[demand], site);
    }
  }
  std::vector<char> adds(problem.covers.size(), 0);
  for (std::size_t const site : open) {
    adds[site] = given[site] == SiteState::kOpen ? 1 : 0;
    for (std::uint32_t const demand : problem.covers[site]) {
      bool const counts = problem.weight[demand] > 0 && problem.need[demand] > 0 &&
                          times[demand] >= problem.need[demand];
      adds[site] = adds[site] != 0 || counts ? 1 : 0;
    }
    if (adds[site] != 0) {
      answer.open.push_back(site);
    }
  }
  for (std::size_t demand = 0; demand < times.size(); ++demand) {
    if (times[demand] >= problem.need[demand] && problem.need[demand] > 0) {
      answer.objective += problem.weight[demand];
    } else {
      answer.assigned[demand] = kUnassigned;
    }
  }
  return answer;
}

}  // namespace

model::Result<SitingAnswer> cover_most(MaximalCoverProblem const& problem,
                                       SitingRequest const& request,
                                       model::RunControl const& control) {
  auto const given = check(problem);
  if (!given.ok()) {
    return given.error();
  }
  auto marks = given.value();
  auto const forced = std::count(marks.begin(), marks.end(), SiteState::kOpen);
  if (static_cast<std::size_t>(forced) > problem.most_open) {
    SitingAnswer none;
    none.proven = true;
    none.reason = fmt::format("{} sites exist and at most {} may open", forced, problem.most_open);
    return none;
  }
  MaximalCoverCore const core = group(problem, marks);
  close_dominated(core, marks);
  // Inside, the weight left uncovered is made least.
  double const total = std::accumulate(core.weight.begin(), core.weight.end(), 0.0);
  auto inner = control;
  inner.progress = [&](model::Progress const& step) {
    control.report(
        {step.stage, step.objective ? std::optional{total - *step.objective} : std::nullopt,
         step.bound ? std::optional{total - *step.bound} : std::nullopt, step.share_done});
  };
  MaximalCoverPrices prices{core};
  SiteTree::Rules rules;
  rules.grain = cost_grain(core.weight);
  rules.gap = request.gap;
  rules.zero = total;
  rules.most_work = request.most_work;
  rules.stage = "maximal covering";
  SiteTree tree{prices, rules, inner};
  std::vector<std::size_t> standing;
  for (std::size_t site = 0; site < marks.size(); ++site) {
    if (marks[site] == SiteState::kOpen) {
      standing.push_back(site);
    }
  }
  double known = total;
  known -= describe(problem, given.value(), standing).objective;
  auto const found = tree.search(marks, prices.first_prices(), 0, known);
  SitingAnswer answer = describe(problem, given.value(), found.best ? found.best->open : standing);
  answer.proven = found.proven;
  answer.work = prices.evaluations();
  bool const exact = answer.proven && request.gap <= 0;
  answer.bound = exact ? answer.objective : std::max(answer.objective, total - found.bound);
  return answer;
}

}  // namespace guarantor::posture
