#pragma once

#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/store/record.h"
#include "guarantor/store/sqlite.h"

namespace guarantor::store {

/// What a query names so that `read_entry` can read its rows; the commitment is column 4.
inline constexpr std::string_view kEntryColumns =
    "entry.position, entry.kind, entry.key, entry.at, entry.commitment, entry.salt, entry.payload";
inline constexpr int kCommitmentColumn = 4;

/// The record in a row of those columns, once its payload was held against its commitment and its
/// columns against its payload. Error kCheckFailed, naming the record, where they do not fit.
[[nodiscard]] model::Result<Record> read_entry(Statement const& row);

}  // namespace guarantor::store
