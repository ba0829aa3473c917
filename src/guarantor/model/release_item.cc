#include "guarantor/model/release_item.h"

#include <array>

namespace guarantor::model {
namespace {

constexpr auto kPledgeColumns = std::to_array<std::string_view>({"pledge",
                                                                 "nation",
                                                                 "capability",
                                                                 "quantity",
                                                                 "quantity_is",
                                                                 "home",
                                                                 "notice_days",
                                                                 "transit_days",
                                                                 "from_month",
                                                                 "until_month",
                                                                 "tour_months",
                                                                 "dwell_months",
                                                                 "areas",
                                                                 "tasks",
                                                                 "not_areas",
                                                                 "not_tasks",
                                                                 "roe",
                                                                 "requires",
                                                                 "conditions",
                                                                 "status",
                                                                 "readiness",
                                                                 "lift",
                                                                 "cost_per_unit_month",
                                                                 "source",
                                                                 "source_date",
                                                                 "confidence",
                                                                 "note"});
constexpr auto kAssessmentColumns =
    std::to_array<std::string_view>({"condition", "assessor", "date", "low", "likely", "high",
                                     "source", "source_date", "confidence", "note"});
constexpr auto kForceClaimColumns =
    std::to_array<std::string_view>({"nation", "capability", "quantity", "from_month", "to_month",
                                     "claimed_by", "source", "source_date", "confidence", "note"});

}  // namespace

ReleaseItem split_release_item(std::string_view item) {
  auto const colon = item.find(':');
  bool const named = colon != std::string_view::npos;
  return {item.substr(0, colon), named ? item.substr(colon + 1) : std::string_view{}, named};
}

std::span<std::string_view const> releasable_columns(Table table) {
  switch (table) {
    case Table::kPledges:
      return kPledgeColumns;
    case Table::kAssessments:
      return kAssessmentColumns;
    case Table::kForceClaims:
      return kForceClaimColumns;
    default:
      return {};
  }
}

}  // namespace guarantor::model
