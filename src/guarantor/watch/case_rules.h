#pragma once

#include "guarantor/model/case_file.h"
#include "guarantor/model/error.h"
#include "guarantor/model/incident.h"

namespace guarantor::watch {

/// An incident's file before anybody did anything: observed, or alleged where a clause is said to
/// be breached and nothing that was announced covers it.
[[nodiscard]] model::CaseFile open_case(model::Incident const& incident);

/// The file after a step. Nothing is skipped:
///
///     alleged -> verified | not-verified | unverifiable -> disputed | closed
///
/// A verdict may be given anew, with another reason, until the case is closed; a dispute reopens
/// it. A finding needs a verified incident; a reply needs a finding, and to be asked; a decision
/// needs that every party that was asked replied or let its time pass, that the incident still is
/// verified, and that nothing was decided yet. With a new verdict attribution begins anew. Every
/// step names a person and a reason. Errors: kRefused, with what comes first; kBadInput where the
/// step lacks something.
[[nodiscard]] model::Result<model::CaseFile> after(model::CaseFile file,
                                                   model::CaseStep const& step);

/// Whether a reply came after its time. REQUIRES: a finding.
[[nodiscard]] bool is_late(model::CaseFile const& file, model::CaseStep const& reply);

}  // namespace guarantor::watch
