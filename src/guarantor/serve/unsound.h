#pragma once

#include <span>
#include <vector>

#include "guarantor/model/row_record.h"
#include "guarantor/serve/http_message.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::serve {

/// 422 with `errors`: each with the table, key and column of the cell it is about, as far as it is
/// about one. REQUIRES: the diagnostics are those of `tables::from_rows(rows, …)`, with an error.
[[nodiscard]] Response unsound(std::vector<tables::Diagnostic> const& diagnostics,
                               std::span<model::RowRecord const> rows);

}  // namespace guarantor::serve
