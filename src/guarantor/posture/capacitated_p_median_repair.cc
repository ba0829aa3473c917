#include "guarantor/posture/capacitated_p_median_repair.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace guarantor::posture {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kLeast = 1e-9;           ///< what a step must save
constexpr std::size_t kSubstitutes = 20;  ///< tried for each site

}  // namespace

CapacitatedRepair::CapacitatedRepair(CapacitatedTable const& table, std::vector<SiteState> states)
    : table_{table}, states_{std::move(states)} {}

void CapacitatedRepair::give(CapacitatedSolution& solution, std::size_t demand,
                             std::uint32_t site) {
  if (std::uint32_t const before = solution.site[demand]; before != kNoSite) {
    left_[before] += table_.quantity[demand];
  }
  solution.site[demand] = site;
  left_[site] -= table_.quantity[demand];
}

/// Gives the remaining demands to sites, first the one that would lose most by waiting.
bool CapacitatedRepair::place_rest(CapacitatedSolution& solution) {
  for (;;) {
    double most = -1;
    std::size_t demand = table_.demands;
    std::uint32_t site = kNoSite;
    for (std::size_t i = 0; i < table_.demands; ++i) {
      if (solution.site[i] != kNoSite) {
        continue;
      }
      double best = kNever;
      double second = kNever;
      std::uint32_t where = kNoSite;
      for (std::uint32_t const j : solution.open) {
        double const cost = table_.cost_at(i, j);
        if (!fits(table_.quantity[i], j) || cost >= second) {
          continue;
        }
        if (cost < best) {
          second = best;
          best = cost;
          where = j;
        } else {
          second = cost;
        }
      }
      double const regret = where == kNoSite ? kNever : second - best;
      if (regret > most) {
        most = regret;
        demand = i;
        site = where;
      }
    }
    if (demand == table_.demands) {
      return true;
    }
    if (site != kNoSite) {
      give(solution, demand, site);
    } else if (!make_room(solution, demand)) {
      return false;
    }
  }
}

/// Moves one demand elsewhere so that another fits, as cheaply as can be.
bool CapacitatedRepair::make_room(CapacitatedSolution& solution, std::size_t demand) {
  double best = kNever;
  std::size_t mover = 0;
  std::uint32_t to = kNoSite;
  for (std::size_t k = 0; k < table_.demands; ++k) {
    std::uint32_t const from = solution.site[k];
    if (from == kNoSite || !fits(table_.quantity[demand] - table_.quantity[k], from)) {
      continue;
    }
    for (std::uint32_t const j : solution.open) {
      double const cost = table_.cost_at(demand, from) + table_.cost_at(k, j);
      if (j != from && fits(table_.quantity[k], j) && cost < best) {
        best = cost;
        mover = k;
        to = j;
      }
    }
  }
  if (to == kNoSite) {
    return false;
  }
  std::uint32_t const from = solution.site[mover];
  give(solution, mover, to);
  give(solution, demand, from);
  return true;
}

bool CapacitatedRepair::move_one(CapacitatedSolution& solution) {
  bool moved = false;
  for (std::size_t i = 0; i < table_.demands; ++i) {
    for (std::uint32_t const j : solution.open) {
      if (table_.cost_at(i, j) < table_.cost_at(i, solution.site[i]) - kLeast &&
          fits(table_.quantity[i], j)) {
        give(solution, i, j);
        moved = true;
      }
    }
  }
  return moved;
}

bool CapacitatedRepair::change_places(CapacitatedSolution& solution) {
  bool changed = false;
  for (std::size_t i = 0; i < table_.demands; ++i) {
    for (std::size_t k = i + 1; k < table_.demands; ++k) {
      std::uint32_t const a = solution.site[i];
      std::uint32_t const b = solution.site[k];
      double const more = table_.quantity[i] - table_.quantity[k];
      if (a != b &&
          table_.cost_at(i, b) + table_.cost_at(k, a) <
              table_.cost_at(i, a) + table_.cost_at(k, b) - kLeast &&
          fits(more, b) && fits(-more, a)) {
        solution.site[i] = b;
        solution.site[k] = a;
        left_[a] += more;
        left_[b] -= more;
        changed = true;
      }
    }
  }
  return changed;
}

bool CapacitatedRepair::replace_site(CapacitatedSolution& solution) {
  std::vector<std::uint8_t> is_open(table_.sites, 0);
  for (std::uint32_t const j : solution.open) {
    is_open[j] = 1;
  }
  bool replaced = false;
  for (std::uint32_t& site : solution.open) {
    if (states_[site] != SiteState::kFree) {
      continue;
    }
    std::vector<std::uint32_t> served;
    double now = 0;
    double load = 0;
    for (std::uint32_t i = 0; i < table_.demands; ++i) {
      if (solution.site[i] == site) {
        served.push_back(i);
        now += table_.cost_at(i, site);
        load += table_.quantity[i];
      }
    }
    std::uint32_t best = site;
    for (std::uint32_t j = 0; j < table_.sites; ++j) {
      if (is_open[j] != 0 || states_[j] != SiteState::kFree || !fits(load, j)) {
        continue;
      }
      double cost = 0;
      for (std::uint32_t const i : served) {
        cost += table_.cost_at(i, j);
      }
      if (cost < now - kLeast) {
        now = cost;
        best = j;
      }
    }
    if (best != site) {
      for (std::uint32_t const i : served) {
        give(solution, i, best);
      }
      is_open[site] = 0;
      is_open[best] = 1;
      site = best;
      replaced = true;
    }
  }
  return replaced;
}

bool CapacitatedRepair::complete(CapacitatedSolution& solution) {
  left_ = table_.capacity;
  for (std::size_t i = 0; i < table_.demands; ++i) {
    if (solution.site[i] != kNoSite) {
      left_[solution.site[i]] -= table_.quantity[i];
    }
  }
  if (!place_rest(solution)) {
    return false;
  }
  while (move_one(solution) || change_places(solution) || replace_site(solution)) {
  }
  std::sort(solution.open.begin(), solution.open.end());
  solution.cost = 0;
  for (std::size_t i = 0; i < table_.demands; ++i) {
    solution.cost += table_.cost_at(i, solution.site[i]);
  }
  return std::isfinite(solution.cost);
}

std::vector<std::uint32_t> CapacitatedRepair::substitutes(CapacitatedSolution const& solution,
                                                          std::uint32_t site) const {
  std::vector<std::pair<double, std::uint32_t>> order;
  for (std::uint32_t j = 0; j < table_.sites; ++j) {
    if (states_[j] != SiteState::kFree ||
        std::find(solution.open.begin(), solution.open.end(), j) != solution.open.end()) {
      continue;
    }
    double cost = 0;
    for (std::size_t i = 0; i < table_.demands; ++i) {
      cost += solution.site[i] == site ? table_.cost_at(i, j) : 0;
    }
    order.emplace_back(cost, j);
  }
  std::size_t const kept = std::min(kSubstitutes, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end());
  std::vector<std::uint32_t> sites;
  for (std::size_t r = 0; r < kept; ++r) {
    sites.push_back(order[r].second);
  }
  return sites;
}

bool CapacitatedRepair::exchange_sites(CapacitatedSolution& solution) {
  bool cheaper = false;
  for (bool again = true; again;) {
    again = false;
    std::vector<std::uint32_t> const open = solution.open;
    for (std::uint32_t const site : open) {
      auto const slot = std::find(solution.open.begin(), solution.open.end(), site);
      if (states_[site] != SiteState::kFree || slot == solution.open.end()) {
        continue;
      }
      for (std::uint32_t const other : substitutes(solution, site)) {
        CapacitatedSolution tried = solution;
        std::replace(tried.open.begin(), tried.open.end(), site, other);
        std::replace(tried.site.begin(), tried.site.end(), site, kNoSite);
        if (complete(tried) && tried.cost < solution.cost - kLeast) {
          solution = std::move(tried);
          again = cheaper = true;
          break;
        }
      }
    }
  }
  return cheaper;
}

}  // namespace guarantor::posture
