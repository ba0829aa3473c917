#include "guarantor/report/refusals.h"

#include <fmt/format.h>

#include <algorithm>

#include "guarantor/report/brief_part.h"
#include "guarantor/report/unstated_offers.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {

bool is_backstop(PlanReading const& reading, model::Comparison const& row) {
  auto const* condition = reading.condition(row.without);
  return condition != nullptr && condition->kind == model::ConditionKind::kBackstop;
}

Refusals refusals(PlanReading const& reading) {
  Refusals out;
  for (auto const& row : reading.plan().comparisons) {
    if (row.without.empty()) {
      continue;
    }
    auto& group = !row.viable                                          ? out.end
                  : !row.lines_lost.empty()                            ? out.lose
                  : !tied_without_number(reading, row.without).empty() ? out.unstated
                                                                       : out.nothing;
    group.push_back(&row);
  }
  std::stable_sort(out.lose.begin(), out.lose.end(),
                   [](auto const* a, auto const* b) { return a->fill < b->fill; });
  return out;
}

std::string unstated_behind(PlanReading const& reading, model::Comparison const& row) {
  constexpr std::size_t kNames = 50;
  return fmt::format("{} ({})", quoted(reading.condition_title(row.without)),
                     listed_within(tied_without_number(reading, row.without), kNames, ""));
}

}  // namespace guarantor::report
