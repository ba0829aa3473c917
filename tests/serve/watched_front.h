#pragma once

#include <string>
#include <vector>

#include "guarantor/model/observation.h"
#include "guarantor/model/scenario.h"
#include "serve_case.h"

/// The small front as a scenario of a store, watched through the server.
namespace guarantor::serve {

/// Two nations at the table, and a ceasefire of the parties `xaa` and `b`, of whom the first is the
/// nation XAA.
[[nodiscard]] model::Scenario watched_front();

/// Has observations taken in; the test fails where they are not.
void take(ServeCase& serve, std::vector<model::Observation> const& observations);

/// The id of the incident that begins first.
[[nodiscard]] std::string first_incident(ServeCase& serve);

}  // namespace guarantor::serve
