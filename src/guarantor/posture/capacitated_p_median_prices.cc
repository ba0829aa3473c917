#include "guarantor/posture/capacitated_p_median_prices.h"

#include <algorithm>
#include <cmath>

namespace guarantor::posture {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kMemory = 0.7;       ///< of the direction before, in the new one
constexpr double kShareMemory = 0.9;  ///< of the choices before, in the shares

}  // namespace

CapacitatedPrices::CapacitatedPrices(CapacitatedTable const& table)
    : table_{table},
      knapsacks_(table.sites),
      list_(table.sites),
      fixed_(table.sites),
      worth_(table.sites),
      solved_(table.sites),
      steps_{std::vector<double>(table.demands, 0), kMemory},
      slope_(table.demands) {}

void CapacitatedPrices::begin(CapacitatedPart const& part, std::vector<double> const& prices,
                              AscentEffort const& effort) {
  steps_.begin_anew(effort, prices);
  pair_share_.assign(table_.sites * table_.demands, 0);
  fill(part);
}

void CapacitatedPrices::fill(CapacitatedPart const& part) {
  for (std::size_t j = 0; j < table_.sites; ++j) {
    list_[j].clear();
    for (std::size_t i = 0; i < table_.demands && part.state[j] != SiteState::kClosed; ++i) {
      if (part.allowed[j * table_.demands + i] != 0 && part.certain[i] == kNoSite) {
        list_[j].push_back(static_cast<std::uint32_t>(i));
      }
    }
  }
}

double CapacitatedPrices::evaluate(CapacitatedPart const& part) {
  std::vector<double> const& prices = steps_.prices();
  bound_ = 0;
  std::fill(fixed_.begin(), fixed_.end(), 0);
  for (std::size_t i = 0; i < table_.demands; ++i) {
    bound_ += prices[i];
    if (std::uint32_t const j = part.certain[i]; j != kNoSite) {
      fixed_[j] += prices[i] - table_.cost_at(i, j);
    }
  }
  for (std::size_t j = 0; j < table_.sites; ++j) {
    if (part.state[j] == SiteState::kClosed) {
      continue;
    }
    SiteKnapsack& knapsack = knapsacks_[j];
    double const* const cost = table_.costs_of(j);
    knapsack.clear();
    for (std::uint32_t const i : list_[j]) {
      if (prices[i] > cost[i] && undecided(part, i, j)) {
        knapsack.add(i, prices[i] - cost[i], table_.quantity[i]);
      }
    }
    knapsack.order();
    worth_[j] = fixed_[j] + knapsack.linear(part.left[j]);
    solved_[j] = 0;
  }
  choose(part);
  remember();
  return bound_;
}

void CapacitatedPrices::solve(std::size_t site, CapacitatedPart const& part) {
  if (solved_[site] == 0) {
    worth_[site] = std::min(worth_[site], fixed_[site] + knapsacks_[site].solve(part.left[site]));
    solved_[site] = 1;
  }
}

void CapacitatedPrices::choose(CapacitatedPart const& part) {
  chosen_.clear();
  order_.clear();
  for (std::uint32_t j = 0; j < table_.sites; ++j) {
    if (part.state[j] == SiteState::kOpen) {
      solve(j, part);
      chosen_.push_back(j);
    } else if (part.state[j] == SiteState::kFree) {
      order_.push_back(j);
    }
  }
  wanted_ = table_.count - chosen_.size();
  auto const better = [&](std::uint32_t a, std::uint32_t b) {
    return worth_[a] > worth_[b] || (worth_[a] == worth_[b] && a < b);
  };
  // Only sites among the best need their exact worth: the others' is no more than what they show.
  std::size_t const shown = std::min(order_.size(), wanted_ + 1);
  for (bool again = true; again;) {
    again = false;
    std::partial_sort(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(shown),
                      order_.end(), better);
    for (std::size_t r = 0; r < shown; ++r) {
      if (solved_[order_[r]] == 0) {
        solve(order_[r], part);
        again = true;
      }
    }
  }
  chosen_.insert(chosen_.end(), order_.begin(),
                 order_.begin() + static_cast<std::ptrdiff_t>(wanted_));
  taken_.resize(chosen_.size());
  for (std::size_t i = 0; i < table_.demands; ++i) {
    slope_[i] = part.certain[i] == kNoSite ? 1 : 0;
  }
  for (std::size_t r = 0; r < chosen_.size(); ++r) {
    std::uint32_t const j = chosen_[r];
    bound_ -= worth_[j];
    taken_[r].clear();
    auto const& items = knapsacks_[j].items();
    for (std::size_t k = 0; k < items.size(); ++k) {
      if (knapsacks_[j].taken()[k] != 0) {
        taken_[r].push_back(items[k].demand);
        --slope_[items[k].demand];
      }
    }
  }
}

void CapacitatedPrices::remember() {
  for (double& share : pair_share_) {
    share *= kShareMemory;
  }
  for (std::size_t r = 0; r < chosen_.size(); ++r) {
    for (std::uint32_t const i : taken_[r]) {
      pair_share_[chosen_[r] * table_.demands + i] += 1 - kShareMemory;
    }
  }
  steps_.note(bound_);
}

bool CapacitatedPrices::settle_sites(CapacitatedPart& part, double cutoff) const {
  bool changed = false;
  if (wanted_ == 0 || wanted_ >= order_.size()) {
    return false;
  }
  double const worst_in = worth_[order_[wanted_ - 1]];
  double const best_out = worth_[order_[wanted_]];
  for (std::size_t r = 0; r < order_.size(); ++r) {
    double const worth = worth_[order_[r]];
    if (r < wanted_ && bound_ + worth - best_out >= cutoff) {
      open_site(part, order_[r]);
      changed = true;
    } else if (r >= wanted_ && bound_ + worst_in - worth >= cutoff) {
      close_site(part, table_, order_[r]);
      changed = true;
    }
  }
  return changed;
}

/// What the bound gains at least where a chosen site may not take a demand that it takes now; a
/// free site then gives way to one worth `floor`.
double CapacitatedPrices::loss_without(std::uint32_t site, std::size_t item,
                                       CapacitatedPart const& part, double floor) const {
  double const without = fixed_[site] + knapsacks_[site].linear_without(item, part.left[site]);
  bool const certain = part.state[site] == SiteState::kOpen;
  return std::max(0.0, worth_[site] - (certain ? without : std::max(without, floor)));
}

/// The losses of every chosen site, by the demand that it would have to do without.
std::vector<std::vector<CapacitatedPrices::Loss>> CapacitatedPrices::losses(
    CapacitatedPart const& part, double floor) const {
  std::vector<std::vector<Loss>> by_demand(table_.demands);
  for (std::uint32_t const j : chosen_) {
    auto const& items = knapsacks_[j].items();
    for (std::size_t k = 0; k < items.size(); ++k) {
      if (knapsacks_[j].taken()[k] != 0) {
        by_demand[items[k].demand].push_back({j, loss_without(j, k, part, floor)});
      }
    }
  }
  return by_demand;
}

bool CapacitatedPrices::settle_pairs(CapacitatedPart& part, double cutoff) {
  std::vector<double> const& prices = steps_.prices();
  bool changed = false;
  double const worst_in =
      wanted_ > 0 && wanted_ <= order_.size() ? worth_[order_[wanted_ - 1]] : kNever;
  double const best_out = wanted_ < order_.size() ? worth_[order_[wanted_]] : -kNever;
  auto const losses_beside_chosen = losses(part, best_out);
  auto const losses_beside_other = losses(part, worst_in);
  std::vector<std::uint8_t> is_chosen(table_.sites, 0);
  for (std::uint32_t const j : chosen_) {
    is_chosen[j] = 1;
  }
  std::vector<std::size_t> place(table_.demands);
  for (std::size_t j = 0; j < table_.sites; ++j) {
    if (part.state[j] == SiteState::kClosed) {
      continue;
    }
    // What solutions with this site open cost at least, but for what the site itself is worth.
    double const rest = bound_ + (is_chosen[j] != 0 ? worth_[j] : worst_in);
    auto const& all_losses = is_chosen[j] != 0 ? losses_beside_chosen : losses_beside_other;
    auto const& items = knapsacks_[j].items();
    std::fill(place.begin(), place.end(), items.size());
    for (std::size_t k = 0; k < items.size(); ++k) {
      place[items[k].demand] = k;
    }
    for (std::uint32_t const i : list_[j]) {
      if (!undecided(part, i, j)) {
        continue;
      }
      double const with = fixed_[j] + prices[i] - table_.cost_at(i, j) +
                          knapsacks_[j].linear_without(place[i], part.left[j] - table_.quantity[i]);
      double elsewhere = 0;
      for (Loss const& loss : all_losses[i]) {
        elsewhere += loss.site == j ? 0 : loss.amount;
      }
      if (rest - with + elsewhere >= cutoff) {
        forbid(part, table_, i, j);
        changed = true;
      }
    }
  }
  return changed;
}

}  // namespace guarantor::posture
