#pragma once

#include <string_view>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/row_record.h"
#include "guarantor/model/validate.h"
#include "guarantor/serve/http_message.h"
#include "guarantor/serve/scenario_views.h"

/// What is on the screen, as files that people open in spreadsheets. A text is never a formula in
/// them.
namespace guarantor::serve {

/// Rows of a table as `csv` or `xlsx`, headed by the scenario's marking. In CSV a text that a
/// spreadsheet would take for a formula begins with an apostrophe; in a workbook it is a text.
/// Errors: kBadInput for another format, and those of `report::to_workbook`.
[[nodiscard]] model::Result<Response> download(ScenarioView const& view, model::Table table,
                                               std::vector<model::RowRecord const*> const& rows,
                                               std::string_view format);

/// The whole scenario as the viewer has it, as one workbook that `guarantor` reads again. Errors as
/// `tables::save_workbook`.
[[nodiscard]] model::Result<Response> download_workbook(ScenarioView const& view);

}  // namespace guarantor::serve
