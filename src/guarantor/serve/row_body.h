#pragma once

#include <functional>
#include <set>
#include <string>

#include "guarantor/model/error.h"
#include "guarantor/serve/http_message.h"
#include "guarantor/serve/row_edit.h"

namespace guarantor::serve {

/// The cells that a request's body gives a row. One that is sent and empty stands in `sent_empty`.
struct RowBody {
  Cells cells;
  std::set<std::string, std::less<>> sent_empty;
};

/// Reads `{"cells": {column: text or null}}`. Error kBadInput.
[[nodiscard]] model::Result<RowBody> read_row_body(Request const& request);

}  // namespace guarantor::serve
