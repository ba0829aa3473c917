#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/row_record.h"
#include "guarantor/model/validate.h"
#include "guarantor/serve/scenario_views.h"

/// The rows of one table in somebody's eyes, found and sorted.
namespace guarantor::serve {

/// What rows are asked for.
struct RowQuery {
  std::string text;  ///< stands in one of the cells, whatever the case of its ASCII letters
  std::string sort;  ///< a column, `-` before it for the other way round; empty: as they stand
};

/// The rows of a table that fit, in order; they live as long as the view. Rows without a value in
/// the column come last. Error kBadInput for a column that the table does not have.
[[nodiscard]] model::Result<std::vector<model::RowRecord const*>> rows_of(ScenarioView const& view,
                                                                          model::Table table,
                                                                          RowQuery const& query);

/// The tag of a row as it is seen.
[[nodiscard]] std::string entity_tag(model::RowRecord const& row);

}  // namespace guarantor::serve
