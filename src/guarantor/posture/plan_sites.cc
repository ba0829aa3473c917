#include "guarantor/posture/plan_sites.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "guarantor/geo/mover.h"
#include "guarantor/posture/kind_question.h"
#include "guarantor/posture/siting.h"

namespace guarantor::posture {
namespace {

using model::Error;
using model::ErrorKind;
using model::Hours;
using model::KindSites;
using model::Result;
using model::SiteGoal;

SitingGoal siting_goal(SiteGoal goal) {
  switch (goal) {
    case SiteGoal::kCheapest:
      return SitingGoal::kCheapest;
    case SiteGoal::kMostDemand:
      return SitingGoal::kMostDemand;
    case SiteGoal::kWorstTime:
      return SitingGoal::kWorstTime;
    case SiteGoal::kMeanTime:
      break;
  }
  return SitingGoal::kMeanTime;
}

/// In place of each standard that no choice can keep, the shortest one that can be, or none.
void relax(SitingProblem& problem, std::vector<UnmetStandard> const& unmet) {
  for (UnmetStandard const& standard : unmet) {
    ServiceTier& tier = problem.tiers[standard.tier];
    auto& within = tier.within[standard.demand];
    auto& after = tier.after_loss[standard.demand];
    (standard.after_loss ? after : within) = standard.longer;
    if (!standard.longer) {
      within = after = std::nullopt;
    } else if (within && after) {
      after = std::max(*within, *after);
    }
  }
}

/// Plans one kind of site.
class KindPlanner {
 public:
  KindPlanner(model::Scenario const& scenario, geo::PreparedNetwork const& network,
              SitesRequest const& request, model::RunControl const& control)
      : scenario_{scenario}, network_{network}, request_{request}, control_{control} {}

  /// What became of links, in words. REQUIRES: `plan` before.
  [[nodiscard]] std::vector<std::string> const& changed() const { return question_.changed; }

  Result<KindSites> plan(model::SiteKind kind) {
    auto question = kind_question(scenario_, network_, request_, kind, control_);
    if (!question.ok()) {
      return question.error();
    }
    question_ = std::move(question).value();
    planned_ = {.kind = kind, .goal = request_.goal, .sites = question_.sites};
    planned_.notes = question_.notes;
    planned_.basis = question_.basis;
    auto const rule = scenario_.header.siting.maximum(kind);
    planned_.most_sites = request_.most_sites;
    if (!planned_.most_sites && rule) {
      planned_.most_sites = static_cast<std::size_t>(*rule);
    }
    auto const chosen = choose();
    if (!chosen.ok()) {
      return chosen.error();
    }
    tell(chosen.value());
    if (auto const drawn = draw_rings(); !drawn.ok()) {
      return drawn.error();
    }
    return std::move(planned_);
  }

 private:
  Result<SitingPlan> choose() {
    if (request_.goal != SiteGoal::kCheapest) {
      return choose_among_so_many(request_.goal);
    }
    auto cheapest = choose_cheapest();
    if (!cheapest.ok() || fits(cheapest.value())) {
      planned_.by_cost = question_.by_cost;
      return cheapest;
    }
    if (question_.by_cost) {
      // The cheapest are too many: perhaps the fewest are not.
      auto const costs = std::exchange(question_.problem.cost, {});
      auto fewest = choose_cheapest();
      if (!fewest.ok() || fits(fewest.value())) {
        planned_.notes.emplace_back(
            "The cheapest choice has more sites than may be, so the fewest are chosen.");
        return fewest;
      }
    }
    planned_.notes.push_back(fmt::format(
        "No {} sites keep every standard, so those are chosen that keep the standards of the most "
        "weight.",
        *planned_.most_sites));
    planned_.goal = SiteGoal::kMostDemand;
    return choose_among_so_many(SiteGoal::kMostDemand);
  }

  [[nodiscard]] bool fits(SitingPlan const& plan) const {
    return !plan.answer.feasible || !planned_.most_sites ||
           plan.answer.open.size() <= *planned_.most_sites;
  }

  Result<SitingPlan> choose_cheapest() {
    question_.problem.goal = SitingGoal::kCheapest;
    question_.problem.most_sites.reset();
    return settle(site(question_.problem, request_.search, control_));
  }

  Result<SitingPlan> choose_among_so_many(SiteGoal goal) {
    if (!planned_.most_sites) {
      return Error{ErrorKind::kBadInput,
                   fmt::format("the goal {} needs a number of sites", model::text(goal)),
                   fmt::format("give it as --sites N, or as maximum_{} under [siting]",
                               model::text(planned_.kind))};
    }
    question_.problem.goal = siting_goal(goal);
    question_.problem.most_sites = std::min(*planned_.most_sites, question_.sites.size());
    return settle(site(question_.problem, request_.search, control_));
  }

  /// Says what cannot be had, once, with the links that would help, and plans for the rest.
  Result<SitingPlan> settle(Result<SitingPlan> first) {
    if (!first.ok() || first.value().unmet.empty() || planned_.relaxed) {
      return first;
    }
    auto links = opened_links(scenario_, network_, request_, question_, control_);
    if (!links.ok()) {
      return links.error();
    }
    question_.problem.links = std::move(links).value();
    auto const told = site(question_.problem, request_.search, control_);
    if (!told.ok()) {
      return told;
    }
    tell_out_of_reach(told.value().unmet);
    question_.problem.links.clear();
    planned_.relaxed = true;
    constexpr int kMostRounds = 8;  // each standard is lengthened for itself, then after a loss
    Result<SitingPlan> next = told;
    for (int round = 0; round < kMostRounds && next.ok() && !next.value().unmet.empty(); ++round) {
      relax(question_.problem, next.value().unmet);
      next = site(question_.problem, request_.search, control_);
    }
    return next;
  }

  void tell_out_of_reach(std::vector<UnmetStandard> const& unmet) {
    for (UnmetStandard const& standard : unmet) {
      geo::DemandPoint const& point = question_.points[standard.demand];
      model::StandardOutOfReach told{.demand = question_.demands[standard.demand]->id,
                                     .sector = point.sector,
                                     .location = point.location,
                                     .within = standard.within,
                                     .after_loss = standard.after_loss,
                                     .wanted = standard.wanted,
                                     .had = standard.had};
      if (standard.from != kUnassigned) {
        told.first = question_.sites[standard.from].id;
        told.first_hours = standard.first;
      }
      told.longer = standard.longer;
      for (std::size_t const site : standard.kept_away) {
        told.kept_away.push_back(question_.sites[site].id);
      }
      for (std::size_t const link : standard.links) {
        told.links.push_back(question_.problem.links[link].link);
      }
      // Every tier asks the same after a loss.
      if (std::ranges::find(planned_.out_of_reach, told) == planned_.out_of_reach.end()) {
        planned_.out_of_reach.push_back(std::move(told));
      }
    }
  }

  void tell(SitingPlan const& plan) {
    SitingAnswer const& answer = plan.answer;
    planned_.feasible = answer.feasible;
    planned_.proven = answer.proven;
    planned_.reason = answer.reason;
    if (!answer.feasible) {
      return;
    }
    planned_.objective = answer.objective;
    planned_.bound = answer.bound;
    for (std::size_t const site : answer.open) {
      planned_.sites[site].open = true;
    }
    for (std::size_t p = 0; p < question_.points.size(); ++p) {
      planned_.points.push_back(planned_point(plan, p));
    }
  }

  model::PlannedPoint planned_point(SitingPlan const& plan, std::size_t p) {
    geo::DemandPoint const& point = question_.points[p];
    model::Demand const& demand = *question_.demands[p];
    Service const& first = plan.services.front()[p];
    model::PlannedPoint planned{.demand = demand.id,
                                .sector = point.sector,
                                .location = point.location,
                                .position = point.position,
                                .movement = demand.movement(),
                                .weight = demand.weight_or_default(),
                                .travel = first.time};
    if (first.site != kUnassigned) {
      planned.from = question_.sites[first.site].id;
      ++planned_.sites[first.site].nearest_of;
    }
    if (question_.problem.losses > 0) {
      planned.after_loss = first.after_loss;
    }
    for (std::size_t k = 0; k < demand.standard_hours.size(); ++k) {
      planned.standards.push_back(standard(plan, p, k));
    }
    return planned;
  }

  /// By the scenario's standard, not by what it was relaxed to.
  [[nodiscard]] model::StandardKept standard(SitingPlan const& plan, std::size_t p,
                                             std::size_t k) const {
    model::Demand const& demand = *question_.demands[p];
    Hours const within = demand.standard_hours[k];
    model::StandardKept kept{.within = within, .wanted = question_.problem.tiers[k].sites};
    auto const offers = question_.problem.tiers[k].hours.offers(p);
    for (std::size_t at = 0; at < offers.site.size(); ++at) {
      bool const open = std::ranges::binary_search(plan.answer.open, offers.site[at]);
      kept.sites += open && offers.cost[at] <= within.count() ? 1U : 0U;
    }
    bool const survives = question_.problem.losses == 0 ||
                          (plan.services.front()[p].after_loss &&
                           *plan.services.front()[p].after_loss <= demand.standard_hours.back());
    kept.kept = kept.sites >= kept.wanted && survives;
    return kept;
  }

  /// The outline of what is reached within the shortest standard that most points have.
  Result<model::Done> draw_rings() {
    geo::ReachRequest request{.orders = request_.orders,
                              .off_network = request_.off_network,
                              .threads = request_.threads};
    for (std::size_t site = 0; site < planned_.sites.size(); ++site) {
      if (planned_.sites[site].open) {
        auto const& location = planned_.sites[site].location;
        auto const row = std::ranges::find(scenario_.locations, location, &model::Location::id);
        request.from.push_back(place_of(*row, network_));
      }
    }
    std::map<std::pair<model::MovementClass, double>, std::size_t> counts;
    for (model::Demand const* demand : question_.demands) {
      ++counts[{demand->movement(), demand->standard_hours.front().count()}];
    }
    if (request.from.empty() || counts.empty()) {
      return model::Done{};
    }
    auto const most = std::ranges::max_element(
        counts, [](auto const& a, auto const& b) { return a.second < b.second; });
    auto const [movement, hours] = most->first;
    request.mover = geo::usual_mover(movement);
    request.within = {Hours{hours}};
    auto answer = geo::reach(network_, request, control_);
    if (!answer.ok()) {
      return answer.error();
    }
    planned_.rings = std::move(answer.value().rings);
    return model::Done{};
  }

  model::Scenario const& scenario_;
  geo::PreparedNetwork const& network_;
  SitesRequest const& request_;
  model::RunControl const& control_;
  KindQuestion question_;
  KindSites planned_;
};

std::vector<model::SiteKind> kinds_of(model::Scenario const& scenario,
                                      SitesRequest const& request) {
  std::set<model::SiteKind> kinds;
  for (model::Demand const& demand : scenario.demands) {
    if (!request.kind || demand.kind == *request.kind) {
      kinds.insert(demand.kind);
    }
  }
  return {kinds.begin(), kinds.end()};
}

}  // namespace

Result<model::SitePlan> plan_sites(model::Scenario const& scenario,
                                   geo::PreparedNetwork const& network, SitesRequest const& request,
                                   model::RunControl const& control) {
  auto const kinds = kinds_of(scenario, request);
  if (kinds.empty()) {
    return Error{
        ErrorKind::kBadInput,
        fmt::format("{} says of nothing that it must be reached{}{}", scenario.header.id.text(),
                    request.kind ? " from a site of the kind " : "",
                    request.kind ? model::text(*request.kind) : ""),
        "add rows to demands.csv"};
  }
  model::SitePlan plan;
  model::SitingRules const& rules = scenario.header.siting;
  plan.terms.minimum_from_line =
      request.minimum_from_line ? request.minimum_from_line : rules.minimum_from_line;
  plan.terms.backup = request.backup.value_or(rules.backup.value_or(0));
  plan.terms.loss_of = request.loss_of.value_or(rules.loss_of.value_or(0));
  plan.terms.off_network = request.off_network;
  for (model::SiteKind const kind : kinds) {
    control.report(
        {.stage = fmt::format("sites: {}", model::text(kind)),
         .share_done = static_cast<double>(plan.kinds.size()) / static_cast<double>(kinds.size())});
    KindPlanner planner{scenario, network, request, control};
    auto planned = planner.plan(kind);
    if (!planned.ok()) {
      return planned.error();
    }
    plan.terms.changed = planner.changed();
    plan.stopped_by_limit = plan.stopped_by_limit || !planned.value().proven;
    plan.kinds.push_back(std::move(planned).value());
  }
  return plan;
}

}  // namespace guarantor::posture
