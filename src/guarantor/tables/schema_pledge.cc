#include "guarantor/tables/bound_table.h"

/// Tables of what is offered: one entry a column.
namespace guarantor::tables {
namespace {

using model::Table;

/// Who, what, how much and when.
Columns<model::Pledge> pledge_columns() {
  using Row = model::Pledge;
  return {
      bind_column<Row>("pledge", &Row::id, {.about = "its identifier", .required = true}),
      bind_column<Row>("nation", &Row::nation,
                       {.about = "who offers", .required = true, .refers_to = Table::kNations}),
      bind_column<Row>(
          "capability", &Row::capability,
          {.about = "what is offered", .required = true, .refers_to = Table::kCapabilities}),
      bind_column<Row>("quantity", &Row::quantity,
                       {.about = "in the capability's unit; empty: not stated", .least = 0}),
      bind_column<Row>("quantity_is", &Row::quantity_is,
                       {.about = "units in the cycle, present without a break, or one tour only"}),
      bind_column<Row>("home", &Row::home,
                       {.about = "where it comes from", .refers_to = Table::kLocations}),
      bind_column<Row>("notice_days", &Row::notice,
                       {.about = "from the order to ready to leave", .unit = "d", .least = 0}),
      bind_column<Row>("transit_days", &Row::transit,
                       {.about = "on the way", .unit = "d", .least = 0}),
      bind_column<Row>("from_month", &Row::from,
                       {.about = "first month", .unit = "months", .least = 0}),
      bind_column<Row>("until_month", &Row::until,
                       {.about = "first month that no longer counts", .unit = "months"}),
      bind_column<Row>(
          "tour_months", &Row::tour,
          {.about = "length of a tour; empty: to the end", .unit = "months", .least = 1}),
      bind_column<Row>("dwell_months", &Row::dwell,
                       {.about = "rest after a tour", .unit = "months", .least = 0}),
      bind_column<Row>("areas", &Row::areas,
                       {.about = "only there; empty: anywhere", .refers_to = Table::kAreas}),
      bind_column<Row>("tasks", &Row::tasks, {.about = "only these; empty: any"}),
      bind_column<Row>("not_areas", &Row::not_areas,
                       {.about = "not there", .refers_to = Table::kAreas}),
      bind_column<Row>("not_tasks", &Row::not_tasks, {.about = "not these"}),
      bind_column<Row>("roe", &Row::roe, {.about = "rules of engagement"}),
      bind_column<Row>(
          "requires", &Row::requires_pledges,
          {.about = "pledges that must be present in the same area", .refers_to = Table::kPledges}),
      bind_column<Row>(
          "conditions", &Row::conditions,
          {.about = "what must hold for the pledge to count", .refers_to = Table::kConditions}),
      bind_column<Row>("status", &Row::status,
                       {.about = "how firm it is politically: indicated, announced, cabinet, "
                                 "mandated, transferred or withdrawn",
                        .required = true}),
      bind_column<Row>("readiness", &Row::readiness, {.about = "grade 1, 2, 3 or rdl"}),
      bind_column<Row>("lift", &Row::lift, {.about = "whether it brings its own transport"}),
      bind_column<Row>("cost_per_unit_month", &Row::cost_per_unit_month,
                       {.about = "millions of the scenario's currency", .least = 0}),
      bind_column<Row>("releasable_to", &Row::releasable_to,
                       {.about = "who else may see it: nations, all or public, each with :COLUMN "
                                 "or :* for what is not ordinary",
                        .refers_to = Table::kNations}),
  };
}

TableSchema pledges() {
  return bind_table<model::Pledge>({.table = Table::kPledges,
                                    .title = "What nations offer",
                                    .key = {"pledge"},
                                    .must_exist = true},
                                   &model::Scenario::pledges, pledge_columns());
}

TableSchema offers() {
  using Row = model::Offer;
  return bind_table<Row>(
      {.table = Table::kOffers,
       .title = "The dated history of pledges",
       .key = {"pledge", "date", "meeting"}},
      &model::Scenario::offers,
      {
          bind_column<Row>("pledge", &Row::pledge,
                           {.about = "a pledge", .required = true, .refers_to = Table::kPledges}),
          bind_column<Row>("date", &Row::date, {}),
          bind_column<Row>("meeting", &Row::meeting,
                           {.about = "where it was said", .refers_to = Table::kMeetings}),
          bind_column<Row>("status", &Row::status, {.about = "its status then"}),
          bind_column<Row>("quantity", &Row::quantity, {.about = "its quantity then", .least = 0}),
      });
}

TableSchema deliveries() {
  using Row = model::Delivery;
  return bind_table<Row>(
      {.table = Table::kDeliveries,
       .title = "What became of pledges",
       .key = {"pledge", "date", "kind", "reference"}},
      &model::Scenario::deliveries,
      {
          bind_column<Row>("pledge", &Row::pledge,
                           {.about = "a pledge", .required = true, .refers_to = Table::kPledges}),
          bind_column<Row>("date", &Row::date, {.about = "when it happened"}),
          bind_column<Row>(
              "kind", &Row::kind,
              {.about = "transferred (handed over) or delivered (in place)", .required = true}),
          bind_column<Row>("quantity", &Row::quantity,
                           {.about = "this time, in the capability's unit; amounts add up; empty: "
                                     "not stated",
                            .least = 0}),
          bind_column<Row>("to", &Row::to, {.about = "to whom"}),
          bind_column<Row>("reference", &Row::reference, {.about = "e.g. a hand-over document"}),
      });
}

TableSchema force_claims() {
  using Row = model::ForceClaim;
  return bind_table<Row>(
      {.table = Table::kForceClaims,
       .title = "Forces already promised elsewhere",
       .key = {"nation", "capability", "from_month", "claimed_by"}},
      &model::Scenario::force_claims,
      {
          bind_column<Row>("nation", &Row::nation,
                           {.about = "whose", .required = true, .refers_to = Table::kNations}),
          bind_column<Row>("capability", &Row::capability,
                           {.about = "what", .required = true, .refers_to = Table::kCapabilities}),
          bind_column<Row>("quantity", &Row::quantity,
                           {.about = "in the capability's unit", .least = 0}),
          bind_column<Row>("from_month", &Row::from,
                           {.about = "first month", .unit = "months", .least = 0}),
          bind_column<Row>("to_month", &Row::to,
                           {.about = "first month that no longer counts", .unit = "months"}),
          bind_column<Row>("claimed_by", &Row::claimed_by, {.about = "to whom or what"}),
          bind_column<Row>("releasable_to", &Row::releasable_to,
                           {.about = "who else may see the row", .refers_to = Table::kNations}),
      });
}

}  // namespace

std::vector<TableSchema> pledge_schemas() {
  return {pledges(), offers(), deliveries(), force_claims()};
}

}  // namespace guarantor::tables
