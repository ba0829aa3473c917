#include "guarantor/tables/bound_table.h"

/// Tables of who is at the table and what must be decided: one entry a column.
namespace guarantor::tables {
namespace {

using model::Table;

TableSchema phases() {
  using Row = model::Phase;
  return bind_table<Row>(
      {.table = Table::kPhases, .title = "Stretches of the agreement's life", .key = {"phase"}},
      &model::Scenario::phases,
      {
          bind_column<Row>("phase", &Row::id, {.about = "its identifier", .required = true}),
          bind_column<Row>("title", &Row::title, {}),
          bind_column<Row>(
              "from_day", [](auto& row) -> auto& { return row.days.from; },
              {.about = "first day, counted from C-day", .unit = "d", .required = true}),
          bind_column<Row>(
              "to_day", [](auto& row) -> auto& { return row.days.to; },
              {.about = "first day that no longer counts", .unit = "d", .required = true}),
          bind_column<Row>("begins_if", &Row::begins_if,
                           {.about = "what must hold for the phase to begin; empty: nothing"}),
      });
}

TableSchema nations() {
  using Row = model::Nation;
  return bind_table<Row>(
      {.table = Table::kNations, .title = "Nations", .key = {"nation"}, .must_exist = true},
      &model::Scenario::nations,
      {
          bind_column<Row>(
              "nation", &Row::id,
              {.about = "ISO 3166-1 alpha-3 code, or QMA-QZZ, XAA-XZZ", .required = true}),
          bind_column<Row>("name", &Row::name, {}),
          bind_column<Row>("framework", &Row::framework,
                           {.about = "can lead a formation others plug into"}),
          bind_column<Row>("nato", &Row::nato, {.about = "member of NATO"}),
          bind_column<Row>("eu", &Row::eu, {.about = "member of the European Union"}),
          bind_column<Row>("personnel", &Row::personnel,
                           {.about = "active personnel", .unit = "people", .least = 0}),
      });
}

TableSchema meetings() {
  using Row = model::Meeting;
  return bind_table<Row>(
      {.table = Table::kMeetings, .title = "Meetings and conferences", .key = {"meeting"}},
      &model::Scenario::meetings,
      {
          bind_column<Row>("meeting", &Row::id, {.about = "its identifier", .required = true}),
          bind_column<Row>("title", &Row::title, {}),
          bind_column<Row>("date", &Row::date, {}),
          bind_column<Row>("place", &Row::place, {}),
          bind_column<Row>("level", &Row::level, {.about = "who met, e.g. heads of government"}),
      });
}

TableSchema attendance() {
  using Row = model::Attendance;
  return bind_table<Row>(
      {.table = Table::kAttendance, .title = "Who was there", .key = {"meeting", "nation"}},
      &model::Scenario::attendance,
      {
          bind_column<Row>("meeting", &Row::meeting,
                           {.about = "a meeting", .required = true, .refers_to = Table::kMeetings}),
          bind_column<Row>("nation", &Row::nation,
                           {.about = "a nation", .required = true, .refers_to = Table::kNations}),
          bind_column<Row>("mode", &Row::mode, {.about = "how the nation took part"}),
          bind_column<Row>("rank", &Row::rank, {.about = "the rank of its delegate"}),
      });
}

Columns<model::Condition> condition_columns() {
  using Row = model::Condition;
  return {
      bind_column<Row>("condition", &Row::id, {.about = "its identifier", .required = true}),
      bind_column<Row>("title", &Row::title, {}),
      bind_column<Row>("kind", &Row::kind, {}),
      bind_column<Row>("mode", &Row::mode, {.about = "when a parliament is asked"}),
      bind_column<Row>("decider", &Row::decider, {.about = "who decides"}),
      bind_column<Row>(
          "probability", &Row::probability,
          {.about = "that it comes true where no given item does", .least = 0, .most = 1}),
      bind_column<Row>("given", &Row::given,
                       {.about = "expression=probability items separated by ;, first true one wins",
                        .refers_to = Table::kConditions}),
      bind_column<Row>("decided_day_min", &Row::decided_min,
                       {.about = "earliest day of the decision", .unit = "d", .least = 0}),
      bind_column<Row>("decided_day_mode", &Row::decided_mode,
                       {.about = "likeliest day of the decision", .unit = "d", .least = 0}),
      bind_column<Row>("decided_day_max", &Row::decided_max,
                       {.about = "latest day of the decision", .unit = "d", .least = 0}),
      bind_column<Row>("valid_months", &Row::valid,
                       {.about = "how long the decision holds", .unit = "months", .least = 1}),
      bind_column<Row>("revoke_per_month", &Row::revoke_per_month,
                       {.about = "chance a month that it is taken back", .least = 0, .most = 1}),
  };
}

TableSchema conditions() {
  return bind_table<model::Condition>({.table = Table::kConditions,
                                       .title = "What must be decided by others",
                                       .key = {"condition"}},
                                      &model::Scenario::conditions, condition_columns());
}

TableSchema assessments() {
  using Row = model::Assessment;
  return bind_table<Row>(
      {.table = Table::kAssessments,
       .title = "Assessors' readings of conditions",
       .key = {"condition", "assessor", "date"}},
      &model::Scenario::assessments,
      {
          bind_column<Row>(
              "condition", &Row::condition,
              {.about = "a condition", .required = true, .refers_to = Table::kConditions}),
          bind_column<Row>("assessor", &Row::assessor,
                           {.about = "who assessed; the row is private to it", .required = true}),
          bind_column<Row>("date", &Row::date, {}),
          bind_column<Row>("low", &Row::low, {.about = "probability", .least = 0, .most = 1}),
          bind_column<Row>("likely", &Row::likely, {.about = "probability", .least = 0, .most = 1}),
          bind_column<Row>("high", &Row::high, {.about = "probability", .least = 0, .most = 1}),
          bind_column<Row>("releasable_to", &Row::releasable_to,
                           {.about = "who else may see the row", .refers_to = Table::kNations}),
      });
}

}  // namespace

std::vector<TableSchema> coalition_schemas() {
  return {phases(), nations(), meetings(), attendance(), conditions(), assessments()};
}

}  // namespace guarantor::tables
