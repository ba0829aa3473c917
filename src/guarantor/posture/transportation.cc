#include "guarantor/posture/transportation.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace guarantor::posture {
namespace {

constexpr double kHair = 1e-12;  ///< of all amounts together: less is nothing

}  // namespace

Transportation::Transportation(std::vector<double> amount)
    : amount_{std::move(amount)}, total_{std::accumulate(amount_.begin(), amount_.end(), 0.0)} {}

double Transportation::solve(std::span<double const> capacity, std::span<double const> cost) {
  sites_ = capacity.size();
  capacity_ = capacity;
  cost_ = cost;
  double const room = std::accumulate(capacity.begin(), capacity.end(), 0.0);
  if (room < total_ * (1 - kHair) || !start()) {
    return kCannot;
  }
  for (std::size_t site = 0; site < sites_; ++site) {
    while (load_[site] > capacity_[site] + kHair * total_) {
      if (!relieve(site)) {
        return kCannot;
      }
    }
  }
  double sum = 0;
  for (std::size_t at = 0; at < flow_.size(); ++at) {
    sum += flow_[at] > 0 ? flow_[at] * cost_[at] : 0;
  }
  return sum;
}

/// Every demand at its cheapest site; false where it has none.
bool Transportation::start() {
  flow_.assign(amount_.size() * sites_, 0);
  load_.assign(sites_, 0);
  serves_.assign(sites_, {});
  for (std::size_t i = 0; i < amount_.size(); ++i) {
    std::size_t best = 0;
    for (std::size_t j = 1; j < sites_; ++j) {
      best = cost_[i * sites_ + j] < cost_[i * sites_ + best] ? j : best;
    }
    if (sites_ == 0 || cost_[i * sites_ + best] == kCannot) {
      return false;
    }
    flow_[i * sites_ + best] = 1;
    if (amount_[i] > 0) {
      load_[best] += amount_[i];
      serves_[best].push_back(static_cast<std::uint32_t>(i));
    }
  }
  potential_.assign(sites_, 0);
  arcs_.assign(sites_ * sites_, {});
  bool const fits = [&] {
    for (std::size_t j = 0; j < sites_; ++j) {
      if (load_[j] > capacity_[j] + kHair * total_) {
        return false;
      }
    }
    return true;
  }();
  for (std::size_t j = 0; !fits && j < sites_; ++j) {
    look_up(j);
  }
  return true;
}

/// Considers a demand for all hops away from a site that serves it.
void Transportation::offer(std::size_t site, std::uint32_t demand) {
  double const here = unit_cost(demand, site);
  for (std::size_t j = 0; j < sites_; ++j) {
    double const length = unit_cost(demand, j) - here;
    Arc& arc = arcs_[site * sites_ + j];
    if (length < arc.length) {
      arc = {length, demand};
    }
  }
}

void Transportation::look_up(std::size_t site) {
  std::fill_n(arcs_.begin() + static_cast<std::ptrdiff_t>(site * sites_), sites_, Arc{});
  for (std::uint32_t const demand : serves_[site]) {
    offer(site, demand);
  }
}

/// The shortest path to a site with room, by Dijkstra's method on lengths made non-negative by the
/// potentials.
bool Transportation::find_path(std::size_t from, std::size_t& to) {
  distance_.assign(sites_, kCannot);
  before_.assign(sites_, from);
  done_.assign(sites_, 0);
  distance_[from] = 0;
  to = sites_;
  while (true) {
    std::size_t near = sites_;
    for (std::size_t j = 0; j < sites_; ++j) {
      if (done_[j] == 0 && distance_[j] != kCannot &&
          (near == sites_ || distance_[j] < distance_[near])) {
        near = j;
      }
    }
    if (near == sites_) {
      return false;
    }
    done_[near] = 1;
    if (near != from && load_[near] < capacity_[near] - kHair * total_) {
      to = near;
      break;
    }
    for (std::size_t j = 0; j < sites_; ++j) {
      double const length = arcs_[near * sites_ + j].length;
      if (done_[j] != 0 || length == kCannot) {
        continue;
      }
      double const reduced = std::max(0.0, length + potential_[near] - potential_[j]);
      if (distance_[near] + reduced < distance_[j]) {
        distance_[j] = distance_[near] + reduced;
        before_[j] = near;
      }
    }
  }
  for (std::size_t j = 0; j < sites_; ++j) {
    potential_[j] += std::min(distance_[j], distance_[to]);
  }
  return true;
}

/// Hands on what one shortest path allows; false where no path leads to room.
bool Transportation::relieve(std::size_t from) {
  std::size_t to = 0;
  if (!find_path(from, to)) {
    return false;
  }
  double amount = std::min(load_[from] - capacity_[from], capacity_[to] - load_[to]);
  for (std::size_t at = to; at != from; at = before_[at]) {
    std::uint32_t const demand = arcs_[before_[at] * sites_ + at].demand;
    amount = std::min(amount, flow_[demand * sites_ + before_[at]] * amount_[demand]);
  }
  std::vector<char> stale(sites_, 0);
  std::vector<std::pair<std::size_t, std::uint32_t>> moves;  // to a site, of a demand
  for (std::size_t at = to; at != from; at = before_[at]) {
    moves.emplace_back(at, arcs_[before_[at] * sites_ + at].demand);
  }
  for (auto const& [site, demand] : moves) {
    std::size_t const source = before_[site];
    double& leaving = flow_[demand * sites_ + source];
    double& arriving = flow_[demand * sites_ + site];
    double const share = amount / amount_[demand];
    if (arriving == 0) {
      serves_[site].push_back(demand);
    }
    leaving -= share;
    if (leaving * amount_[demand] <= kHair * total_) {
      arriving += leaving;
      leaving = 0;
      std::erase(serves_[source], demand);
      stale[source] = 1;
    }
    arriving += share;
  }
  load_[from] -= amount;
  load_[to] += amount;
  for (auto const& [site, demand] : moves) {
    offer(site, demand);
  }
  for (std::size_t j = 0; j < sites_; ++j) {
    if (stale[j] != 0) {
      look_up(j);
    }
  }
  return true;
}

}  // namespace guarantor::posture
