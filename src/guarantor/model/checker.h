#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "guarantor/model/scenario.h"
#include "guarantor/model/validate.h"

/// What the files of `validate` share; nothing outside them includes this.
namespace guarantor::model {

/// The names a scenario defines, for looking up references.
struct KnownNames {
  using Names = std::set<std::string_view>;

  explicit KnownNames(Scenario const& scenario);

  Names agreements, areas, capabilities, conditions, contingencies, cut_lines, domains, links,
      locations, meetings, nations, parties, pledges, tasks;
};

/// Collects findings about one scenario; one method a table, in validate_*.cc.
class Checker {
 public:
  explicit Checker(Scenario const& scenario) : scenario_{scenario}, names_{scenario} {}

  std::vector<Finding> run();

 private:
  /// The cell a check speaks of.
  struct At {
    Table table;
    std::size_t row;
    std::string_view column;
  };

  void add(Severity severity, At at, std::string message, std::string hint = {});
  void error(At at, std::string message, std::string hint = {}) {
    add(Severity::kError, at, std::move(message), std::move(hint));
  }
  void warning(At at, std::string message, std::string hint = {}) {
    add(Severity::kWarning, at, std::move(message), std::move(hint));
  }

  /// Values. An absent value is never wrong.
  void not_negative(At at, std::optional<double> value);
  void above_zero(At at, std::optional<double> value);
  void share(At at, std::optional<double> value);
  template <class Unit, class Rep>
  void not_negative(At at, std::optional<Quantity<Unit, Rep>> value) {
    not_negative(at, value ? std::optional{static_cast<double>(value->count())} : std::nullopt);
  }
  void window(At at, std::optional<Months> from, std::optional<Months> to, std::string_view names);

  /// References. An empty one is never wrong.
  void known(At at, std::string_view kind, std::string_view name, KnownNames::Names const& names);
  void area(At at, AreaId const& id);
  void nation_code(At at, std::string_view code);
  void expression(At at, Expression const& expression);
  template <class Rows, class Key>
  void unique(Table table, std::string_view column, Rows const& rows, Key key);

  void check_header();
  void check_keys();
  void check_phases();
  void check_nations();
  void check_meetings();
  void check_conditions();
  void check_assessments();
  void check_capabilities();
  void check_locations();
  void check_location_facts(std::size_t row, Location const& location);
  void check_links();
  void check_link(std::size_t row, Link const& link);
  void check_link_speeds(std::size_t row, Link const& link);
  void check_link_ends(std::size_t row, Link const& link,
                       std::map<std::string_view, Location const*> const& places);
  void check_islands();
  void check_pledges();
  void check_pledge_numbers(std::size_t row, Pledge const& pledge);
  void check_pledge_references(std::size_t row, Pledge const& pledge);
  void check_offers();
  void check_deliveries();
  void check_deliveries_of(std::vector<std::size_t> const& rows, Pledge const& pledge,
                           std::vector<Offer const*> const& offers);
  void check_requirements();
  void check_requirement_references(std::size_t row, Requirement const& line);
  void check_ceilings();
  void check_contingencies();
  void check_force_claims();
  void check_rates();
  void check_siting();
  void check_demands();
  void check_demand_place(std::size_t row, Demand const& demand);
  void check_sites();
  void check_site_line(std::size_t row, Site const& site);
  /// That a sector is of a line which is cut.
  void check_sector(At at, SectorId const& sector);
  void check_agreements();
  void check_clauses();
  void check_clause_place(std::size_t row, Clause const& clause);
  void check_indicators();
  void check_sensors();
  void check_releases();
  void check_release(Table table, std::size_t row, std::vector<std::string> const& items);
  void check_release_item(At at, std::string_view item);
  void check_sources();
  void check_areas();
  void check_area_use(std::size_t row, Area const& area);
  void check_ring(At at, Ring const& ring);
  void check_position(At at, Position position);

  Scenario const& scenario_;
  KnownNames names_;
  std::vector<Finding> findings_;
};

}  // namespace guarantor::model
