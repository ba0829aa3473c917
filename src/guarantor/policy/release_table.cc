#include "guarantor/policy/release_table.h"

#include <algorithm>
#include <array>

#include "guarantor/model/release_item.h"
#include "guarantor/policy/operation_table.h"

namespace guarantor::policy {
namespace {

using enum RowRule;
using model::Table;

// Table by table: who sees a row; of its columns those that go with the row, those its owner has to
// release by name, and those that are the planners' alone. `releasable_to` itself is shown to each
// viewer as far as it speaks of that viewer. docs/policy.md says why.
// clang-format off
constexpr std::array kTable = std::to_array<TableRule>({
  // Whether there is a coalition follows from every offer: of a few of them it would say nonsense.
  {Table::kScenario, kEveryone, "",
   "format id title kind marking as_of c_day horizon_months currency tier_weights nation_penalty cost_weight"
   " reassign_cost siting.minimum_km_from_line siting.backup siting.loss_of siting.maximum_reserve"
   " siting.maximum_stockpile siting.maximum_medical",
   "", "viable_if"},
  {Table::kPhases, kEveryone, "",
   "phase title from_day to_day begins_if source source_date confidence note", "", ""},
  {Table::kNations, kEveryone, "",
   "nation name framework nato eu personnel source source_date confidence note", "", ""},
  {Table::kMeetings, kEveryone, "",
   "meeting title date place level source source_date confidence note", "", ""},
  {Table::kAttendance, kSignedIn, "",
   "meeting nation mode rank source source_date confidence note", "", ""},
  // What one government thinks of another's parliament is told to neither.
  {Table::kConditions, kEveryone, "",
   "condition title kind mode decider decided_day_min decided_day_mode decided_day_max valid_months source"
   " source_date confidence",
   "", "probability given revoke_per_month note"},
  {Table::kAssessments, kOwner, "assessor",
   "condition assessor date low likely high source source_date confidence releasable_to", "note", ""},
  {Table::kCapabilities, kEveryone, "",
   "capability title kind unit domain movement personnel tonnes lane_metres seats sidc source source_date"
   " confidence note", "", ""},
  {Table::kSubstitutions, kEveryone, "",
   "capability accepts effectiveness source source_date confidence note", "", ""},
  {Table::kLocations, kEveryone, "",
   "location name kind country lat lon area controlled_by runway_m icao berths draught_m throughput_tpd gauges"
   " source source_date confidence note", "", ""},
  {Table::kLinks, kEveryone, "",
   "link from to mode way km kmh_light_wheeled kmh_heavy_wheeled kmh_transporter kmh_train kmh_ship kmh_rotary"
   " kmh_fixed_wing per_day load_class gauge draught_m permit_days state speed_share rules speed_confidence"
   " source source_date confidence note", "", ""},
  // Caveats go with the row: an offer without them would be read as more than it is.
  {Table::kPledges, kOwner, "nation",
   "pledge nation capability quantity quantity_is home transit_days from_month until_month tour_months"
   " dwell_months areas tasks not_areas not_tasks roe requires conditions status releasable_to source"
   " source_date confidence",
   "notice_days readiness lift cost_per_unit_month note", ""},
  {Table::kOffers, kFollows, "pledge",
   "pledge date meeting status quantity source source_date confidence", "note", ""},
  {Table::kDeliveries, kFollows, "pledge",
   "pledge date kind quantity to reference source source_date confidence", "note", ""},
  {Table::kRequirements, kSignedIn, "",
   "requirement title task capability quantity min_fill location area from_month to_month tier weight"
   " standard_hours roe max_nations framework_nation contingencies source source_date confidence note", "", ""},
  {Table::kRates, kEveryone, "",
   "currency per_unit date source source_date confidence note", "", ""},
  {Table::kCeilings, kSignedIn, "",
   "ceiling scope of from_month to_month personnel source source_date confidence note", "", ""},
  {Table::kContingencies, kSignedIn, "",
   "contingency title warning_days from_month to_month source source_date confidence note", "", ""},
  {Table::kForceClaims, kOwner, "nation",
   "nation capability quantity from_month to_month claimed_by source source_date confidence releasable_to",
   "note", ""},
  {Table::kDemands, kSignedIn, "",
   "demand title kind line sector location movement_class standard_hours weight source source_date confidence"
   " note", "", ""},
  {Table::kSites, kSignedIn, "",
   "site title kind location existing capacity cost minimum_km_from_line capability quantity task tier"
   " from_month source source_date confidence note", "", ""},
  // What was agreed is everybody's; what gives a build-up away, and what watches, is not.
  {Table::kAgreements, kEveryone, "",
   "agreement title proposer from until text source source_date confidence note", "", ""},
  {Table::kPositions, kEveryone, "",
   "agreement party date position source source_date confidence note", "", ""},
  {Table::kClauses, kEveryone, "",
   "clause agreement title kind text binds acts weapons calibre_from_mm calibre_below_mm area line sites"
   " within_km threshold window_hours from until exempt severity source source_date confidence note", "", ""},
  {Table::kIndicators, kSignedIn, "",
   "indicator warning title acts categories area line within_km at_least window_days weight source"
   " source_date confidence note", "", ""},
  {Table::kSensors, kSignedIn, "",
   "sensor title kind location sectors range_km from until from_hour to_hour standing revisit_hours acts"
   " needs_clear_sky jammable source source_date confidence note", "", ""},
  // A source of a cell is as open as the cell.
  {Table::kSources, kFollows, "table key column",
   "table key column value source date quote confidence", "", ""},
  {Table::kAreas, kEveryone, "",
   "area title kind sector_km geometry source source_date confidence note", "", ""},
});
// clang-format on

/// Every table has its rule, in order.
constexpr bool complete() {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    if (static_cast<std::size_t>(kTable[i].table) != i) {
      return false;
    }
  }
  return kTable.size() == model::kWords<Table>.size();
}
static_assert(complete(), "a table without a rule of release");

}  // namespace

std::span<TableRule const> release_table() {
  return kTable;
}

TableRule const& rule_of(model::Table table) {
  return kTable[static_cast<std::size_t>(table)];
}

ColumnRule column_rule(TableRule const& rule, std::string_view column) {
  if (column == model::kReleaseColumn) {
    return ColumnRule::kItsPart;
  }
  if (lists(rule.with_row, column)) {
    return ColumnRule::kWithRow;
  }
  return lists(rule.named, column) ? ColumnRule::kNamed : ColumnRule::kPlanners;
}

}  // namespace guarantor::policy
