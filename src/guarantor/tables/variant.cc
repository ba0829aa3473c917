#include "guarantor/tables/variant.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "guarantor/model/spelling.h"
#include "guarantor/tables/characters.h"
#include "guarantor/tables/table_schema.h"

namespace guarantor::tables {
namespace {

using model::Table;

/// The key of a row, its parts joined by one space as in remove.csv.
std::string key_of(TableSchema const& schema, RawTable const& file, RawRow const& row) {
  std::string key;
  for (std::string_view const column : schema.key) {
    auto const place = find_column(file, column);
    std::string_view const text =
        place && *place < row.cells.size() ? trimmed(row.cells[*place].text) : std::string_view{};
    key += (column == schema.key.front() ? "" : " ") + std::string{text};
  }
  return std::string{trimmed(key)};
}

std::string_view cell_text(RawTable const& table, RawRow const& row, std::string_view column) {
  auto const place = find_column(table, column);
  return place && *place < row.cells.size() ? trimmed(row.cells[*place].text) : std::string_view{};
}

/// The keys a base has in one table.
std::vector<std::string> keys_in(RawScenario const& base, Table table) {
  std::vector<std::string> keys;
  if (table == Table::kAreas) {
    for (ReadArea const& area : base.areas.areas) {
      keys.push_back(area.area.id.text());
    }
    return keys;
  }
  auto const rows = base.tables.find(table);
  if (rows != base.tables.end()) {
    for (auto const& reference : rows->second.rows) {
      keys.push_back(key_of(*find_schema(table), *reference.file, *reference.row));
    }
  }
  return keys;
}

/// Takes rows out of one table of a base by their keys.
class RowRemover {
 public:
  RowRemover(RawScenario const& base, Table table) : table_{table}, keys_{keys_in(base, table)} {
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      rows_.emplace(keys_[i], i);
    }
  }

  void mark(std::string_view key, Place const& place, Diagnostics& log) {
    auto const found = rows_.find(key);
    if (found != rows_.end()) {
      marked_.insert(found->second);
      return;
    }
    std::vector<std::string_view> const candidates{keys_.begin(), keys_.end()};
    auto const near = model::closest(key, candidates);
    log.error(place,
              fmt::format("{} of the base has no row `{}`", model::text(table_), excerpt(key)),
              near                ? fmt::format("did you mean `{}`?", *near)
              : several_columns() ? "a key of several columns has one space between them"
                                  : "");
  }

  [[nodiscard]] bool several_columns() const {
    TableSchema const* const schema = find_schema(table_);
    return schema != nullptr && schema->key.size() > 1;
  }

  void remove(RawScenario& base) const {
    std::size_t index = 0;
    auto const is_marked = [&](auto const& /*row*/) { return marked_.contains(index++); };
    if (table_ == Table::kAreas) {
      std::erase_if(base.areas.areas, is_marked);
    } else if (auto const rows = base.tables.find(table_); rows != base.tables.end()) {
      std::erase_if(rows->second.rows, is_marked);
    }
  }

 private:
  Table table_;
  std::vector<std::string> keys_;
  std::map<std::string, std::size_t, std::less<>> rows_;
  std::set<std::size_t> marked_;
};

void remove_rows(RawScenario& base, RawTable const& removals, Diagnostics& log) {
  for (std::string_view const column : {"table", "key"}) {
    if (!find_column(removals, column)) {
      if (!removals.header.empty()) {
        log.error({removals.file, 1, 0}, fmt::format("the column `{}` is missing", column),
                  "remove.csv has the columns table,key");
      }
      return;
    }
  }
  // `scenario` comes first among the tables and has no rows.
  std::vector<std::string_view> const tables{model::kWords<Table>.begin() + 1,
                                             model::kWords<Table>.end()};
  std::map<Table, RowRemover> removers;
  for (RawRow const& row : removals.rows) {
    std::string_view const name = cell_text(removals, row, "table");
    auto const table = model::parse<Table>(name);
    if (!table || *table == Table::kScenario) {
      auto const near = model::closest(name, tables);
      log.error({removals.file, row.line, 0}, fmt::format("there is no table `{}`", excerpt(name)),
                near ? fmt::format("did you mean `{}`?", *near)
                     : "rows are removed from tables and areas");
      continue;
    }
    std::size_t const column = *find_column(removals, "key");
    Place const place = column < row.cells.size() ? place_in(removals.file, row.cells[column])
                                                  : Place{removals.file, row.line, 0};
    auto remover = removers.find(*table);
    if (remover == removers.end()) {
      remover = removers.emplace(*table, RowRemover{base, *table}).first;
    }
    remover->second.mark(cell_text(removals, row, "key"), place, log);
  }
  for (auto const& [table, remover] : removers) {
    remover.remove(base);
  }
}

void lay_table_over(TableRows& base, TableSchema const& schema, std::unique_ptr<RawTable> file) {
  std::map<std::string, std::deque<std::size_t>> standing;
  for (std::size_t i = 0; i < base.rows.size(); ++i) {
    auto const& [from, row] = base.rows[i];
    standing[key_of(schema, *from, *row)].push_back(i);
  }
  for (RawRow const& row : file->rows) {
    TableRows::Reference const reference{file.get(), &row};
    auto const found = standing.find(key_of(schema, *file, row));
    if (found == standing.end() || found->second.empty()) {
      base.rows.push_back(reference);
    } else {
      // Each row is replaced once, so that a key that stands twice in one file is still noticed.
      base.rows[found->second.front()] = reference;
      found->second.pop_front();
    }
  }
  base.files.push_back(std::move(file));
}

void lay_areas_over(ReadAreas& base, ReadAreas layer) {
  std::map<std::string, std::deque<std::size_t>> standing;
  for (std::size_t i = 0; i < base.areas.size(); ++i) {
    standing[base.areas[i].area.id.text()].push_back(i);
  }
  for (ReadArea& area : layer.areas) {
    auto const found = standing.find(area.area.id.text());
    if (found == standing.end() || found->second.empty()) {
      base.areas.push_back(std::move(area));
    } else {
      base.areas[found->second.front()] = std::move(area);
      found->second.pop_front();
    }
  }
  base.whole = base.whole && layer.whole;
}

void lay_scalars_over(Scalars& base, Scalars layer) {
  for (std::string const& key : layer.unusable) {
    base.values.erase(key);
  }
  for (auto& [key, scalar] : layer.values) {
    base.unusable.erase(key);
    base.values[key] = std::move(scalar);
  }
  base.unusable.merge(layer.unusable);
  base.file = std::move(layer.file);
  base.whole = base.whole && layer.whole;
}

}  // namespace

void lay_over(RawScenario& base, Layer layer, Diagnostics& log) {
  if (layer.removals) {
    remove_rows(base, *layer.removals, log);
  }
  for (auto& [table, file] : layer.tables) {
    lay_table_over(base.tables[table], *find_schema(table), std::move(file));
  }
  lay_areas_over(base.areas, std::move(layer.areas));
  lay_scalars_over(base.scalars, std::move(layer.scalars));
}

}  // namespace guarantor::tables
