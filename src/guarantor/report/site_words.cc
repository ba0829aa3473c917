#include "guarantor/report/site_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "guarantor/report/display_text.h"
#include "guarantor/report/reach_words.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

constexpr double kLonger = 1.25;
constexpr std::size_t kListColumns = 60;

std::int64_t number(std::size_t count) {
  return static_cast<std::int64_t>(count);
}

std::string singular(model::SiteKind kind) {
  return kind == model::SiteKind::kMedical ? "medical station" : std::string{model::text(kind)};
}

std::size_t open_sites(model::KindSites const& kind) {
  return static_cast<std::size_t>(std::ranges::count_if(kind.sites, &model::PlannedSite::open));
}

/// `none fewer would do`, in the words of the goal.
std::string proof(model::Scenario const& scenario, model::KindSites const& kind) {
  auto const currency = scenario.header.currency;
  switch (kind.goal) {
    case model::SiteGoal::kCheapest:
      if (kind.by_cost) {
        return kind.proven
                   ? fmt::format("for {} million {}; no cheaper choice keeps the standards",
                                 decimal(kind.objective, 1), currency)
                   : fmt::format("for {} million {}; at least {} are needed",
                                 decimal(kind.objective, 1), currency, decimal(kind.bound, 1));
      }
      return kind.proven ? "no fewer keep the standards"
                         : fmt::format("at least {} new ones are needed", decimal(kind.bound, 0));
    case model::SiteGoal::kMostDemand:
      return fmt::format("they keep the standards of a weight of {}; no choice of so many keeps {}",
                         decimal(kind.objective, 2),
                         kind.proven ? "more" : "more than " + decimal(kind.bound, 2));
    case model::SiteGoal::kWorstTime:
      return fmt::format("the last point is reached in {:.1f} h; no choice of so many is {}",
                         kind.objective,
                         kind.proven ? "faster" : fmt::format("under {:.1f} h", kind.bound));
    case model::SiteGoal::kMeanTime:
      break;
  }
  return fmt::format("the mean time is {:.2f} h; no choice of so many is {}", kind.objective,
                     kind.proven ? "faster" : fmt::format("under {:.2f} h", kind.bound));
}

/// What would make a standard possible.
std::string remedies(model::StandardOutOfReach const& standard) {
  std::vector<std::string> ways;
  if (standard.longer) {
    ways.push_back(fmt::format("a standard of {:.1f} h", standard.longer->count()));
  }
  std::vector<std::string> near;
  for (model::SiteId const& site : standard.kept_away) {
    near.push_back(site.text());
  }
  if (!near.empty()) {
    ways.push_back(listed_within(near, kListColumns, "site", "or") + " nearer to the line");
  }
  if (!standard.links.empty()) {
    ways.push_back("opening " + listed_within(standard.links, kListColumns, "link", "or"));
  }
  if (ways.empty()) {
    return standard.had == 0 ? "A site nearer to it would make it possible"
                             : "Another site near it would make it possible";
  }
  return "What would make it possible: " + listed(ways, "or") +
         (near.empty() ? ", or a further site" : "");
}

}  // namespace

std::string kind_title(model::SiteKind kind) {
  return capitalised(plural(singular(kind)));
}

std::string rules_in_words(model::SiteTerms const& terms) {
  std::vector<std::string> rules;
  if (terms.minimum_from_line) {
    rules.push_back(fmt::format(
        "A new site stands at least {} km from a line of contact, unless its row says otherwise.",
        decimal(terms.minimum_from_line->count(), 0)));
  }
  if (terms.backup > 0) {
    rules.push_back(fmt::format("Each point is reached by {} within its first standard.",
                                counted(terms.backup + 1, "site")));
  }
  if (terms.loss_of > 0) {
    rules.push_back(fmt::format("Any {} may be lost, and each point's last standard still holds.",
                                counted(terms.loss_of, "site")));
  }
  return fmt::format("{}", fmt::join(rules, " "));
}

std::string choice_in_words(model::Scenario const& scenario, model::KindSites const& kind) {
  if (!kind.feasible) {
    return fmt::format("No choice of {} keeps the rules: {}.", plural(singular(kind.kind)),
                       clean(kind.reason));
  }
  auto const open = open_sites(kind);
  auto const existing = static_cast<std::size_t>(std::ranges::count_if(
      kind.sites, [](model::PlannedSite const& site) { return site.open && site.existing; }));
  std::string text = capitalised(counted(number(open), singular(kind.kind)));
  text += fmt::format(" of {} places", kind.sites.size());
  if (existing > 0) {
    text += fmt::format(", of which {} {} there already", count_word(number(existing)),
                        existing == 1 ? "is" : "are");
  }
  text += ": " + proof(scenario, kind) + ".";
  if (kind.relaxed) {
    text += " Standards that no choice can keep count as the shortest that can be kept.";
  }
  return text;
}

std::string title_of(model::Demand const& demand) {
  return clean(demand.title.empty() ? demand.id.text() : demand.title);
}

std::string const& place_of(model::SectorId const& sector, model::LocationId const& location) {
  return sector.empty() ? location.text() : sector.text();
}

std::vector<DemandStandard> standards_of(model::Scenario const& scenario,
                                         model::KindSites const& kind) {
  std::vector<DemandStandard> rows;
  for (model::Demand const& demand : scenario.demands) {
    std::size_t const first = rows.size();
    for (model::PlannedPoint const& point : kind.points) {
      if (point.demand != demand.id) {
        continue;
      }
      rows.resize(std::max(rows.size(), first + point.standards.size()));
      for (std::size_t k = 0; k < point.standards.size(); ++k) {
        DemandStandard& row = rows[first + k];
        row.demand = &demand;
        row.within = point.standards[k].within;
        row.wanted = point.standards[k].wanted;
        ++row.points;
        row.kept += point.standards[k].kept ? 1U : 0U;
        row.cut_off += point.travel ? 0U : 1U;
        if (point.travel) {
          row.reached += *point.travel <= row.within ? 1U : 0U;
          row.with_margin += *point.travel * kLonger <= row.within ? 1U : 0U;
          row.slowest = std::max(row.slowest.value_or(*point.travel), *point.travel);
        }
        if (point.after_loss) {
          row.after_loss = std::max(row.after_loss.value_or(*point.after_loss), *point.after_loss);
        }
      }
    }
  }
  return rows;
}

std::vector<std::string> out_of_reach_in_words(model::Scenario const& scenario,
                                               model::KindSites const& kind) {
  struct Group {
    model::StandardOutOfReach const* worst{};
    std::vector<std::string> places;
  };
  std::vector<Group> groups;
  std::map<std::tuple<std::string, double, bool, std::size_t>, std::size_t> known;
  for (model::StandardOutOfReach const& standard : kind.out_of_reach) {
    auto const hours = standard.within ? standard.within->count() : -1;
    auto const [at, fresh] =
        known.emplace(std::tuple{standard.demand.text(), hours, standard.after_loss, standard.had},
                      groups.size());
    if (fresh) {
      groups.push_back({&standard, {}});
    }
    Group& group = groups[at->second];
    group.places.push_back(place_of(standard.sector, standard.location));
    auto const late = [](auto const* of) { return of->longer.value_or(model::Hours{1e9}); };
    if (late(group.worst) < late(&standard)) {
      group.worst = &standard;
    }
  }
  std::vector<std::string> sentences;
  for (Group const& group : groups) {
    model::StandardOutOfReach const& worst = *group.worst;
    auto const demand = std::ranges::find(scenario.demands, worst.demand, &model::Demand::id);
    std::string text = demand == scenario.demands.end() ? worst.demand.text() : title_of(*demand);
    text += fmt::format(" ({})", listed_within(group.places, kListColumns, "place"));
    text += worst.within
                ? fmt::format(" cannot be reached within {} h", decimal(worst.within->count(), 1))
                : " cannot be reached";
    text += worst.after_loss ? " after a loss" : "";
    if (worst.wanted > 1) {
      text += fmt::format(" by {}: {} could", counted(number(worst.wanted), "site"),
                          worst.had == 0 ? "none" : count_word(number(worst.had)));
    }
    text += ". ";
    if (worst.first_hours) {
      text += fmt::format("At best it takes {:.1f} h, from {}. ", worst.first_hours->count(),
                          worst.first.text());
    }
    sentences.push_back(text + remedies(worst) + ".");
  }
  return sentences;
}

}  // namespace guarantor::report
