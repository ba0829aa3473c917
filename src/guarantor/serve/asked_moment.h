#pragma once

#include <optional>
#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/serve/http_message.h"

namespace guarantor::serve {

/// The moment in a parameter, or the beginning of the day in it; nothing where there is none. Error
/// kBadInput.
[[nodiscard]] model::Result<std::optional<model::Instant>> asked_moment(Request const& request,
                                                                        std::string_view name);

}  // namespace guarantor::serve
