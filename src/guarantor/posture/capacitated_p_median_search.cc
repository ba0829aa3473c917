#include "guarantor/posture/capacitated_p_median_search.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace guarantor::posture {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kRounding = 1e-9;   ///< of the objective: what sums of doubles may be off
constexpr double kStepShare = 1e-4;  ///< of the step between objectives: likewise
constexpr double kFirstAim = 0.05;   ///< above the bound, while no solution is known
constexpr int kRepairEvery = 5;      ///< steps from one attempt at a solution to the next
constexpr AscentEffort kRootEffort{
    .most_steps = 1500, .length = 1.5, .patience = 25, .shortest = 0.005};
constexpr AscentEffort kNodeEffort{
    .most_steps = 30, .length = 0.7, .patience = 12, .shortest = 0.03};

}  // namespace

CapacitatedSearch::CapacitatedSearch(CapacitatedTable const& table, SitingRequest const& request,
                                     model::RunControl const& control,
                                     std::vector<SiteState> const& states)
    : table_{table},
      request_{request},
      control_{control},
      states_{states},
      prices_{table},
      repair_{table, states} {}

double CapacitatedSearch::exact_cutoff() const {
  if (!found_) {
    return table_.beyond;
  }
  return best_.cost -
         std::max(kRounding * std::max(1.0, best_.cost), table_.step * (1 - kStepShare));
}

double CapacitatedSearch::cutoff() const {
  return std::min(exact_cutoff(), objective() - (found_ ? request_.gap * best_.cost : 0));
}

bool CapacitatedSearch::must_stop() {
  stopped_ =
      stopped_ || control_.must_stop() || (request_.most_work > 0 && work_ >= request_.most_work);
  return stopped_;
}

/// Makes a solution of the last bound's sites, each demand first where the bound took it.
void CapacitatedSearch::consider(CapacitatedPart const& part) {
  CapacitatedSolution made{.open = prices_.chosen(), .site = part.certain};
  for (std::size_t r = 0; r < made.open.size(); ++r) {
    std::uint32_t const j = made.open[r];
    for (std::uint32_t const i : prices_.taken()[r]) {
      std::uint32_t const now = made.site[i];
      if (now == kNoSite || table_.cost_at(i, j) < table_.cost_at(i, now)) {
        made.site[i] = j;
      }
    }
  }
  if (repair_.complete(made) && made.cost < objective()) {
    best_ = std::move(made);
    found_ = true;
  }
}

CapacitatedSearch::Outcome CapacitatedSearch::raise(CapacitatedPart& part,
                                                    std::vector<double> const& prices,
                                                    std::size_t depth) {
  prices_.begin(part, prices, depth == 0 ? kRootEffort : kNodeEffort);
  for (int step = 0; !prices_.tired(); ++step) {
    if (must_stop()) {
      return Outcome::kStopped;
    }
    double const bound = prices_.evaluate(part);
    ++work_;
    if (bound >= cutoff()) {
      return Outcome::kUseless;
    }
    if (step % kRepairEvery == 0 && (depth == 0 || step == 0)) {
      consider(part);
    }
    if (depth == 0 && step % 50 == 0) {
      control_.report({.stage = "bounding", .bound = prices_.best_bound()});
    }
    if (prices_.settle_sites(part, cutoff()) && !conclude(part, table_)) {
      return Outcome::kUseless;
    }
    double const aim = bound + kFirstAim * std::abs(bound) + table_.step;
    prices_.advance(found_ ? best_.cost : std::min(aim, table_.beyond));
  }
  prices_.take_best();
  double const bound = prices_.evaluate(part);
  consider(part);
  if (bound >= cutoff()) {
    return Outcome::kUseless;
  }
  if (depth == 0 && found_ && repair_.exchange_sites(best_)) {
    work_ += static_cast<long>(table_.sites);
  }
  prices_.settle_sites(part, cutoff());
  prices_.settle_pairs(part, cutoff());
  return conclude(part, table_) ? Outcome::kOpen : Outcome::kUseless;
}

double CapacitatedSearch::explore(CapacitatedPart part, std::vector<double> prices, double known,
                                  std::size_t depth) {
  if (!conclude(part, table_)) {
    return kNever;
  }
  Outcome const outcome = raise(part, prices, depth);
  if (outcome == Outcome::kUseless) {
    return kNever;
  }
  double const here = std::max(known, prices_.best_bound());
  if (depth == 0) {
    bound_ = std::max(bound_, here);
  }
  if (outcome == Outcome::kStopped) {
    return here;
  }
  if (std::count(part.certain.begin(), part.certain.end(), kNoSite) == 0) {
    prices_.begin(part, prices_.best_prices(), kNodeEffort);
    prices_.evaluate(part);
    consider(part);
    return kNever;
  }
  prices = prices_.best_prices();
  double least = kNever;
  for (CapacitatedPart& child : split(part)) {
    if (must_stop()) {
      return here;
    }
    least = std::min(least, explore(std::move(child), prices, here, depth + 1));
  }
  return std::max(here, least);
}

/// Splits the sites of the demand whose cost the bounds of late leave most open into those below
/// and above its mean: one half keeps it near, the other sends it far.
std::vector<CapacitatedPart> CapacitatedSearch::split(CapacitatedPart const& part) const {
  std::size_t demand = table_.demands;
  double most = -1;
  double middle = 0;
  for (std::size_t i = 0; i < table_.demands; ++i) {
    if (part.choices[i] < 2) {
      continue;
    }
    double const mean = mean_cost(part, i);
    double spread = 0;
    for (std::size_t j = 0; j < table_.sites; ++j) {
      if (part.allowed[j * table_.demands + i] != 0) {
        spread += prices_.pair_share(i, j) * std::abs(table_.cost_at(i, j) - mean);
      }
    }
    if (spread > most) {
      most = spread;
      demand = i;
      middle = mean;
    }
  }
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t j = 0; j < table_.sites; ++j) {
    if (part.allowed[j * table_.demands + demand] != 0) {
      order.emplace_back(table_.cost_at(demand, j), j);
    }
  }
  std::sort(order.begin(), order.end());
  std::size_t near = 1;
  while (near + 1 < order.size() && order[near].first <= middle) {
    ++near;
  }
  std::vector<CapacitatedPart> parts(2, part);
  for (std::size_t r = 0; r < order.size(); ++r) {
    forbid(parts[r < near ? 1 : 0], table_, demand, order[r].second);
  }
  return parts;
}

/// What the bounds of late made a demand cost; of sites alike where they never served it.
double CapacitatedSearch::mean_cost(CapacitatedPart const& part, std::size_t demand) const {
  constexpr double kLeastShare = 1e-6;
  double cost = 0;
  double shares = 0;
  for (std::size_t j = 0; j < table_.sites; ++j) {
    if (part.allowed[j * table_.demands + demand] != 0) {
      double const share = prices_.pair_share(demand, j) + kLeastShare;
      cost += share * table_.cost_at(demand, j);
      shares += share;
    }
  }
  return cost / shares;
}

void CapacitatedSearch::run() {
  std::vector<double> prices(table_.demands, 0);
  for (std::size_t i = 0; i < table_.demands; ++i) {
    std::vector<double> costs;
    for (std::size_t j = 0; j < table_.sites; ++j) {
      if (double const cost = table_.cost_at(i, j); std::isfinite(cost)) {
        costs.push_back(cost);
      }
    }
    // With one open site in so many, about so far away.
    std::size_t const rank = std::min(costs.size() - 1, costs.size() / table_.count);
    std::sort(costs.begin(), costs.end());
    prices[i] = costs[rank];
    bound_ += costs.front();
  }
  double const found = explore(whole_part(table_, states_), std::move(prices), 0, 0);
  if (!found_ && !stopped_) {
    bound_ = kNever;
    return;
  }
  double const spare = found_ ? request_.gap * best_.cost : 0;
  double const left_out = spare > objective() - exact_cutoff() ? objective() - spare : objective();
  double const rounded = table_.step > 0 && found < kNever
                             ? std::ceil(found / table_.step - kStepShare) * table_.step
                             : found;
  bound_ = std::min(objective(), std::max(bound_, std::min(left_out, rounded)));
  control_.report(
      {.stage = "searching", .objective = objective(), .bound = bound_, .share_done = 1});
}

}  // namespace guarantor::posture
