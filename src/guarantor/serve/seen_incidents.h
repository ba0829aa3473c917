#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/incident.h"
#include "guarantor/model/observation.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/serve/incident_board.h"
#include "guarantor/serve/incident_card.h"
#include "guarantor/serve/store_gate.h"

namespace guarantor::serve {

/// A revision of an incident as one viewer gets it, with those reports alone that count for it.
struct SeenRevision {
  model::Incident incident;  ///< its revision counts those that changed what the viewer gets
  store::Position record{};
  model::Instant at{};
  std::string by;
};

/// Every revision that changed what the viewer gets, the oldest first; none where no report of it
/// counts for the viewer, all as they were where every report does. Errors: those of the store.
/// O(revisions · reports).
[[nodiscard]] model::Result<std::vector<SeenRevision>> seen_revisions(store::Store const& store,
                                                                      policy::Viewer const& viewer,
                                                                      model::IncidentId const& id);

/// Whether it is told by some of its reports alone, as the others do not count for its viewer: it
/// stands in no record so.
[[nodiscard]] inline bool is_part(IncidentCard const& card) {
  return card.record == 0;
}

/// Incidents as viewers get them who do not read every report: what a nation keeps to itself counts
/// nothing. Kept until the incident changes. For any thread.
class SeenIncidents {
 public:
  explicit SeenIncidents(StoreGate const& gate) : gate_{gate} {}

  /// The card as the viewer gets it; null where it does not see the incident. Errors: those of the
  /// store.
  [[nodiscard]] model::Result<SharedCard> of(policy::Viewer const& viewer,
                                             SharedCard const& card) const;
  /// Those that the viewer is told a part of. REQUIRES: it does not read every report.
  /// O(incidents).
  [[nodiscard]] model::Result<std::vector<SharedCard>> parts(policy::Viewer const& viewer,
                                                             IncidentBoard const& board) const;

 private:
  [[nodiscard]] model::Result<SharedCard> make(policy::Viewer const& viewer,
                                               IncidentCard const& card) const;

  static constexpr std::size_t kMostKept = 20'000;

  StoreGate const& gate_;
  mutable std::mutex mutex_;
  struct Kept {
    SharedCard whole;  ///< of which it is a part
    SharedCard part;
  };
  mutable std::map<std::pair<std::string, model::IncidentId>, Kept> kept_;
};

}  // namespace guarantor::serve
