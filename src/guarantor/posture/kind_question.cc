#include "guarantor/posture/kind_question.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include "guarantor/geo/mover.h"

namespace guarantor::posture {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

constexpr double kMetresPerKilometre = 1'000;
constexpr double kNever = std::numeric_limits<double>::infinity();

Error bad(std::string message, std::string hint) {
  return {ErrorKind::kBadInput, std::move(message), std::move(hint)};
}

std::string_view plural(model::SiteKind kind) {
  switch (kind) {
    case model::SiteKind::kReserve:
      return "reserves";
    case model::SiteKind::kStockpile:
      return "stockpiles";
    case model::SiteKind::kMedical:
      break;
  }
  return "medical stations";
}

/// Puts a kind's question together.
class Asker {
 public:
  Asker(model::Scenario const& scenario, geo::PreparedNetwork const& network,
        SitesRequest const& request, model::RunControl const& control)
      : scenario_{scenario}, network_{network}, request_{request}, control_{control} {
    for (model::Location const& location : scenario.locations) {
      locations_.emplace(location.id.text(), &location);
    }
  }

  Result<KindQuestion> ask(model::SiteKind kind) {
    question_.kind = kind;
    if (auto const points = find_points(); !points.ok()) {
      return points.error();
    }
    if (auto const sites = find_sites(); !sites.ok()) {
      return sites.error();
    }
    set_rules();
    auto hours = travel_hours(request_.orders);
    if (!hours.ok()) {
      return hours.error();
    }
    set_tiers(hours.value());
    return std::move(question_);
  }

  /// The times with other acts on links, for a question that is asked already.
  Result<SiteCosts> hours(KindQuestion const& question, std::vector<geo::LinkOrder> orders) {
    question_.kind = question.kind;
    question_.points = question.points;
    question_.demands = question.demands;
    question_.rows = question.rows;
    question_.sites = question.sites;
    return travel_hours(std::move(orders));
  }

 private:
  Result<model::Done> find_points() {
    auto all = geo::demand_points(scenario_);
    if (!all.ok()) {
      return all.error();
    }
    for (geo::DemandPoint& point : all.value()) {
      model::Demand const& demand = scenario_.demands[point.demand];
      if (demand.kind == question_.kind) {
        question_.points.push_back(std::move(point));
        question_.demands.push_back(&demand);
      }
    }
    return model::Done{};
  }

  Result<model::Done> find_sites() {
    auto const line = geo::ContactLine::of(scenario_);
    if (!line.ok()) {
      return line.error();
    }
    for (model::Site const& row : scenario_.sites) {
      if (row.kind != question_.kind) {
        continue;
      }
      model::Location const& location = *locations_.at(row.location.text());
      if (!location.latitude || !location.longitude) {
        return bad(fmt::format("site `{}` is at `{}`, which has no position", row.id.text(),
                               location.id.text()),
                   "give its lat and lon in locations.csv");
      }
      question_.rows.push_back(&row);
      question_.sites.push_back(planned(row, location, line.value()));
    }
    if (question_.sites.empty()) {
      return bad(fmt::format("{} are asked for, and sites.csv names no place for one",
                             plural(question_.kind)),
                 fmt::format("add rows with the kind {}", model::text(question_.kind)));
    }
    return model::Done{};
  }

  [[nodiscard]] model::PlannedSite planned(model::Site const& row, model::Location const& location,
                                           geo::ContactLine const& line) const {
    model::PlannedSite site{.id = row.id, .location = row.location};
    std::string const& name = location.name.empty() ? location.id.text() : location.name;
    site.label = row.title.empty() ? name : row.title;
    site.position = {*location.longitude, *location.latitude};
    site.existing = row.existing.value_or(false);
    if (auto const away = line.distance(site.position)) {
      site.from_line = model::Kilometres{away->count() / kMetresPerKilometre};
    }
    auto const rule = request_.minimum_from_line ? request_.minimum_from_line
                                                 : scenario_.header.siting.minimum_from_line;
    auto const least = row.minimum_from_line ? row.minimum_from_line : rule;
    site.too_near = !site.existing && least && site.from_line && *site.from_line < *least;
    return site;
  }

  void set_rules() {
    SitingProblem& problem = question_.problem;
    bool costs = true;
    bool limits = false;
    for (std::size_t site = 0; site < question_.sites.size(); ++site) {
      model::Site const& row = *question_.rows[site];
      if (question_.sites[site].existing) {
        problem.existing.push_back(site);
      } else {
        costs = costs && row.cost.has_value();
        question_.by_cost = question_.by_cost || row.cost.has_value();
      }
      if (question_.sites[site].too_near) {
        problem.forbidden.push_back(site);
      }
      limits = limits || row.capacity.has_value();
    }
    if (question_.by_cost && !costs) {
      question_.notes.emplace_back(
          "Not every place that could be chosen has a cost, so sites are counted instead.");
    }
    question_.by_cost = question_.by_cost && costs;
    for (model::Demand const* demand : question_.demands) {
      problem.weight.push_back(demand->weight_or_default());
    }
    double const all = std::accumulate(problem.weight.begin(), problem.weight.end(), 0.0);
    for (model::Site const* row : question_.rows) {
      if (question_.by_cost) {
        problem.cost.push_back(row->cost.value_or(model::Money{}).count());
      }
      if (limits) {
        problem.capacity.push_back(row->capacity.value_or(all));
      }
    }
    if (limits) {
      problem.amount = problem.weight;
    }
    problem.losses = static_cast<std::size_t>(
        request_.loss_of.value_or(scenario_.header.siting.loss_of.value_or(0)));
  }

  /// Times from every site to every point, each for what must come there.
  Result<SiteCosts> travel_hours(std::vector<geo::LinkOrder> orders) {
    std::size_t const sites = question_.sites.size();
    std::vector<double> table(question_.points.size() * sites, kNever);
    std::set<model::MovementClass> classes;
    for (model::Demand const* demand : question_.demands) {
      classes.insert(demand->movement());
    }
    for (model::MovementClass const movement : classes) {
      auto const done = fill(table, movement, orders);
      if (!done.ok()) {
        return done.error();
      }
    }
    return SiteCosts::from_table(question_.points.size(), sites, table);
  }

  Result<model::Done> fill(std::vector<double>& table, model::MovementClass movement,
                           std::vector<geo::LinkOrder> const& orders) {
    geo::ReachRequest request{.mover = geo::usual_mover(movement),
                              .orders = orders,
                              .off_network = request_.off_network,
                              .threads = request_.threads};
    for (model::Site const* row : question_.rows) {
      request.from.push_back(place_of(*locations_.at(row->location.text()), network_));
    }
    std::vector<std::size_t> points;
    for (std::size_t p = 0; p < question_.points.size(); ++p) {
      if (question_.demands[p]->movement() == movement) {
        points.push_back(p);
        request.to.push_back(place_of(question_.points[p]));
      }
    }
    auto const answer = geo::reach(network_, request, control_);
    if (!answer.ok()) {
      return answer.error();
    }
    if (points.size() > most_points_) {
      most_points_ = points.size();
      question_.basis = answer.value().basis;
      question_.changed = answer.value().terms.changed;
    }
    std::size_t const sites = question_.sites.size();
    for (std::size_t site = 0; site < sites; ++site) {
      for (std::size_t p = 0; p < points.size(); ++p) {
        if (auto const hours = answer.value().hours[site * points.size() + p]) {
          table[points[p] * sites + site] = hours->count();
        }
      }
    }
    return model::Done{};
  }

  [[nodiscard]] geo::PlaceAsked place_of(geo::DemandPoint const& point) const {
    if (point.location.empty()) {
      return {point.sector.text(), point.position};
    }
    return posture::place_of(*locations_.at(point.location.text()), network_);
  }
  [[nodiscard]] static geo::PlaceAsked place_of(model::Location const& location,
                                                geo::PreparedNetwork const& network) {
    return posture::place_of(location, network);
  }

  /// A tier for each place a standard has among its demand's: the first, the second and so on.
  void set_tiers(SiteCosts const& hours) {
    std::size_t most = 0;
    for (model::Demand const* demand : question_.demands) {
      most = std::max(most, demand->standard_hours.size());
    }
    int const backup = request_.backup.value_or(scenario_.header.siting.backup.value_or(0));
    for (std::size_t k = 0; k < most; ++k) {
      ServiceTier tier{.name = fmt::format("standard {}", k + 1), .hours = hours};
      tier.sites = k == 0 ? 1 + static_cast<std::size_t>(backup) : 1;
      for (model::Demand const* demand : question_.demands) {
        auto const& standards = demand->standard_hours;
        bool const has = k < standards.size();
        tier.within.push_back(has ? std::optional{standards[k]} : std::nullopt);
        tier.after_loss.push_back(has ? std::optional{standards.back()} : std::nullopt);
      }
      question_.problem.tiers.push_back(std::move(tier));
    }
  }

  model::Scenario const& scenario_;
  geo::PreparedNetwork const& network_;
  SitesRequest const& request_;
  model::RunControl const& control_;
  std::map<std::string_view, model::Location const*> locations_;
  KindQuestion question_;
  std::size_t most_points_{};  ///< that one class of movement goes to
};

/// Links that are not whole: of the scenario, and by what the request does to them.
std::vector<std::string> links_not_open(model::Scenario const& scenario,
                                        SitesRequest const& request) {
  std::vector<std::string> names;
  for (model::Link const& link : scenario.links) {
    if (link.state && *link.state != model::LinkState::kOpen) {
      names.push_back(link.id.text());
    }
  }
  for (geo::LinkOrder const& order : request.orders) {
    if (order.act != geo::LinkAct::kOpen && std::ranges::find(names, order.link) == names.end()) {
      names.push_back(order.link);
    }
  }
  return names;
}

}  // namespace

geo::PlaceAsked place_of(model::Location const& location, geo::PreparedNetwork const& network) {
  auto const& names = network.network->network().node_names;
  if (std::ranges::find(names, location.id.text()) != names.end()) {
    return {location.id.text(), std::nullopt};
  }
  return {location.id.text(), model::Position{*location.longitude, *location.latitude}};
}

Result<KindQuestion> kind_question(model::Scenario const& scenario,
                                   geo::PreparedNetwork const& network, SitesRequest const& request,
                                   model::SiteKind kind, model::RunControl const& control) {
  return Asker{scenario, network, request, control}.ask(kind);
}

Result<std::vector<OpenedLink>> opened_links(model::Scenario const& scenario,
                                             geo::PreparedNetwork const& network,
                                             SitesRequest const& request,
                                             KindQuestion const& question,
                                             model::RunControl const& control) {
  std::vector<OpenedLink> links;
  for (std::string const& name : links_not_open(scenario, request)) {
    auto orders = request.orders;
    orders.push_back({name, geo::LinkAct::kOpen, 1});
    auto hours = Asker{scenario, network, request, control}.hours(question, std::move(orders));
    if (!hours.ok()) {
      return hours.error();
    }
    links.push_back({name, std::vector<SiteCosts>(question.problem.tiers.size(), hours.value())});
  }
  return links;
}

}  // namespace guarantor::posture
