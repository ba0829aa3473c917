#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/model/case_file.h"
#include "guarantor/model/incident.h"
#include "guarantor/store/record.h"

namespace guarantor::serve {

/// A report that a nation owns, and to whom it released it.
struct OwnedReport {
  model::ObservationId id;
  model::NationId owner{};
  std::vector<std::string> releasable_to{};

  friend bool operator==(OwnedReport const&, OwnedReport const&) = default;
};

/// An incident as it stands: as much of it as lists need.
struct IncidentCard {
  model::IncidentId id;
  std::int64_t revision{};
  model::RevisionCause cause{model::RevisionCause::kOpened};
  model::IncidentClass what{model::IncidentClass::kOther};
  model::EventKind kind{model::EventKind::kOther};
  model::Instant from{};
  model::Instant to{};
  std::optional<model::Position> place;
  model::Metres radius{};
  model::SectorId sector;
  std::size_t reports{};
  std::vector<std::string> observers;
  model::MunitionCount munitions;
  std::optional<double> probability;
  std::vector<model::ClauseId> clauses{};  ///< said to be breached; nothing announced covers it
  std::vector<std::pair<std::string, std::size_t>> sources{};  ///< with how many reports each
  model::CaseState state{model::CaseState::kObserved};
  std::size_t steps{};        ///< verdicts, disputes, closings
  std::size_t attribution{};  ///< findings, replies, decisions
  store::Position record{};   ///< of its last revision
  model::NationId owner{};
  std::vector<std::string> releasable_to{};
  std::vector<OwnedReport> owned{};  ///< of its reports those that are some nation's

  friend bool operator==(IncidentCard const&, IncidentCard const&) = default;
};
using SharedCard = std::shared_ptr<IncidentCard const>;

/// All of a card that the incident says by itself; reports are counted where they are listed.
[[nodiscard]] IncidentCard card_of(model::Incident const& incident);
/// Puts down how far people have come with it.
void add_case(IncidentCard& card, model::CaseFile const& file);

/// Who did it, beside what happened.
[[nodiscard]] bool is_attribution(model::CaseAction action);
/// The name of its source that an observation's begins with.
[[nodiscard]] std::string source_of(model::ObservationId const& id);
/// Adds or takes away one report of a source.
void count_source(IncidentCard& card, std::string const& source, bool more);

}  // namespace guarantor::serve
