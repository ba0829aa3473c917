#pragma once

#include <string>
#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/serve/http_message.h"

/// Errors as RFC 9457 has them: `application/problem+json`.
namespace guarantor::serve {

/// The status of each kind of error: 400, 404, 507, 403, 503, 409, 500.
[[nodiscard]] int status_of(model::ErrorKind kind);

/// `type` names the kind, e.g. `urn:guarantor:refused`; `title` is the kind as people say it,
/// `detail` the message, `hint` what would be right. A defect's message stays with us.
[[nodiscard]] Response problem(model::Error const& error);
/// The same with a status of its own, e.g. 412; `name` is what `type` ends with.
[[nodiscard]] Response problem(int status, std::string_view name, std::string_view title,
                               std::string_view detail, std::string_view hint = {});

}  // namespace guarantor::serve
