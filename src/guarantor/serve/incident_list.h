#pragma once

#include "guarantor/model/error.h"
#include "guarantor/serve/route.h"
#include "guarantor/serve/seen_incidents.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// What endpoints of incidents work with.
struct Floor {
  explicit Floor(Services& all) : services{all}, seen{all.store} {}

  Services& services;
  SeenIncidents seen;
};

/// A page of the incidents that the caller sees, the newest first, those that the query asks for.
/// Errors: kBadInput for a query that asks for nothing there is; those of the store.
[[nodiscard]] model::Result<Response> list_incidents(Floor const& floor, Call const& call);

}  // namespace guarantor::serve
