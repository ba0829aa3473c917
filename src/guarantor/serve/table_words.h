#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/validate.h"
#include "guarantor/tables/column.h"

/// What the tables of a scenario hold, for forms and lists that know none of them.
namespace guarantor::serve {

/// The columns of a table in their order, the scalars of `scenario` and the one cell of an area
/// included.
[[nodiscard]] std::vector<tables::ColumnInfo> columns_of(model::Table table);

/// True where the values of a column sort as numbers.
[[nodiscard]] bool is_number(tables::ColumnInfo const& column);

/// The columns that make a row's key; empty for the scalars.
[[nodiscard]] std::vector<std::string_view> key_columns(model::Table table);

/// What `GET /api/schema` answers.
[[nodiscard]] nlohmann::ordered_json schema_json();

}  // namespace guarantor::serve
