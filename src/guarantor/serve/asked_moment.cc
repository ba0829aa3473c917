#include "guarantor/serve/asked_moment.h"

#include <fmt/format.h>

#include "guarantor/model/date.h"

namespace guarantor::serve {

model::Result<std::optional<model::Instant>> asked_moment(Request const& request,
                                                          std::string_view name) {
  auto const text = request.parameter(name);
  if (!text || text->empty()) {
    return std::optional<model::Instant>{};
  }
  if (auto const instant = model::parse_instant(*text)) {
    return instant;
  }
  if (auto const day = model::parse_date(*text)) {
    return std::optional<model::Instant>{*day};
  }
  return model::Error{model::ErrorKind::kBadInput,
                      fmt::format("{}: `{}` is no moment", name, *text),
                      "as 2026-06-03T12:00:00Z, or a day as 2026-06-03"};
}

}  // namespace guarantor::serve
