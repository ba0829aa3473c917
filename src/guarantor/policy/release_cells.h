#pragma once

#include <string_view>

#include "guarantor/model/scenario.h"
#include "guarantor/model/validate.h"

/// Cells that a rule may hide: how each is emptied. A column that is not here cannot be hidden, and
/// the build fails where a rule would.
namespace guarantor::policy {

void empty_cell(model::Header& row, std::string_view column);
void empty_cell(model::Condition& row, std::string_view column);
void empty_cell(model::Assessment& row, std::string_view column);
void empty_cell(model::Pledge& row, std::string_view column);
void empty_cell(model::Offer& row, std::string_view column);
void empty_cell(model::Delivery& row, std::string_view column);
void empty_cell(model::ForceClaim& row, std::string_view column);

/// Whether `empty_cell` knows the column.
[[nodiscard]] bool can_empty(model::Table table, std::string_view column);

}  // namespace guarantor::policy
