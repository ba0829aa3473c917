#include "guarantor/tables/scenario_difference.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/tables/bound_table.h"
#include "guarantor/tables/characters.h"
#include "guarantor/tables/geojson_geometry.h"
#include "guarantor/tables/scalars.h"
#include "guarantor/tables/table_schema.h"

namespace guarantor::tables {
namespace {

using model::RowChange;
using model::RowDifference;
using model::Table;

/// A row as text: its cells that hold something, in the order of its columns.
struct TextRow {
  std::string key;
  std::vector<std::pair<std::string, std::string>> cells;

  friend bool operator==(TextRow const&, TextRow const&) = default;
};

std::vector<TextRow> text_rows(TableSchema const& schema, model::Scenario const& scenario) {
  TextTable const table = schema.write(scenario);
  std::vector<TextRow> rows;
  rows.reserve(table.rows.size());
  for (std::vector<std::string> const& cells : table.rows) {
    TextRow row;
    for (std::string_view const part : schema.key) {
      auto const at = std::find(table.header.begin(), table.header.end(), part);
      // A key's column that is empty in every row is not written at all.
      auto const text = at == table.header.end()
                            ? std::string{}
                            : cells[static_cast<std::size_t>(at - table.header.begin())];
      row.key += (part == schema.key.front() ? "" : " ") + text;
    }
    row.key = std::string{trimmed(row.key)};
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (!cells[c].empty()) {
        row.cells.emplace_back(table.header[c], cells[c]);
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<TextRow> scalar_row(model::Header const& header) {
  TextRow row;
  for (auto& [column, text] : write_scalars(header)) {
    if (!text.empty()) {
      row.cells.emplace_back(column.name, std::move(text));
    }
  }
  return {std::move(row)};
}

std::vector<TextRow> area_rows(std::vector<model::Area> const& areas) {
  std::vector<TextRow> rows;
  for (model::Area const& area : areas) {
    TextRow row{area.id.text(), {{"area", area.id.text()}}};
    auto const put = [&](std::string name, std::string text) {
      if (!text.empty()) {
        row.cells.emplace_back(std::move(name), std::move(text));
      }
    };
    put("title", area.title);
    put("kind", area.kind ? std::string{model::text(*area.kind)} : "");
    put("sector_km", Codec<std::optional<model::Kilometres>>::write(area.sector_length));
    put("geometry", write_geometry(area));
    for (Column<model::Area> const& column : provenance_columns<model::Area>()) {
      put(std::string{column.info.name}, column.write(area));
    }
    for (model::Extra const& extra : area.row.extras) {
      put(extra.column, extra.value);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string const* find_cell(TextRow const& row, std::string const& column) {
  auto const at = std::find_if(row.cells.begin(), row.cells.end(),
                               [&](auto const& cell) { return cell.first == column; });
  return at == row.cells.end() ? nullptr : &at->second;
}

RowDifference whole_row(Table table, TextRow const& row, RowChange change) {
  RowDifference difference{table, row.key, change, {}};
  for (auto const& [column, text] : row.cells) {
    bool const added = change == RowChange::kAdded;
    difference.cells.push_back({column, added ? "" : text, added ? text : ""});
  }
  return difference;
}

RowDifference cell_by_cell(Table table, TextRow const& before, TextRow const& after) {
  RowDifference difference{table, after.key, RowChange::kChanged, {}};
  for (auto const& [column, text] : after.cells) {
    std::string const* const old = find_cell(before, column);
    if (old == nullptr || *old != text) {
      difference.cells.push_back({column, old == nullptr ? "" : *old, text});
    }
  }
  for (auto const& [column, text] : before.cells) {
    if (find_cell(after, column) == nullptr) {
      difference.cells.push_back({column, text, ""});
    }
  }
  return difference;
}

/// Which row before each row after is, and which rows before are left over.
class RowMatch {
 public:
  RowMatch(std::vector<TextRow> const& before, std::vector<TextRow> const& after)
      : partner_(after.size()), used_(before.size()) {
    std::map<std::string, std::vector<std::size_t>> by_key;
    for (std::size_t i = 0; i < before.size(); ++i) {
      by_key[before[i].key].push_back(i);
    }
    for (bool const equal_only : {true, false}) {
      for (std::size_t i = 0; i < after.size(); ++i) {
        auto const found = by_key.find(after[i].key);
        if (partner_[i] || found == by_key.end()) {
          continue;
        }
        for (std::size_t const candidate : found->second) {
          if (!used_[candidate] && (!equal_only || before[candidate] == after[i])) {
            partner_[i] = candidate;
            used_[candidate] = true;
            break;
          }
        }
      }
    }
  }
  [[nodiscard]] std::optional<std::size_t> partner(std::size_t after) const {
    return partner_[after];
  }
  [[nodiscard]] bool used(std::size_t before) const { return used_[before]; }
  /// Whether the rows that have a partner stand in another order than those.
  [[nodiscard]] bool reordered() const {
    std::optional<std::size_t> last;
    for (auto const& partner : partner_) {
      if (partner && last && *partner < *last) {
        return true;
      }
      last = partner ? partner : last;
    }
    return false;
  }

 private:
  std::vector<std::optional<std::size_t>> partner_;
  std::vector<bool> used_;
};

void compare(Table table, std::vector<TextRow> const& before, std::vector<TextRow> const& after,
             model::ScenarioDifference& out) {
  RowMatch const match{before, after};
  for (std::size_t i = 0; i < after.size(); ++i) {
    auto const partner = match.partner(i);
    if (!partner) {
      out.rows.push_back(whole_row(table, after[i], RowChange::kAdded));
    } else if (before[*partner] != after[i]) {
      out.rows.push_back(cell_by_cell(table, before[*partner], after[i]));
    }
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!match.used(i)) {
      out.rows.push_back(whole_row(table, before[i], RowChange::kRemoved));
    }
  }
  if (match.reordered()) {
    out.reordered.push_back(table);
  }
}

}  // namespace

model::ScenarioDifference difference(model::Scenario const& before, model::Scenario const& after) {
  model::ScenarioDifference out;
  compare(Table::kScenario, scalar_row(before.header), scalar_row(after.header), out);
  for (TableSchema const& schema : table_schemas()) {
    compare(schema.table, text_rows(schema, before), text_rows(schema, after), out);
  }
  compare(Table::kAreas, area_rows(before.areas), area_rows(after.areas), out);
  return out;
}

}  // namespace guarantor::tables
