#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/policy/operation.h"
#include "guarantor/serve/row_edit.h"

/// Who may change which rows.
namespace guarantor::serve {

/// What changing a row of the table is: offering, assessing, or editing.
[[nodiscard]] policy::Operation changing(model::Table table);

/// The nation that a row is of: its own column, or that of the pledge it is about, of all the rows
/// there are. Empty for rows of nobody's.
[[nodiscard]] model::NationId owner_of(model::Table table, Cells const& cells,
                                       model::RowTables const& rows);

/// Why the viewer may not make `now` of the row `before` (null: there was none), or nothing. Rows
/// before and after must both be its own where it may change its own alone; and only a row's owner
/// says to whom it is released. Error kRefused.
[[nodiscard]] std::optional<model::Error> refusal(policy::Viewer const& viewer,
                                                  RowEdit const& change,
                                                  model::RowRecord const* before,
                                                  model::RowTables const& rows);

/// The cells that a row gets where its writer sees `seen` of `before`: cells that it does not see
/// and does not send stay as they are, and so does who it is released to where it may not say so.
[[nodiscard]] Cells kept_beside(policy::Viewer const& viewer, model::Table table, Cells sent,
                                model::RowRecord const* before, model::RowRecord const* seen);

}  // namespace guarantor::serve
