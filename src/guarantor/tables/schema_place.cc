#include "guarantor/model/speed_columns.h"
#include "guarantor/tables/bound_table.h"

/// The tables of places and of the links between them: one entry a column. Areas stand in
/// areas.geojson.
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
          bind_column<Row>("runway_m", &Row::runway,
                           {.about = "the longest runway", .unit = "m", .least = 0}),
          bind_column<Row>("icao", &Row::icao, {.about = "an airfield's ICAO code"}),
          bind_column<Row>("berths", &Row::berths, {.about = "of a port", .least = 0}),
          bind_column<Row>(
              "draught_m", &Row::draught,
              {.about = "of the deepest ship that can come in", .unit = "m", .least = 0}),
          bind_column<Row>("throughput_tpd", &Row::throughput,
                           {.about = "what it can handle", .unit = "t/d", .least = 0}),
          bind_column<Row>("gauges", &Row::gauges,
                           {.about = "of its tracks; with two or more, trains change over here",
                            .unit = "mm",
                            .least = 0}),
      });
}

/// How fast each movement class goes along a link.
void add_speeds(Columns<model::Link>& columns) {
  for (std::size_t m = 0; m < model::kSpeedColumns.size(); ++m) {
    columns.push_back(bind_column<model::Link>(
        model::kSpeedColumns[m], [m](auto& link) -> auto& { return link.speeds[m]; },
        {.about = "empty: the class cannot use it", .unit = "km/h", .least = 0}));
  }
}

Columns<model::Link> link_columns() {
  using Row = model::Link;
  Columns<Row> columns{
      bind_column<Row>("link", &Row::id, {.about = "its identifier", .required = true}),
      bind_column<Row>("from", &Row::from,
                       {.about = "a place", .required = true, .refers_to = Table::kLocations}),
      bind_column<Row>("to", &Row::to,
                       {.about = "another", .required = true, .refers_to = Table::kLocations}),
      bind_column<Row>("mode", &Row::mode, {.about = "road, rail, sea or air", .required = true}),
      bind_column<Row>("way", &Row::way,
                       {.about = "e.g. motorway, railway; ferry takes vehicles as they drive on"}),
      bind_column<Row>("km", &Row::length,
                       {.about = "its length", .unit = "km", .required = true, .least = 0}),
  };
  add_speeds(columns);
  Columns<Row> const rest{
      bind_column<Row>("per_day", &Row::per_day,
                       {.about = "trains, vehicles or ships a day", .least = 0}),
      bind_column<Row>("load_class", &Row::load_class,
                       {.about = "most that one vehicle may weigh", .unit = "t", .least = 0}),
      bind_column<Row>("gauge", &Row::gauge, {.about = "of a railway", .unit = "mm", .least = 0}),
      bind_column<Row>("draught_m", &Row::draught,
                       {.about = "of the deepest ship that can pass", .unit = "m", .least = 0}),
      bind_column<Row>("permit_days", &Row::permit,
                       {.about = "before one may use it", .unit = "d", .least = 0}),
      bind_column<Row>("state", &Row::state, {.about = "empty: open"}),
      bind_column<Row>("speed_share", &Row::speed_share,
                       {.about = "of its speeds what is left", .least = 0, .most = 1}),
      bind_column<Row>("rules", &Row::rules, {.about = "what else governs its use"}),
      bind_column<Row>("speed_confidence", &Row::speed_confidence,
                       {.about = "what the speeds rest on; empty: as the row"}),
  };
  columns.insert(columns.end(), rest.begin(), rest.end());
  return columns;
}

TableSchema links() {
  return bind_table<model::Link>({.table = Table::kLinks,
                                  .title = "Ways between places",
                                  .key = {"link"},
                                  .further_columns = true},
                                 &model::Scenario::links, link_columns());
}

}  // namespace

std::vector<TableSchema> place_schemas() {
  return {locations(), links()};
}

}  // namespace guarantor::tables
