#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/serve/http_message.h"

/// JSON in and out of requests and responses.
namespace guarantor::serve {

/// Text that is no UTF-8 is put right rather than refused: it came from somebody.
[[nodiscard]] std::string dump(nlohmann::ordered_json const& json);
[[nodiscard]] Response respond_json(nlohmann::ordered_json const& json, int status = 200);

/// The object in a request's body; an empty body is an empty object. Error kBadInput where it is
/// too long, nested deeper than anybody would, no JSON or no object.
[[nodiscard]] model::Result<nlohmann::json> read_object(Request const& request,
                                                        std::size_t most_bytes = std::size_t{1}
                                                                                 << 20U);

/// The tag of what these bytes say: 16 digits of their SHA-256, in quotes.
[[nodiscard]] std::string entity_tag(std::string const& bytes);

}  // namespace guarantor::serve
