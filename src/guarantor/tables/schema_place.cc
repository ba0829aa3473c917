#include "guarantor/tables/bound_table.h"

/// The table of places: one entry a column. Areas stand in areas.geojson.
namespace guarantor::tables {
namespace {

using model::Table;

TableSchema locations() {
  using Row = model::Location;
  return bind_table<Row>(
      {.table = Table::kLocations, .title = "Places", .key = {"location"}, .further_columns = true},
      &model::Scenario::locations,
      {
          bind_column<Row>("location", &Row::id, {.about = "its identifier", .required = true}),
          bind_column<Row>("name", &Row::name, {}),
          bind_column<Row>("kind", &Row::kind, {.about = "e.g. city, base, airport, port"}),
          bind_column<Row>("country", &Row::country, {.about = "whose territory it is"}),
          bind_column<Row>("lat", &Row::latitude,
                           {.about = "WGS 84", .unit = "deg", .least = -90, .most = 90}),
          bind_column<Row>("lon", &Row::longitude,
                           {.about = "WGS 84", .unit = "deg", .least = -180, .most = 180}),
          bind_column<Row>("area", &Row::area, {.about = "an area", .refers_to = Table::kAreas}),
          bind_column<Row>("controlled_by", &Row::controlled_by,
                           {.about = "who holds it now, where that is not its country"}),
      });
}

}  // namespace

std::vector<TableSchema> place_schemas() {
  return {locations()};
}

}  // namespace guarantor::tables
