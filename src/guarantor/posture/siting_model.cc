#include "guarantor/posture/siting_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

namespace guarantor::posture {
namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();

model::Error bad(std::string message) {
  return {.kind = model::ErrorKind::kBadInput, .message = std::move(message)};
}

bool is_time(SitingGoal goal) {
  return goal == SitingGoal::kWorstTime || goal == SitingGoal::kMeanTime;
}

/// Error where a list is given but not one number for each, or one is negative or not finite.
std::optional<model::Error> wrong_list(std::vector<double> const& list, std::size_t wanted,
                                       std::string_view what, std::string_view of) {
  if (!list.empty() && list.size() != wanted) {
    return bad(fmt::format("{} {} given for {} {}s", list.size(), what, wanted, of));
  }
  for (std::size_t at = 0; at < list.size(); ++at) {
    if (!(list[at] >= 0) || !std::isfinite(list[at])) {
      return bad(fmt::format("{} {} of {} {}: it should be finite and not negative", what, list[at],
                             of, at));
    }
  }
  return std::nullopt;
}

std::optional<model::Error> wrong_tier(ServiceTier const& tier, std::size_t demands,
                                       std::size_t sites) {
  if (tier.hours.demands() != demands || tier.hours.sites() != sites) {
    return bad(
        fmt::format("tier {} has times of {} demands and {} sites, the first tier of {} and {}",
                    tier.name, tier.hours.demands(), tier.hours.sites(), demands, sites));
  }
  if (tier.within.size() != demands) {
    return bad(fmt::format("tier {} has {} standards for {} demands", tier.name, tier.within.size(),
                           demands));
  }
  if (!tier.after_loss.empty() && tier.after_loss.size() != demands) {
    return bad(fmt::format("tier {} has {} standards after a loss for {} demands", tier.name,
                           tier.after_loss.size(), demands));
  }
  if (tier.sites == 0) {
    return bad(
        fmt::format("tier {} asks for no site; one at least must reach a demand", tier.name));
  }
  for (std::size_t demand = 0; demand < demands; ++demand) {
    auto const within = tier.within[demand];
    auto const after =
        tier.after_loss.empty() ? std::optional<model::Hours>{} : tier.after_loss[demand];
    for (auto const& standard : {within, after}) {
      if (standard && !(standard->count() >= 0)) {
        return bad(fmt::format("the standard of demand {} in tier {} is {} hours", demand,
                               tier.name, standard->count()));
      }
    }
    if (within && after && *after < *within) {
      return bad(
          fmt::format("demand {} in tier {} has {:g} hours, but only {:g} after a loss; it "
                      "should be no shorter",
                      demand, tier.name, within->count(), after->count()));
    }
  }
  return std::nullopt;
}

/// What is wrong with a problem's numbers and sizes.
std::optional<model::Error> wrong(SitingProblem const& problem) {
  if (problem.tiers.empty()) {
    return bad("no tier given; one at least says what must come");
  }
  std::size_t const demands = problem.tiers.front().hours.demands();
  std::size_t const sites = problem.tiers.front().hours.sites();
  for (ServiceTier const& tier : problem.tiers) {
    if (auto error = wrong_tier(tier, demands, sites)) {
      return error;
    }
  }
  for (auto&& error : {wrong_list(problem.weight, demands, "weights", "demand"),
                       wrong_list(problem.cost, sites, "costs", "site"),
                       wrong_list(problem.capacity, sites, "capacities", "site"),
                       wrong_list(problem.amount, demands, "amounts", "demand")}) {
    if (error) {
      return error;
    }
  }
  if (problem.capacity.empty() != problem.amount.empty() && demands > 0) {
    return bad("capacities and amounts come together");
  }
  if (!problem.to_line.empty() && problem.to_line.size() != sites) {
    return bad(
        fmt::format("{} distances to the line given for {} sites", problem.to_line.size(), sites));
  }
  for (OpenedLink const& link : problem.links) {
    bool fits = link.hours.size() == problem.tiers.size();
    for (SiteCosts const& hours : link.hours) {
      fits = fits && hours.demands() == demands && hours.sites() == sites;
    }
    if (!fits) {
      return bad(
          fmt::format("the times with link {} open do not fit those of the tiers", link.link));
    }
  }
  if (problem.most_sites.has_value() == (problem.goal == SitingGoal::kCheapest)) {
    return bad("a number of sites is given for every goal but the cheapest, which finds it");
  }
  return std::nullopt;
}

void add_row(SitingModel& model, std::size_t tier, std::size_t demand, bool after_loss,
             std::optional<model::Hours> within, std::size_t need) {
  StandardRow row{.tier = tier,
                  .demand = demand,
                  .after_loss = after_loss,
                  .within = within ? std::optional{within->count()} : std::nullopt,
                  .need = static_cast<std::uint32_t>(need)};
  row.sites =
      sites_within(model, model.problem.tiers[tier].hours, demand, row.within.value_or(kAny));
  model.rows.push_back(std::move(row));
}

void add_rows(SitingModel& model) {
  SitingProblem const& problem = model.problem;
  for (std::size_t demand = 0; demand < model.demands; ++demand) {
    for (std::size_t k = 0; k < problem.tiers.size(); ++k) {
      ServiceTier const& tier = problem.tiers[k];
      auto const within = tier.within[demand];
      auto const after =
          tier.after_loss.empty() || !tier.after_loss[demand] ? within : tier.after_loss[demand];
      if (within) {
        add_row(model, k, demand, false, within, tier.sites);
      }
      if (after && problem.losses > 0) {
        add_row(model, k, demand, true, after, problem.losses + 1);
      }
    }
    if (is_time(problem.goal)) {
      add_row(model, 0, demand, problem.losses > 0, std::nullopt, problem.losses + 1);
    }
  }
}

/// Whether all sites of one sorted list stand in another.
bool is_part(std::vector<std::uint32_t> const& part, std::vector<std::uint32_t> const& of) {
  return std::includes(of.begin(), of.end(), part.begin(), part.end());
}

/// Sites within a standard that would do but must not stand.
std::vector<std::size_t> kept_away(SitingModel const& model, StandardRow const& row) {
  std::vector<std::size_t> found;
  auto const offers = model.problem.tiers[row.tier].hours.offers(row.demand);
  for (std::size_t k = 0; k < offers.site.size() && offers.cost[k] <= row.within.value_or(kAny);
       ++k) {
    if (model.states[offers.site[k]] == SiteState::kClosed) {
      found.push_back(offers.site[k]);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

UnmetStandard explain(SitingModel const& model, StandardRow const& row) {
  UnmetStandard unmet{
      .tier = row.tier,
      .demand = row.demand,
      .within = row.within ? std::optional{model::Hours{*row.within}} : std::nullopt,
      .after_loss = row.after_loss,
      .wanted = row.need,
      .had = row.sites.size(),
      .kept_away = kept_away(model, row)};
  auto const offers = model.problem.tiers[row.tier].hours.offers(row.demand);
  std::size_t reached = 0;
  for (std::size_t k = 0; k < offers.site.size(); ++k) {
    if (model.states[offers.site[k]] == SiteState::kClosed) {
      continue;
    }
    if (reached++ == 0) {
      unmet.from = offers.site[k];
      unmet.first = model::Hours{offers.cost[k]};
    }
    if (reached == row.need) {
      unmet.longer = model::Hours{offers.cost[k]};
    }
  }
  for (std::size_t at = 0; at < model.problem.links.size(); ++at) {
    auto const sites = sites_within(model, model.problem.links[at].hours[row.tier], row.demand,
                                    row.within.value_or(kAny));
    if (sites.size() >= row.need) {
      unmet.links.push_back(at);
    }
  }
  return unmet;
}

}  // namespace

std::vector<std::uint32_t> sites_within(SitingModel const& model, SiteCosts const& hours,
                                        std::size_t demand, double within) {
  std::vector<std::uint32_t> sites;
  auto const offers = hours.offers(demand);
  for (std::size_t k = 0; k < offers.site.size() && offers.cost[k] <= within; ++k) {
    if (model.states[offers.site[k]] != SiteState::kClosed) {
      sites.push_back(offers.site[k]);
    }
  }
  std::sort(sites.begin(), sites.end());
  return sites;
}

model::Result<SitingModel> siting_model(SitingProblem const& problem) {
  if (auto error = wrong(problem)) {
    return *error;
  }
  if (problem.losses > 0 && is_time(problem.goal) && !problem.capacity.empty()) {
    return model::Error{.kind = model::ErrorKind::kRefused,
                        .message = "times after a loss are not offered together with capacities"};
  }
  SitingModel made{.problem = problem};
  made.demands = problem.tiers.front().hours.demands();
  made.sites = problem.tiers.front().hours.sites();
  auto states = site_states(problem.existing, problem.forbidden, made.sites);
  if (!states) {
    return states.error();
  }
  made.states = std::move(states).value();
  for (std::size_t site = 0; site < made.sites; ++site) {
    bool const near = !problem.to_line.empty() && problem.to_line[site] < problem.least_to_line;
    if (near && made.states[site] == SiteState::kFree) {
      made.states[site] = SiteState::kClosed;
    }
    if (made.states[site] == SiteState::kClosed) {
      made.closed.push_back(site);
    }
  }
  std::size_t const may_stand = made.sites - made.closed.size();
  made.most_open = std::min(problem.most_sites.value_or(may_stand), may_stand);
  made.weight = problem.weight.empty() ? std::vector<double>(made.demands, 1) : problem.weight;
  made.cost = problem.cost.empty() ? std::vector<double>(made.sites, 1) : problem.cost;
  for (std::size_t const site : problem.existing) {
    made.cost[site] = 0;
  }
  made.all.resize(made.demands);
  std::iota(made.all.begin(), made.all.end(), std::size_t{0});
  add_rows(made);
  return made;
}

std::vector<StandardRow> needed_rows(std::vector<StandardRow> const& rows) {
  std::vector<StandardRow> needed;
  for (std::size_t first = 0, end = 0; first < rows.size(); first = end) {
    while (end < rows.size() && rows[end].demand == rows[first].demand) {
      ++end;
    }
    for (std::size_t at = first; at < end; ++at) {
      bool implied = false;
      for (std::size_t other = first; other < end && !implied; ++other) {
        implied =
            other != at && rows[other].need >= rows[at].need &&
            is_part(rows[other].sites, rows[at].sites) &&
            (other < at || rows[other].need > rows[at].need || rows[other].sites != rows[at].sites);
      }
      if (!implied) {
        needed.push_back(rows[at]);
      }
    }
  }
  return needed;
}

std::vector<UnmetStandard> unmet_standards(SitingModel const& model) {
  std::vector<UnmetStandard> unmet;
  for (StandardRow const& row : model.rows) {
    if (row.sites.size() < row.need) {
      unmet.push_back(explain(model, row));
    }
  }
  std::stable_sort(unmet.begin(), unmet.end(),
                   [](auto const& a, auto const& b) { return a.tier < b.tier; });
  return unmet;
}

std::string describe(UnmetStandard const& unmet, SitingProblem const& problem) {
  std::string text = fmt::format(
      "demand {} needs {} {} of {}{}{}, and only {} may stand", unmet.demand, unmet.wanted,
      unmet.wanted == 1 ? "site" : "sites", problem.tiers[unmet.tier].name,
      unmet.within ? fmt::format(" within {:g} hours", unmet.within->count()) : "",
      unmet.after_loss ? " lest a loss cut it off" : "", unmet.had);
  text += unmet.first ? fmt::format("; site {} is there first, in {:g} hours", unmet.from,
                                    unmet.first->count())
                      : "; no site that may stand reaches it";
  text += fmt::format("; it takes {} more within the standard", unmet.wanted - unmet.had);
  if (unmet.longer) {
    text += fmt::format(", or a standard of {:g} hours", unmet.longer->count());
  }
  if (!unmet.kept_away.empty()) {
    text += fmt::format(", or {} that must not stand", fmt::join(unmet.kept_away, ", "));
  }
  for (std::size_t const link : unmet.links) {
    text += fmt::format(", or {} open", problem.links[link].link);
  }
  return text;
}

}  // namespace guarantor::posture
