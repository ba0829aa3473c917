#include "guarantor/tables/bound_table.h"

/// Tables of what is needed and what limits it: one entry a column.
namespace guarantor::tables {
namespace {

using model::Table;

Columns<model::Requirement> requirement_columns() {
  using Row = model::Requirement;
  return {
      bind_column<Row>("requirement", &Row::id, {.about = "its identifier", .required = true}),
      bind_column<Row>("title", &Row::title, {}),
      bind_column<Row>("task", &Row::task, {.about = "what for"}),
      bind_column<Row>(
          "capability", &Row::capability,
          {.about = "what is needed", .required = true, .refers_to = Table::kCapabilities}),
      bind_column<Row>("quantity", &Row::quantity,
                       {.about = "in the capability's unit", .required = true, .least = 1}),
      bind_column<Row>("min_fill", &Row::min_fill,
                       {.about = "share below which cover counts as none", .least = 0, .most = 1}),
      bind_column<Row>("location", &Row::location,
                       {.about = "a location", .refers_to = Table::kLocations}),
      bind_column<Row>("area", &Row::area, {.about = "an area", .refers_to = Table::kAreas}),
      bind_column<Row>("from_month", &Row::from,
                       {.about = "first month", .unit = "months", .least = 0}),
      bind_column<Row>(
          "to_month", &Row::to,
          {.about = "first month that no longer counts; empty: the horizon", .unit = "months"}),
      bind_column<Row>("tier", &Row::tier, {.about = "1 is the most important", .least = 1}),
      bind_column<Row>("weight", &Row::weight,
                       {.about = "empty: the number of the line's months", .least = 0}),
      bind_column<Row>("standard_hours", &Row::standard_hours,
                       {.about = "response times asked for", .unit = "h"}),
      bind_column<Row>("roe", &Row::roe, {.about = "least rules of engagement"}),
      bind_column<Row>("max_nations", &Row::max_nations, {.about = "at any one time", .least = 1}),
      bind_column<Row>("framework_nation", &Row::framework_nation,
                       {.about = "others only while it is present", .refers_to = Table::kNations}),
      bind_column<Row>("contingencies", &Row::contingencies,
                       {.about = "what it must be enough for", .refers_to = Table::kContingencies}),
  };
}

TableSchema requirements() {
  return bind_table<model::Requirement>({.table = Table::kRequirements,
                                         .title = "The statement of requirements",
                                         .key = {"requirement"},
                                         .must_exist = true},
                                        &model::Scenario::requirements, requirement_columns());
}

TableSchema ceilings() {
  using Row = model::Ceiling;
  return bind_table<Row>(
      {.table = Table::kCeilings, .title = "Ceilings on people", .key = {"ceiling"}},
      &model::Scenario::ceilings,
      {
          bind_column<Row>("ceiling", &Row::id, {.about = "its identifier", .required = true}),
          bind_column<Row>("scope", &Row::scope,
                           {.about = "all, nation, area or task", .required = true}),
          bind_column<Row>("of", &Row::of, {.about = "the nation, area or task"}),
          bind_column<Row>("from_month", &Row::from,
                           {.about = "first month", .unit = "months", .least = 0}),
          bind_column<Row>("to_month", &Row::to,
                           {.about = "first month that no longer counts", .unit = "months"}),
          bind_column<Row>(
              "personnel", &Row::personnel,
              {.about = "most people at once", .unit = "people", .required = true, .least = 0}),
      });
}

TableSchema contingencies() {
  using Row = model::Contingency;
  return bind_table<Row>(
      {.table = Table::kContingencies,
       .title = "What the force must be enough for",
       .key = {"contingency"}},
      &model::Scenario::contingencies,
      {
          bind_column<Row>("contingency", &Row::id, {.about = "its identifier", .required = true}),
          bind_column<Row>("title", &Row::title, {}),
          bind_column<Row>("warning_days", &Row::warning,
                           {.about = "warning before it comes", .unit = "d", .least = 0}),
          bind_column<Row>("from_month", &Row::from,
                           {.about = "first month", .unit = "months", .least = 0}),
          bind_column<Row>("to_month", &Row::to,
                           {.about = "first month that no longer counts", .unit = "months"}),
      });
}

}  // namespace

std::vector<TableSchema> requirement_schemas() {
  return {requirements(), ceilings(), contingencies()};
}

}  // namespace guarantor::tables
