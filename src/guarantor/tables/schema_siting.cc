#include "guarantor/tables/bound_table.h"

/// Tables of what must be reached and from where it might be: one entry a column.
namespace guarantor::tables {
namespace {

using model::Table;

TableSchema demands() {
  using Row = model::Demand;
  return bind_table<Row>(
      {.table = Table::kDemands, .title = "What must be reached in time", .key = {"demand"}},
      &model::Scenario::demands,
      {
          bind_column<Row>("demand", &Row::id, {.about = "its identifier", .required = true}),
          bind_column<Row>("title", &Row::title, {}),
          bind_column<Row>("kind", &Row::kind,
                           {.about = "from which kind of site: reserve, stockpile or medical",
                            .required = true}),
          bind_column<Row>("line", &Row::line,
                           {.about = "a line of areas.geojson: each of its sectors",
                            .refers_to = Table::kAreas}),
          bind_column<Row>(
              "sector", &Row::sector,
              {.about = "one sector of such a line, e.g. front-07", .refers_to = Table::kAreas}),
          bind_column<Row>("location", &Row::location,
                           {.about = "a location", .refers_to = Table::kLocations}),
          bind_column<Row>("movement_class", &Row::movement_class,
                           {.about = "what has to arrive; empty: heavy-wheeled"}),
          bind_column<Row>(
              "standard_hours", &Row::standard_hours,
              {.about = "travel times asked for, rising", .unit = "h", .required = true}),
          bind_column<Row>("weight", &Row::weight,
                           {.about = "of each point; empty: 1", .least = 0}),
      });
}

TableSchema sites() {
  using Row = model::Site;
  return bind_table<Row>(
      {.table = Table::kSites,
       .title = "Where reserves, stockpiles and medical stations are or might be",
       .key = {"site"}},
      &model::Scenario::sites,
      {
          bind_column<Row>("site", &Row::id, {.about = "its identifier", .required = true}),
          bind_column<Row>("title", &Row::title, {}),
          bind_column<Row>("kind", &Row::kind,
                           {.about = "reserve, stockpile or medical", .required = true}),
          bind_column<Row>(
              "location", &Row::location,
              {.about = "where it is", .required = true, .refers_to = Table::kLocations}),
          bind_column<Row>("existing", &Row::existing,
                           {.about = "it is there and stays; empty: it is not there yet"}),
          bind_column<Row>("capacity", &Row::capacity,
                           {.about = "most demand weight it serves; empty: no limit", .least = 0}),
          bind_column<Row>("cost", &Row::cost,
                           {.about = "of opening and keeping it", .unit = "millions", .least = 0}),
          bind_column<Row>("minimum_km_from_line", &Row::minimum_from_line,
                           {.about = "from the nearest line of contact; empty: the scenario's rule",
                            .unit = "km",
                            .least = 0}),
          bind_column<Row>("capability", &Row::capability,
                           {.about = "what is to stand here once it is chosen; empty: no line",
                            .refers_to = Table::kCapabilities}),
          bind_column<Row>("quantity", &Row::quantity,
                           {.about = "how many of it; empty: 1", .least = 1}),
          bind_column<Row>("task", &Row::task, {.about = "the task of that line"}),
          bind_column<Row>("tier", &Row::tier, {.about = "its tier; empty: 1", .least = 1}),
          bind_column<Row>("from_month", &Row::from,
                           {.about = "its first month; empty: 0", .unit = "months", .least = 0}),
      });
}

}  // namespace

std::vector<TableSchema> siting_schemas() {
  return {demands(), sites()};
}

}  // namespace guarantor::tables
