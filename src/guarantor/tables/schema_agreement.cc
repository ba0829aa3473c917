#include "guarantor/tables/bound_table.h"

/// Tables of what was agreed and of what watches over it: one entry a column.
namespace guarantor::tables {
namespace {

using model::Table;

TableSchema agreements() {
  using Row = model::Agreement;
  return bind_table<Row>(
      {.table = Table::kAgreements, .title = "Agreements", .key = {"agreement"}},
      &model::Scenario::agreements,
      {
          bind_column<Row>("agreement", &Row::id, {.about = "its identifier", .required = true}),
          bind_column<Row>("title", &Row::title, {}),
          bind_column<Row>("proposer", &Row::proposer, {.about = "who put it forward"}),
          bind_column<Row>("from", &Row::from, {.about = "first day it can be in force"}),
          bind_column<Row>("until", &Row::until,
                           {.about = "first day it no longer is; empty: without end"}),
          bind_column<Row>("text", &Row::text, {.about = "where its text is to be read"}),
      });
}

TableSchema positions() {
  using Row = model::PartyPosition;
  return bind_table<Row>(
      {.table = Table::kPositions,
       .title = "Where each party stands towards an agreement, from a day on",
       .key = {"agreement", "party", "date"}},
      &model::Scenario::positions,
      {
          bind_column<Row>(
              "agreement", &Row::agreement,
              {.about = "the agreement", .required = true, .refers_to = Table::kAgreements}),
          bind_column<Row>("party", &Row::party, {.about = "the party", .required = true}),
          bind_column<Row>("date", &Row::date,
                           {.about = "first day it stands so", .required = true}),
          bind_column<Row>("position", &Row::standing,
                           {.about = "only what is accepted binds", .required = true}),
      });
}

Columns<model::Clause> clause_columns() {
  using Row = model::Clause;
  return {
      bind_column<Row>("clause", &Row::id, {.about = "its identifier", .required = true}),
      bind_column<Row>(
          "agreement", &Row::agreement,
          {.about = "whose article it is", .required = true, .refers_to = Table::kAgreements}),
      bind_column<Row>("title", &Row::title, {}),
      bind_column<Row>("kind", &Row::kind, {.about = "what it forbids", .required = true}),
      bind_column<Row>("text", &Row::text, {.about = "as agreed, word by word"}),
      bind_column<Row>("binds", &Row::binds,
                       {.about = "parties; empty: every party that accepted"}),
      bind_column<Row>("acts", &Row::acts, {.about = "kinds of event that count"}),
      bind_column<Row>("weapons", &Row::weapons, {.about = "only with one of these; empty: any"}),
      bind_column<Row>("calibre_from_mm", &Row::calibre_from,
                       {.about = "only from this calibre on", .unit = "mm", .least = 0}),
      bind_column<Row>("calibre_below_mm", &Row::calibre_below,
                       {.about = "only below this calibre", .unit = "mm", .least = 0}),
      bind_column<Row>("area", &Row::area,
                       {.about = "within this area", .refers_to = Table::kAreas}),
      bind_column<Row>("line", &Row::line, {.about = "near this line", .refers_to = Table::kAreas}),
      bind_column<Row>("sites", &Row::sites, {.about = "near locations: their names or kinds"}),
      bind_column<Row>("within_km", &Row::within, {.about = "how near", .unit = "km", .least = 0}),
      bind_column<Row>("threshold", &Row::threshold,
                       {.about = "more than so many in the window; empty: any", .least = 0}),
      bind_column<Row>("window_hours", &Row::window,
                       {.about = "empty: a day", .unit = "h", .least = 0}),
      bind_column<Row>("from", &Row::from, {.about = "first day, within the agreement's"}),
      bind_column<Row>("until", &Row::until, {.about = "first day it no longer holds"}),
      bind_column<Row>("exempt", &Row::exempt,
                       {.about = "allowed where it was announced, or, for return fire, ordered"}),
      bind_column<Row>("severity", &Row::severity,
                       {.about = "1, the lightest, to 5; empty: 1", .least = 1, .most = 5}),
  };
}

TableSchema clauses() {
  return bind_table<model::Clause>(
      {.table = Table::kClauses, .title = "Articles that can be tested", .key = {"clause"}},
      &model::Scenario::clauses, clause_columns());
}

TableSchema indicators() {
  using Row = model::Indicator;
  return bind_table<Row>(
      {.table = Table::kIndicators,
       .title = "Signs of preparation, which breach nothing",
       .key = {"indicator"}},
      &model::Scenario::indicators,
      {
          bind_column<Row>("indicator", &Row::id, {.about = "its identifier", .required = true}),
          bind_column<Row>("warning", &Row::warning,
                           {.about = "which warning it speaks for", .required = true}),
          bind_column<Row>("title", &Row::title, {}),
          bind_column<Row>("acts", &Row::acts,
                           {.about = "kinds of event that are such a sign", .required = true}),
          bind_column<Row>("categories", &Row::categories,
                           {.about = "the sources' own words; empty: any"}),
          bind_column<Row>("area", &Row::area,
                           {.about = "within this area", .refers_to = Table::kAreas}),
          bind_column<Row>("line", &Row::line,
                           {.about = "near this line", .refers_to = Table::kAreas}),
          bind_column<Row>("within_km", &Row::within,
                           {.about = "how near", .unit = "km", .least = 0}),
          bind_column<Row>("at_least", &Row::at_least,
                           {.about = "of them in the window; empty: 1", .least = 1}),
          bind_column<Row>("window_days", &Row::window,
                           {.about = "empty: 7", .unit = "days", .least = 1}),
          bind_column<Row>(
              "weight", &Row::weight,
              {.about = "empty: 1; a warning is given from a sum of 1 on", .least = 0}),
      });
}

TableSchema sensors() {
  using Row = model::Sensor;
  return bind_table<Row>(
      {.table = Table::kSensors, .title = "What watches", .key = {"sensor"}},
      &model::Scenario::sensors,
      {
          bind_column<Row>("sensor", &Row::id, {.about = "its identifier", .required = true}),
          bind_column<Row>("title", &Row::title, {}),
          bind_column<Row>("kind", &Row::kind, {.about = "what it is", .required = true}),
          bind_column<Row>(
              "location", &Row::location,
              {.about = "where it stands; empty: it moves", .refers_to = Table::kLocations}),
          bind_column<Row>("sectors", &Row::sectors,
                           {.about = "what it watches beside what lies in its range, e.g. front-07",
                            .refers_to = Table::kAreas}),
          bind_column<Row>("range_km", &Row::range, {.unit = "km", .least = 0}),
          bind_column<Row>("from", &Row::from, {.about = "first day"}),
          bind_column<Row>("until", &Row::until, {.about = "first day it is gone"}),
          bind_column<Row>("from_hour", &Row::from_hour,
                           {.about = "of each day, UTC; empty: all day", .least = 0, .most = 23}),
          bind_column<Row>(
              "to_hour", &Row::to_hour,
              {.about = "may be before from_hour: over midnight", .least = 0, .most = 24}),
          bind_column<Row>("standing", &Row::standing,
                           {.about = "it watches while it works; empty: only while a record says "
                                     "that it did"}),
          bind_column<Row>("revisit_hours", &Row::revisit,
                           {.about = "one look in so many hours", .unit = "h", .least = 0}),
          bind_column<Row>("acts", &Row::acts, {.about = "what it can tell; empty: everything"}),
          bind_column<Row>("needs_clear_sky", &Row::needs_clear_sky, {}),
          bind_column<Row>("jammable", &Row::jammable, {}),
      });
}

}  // namespace

std::vector<TableSchema> agreement_schemas() {
  return {agreements(), positions(), clauses(), indicators(), sensors()};
}

}  // namespace guarantor::tables
