#include "memory_archive.h"

#include <gtest/gtest.h>

namespace guarantor::watch {

void MemoryArchive::keep(FusionStep const& step, std::span<model::Observation const> given) {
  for (std::size_t const i : step.taken) {
    observations_[given[i].id] = given[i];
  }
  for (IncidentRevision const& revision : step.revisions) {
    model::Incident const& incident = revision.incident;
    auto const before = kept_.find(incident.id);
    std::int64_t const last = before == kept_.end() ? 0 : before->second.incident.revision;
    EXPECT_EQ(incident.revision, last + 1) << incident.id.text();
    Kept& now = kept_[incident.id];
    bool const ended = incident.cause == model::RevisionCause::kAbsorbed ||
                       incident.cause == model::RevisionCause::kEmptied;
    for (model::ObservationId const& id : incident.added) {
      EXPECT_TRUE(now.reports.insert(id).second) << incident.id.text() << " had " << id.text();
    }
    for (model::ObservationId const& id : incident.removed) {
      EXPECT_EQ(now.reports.erase(id), 1U) << incident.id.text() << " had no " << id.text();
    }
    if (ended) {
      now.reports.clear();
    }
    now.incident = incident;
    EXPECT_EQ(std::vector(now.reports.begin(), now.reports.end()), incident.observations)
        << incident.id.text() << " revision " << incident.revision;
    for (std::uint64_t const mark : revision.marks) {
      marks_[mark].insert(incident.id);
    }
  }
}

model::Result<std::optional<model::Observation>> MemoryArchive::observation(
    model::ObservationId const& id) {
  ++questions;
  auto const found = observations_.find(id);
  return found == observations_.end() ? std::nullopt : std::optional{found->second};
}

model::Result<std::optional<ArchivedIncident>> MemoryArchive::incident(
    model::IncidentId const& id) {
  ++questions;
  auto const found = kept_.find(id);
  if (found == kept_.end()) {
    return std::optional<ArchivedIncident>{};
  }
  ArchivedIncident answer{.id = id, .revision = found->second.incident.revision, .reports = {}};
  for (model::ObservationId const& report : found->second.reports) {
    answer.reports.push_back(observations_.at(report));
  }
  return std::optional{answer};
}

model::Result<std::vector<model::IncidentId>> MemoryArchive::marked(std::uint64_t mark) {
  ++questions;
  std::vector<model::IncidentId> answer;
  for (model::IncidentId const& id : marks_[mark]) {
    if (!kept_.at(id).reports.empty()) {
      answer.push_back(id);
    }
  }
  return answer;
}

std::set<std::set<std::string>> MemoryArchive::partition() const {
  std::set<std::set<std::string>> parts;
  for (auto const& [id, kept] : kept_) {
    std::set<std::string> names;
    for (model::ObservationId const& report : kept.reports) {
      names.insert(report.text());
    }
    if (!names.empty()) {
      parts.insert(names);
    }
  }
  return parts;
}

}  // namespace guarantor::watch
