#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

#include "guarantor/model/case_file.h"
#include "guarantor/model/error.h"
#include "guarantor/model/scenario.h"
#include "guarantor/serve/caller.h"
#include "guarantor/serve/http_message.h"

/// Which steps on an incident people may take, and one of them as it is sent.
namespace guarantor::serve {

/// What the caller may do next with the incident of this file, by role and by how far it has come.
/// `file` is whole: with what the caller may not read.
[[nodiscard]] std::vector<model::CaseAction> actions(Caller const& caller,
                                                     model::CaseFile const& file,
                                                     model::Instant now);

/// Error kRefused where the step is not the caller's to take, whatever the state: by the table of
/// operations; nobody decides what he verified; a nation replies for itself.
[[nodiscard]] model::Result<model::Done> may_take(Caller const& caller, model::CaseStep const& step,
                                                  model::CaseFile const& file);

/// The step in a request's body, or the response that says what is wrong with it. Parties are those
/// with a position in the scenario.
[[nodiscard]] std::variant<model::CaseStep, Response> read_step(nlohmann::json const& body,
                                                                model::Scenario const& scenario);

}  // namespace guarantor::serve
