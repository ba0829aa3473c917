#pragma once

#include <optional>

#include "guarantor/model/instant.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/serve/row_edit.h"
#include "guarantor/serve/scenario_views.h"

/// The dated history of a pledge grows with every change of it.
namespace guarantor::serve {

/// The row of `offers` that says so where a change makes a pledge another in status or quantity, or
/// makes a new one; nothing otherwise. It has the day, and the meeting of that day where there is
/// one; a second change on a day changes the row of the first.
[[nodiscard]] std::optional<RowEdit> statement_of(RowEdit const& pledge,
                                                  model::RowRecord const* before,
                                                  ScenarioView const& whole,
                                                  policy::Viewer const& viewer, model::Instant now);

/// The rows that go with a pledge: its statements, its deliveries and their sources.
[[nodiscard]] std::vector<RowEdit> gone_with(std::string_view pledge, ScenarioView const& whole);

}  // namespace guarantor::serve
