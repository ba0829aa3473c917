#include "guarantor/posture/capacitated_location.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "guarantor/posture/capacitated_location_prices.h"
#include "guarantor/posture/site_tree.h"

namespace guarantor::posture {
namespace {

model::Error bad(std::string message) {
  return {model::ErrorKind::kBadInput, std::move(message), ""};
}

std::optional<model::Error> wrong_numbers(std::vector<double> const& numbers,
                                          std::string const& what) {
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    if (!std::isfinite(numbers[at]) || numbers[at] < 0) {
      return bad(
          fmt::format("{} {} is {}: it should be finite and not negative", what, at, numbers[at]));
    }
  }
  return std::nullopt;
}

std::optional<model::Error> wrong_services(CapacitatedLocationProblem const& problem) {
  std::size_t const sites = problem.open_cost.size();
  std::vector<std::size_t> seen(sites, problem.amount.size());
  for (std::size_t demand = 0; demand < problem.services.size(); ++demand) {
    for (auto const& service : problem.services[demand]) {
      if (service.site >= sites) {
        return bad(fmt::format("demand {} names site {}, but there are {} sites", demand,
                               service.site, sites));
      }
      if (!std::isfinite(service.cost) || service.cost < 0) {
        return bad(
            fmt::format("serving demand {} from site {} costs {}: it should be finite and "
                        "not negative",
                        demand, service.site, service.cost));
      }
      if (seen[service.site] == demand) {
        return bad(fmt::format("demand {} names site {} twice", demand, service.site));
      }
      seen[service.site] = demand;
    }
  }
  return std::nullopt;
}

/// What is wrong with a problem, if anything; else what is given of each site.
model::Result<std::vector<SiteState>> check(CapacitatedLocationProblem const& problem) {
  std::size_t const sites = problem.open_cost.size();
  if (problem.capacity.size() != sites) {
    return bad(
        fmt::format("{} sites have a cost but {} a capacity", sites, problem.capacity.size()));
  }
  if (problem.services.size() != problem.amount.size()) {
    return bad(fmt::format("{} demands have an amount but {} say what serves them",
                           problem.amount.size(), problem.services.size()));
  }
  for (auto const& error :
       {wrong_numbers(problem.open_cost, "the cost of site"),
        wrong_numbers(problem.capacity, "the capacity of site"),
        wrong_numbers(problem.amount, "the amount of demand"), wrong_services(problem)}) {
    if (error) {
      return *error;
    }
  }
  return site_states(problem.existing, problem.forbidden, sites);
}

/// Why even all allowed sites cannot serve everybody.
std::string why_impossible(CapacitatedLocationProblem const& problem,
                           std::vector<SiteState> const& marks) {
  for (std::size_t demand = 0; demand < problem.amount.size(); ++demand) {
    bool const any =
        std::any_of(problem.services[demand].begin(), problem.services[demand].end(),
                    [&](auto const& service) { return marks[service.site] != SiteState::kClosed; });
    if (!any) {
      return fmt::format("demand {} can be served by no site", demand);
    }
  }
  double room = 0;
  for (std::size_t site = 0; site < marks.size(); ++site) {
    room += marks[site] != SiteState::kClosed ? problem.capacity[site] : 0;
  }
  double const total = std::accumulate(problem.amount.begin(), problem.amount.end(), 0.0);
  if (room < total) {
    return fmt::format("the demands amount to {} and all sites have room for {}", total, room);
  }
  return "the sites that can serve the demands do not have room for them together";
}

/// One solution from reading to answer.
class LocationRun {
 public:
  LocationRun(CapacitatedLocationProblem const& problem, SitingRequest const& request,
              model::RunControl const& control)
      : problem_{problem}, control_{control}, prices_{problem} {
    rules_.gap = request.gap;
    rules_.most_work = request.most_work;
    rules_.stage = "capacitated location";
  }

  CapacitatedAnswer run(std::vector<SiteState> marks) {
    std::vector<std::uint32_t> all;
    for (std::size_t site = 0; site < marks.size(); ++site) {
      if (marks[site] != SiteState::kClosed) {
        all.push_back(static_cast<std::uint32_t>(site));
      }
    }
    take(prices_.serve(all));
    if (!best_) {
      CapacitatedAnswer none;
      none.siting.proven = true;
      none.siting.bound = std::numeric_limits<double>::infinity();
      none.siting.reason = why_impossible(problem_, marks);
      return none;
    }
    auto by_demand = prices_.first_prices();
    if (!bound_whole(marks, by_demand)) {
      SiteTree tree{prices_, rules_, control_};
      auto found = tree.search(marks, by_demand, bound_, best_->cost);
      take(std::move(found.best));
      proven_ = found.proven;
      bound_ = std::max(bound_, found.bound);
    }
    return answer();
  }

 private:
  void take(std::optional<Placing> found) {
    if (found && (!best_ || found->cost < best_->cost)) {
      best_ = std::move(found);
    }
  }

  /// Prices for the whole problem. True where nothing is left to search.
  bool bound_whole(std::vector<SiteState>& marks, std::vector<double>& by_demand) {
    constexpr int kTurns = 12;
    auto const part = prices_.enter(marks, by_demand);
    if (part == SitePrices::Part::kSettled) {
      take(prices_.settled());
      return proven_ = true;
    }
    SitePrices::Stride stride{
        .steps = 50, .length = 1, .patience = 15, .shorter = 0.7, .least = 1e-3};
    for (int turn = 0; turn < kTurns; ++turn) {
      double const before = prices_.bound();
      prices_.ascend(stride, SiteTree::cutoff(rules_, best_->cost), control_);
      take(prices_.round());
      bound_ = std::max(bound_, prices_.bound());
      control_.report({rules_.stage, best_->cost, bound_, 0});
      double const left = SiteTree::cutoff(rules_, best_->cost) - bound_;
      if (left <= 0) {
        return proven_ = true;
      }
      if (control_.must_stop() || (turn > 2 && bound_ - before < 0.01 * left)) {
        break;
      }
      stride.length = std::max(0.75 * stride.length, 0.2);
    }
    by_demand = prices_.prices();
    return control_.must_stop();
  }

  CapacitatedAnswer answer() {
    CapacitatedAnswer answer;
    answer.shares = prices_.shares(best_->open);
    SitingAnswer& siting = answer.siting;
    siting.feasible = true;
    siting.proven = proven_;
    siting.open = best_->open;
    siting.work = prices_.evaluations();
    siting.assigned.assign(problem_.amount.size(), kUnassigned);
    for (std::size_t const site : siting.open) {
      siting.objective += problem_.open_cost[site];
    }
    std::vector<double> most(problem_.amount.size(), 0);
    for (ServedShare const& served : answer.shares) {
      for (auto const& service : problem_.services[served.demand]) {
        siting.objective += service.site == served.site ? served.share * service.cost : 0;
      }
      if (served.share > most[served.demand]) {
        most[served.demand] = served.share;
        siting.assigned[served.demand] = served.site;
      }
    }
    bool const exact = proven_ && rules_.gap <= 0;
    siting.bound = exact ? siting.objective : std::min(bound_, siting.objective);
    return answer;
  }

  CapacitatedLocationProblem const& problem_;
  model::RunControl const& control_;
  SiteTree::Rules rules_;
  CapacitatedLocationPrices prices_;
  std::optional<Placing> best_;
  double bound_{0};
  bool proven_{false};
};

}  // namespace

model::Result<CapacitatedAnswer> locate(CapacitatedLocationProblem const& problem,
                                        SitingRequest const& request,
                                        model::RunControl const& control) {
  auto marks = check(problem);
  if (!marks.ok()) {
    return marks.error();
  }
  return LocationRun{problem, request, control}.run(std::move(marks.value()));
}

}  // namespace guarantor::posture
