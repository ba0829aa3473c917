#include "guarantor/tables/table_schema.h"

#include <algorithm>
#include <iterator>

namespace guarantor::tables {
namespace {

std::vector<TableSchema> all_schemas() {
  std::vector<TableSchema> all;
  for (auto group :
       {coalition_schemas(), capability_schemas(), place_schemas(), pledge_schemas(),
        requirement_schemas(), siting_schemas(), agreement_schemas(), source_schemas()}) {
    std::move(group.begin(), group.end(), std::back_inserter(all));
  }
  std::sort(all.begin(), all.end(),
            [](TableSchema const& a, TableSchema const& b) { return a.table < b.table; });
  return all;
}

}  // namespace

ColumnInfo const* TableSchema::find(std::string_view column) const {
  auto const found = std::find_if(columns.begin(), columns.end(),
                                  [&](ColumnInfo const& info) { return info.name == column; });
  return found == columns.end() ? nullptr : &*found;
}

std::span<TableSchema const> table_schemas() {
  static std::vector<TableSchema> const kSchemas = all_schemas();
  return kSchemas;
}

TableSchema const* find_schema(model::Table table) {
  for (TableSchema const& schema : table_schemas()) {
    if (schema.table == table) {
      return &schema;
    }
  }
  return nullptr;
}

TableSchema const* find_schema(std::string_view name) {
  auto const table = model::parse<model::Table>(name);
  return table ? find_schema(*table) : nullptr;
}

}  // namespace guarantor::tables
