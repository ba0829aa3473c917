#include "guarantor/serve/row_body.h"

#include <fmt/format.h>

#include "guarantor/serve/json_body.h"

namespace guarantor::serve {

using model::Error;
using model::ErrorKind;

model::Result<RowBody> read_row_body(Request const& request) {
  auto const body = read_object(request);
  if (!body.ok()) {
    return body.error();
  }
  auto const found = body.value().find("cells");
  if (found == body.value().end() || !found->is_object()) {
    return Error{ErrorKind::kBadInput, "`cells` must be an object of texts by column",
                 "GET /api/schema lists the columns"};
  }
  RowBody row;
  for (auto const& [column, value] : found->items()) {
    if (!value.is_string() && !value.is_null()) {
      return Error{ErrorKind::kBadInput, fmt::format("cell `{}` must be a text", column),
                   "numbers and dates stand as texts too"};
    }
    if (value.is_string() && !value.get_ref<std::string const&>().empty()) {
      row.cells.emplace(column, value.get<std::string>());
    } else {
      row.sent_empty.insert(column);
    }
  }
  return row;
}

}  // namespace guarantor::serve
