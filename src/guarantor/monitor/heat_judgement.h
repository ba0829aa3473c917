#pragma once

#include <span>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/incident.h"
#include "guarantor/model/interval.h"
#include "guarantor/store/store.h"
#include "guarantor/watch/thermal_assessment.h"

namespace guarantor::monitor {

/// What heat is judged by: fires of earlier years, and which years were watched.
struct HeatQuestion {
  std::span<watch::ThermalFire const> earlier;
  std::vector<int> years;
  std::span<watch::ThermalExclusion const> exclusions;
  model::Interval<model::Date> days;  ///< of the incidents that are judged
};

/// Says of every incident of heat in some days how probably it is not what burns there every year:
/// the greatest probability among its reports' cells and days. Those of which something else was
/// said before get a revision. It is a probability, and no allegation follows from it. REQUIRES:
/// nobody takes observations into the store meanwhile. Errors: those of the store and of
/// `ThermalBackground::fit`.
[[nodiscard]] model::Result<std::vector<model::Incident>> judge_heat(store::Store& store,
                                                                     HeatQuestion const& question,
                                                                     store::Author const& author);

}  // namespace guarantor::monitor
