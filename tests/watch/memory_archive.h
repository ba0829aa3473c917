#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "guarantor/watch/incident_fusion.h"

namespace guarantor::watch {

/// An archive in memory, and the incidents as they are after all steps given to it.
class MemoryArchive final : public IncidentArchive {
 public:
  struct Kept {
    model::Incident incident;
    std::set<model::ObservationId> reports;
  };

  void keep(FusionStep const& step, std::span<model::Observation const> given);

  [[nodiscard]] model::Result<std::optional<model::Observation>> observation(
      model::ObservationId const& id) override;
  [[nodiscard]] model::Result<std::optional<ArchivedIncident>> incident(
      model::IncidentId const& id) override;
  [[nodiscard]] model::Result<std::vector<model::IncidentId>> marked(std::uint64_t mark) override;

  /// The reports of every incident that is left, as sets, in order.
  [[nodiscard]] std::set<std::set<std::string>> partition() const;
  [[nodiscard]] std::map<model::IncidentId, Kept> const& kept() const { return kept_; }
  std::size_t questions{};

 private:
  std::map<model::ObservationId, model::Observation> observations_;
  std::map<model::IncidentId, Kept> kept_;
  std::map<std::uint64_t, std::set<model::IncidentId>> marks_;
};

}  // namespace guarantor::watch
