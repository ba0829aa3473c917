#pragma once

#include "guarantor/serve/route.h"
#include "guarantor/serve/services.h"

/// Rows changed by people who each see their own part of a scenario.
namespace guarantor::serve {

/// PUT: the row that the path names becomes what the body's `cells` say, where it is still what
/// `If-Match` says, or with `If-None-Match: *` where there is none. Cells that the caller does not
/// see and does not send stay as they are. What was there already is no change.
[[nodiscard]] model::Result<Response> put_row(Services& services, Call const& call);

/// DELETE: the row goes, with what the history says of it in other tables.
[[nodiscard]] model::Result<Response> delete_row(Services& services, Call const& call);

}  // namespace guarantor::serve
