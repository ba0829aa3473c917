#include "guarantor/posture/siting_evaluation.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "guarantor/posture/transportation.h"

namespace guarantor::posture {
namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();

std::vector<char> flags(SitingModel const& model, std::vector<std::size_t> const& open) {
  std::vector<char> is_open(model.sites, 0);
  for (std::size_t const site : open) {
    is_open[site] = 1;
  }
  return is_open;
}

/// Every set of so many open sites in turn.
class Losses {
 public:
  Losses(SitingModel const& model, std::vector<std::size_t> const& open)
      : model_{model}, open_{open}, lost_(model.sites, 0) {
    auto const is_open = flags(model, open);
    for (std::size_t demand = 0; demand < model.demands; ++demand) {
      auto const offers = model.hours().offers(demand);
      auto& nearest = nearest_.emplace_back();
      for (std::size_t k = 0; k < offers.site.size() && nearest.size() <= model.problem.losses;
           ++k) {
        if (is_open[offers.site[k]] != 0) {
          nearest.emplace_back(offers.site[k], offers.cost[k]);
        }
      }
    }
  }

  WorstLoss run() {
    worst_.total = -1;
    lose(0, std::min(model_.problem.losses, open_.size()));
    return std::move(worst_);
  }

 private:
  void lose(std::size_t from, std::size_t more) {
    if (more == 0) {
      if (double const total = hours(); total > worst_.total) {
        worst_.total = total;
        worst_.lost = now_;
      }
      return;
    }
    for (std::size_t at = from; at + more <= open_.size(); ++at) {
      lost_[open_[at]] = 1;
      now_.push_back(open_[at]);
      lose(at + 1, more - 1);
      now_.pop_back();
      lost_[open_[at]] = 0;
    }
  }

  [[nodiscard]] double hours() const {
    double total = 0;
    for (std::size_t demand = 0; demand < nearest_.size(); ++demand) {
      auto const& nearest = nearest_[demand];
      auto const found = std::find_if(nearest.begin(), nearest.end(),
                                      [&](auto const& one) { return lost_[one.first] == 0; });
      if (found == nearest.end()) {
        return kAny;
      }
      total += model_.weight[demand] * found->second;
    }
    return total;
  }

  SitingModel const& model_;
  std::vector<std::size_t> const& open_;
  std::vector<char> lost_;
  std::vector<std::vector<std::pair<std::size_t, double>>> nearest_;
  std::vector<std::size_t> now_;
  WorstLoss worst_;
};

}  // namespace

bool keeps(StandardRow const& row, std::vector<std::size_t> const& open) {
  std::uint32_t count = 0;
  for (std::uint32_t const site : row.sites) {
    count += std::binary_search(open.begin(), open.end(), site) ? 1U : 0U;
  }
  return count >= row.need;
}

std::vector<std::size_t> demands_met(SitingModel const& model,
                                     std::vector<std::size_t> const& open) {
  std::vector<std::size_t> met;
  for (std::size_t at = 0; at < model.rows.size();) {
    std::size_t const demand = model.rows[at].demand;
    bool all = true;
    for (; at < model.rows.size() && model.rows[at].demand == demand; ++at) {
      all = all && keeps(model.rows[at], open);
    }
    if (all) {
      met.push_back(demand);
    }
  }
  return met;
}

double worst_hours(SitingModel const& model, std::vector<std::size_t> const& open) {
  auto const is_open = flags(model, open);
  double worst = 0;
  for (std::size_t demand = 0; demand < model.demands; ++demand) {
    auto const offers = model.hours().offers(demand);
    double time = kAny;
    std::size_t reached = 0;
    for (std::size_t k = 0; k < offers.site.size() && reached <= model.problem.losses; ++k) {
      reached += is_open[offers.site[k]] != 0 ? 1U : 0U;
      time = reached > model.problem.losses ? offers.cost[k] : time;
    }
    worst = std::max(worst, time);
  }
  return worst;
}

WorstLoss worst_loss(SitingModel const& model, std::vector<std::size_t> const& open) {
  return Losses{model, open}.run();
}

double shared_hours(SitingModel const& model, std::vector<std::size_t> const& open,
                    std::vector<std::size_t> const& demands, double within) {
  std::vector<std::size_t> place(model.sites, open.size());
  std::vector<double> capacity;
  for (std::size_t at = 0; at < open.size(); ++at) {
    place[open[at]] = at;
    capacity.push_back(model.problem.capacity[open[at]]);
  }
  std::vector<double> amount;
  std::vector<double> cost(demands.size() * open.size(), kAny);
  auto const& tier = model.problem.tiers.front();
  for (std::size_t row = 0; row < demands.size(); ++row) {
    std::size_t const demand = demands[row];
    amount.push_back(model.problem.amount[demand]);
    auto const& standard = tier.within[demand];
    double const limit = std::min(within, standard ? standard->count() : kAny);
    auto const offers = tier.hours.offers(demand);
    for (std::size_t k = 0; k < offers.site.size() && offers.cost[k] <= limit; ++k) {
      if (std::size_t const at = place[offers.site[k]]; at < open.size()) {
        cost[row * open.size() + at] = model.weight[demand] * offers.cost[k];
      }
    }
  }
  return Transportation{std::move(amount)}.solve(capacity, cost);
}

std::vector<std::vector<Service>> services(SitingModel const& model,
                                           std::vector<std::size_t> const& open) {
  auto const is_open = flags(model, open);
  std::size_t const losses = model.problem.losses;
  std::vector<std::vector<Service>> by_tier;
  for (ServiceTier const& tier : model.problem.tiers) {
    auto& by_demand = by_tier.emplace_back(model.demands);
    for (std::size_t demand = 0; demand < model.demands; ++demand) {
      Service& service = by_demand[demand];
      service.met = true;
      auto const offers = tier.hours.offers(demand);
      std::size_t reached = 0;
      for (std::size_t k = 0; k < offers.site.size(); ++k) {
        if (is_open[offers.site[k]] == 0) {
          continue;
        }
        if (reached == 0) {
          service.site = offers.site[k];
          service.time = model::Hours{offers.cost[k]};
        }
        if (reached == losses) {
          service.after_loss = model::Hours{offers.cost[k]};
        }
        auto const& within = tier.within[demand];
        service.within += within && offers.cost[k] <= within->count() ? 1U : 0U;
        ++reached;
      }
    }
  }
  for (StandardRow const& row : model.rows) {
    auto& service = by_tier[row.tier][row.demand];
    service.met = service.met && keeps(row, open);
  }
  return by_tier;
}

}  // namespace guarantor::posture
