#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guarantor/monitor/incident_json.h"
#include "guarantor/store/store.h"
#include "guarantor/watch/incident_archive.h"

namespace guarantor::monitor {

/// What fusion gave out, read back from a store. What was erased counts as never seen.
class StoreArchive final : public watch::IncidentArchive {
 public:
  explicit StoreArchive(store::Store const& store) : store_{store} {}

  [[nodiscard]] model::Result<std::optional<model::Observation>> observation(
      model::ObservationId const& id) override;
  [[nodiscard]] model::Result<std::optional<watch::ArchivedIncident>> incident(
      model::IncidentId const& id) override;
  [[nodiscard]] model::Result<std::vector<model::IncidentId>> marked(std::uint64_t mark) override;

 private:
  store::Store const& store_;
};

/// An incident's last revision with all of its reports listed, or nothing. Errors: those of the
/// store. O(revisions) where there are many reports.
[[nodiscard]] model::Result<std::optional<model::Incident>> kept_incident(
    store::Store const& store, model::IncidentId const& id);

/// The same from a record of it.
[[nodiscard]] model::Result<model::Incident> whole_incident(store::Store const& store,
                                                            store::Record const& record);

/// Whether nothing is left of an incident, since it was taken into another or emptied.
[[nodiscard]] bool has_ended(model::Incident const& incident);

/// The observation a record holds. Error kCheckFailed where it holds none.
[[nodiscard]] model::Result<model::Observation> kept_observation(store::Record const& record);

}  // namespace guarantor::monitor
