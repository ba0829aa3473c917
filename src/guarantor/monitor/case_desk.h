#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "guarantor/model/case_file.h"
#include "guarantor/model/error.h"
#include "guarantor/store/store.h"

/// People's steps on incidents, kept in a store: verdicts and findings, replies, decisions.
namespace guarantor::monitor {

/// A JSON object; the same step is the same bytes.
[[nodiscard]] std::string to_json(model::CaseStep const& step);
/// Reads what `to_json` wrote. Error kCheckFailed for anything else.
[[nodiscard]] model::Result<model::CaseStep> parse_case_step(std::string_view text);

/// An incident's file, from all steps kept of it and of the incidents it took in. Errors: kNotFound
/// for an incident that never was or was taken into another, which the hint names; those of the
/// store.
[[nodiscard]] model::Result<model::CaseFile> case_of(store::Store const& store,
                                                     model::IncidentId const& incident);

/// Keeps a step, where the rules allow it on all that was kept before, and gives the file after it.
/// `step.by`, `step.at` and the incident's revision are filled in from the author and the store.
/// Errors: those of `case_of` and `watch::after`.
[[nodiscard]] model::Result<std::pair<model::CaseFile, store::Receipt>> keep_step(
    store::Store& store, model::CaseStep step, store::Author const& author);

}  // namespace guarantor::monitor
