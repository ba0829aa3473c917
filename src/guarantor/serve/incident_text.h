#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "guarantor/model/incident.h"
#include "guarantor/model/scenario.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/serve/incident_card.h"

/// Incidents as JSON, each as one viewer gets it.
namespace guarantor::serve {

/// As an item of a list. REQUIRES: the viewer sees it.
[[nodiscard]] nlohmann::ordered_json to_json(IncidentCard const& card,
                                             policy::Viewer const& viewer);
/// One step of a file.
[[nodiscard]] nlohmann::ordered_json to_json(model::CaseStep const& step);
/// What is said against it, with the clauses' words.
[[nodiscard]] nlohmann::ordered_json to_json(std::vector<model::Allegation> const& allegations,
                                             model::Scenario const& scenario);
[[nodiscard]] nlohmann::ordered_json to_json(model::MunitionCount const& count);

}  // namespace guarantor::serve
