#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <set>
#include <vector>

#include "guarantor/model/incident.h"
#include "guarantor/watch/report_pool.h"

namespace guarantor::watch {

/// An incident in the making: its reports at hand, and what changed since it was given out last.
struct FusionGroup {
  model::IncidentId id;
  std::int64_t revision{};           ///< 0: not given out yet
  std::vector<ReportHandle> core;    ///< precise ones, or vague ones that confirm no precise one
  std::vector<ReportHandle> guests;  ///< vague ones that confirm one of the core
  std::map<model::ObservationId, int> change;  ///< +1 came, -1 went
  std::set<model::IncidentId> merged;
  std::set<model::IncidentId> split;
  std::set<std::uint64_t> marked;  ///< the marks it was given out with
  model::IncidentId absorbed_by;
  bool corrected{};
  bool touched{};
  std::list<FusionGroup*>::iterator last_used;

  [[nodiscard]] bool empty() const { return core.empty() && guests.empty(); }
  [[nodiscard]] std::size_t size() const { return core.size() + guests.size(); }
};

}  // namespace guarantor::watch
