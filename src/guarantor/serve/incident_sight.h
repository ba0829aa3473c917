#pragma once

#include <string>

#include "guarantor/model/case_file.h"
#include "guarantor/model/observation.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/serve/incident_card.h"

/// What a viewer sees of incidents, of their reports and of people's steps.
namespace guarantor::serve {

/// Whether the viewer reads every report, not only what was released.
[[nodiscard]] bool sees_all_reports(policy::Viewer const& viewer);
/// Whether the viewer reads a report of that owner and list.
[[nodiscard]] bool sees_report(policy::Viewer const& viewer, model::NationId const& owner,
                               std::vector<std::string> const& releasable_to);
/// Whether it may count in what the viewer is told: the coalition's own reports do for all who see
/// incidents, a nation's for those who see it.
[[nodiscard]] bool counts_for(policy::Viewer const& viewer, OwnedReport const& report);

/// Whether incidents like this are for the viewer, as far as its reports count for it.
[[nodiscard]] bool reads_incident(policy::Viewer const& viewer, IncidentCard const& card);
/// Whether the viewer sees all of it: that, and all of its reports count.
[[nodiscard]] bool sees_incident(policy::Viewer const& viewer, IncidentCard const& card);

/// Whether the viewer reads all findings, replies and decisions. Monitors read none: who did it is
/// not their word.
[[nodiscard]] bool sees_attribution(policy::Viewer const& viewer);
/// Whether the viewer reads a step: what is asked of its nation, and said by it, a nation does.
[[nodiscard]] bool sees_step(policy::Viewer const& viewer, model::CaseStep const& step);
/// The file with the steps that the viewer sees.
[[nodiscard]] model::CaseFile seen_file(policy::Viewer const& viewer, model::CaseFile file);

/// Whether a party to an agreement is that nation: its code in small letters, or `party-` and that.
[[nodiscard]] bool is_nation(model::PartyId const& party, model::NationId const& nation);

/// Names what the viewer sees of the incident now: whoever changes it says that it has seen this.
/// Without quotes.
[[nodiscard]] std::string tag_of(policy::Viewer const& viewer, IncidentCard const& card);

}  // namespace guarantor::serve
