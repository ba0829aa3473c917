#include "small_posture.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

namespace guarantor::posture {
namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();

std::size_t below(model::RandomStream& stream, std::size_t end) {
  return static_cast<std::size_t>(stream.uniform() * static_cast<double>(end));
}

void draw_tier(model::RandomStream& stream, PostureFeatures const& features, DrawnPosture& drawn) {
  bool const backup = features.backup && stream.uniform() < 0.7;
  HoursTable table(drawn.demands, std::vector<double>(drawn.sites));
  double const never = stream.uniform() < 0.5 ? 0 : 0.2;
  std::vector<std::optional<model::Hours>> within;
  std::vector<std::optional<model::Hours>> after;
  for (auto& row : table) {
    for (double& hours : row) {
      hours = stream.uniform() < never ? kAny : 1 + static_cast<double>(below(stream, 12));
    }
    bool const has = stream.uniform() < 0.85;
    double const standard = 4 + static_cast<double>(below(stream, 9));
    within.push_back(has ? std::optional{model::Hours{standard}} : std::nullopt);
    bool const more = has && features.relaxed && stream.uniform() < 0.7;
    double const later = standard + static_cast<double>(below(stream, 5));
    after.push_back(more ? std::optional{model::Hours{later}} : std::nullopt);
  }
  ServiceTier tier{.name = drawn.hours.empty() ? "first" : "second",
                   .hours = costs_of(table, drawn.sites),
                   .within = std::move(within),
                   .sites = backup ? std::size_t{2} : std::size_t{1}};
  if (features.relaxed) {
    tier.after_loss = std::move(after);
  }
  drawn.problem.tiers.push_back(std::move(tier));
  drawn.hours.push_back(std::move(table));
}

using Open = std::vector<std::size_t>;

std::size_t count_within(HoursTable const& table, std::size_t demand, Open const& open,
                         double within) {
  return static_cast<std::size_t>(std::count_if(open.begin(), open.end(), [&](std::size_t site) {
    return table[demand][site] <= within && table[demand][site] < kAny;
  }));
}

double nearest(HoursTable const& table, std::size_t demand, Open const& open) {
  double least = kAny;
  for (std::size_t const site : open) {
    least = std::min(least, table[demand][site]);
  }
  return least;
}

/// Calls `visit` with what is left after every loss.
void each_loss(Open const& open, std::size_t losses,
               std::function<void(Open const&)> const& visit) {
  for (unsigned bits = 0; bits < 1U << open.size(); ++bits) {
    Open left;
    for (std::size_t at = 0; at < open.size(); ++at) {
      if ((bits >> at & 1U) == 0) {
        left.push_back(open[at]);
      }
    }
    if (open.size() - left.size() == std::min(losses, open.size())) {
      visit(left);
    }
  }
}

/// Whether a demand's standards hold in every tier: with all sites, and with any loss.
bool is_met(DrawnPosture const& drawn, std::size_t demand, Open const& open) {
  bool met = true;
  for (std::size_t k = 0; k < drawn.hours.size(); ++k) {
    ServiceTier const& tier = drawn.problem.tiers[k];
    auto const within = tier.within[demand];
    if (!within) {
      continue;
    }
    met = met && count_within(drawn.hours[k], demand, open, within->count()) >= tier.sites;
    auto const after =
        tier.after_loss.empty() || !tier.after_loss[demand] ? within : tier.after_loss[demand];
    if (drawn.problem.losses > 0) {
      each_loss(open, drawn.problem.losses, [&](Open const& left) {
        met = met && count_within(drawn.hours[k], demand, left, after->count()) >= 1;
      });
    }
  }
  return met;
}

bool has_standard(DrawnPosture const& drawn, std::size_t demand) {
  return std::any_of(drawn.problem.tiers.begin(), drawn.problem.tiers.end(),
                     [&](ServiceTier const& tier) { return tier.within[demand].has_value(); });
}

/// The least cost of sharing out whole amounts, unit by unit over all states of what is left of the
/// capacities; cost is by demand and site, of one unit.
double least_shares(DrawnPosture const& drawn, Open const& open,
                    std::vector<std::size_t> const& who,
                    std::function<double(std::size_t, std::size_t)> const& cost) {
  std::size_t states = 1;
  std::vector<std::size_t> stride;
  for (std::size_t const site : open) {
    stride.push_back(states);
    states *= static_cast<std::size_t>(drawn.problem.capacity[site]) + 1;
  }
  std::vector<double> now(states, kAny);
  now.back() = 0;  // all capacities whole
  for (std::size_t const demand : who) {
    auto const units = static_cast<std::size_t>(drawn.problem.amount[demand]);
    for (std::size_t unit = 0; unit < std::max<std::size_t>(units, 1); ++unit) {
      std::vector<double> next(states, kAny);
      for (std::size_t state = 0; state < states; ++state) {
        for (std::size_t at = 0; at < open.size() && now[state] < kAny; ++at) {
          double const paid = now[state] + cost(demand, open[at]);
          std::size_t const room = static_cast<std::size_t>(drawn.problem.capacity[open[at]]) + 1;
          bool const fits = units == 0 || state / stride[at] % room > 0;
          if (fits) {
            double& to = next[units == 0 ? state : state - stride[at]];
            to = std::min(to, paid);
          }
        }
      }
      now = std::move(next);
    }
  }
  return *std::min_element(now.begin(), now.end());
}

/// Shares within the first tier's standard and so many hours; a unit costs its part of the weighted
/// hours.
double hours_shared(DrawnPosture const& drawn, Open const& open,
                    std::vector<std::size_t> const& who, double limit) {
  return least_shares(drawn, open, who, [&](std::size_t demand, std::size_t site) {
    auto const& within = drawn.problem.tiers[0].within[demand];
    double const hours = drawn.hours[0][demand][site];
    double const units = std::max(drawn.problem.amount[demand], 1.0);
    bool const there = hours <= std::min(limit, within ? within->count() : kAny) && hours < kAny;
    return there ? drawn.problem.weight[demand] * hours / units : kAny;
  });
}

bool may_be_open(DrawnPosture const& drawn, Open const& open) {
  SitingProblem const& problem = drawn.problem;
  auto const is_in = [](Open const& list, std::size_t site) {
    return std::find(list.begin(), list.end(), site) != list.end();
  };
  bool kept = !problem.most_sites || open.size() <= *problem.most_sites;
  for (std::size_t site = 0; site < drawn.sites; ++site) {
    bool const exists = is_in(problem.existing, site);
    bool const near = !problem.to_line.empty() && problem.to_line[site] < problem.least_to_line;
    bool const barred = is_in(problem.forbidden, site) || (near && !exists);
    kept = kept && (is_in(open, site) ? !barred : !exists);
  }
  return kept;
}

std::vector<std::size_t> everybody(DrawnPosture const& drawn) {
  std::vector<std::size_t> all(drawn.demands);
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

double most_weight(DrawnPosture const& drawn, Open const& open) {
  double most = 0;
  for (unsigned bits = 0; bits < 1U << drawn.demands; ++bits) {
    std::vector<std::size_t> chosen;
    double weight = 0;
    bool met = true;
    for (std::size_t demand = 0; demand < drawn.demands; ++demand) {
      if ((bits >> demand & 1U) != 0) {
        chosen.push_back(demand);
        weight += drawn.problem.weight[demand];
        met = met && has_standard(drawn, demand) && is_met(drawn, demand, open);
      }
    }
    bool const room = drawn.problem.capacity.empty() ||
                      (weight > most && met && hours_shared(drawn, open, chosen, kAny) < kAny);
    most = met && room ? std::max(most, weight) : most;
  }
  return most;
}

double latest(DrawnPosture const& drawn, Open const& open) {
  double worst = 0;
  if (!drawn.problem.capacity.empty()) {
    worst = kAny;
    for (double hours = 12; hours >= 0; --hours) {
      worst = hours_shared(drawn, open, everybody(drawn), hours) < kAny ? hours : worst;
    }
    return worst;
  }
  each_loss(open, drawn.problem.losses, [&](Open const& left) {
    for (std::size_t demand = 0; demand < drawn.demands; ++demand) {
      worst = std::max(worst, nearest(drawn.hours[0], demand, left));
    }
  });
  return worst;
}

double mean(DrawnPosture const& drawn, Open const& open) {
  double worst = 0;
  if (!drawn.problem.capacity.empty()) {
    worst = hours_shared(drawn, open, everybody(drawn), kAny);
  } else {
    each_loss(open, drawn.problem.losses, [&](Open const& left) {
      double total = 0;
      for (std::size_t demand = 0; demand < drawn.demands; ++demand) {
        double const hours = nearest(drawn.hours[0], demand, left);
        total += hours < kAny ? drawn.problem.weight[demand] * hours : kAny;
      }
      worst = std::max(worst, total);
    });
  }
  double const weight =
      std::accumulate(drawn.problem.weight.begin(), drawn.problem.weight.end(), 0.0);
  return weight > 0 ? worst / weight : worst;
}

/// What open sites are worth; nothing where they break a rule.
std::optional<double> value_of(DrawnPosture const& drawn, Open const& open) {
  if (!may_be_open(drawn, open)) {
    return std::nullopt;
  }
  if (drawn.problem.goal == SitingGoal::kMostDemand) {
    return most_weight(drawn, open);
  }
  bool kept = true;
  for (std::size_t demand = 0; demand < drawn.demands; ++demand) {
    kept = kept && is_met(drawn, demand, open);
  }
  if (!drawn.problem.capacity.empty()) {
    kept = kept && hours_shared(drawn, open, everybody(drawn), kAny) < kAny;
  }
  double value = 0;
  if (drawn.problem.goal == SitingGoal::kCheapest) {
    for (std::size_t const site : open) {
      auto const& existing = drawn.problem.existing;
      bool const stands = std::find(existing.begin(), existing.end(), site) != existing.end();
      value += stands ? 0 : drawn.problem.cost[site];
    }
  } else {
    value = drawn.problem.goal == SitingGoal::kWorstTime ? latest(drawn, open) : mean(drawn, open);
  }
  return kept && value < kAny ? std::optional{value} : std::nullopt;
}

}  // namespace

SiteCosts costs_of(HoursTable const& table, std::size_t sites) {
  std::vector<double> flat;
  for (auto const& row : table) {
    flat.insert(flat.end(), row.begin(), row.end());
  }
  return SiteCosts::from_table(table.size(), sites, flat).value();
}

DrawnPosture draw_posture(model::RandomStream& stream, SitingGoal goal,
                          PostureFeatures const& features) {
  DrawnPosture drawn;
  drawn.demands = 1 + below(stream, 6);
  drawn.sites = 1 + below(stream, features.capacities ? 5 : 8);
  SitingProblem& problem = drawn.problem;
  problem.goal = goal;
  problem.losses = features.losses;
  draw_tier(stream, features, drawn);
  if (features.tiers) {
    draw_tier(stream, features, drawn);
  }
  for (std::size_t demand = 0; demand < drawn.demands; ++demand) {
    problem.weight.push_back(static_cast<double>(below(stream, 5)));
  }
  for (std::size_t site = 0; site < drawn.sites; ++site) {
    problem.cost.push_back(static_cast<double>(below(stream, 9)));
    double const settled = stream.uniform();
    if (settled < 0.12) {
      problem.existing.push_back(site);
    } else if (settled < 0.2) {
      problem.forbidden.push_back(site);
    }
    if (features.line) {
      problem.to_line.emplace_back(1000.0 * static_cast<double>(below(stream, 100)));
    }
    if (features.capacities) {
      problem.capacity.push_back(static_cast<double>(below(stream, 5)));
    }
  }
  problem.least_to_line = geo::Metres{25000};
  for (std::size_t demand = 0; features.capacities && demand < drawn.demands; ++demand) {
    problem.amount.push_back(static_cast<double>(below(stream, 3)));
  }
  if (goal != SitingGoal::kCheapest) {
    problem.most_sites = 1 + below(stream, drawn.sites);
  }
  return drawn;
}

SitingCase case_of(DrawnPosture const& drawn) {
  SitingCase one{.solve =
                     [drawn](auto const& request, auto const& control) {
                       return site(drawn.problem, request, control).value().answer;
                     },
                 .value = [drawn](auto const& answer) { return value_of(drawn, answer.open); },
                 .most = drawn.problem.goal == SitingGoal::kMostDemand};
  for (unsigned bits = 0; bits < 1U << drawn.sites; ++bits) {
    Open open;
    for (std::size_t site = 0; site < drawn.sites; ++site) {
      if ((bits >> site & 1U) != 0) {
        open.push_back(site);
      }
    }
    auto const value = value_of(drawn, open);
    if (value && (!one.best || (one.most ? *value > *one.best : *value < *one.best))) {
      one.best = value;
    }
  }
  return one;
}

}  // namespace guarantor::posture
