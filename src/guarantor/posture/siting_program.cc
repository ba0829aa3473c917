#include "guarantor/posture/siting_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace guarantor::posture {
SitingProgram::SitingProgram(SitingModel const& model, std::vector<double> const& cost)
    : model_{model}, site_(model.sites) {
  for (std::size_t site = 0; site < model.sites; ++site) {
    if (model.states[site] == SiteState::kFree) {
      double const paid = cost.empty() ? 0 : cost[site];
      site_[site] = program_.add_column({fmt::format("x{}", site), -paid, 1, true});
    }
  }
}

void SitingProgram::add_site(solver::LinearRow row, std::size_t site, double coefficient) {
  if (site_[site]) {
    program_.add(row, *site_[site], coefficient);
  }
}

/// How many of these sites exist.
double SitingProgram::standing(std::vector<std::uint32_t> const& sites) const {
  return static_cast<double>(std::count_if(sites.begin(), sites.end(), [this](std::uint32_t site) {
    return model_.states[site] == SiteState::kOpen;
  }));
}

void SitingProgram::require(StandardRow const& row) {
  double const need = row.need - standing(row.sites);
  if (need <= 0) {
    return;
  }
  auto const made = program_.add_row(
      {fmt::format("{}{}_{}", row.after_loss ? "R" : "S", row.tier, row.demand), -need});
  for (std::uint32_t const site : row.sites) {
    add_site(made, site, -1);
  }
}

void SitingProgram::limit_count() {
  auto const existing =
      static_cast<double>(std::count(model_.states.begin(), model_.states.end(), SiteState::kOpen));
  auto const row = program_.add_row({"P", static_cast<double>(model_.most_open) - existing});
  for (std::size_t site = 0; site < model_.sites; ++site) {
    add_site(row, site, 1);
  }
}

solver::Column SitingProgram::reward(std::size_t demand, double worth,
                                     std::vector<StandardRow> const& rows) {
  auto const met = program_.add_column({fmt::format("z{}", demand), worth, 1, true});
  for (StandardRow const& row : rows) {
    double const need = row.need - standing(row.sites);
    if (need <= 0) {
      continue;
    }
    auto const made =
        program_.add_row({fmt::format("{}{}_{}", row.after_loss ? "R" : "S", row.tier, demand), 0});
    program_.add(made, met, need);
    for (std::uint32_t const site : row.sites) {
      add_site(made, site, -1);
    }
  }
  return met;
}

solver::Column SitingProgram::pay_for_hours(double upper) {
  return program_.add_column({"hours", -1, upper, false});
}

void SitingProgram::share_out(Sharing const& sharing) {
  std::optional<solver::LinearRow> hours;
  if (sharing.hours) {
    hours = program_.add_row({fmt::format("W{}", sharings_), 0});
    program_.add(*hours, *sharing.hours, -1);
  }
  std::vector<std::optional<solver::LinearRow>> room(model_.sites);
  for (std::size_t site = 0; site < model_.sites && sharing.within_capacity; ++site) {
    double const capacity = model_.problem.capacity[site];
    room[site] = program_.add_row({fmt::format("C{}", site), site_[site] ? 0 : capacity});
    add_site(*room[site], site, -capacity);
  }
  for (std::size_t demand = 0; demand < model_.demands; ++demand) {
    bool const counts = sharing.met.empty() || sharing.met[demand].has_value();
    bool const free = !sharing.within_capacity && model_.weight[demand] <= 0;
    if (counts && !free) {
      share_out_one(sharing, demand, room, hours);
    }
  }
  ++sharings_;
}

void SitingProgram::share_out_one(Sharing const& sharing, std::size_t demand,
                                  std::vector<std::optional<solver::LinearRow>>& room,
                                  std::optional<solver::LinearRow> hours) {
  auto const& tier = model_.problem.tiers.front();
  auto const& standard = tier.within[demand];
  double const limit = sharing.within_capacity && standard
                           ? std::min(sharing.within, standard->count())
                           : sharing.within;
  bool const sometimes = !sharing.met.empty();
  auto const all =
      program_.add_row({fmt::format("D{}_{}", sharings_, demand), sometimes ? 0.0 : -1.0});
  if (sometimes) {
    program_.add(all, *sharing.met[demand], 1);
  }
  auto const offers = tier.hours.offers(demand);
  for (std::size_t k = 0; k < offers.site.size() && offers.cost[k] <= limit; ++k) {
    std::size_t const site = offers.site[k];
    bool const lost = std::binary_search(sharing.lost.begin(), sharing.lost.end(), site);
    if (lost || model_.states[site] == SiteState::kClosed) {
      continue;
    }
    auto const share =
        program_.add_column({fmt::format("y{}_{}_{}", sharings_, demand, site), 0, 1, false});
    program_.add(all, share, -1);
    if (site_[site]) {
      auto const open = program_.add_row({fmt::format("O{}_{}_{}", sharings_, demand, site), 0});
      program_.add(open, share, 1);
      add_site(open, site, -1);
    }
    if (room[site]) {
      program_.add(*room[site], share, model_.problem.amount[demand]);
    }
    if (hours) {
      program_.add(*hours, share, model_.weight[demand] * offers.cost[k]);
    }
  }
}

model::Result<SitingProgram::Found> SitingProgram::solve(double known, double bound,
                                                         SitingRequest const& request,
                                                         model::RunControl const& control) const {
  // The solver's gap is a share of at least one, ours of the objective itself.
  double const scale = std::min(1.0, std::abs(known));
  auto solved =
      solver::solve(program_,
                    {.gap = request.gap * scale,
                     .known_bound = bound,
                     .known_objective = known,
                     .most_nodes = static_cast<int>(std::min(request.most_work, 1000000L))},
                    control);
  if (!solved) {
    return solved.error();
  }
  solver::MipResult const& result = solved.value();
  Found found{.bound = result.bound, .proven = result.proven, .work = result.iterations};
  constexpr double kHalf = 0.5;
  for (std::size_t site = 0; site < model_.sites && !result.values.empty(); ++site) {
    bool const open = site_[site] ? result.values[site_[site]->place] > kHalf
                                  : model_.states[site] == SiteState::kOpen;
    if (open) {
      found.open.push_back(site);
    }
  }
  found.values = std::move(solved.value().values);
  if (found.proven) {
    // Then the best is no farther off than the gap, whatever the search wrote down before it ended.
    double value = found.values.empty() ? known : 0;
    for (std::size_t at = 0; at < found.values.size(); ++at) {
      value += program_.columns()[at].objective * found.values[at];
    }
    found.bound = std::min(found.bound, value + request.gap * std::abs(value));
  }
  return found;
}

}  // namespace guarantor::posture
