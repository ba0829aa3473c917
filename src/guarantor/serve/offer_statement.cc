#include "guarantor/serve/offer_statement.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "guarantor/serve/row_list.h"

namespace guarantor::serve {
namespace {

using model::Table;

std::string cell(Cells const& cells, std::string const& column) {
  auto const found = cells.find(column);
  return found == cells.end() ? std::string{} : found->second;
}

/// The one meeting of a day; empty where there is none, or several.
std::string meeting_on(std::string const& day, ScenarioView const& whole) {
  std::string meeting;
  for (auto const& known : whole.scenario.meetings) {
    if (known.date && model::print(*known.date) == day) {
      if (!meeting.empty()) {
        return {};
      }
      meeting = known.id.text();
    }
  }
  return meeting;
}

}  // namespace

std::optional<RowEdit> statement_of(RowEdit const& pledge, model::RowRecord const* before,
                                    ScenarioView const& whole, policy::Viewer const& viewer,
                                    model::Instant now) {
  if (pledge.table != Table::kPledges || !pledge.cells) {
    return std::nullopt;
  }
  Cells const& cells = *pledge.cells;
  bool const same = before != nullptr && cell(before->cells, "status") == cell(cells, "status") &&
                    cell(before->cells, "quantity") == cell(cells, "quantity");
  if (same) {
    return std::nullopt;
  }
  auto const day = model::print(std::chrono::floor<std::chrono::days>(now));
  auto const meeting = meeting_on(day, whole);
  bool const exercise = whole.scenario.header.kind == model::ScenarioKind::kExercise;
  std::string const confidence = cell(cells, "confidence");
  Cells said{{"pledge", pledge.key},
             {"date", day},
             {"status", cell(cells, "status")},
             {"source", viewer.role == policy::Role::kDelegate
                            ? fmt::format("entered by the delegation of {}", viewer.nation.text())
                            : "entered by the planning cell"},
             {"source_date", day},
             {"confidence", !confidence.empty() ? confidence
                            : exercise          ? "illustrative"
                                                : "reported"}};
  if (auto const quantity = cell(cells, "quantity"); !quantity.empty()) {
    said.emplace("quantity", quantity);
  }
  if (!meeting.empty()) {
    said.emplace("meeting", meeting);
  }
  return RowEdit{Table::kOffers,
                 fmt::format("{}/{}/{}", key_part(pledge.key), day, key_part(meeting)),
                 std::move(said)};
}

std::vector<RowEdit> gone_with(std::string_view pledge, ScenarioView const& whole) {
  std::vector<RowEdit> gone;
  for (auto const table : {Table::kOffers, Table::kDeliveries}) {
    for (auto const& row : whole.text.rows.of(model::text(table))) {
      if (cell(row.cells, "pledge") == pledge) {
        gone.push_back({table, row.key, std::nullopt});
      }
    }
  }
  for (auto const& row : whole.text.rows.of(model::text(Table::kSources))) {
    std::string const of = cell(row.cells, "table");
    if (cell(row.cells, "key") == pledge &&
        (of == model::text(Table::kPledges) || of == model::text(Table::kOffers) ||
         of == model::text(Table::kDeliveries))) {
      gone.push_back({Table::kSources, row.key, std::nullopt});
    }
  }
  return gone;
}

}  // namespace guarantor::serve
