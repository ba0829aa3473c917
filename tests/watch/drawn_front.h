#pragma once

#include <string>

#include "guarantor/model/scenario.h"
#include "guarantor/watch/coverage.h"

/// A front that is watched, drawn: 40 km from the place (0, 0) of the drawn reports due east, in
/// four sectors `front-01` to `front-04`, on 10 March 2026.
namespace guarantor::watch {

/// One sensor a line: its name, its kind, and what else:
///
///     cam-1  camera     front-01 front-02  standing hours=6-20 clear jammable
///     mast   mast       at=15,3 range=12   standing acts=drone,aircraft from=2026-03-09
///     eye    satellite  front-01           standing revisit=6
[[nodiscard]] model::Scenario drawn_front(std::string const& sensors);

/// Two parties accept an agreement.
void accept(model::Scenario& scenario, std::string const& agreement, model::Date day);

/// 10 March and as many days after it.
[[nodiscard]] TimeSpan drawn_days(int days = 1);

/// A line a sector, a character an hour: `#` watched, `+` in part, `.` not; then how much and why
/// not:
///
///     01 ......##############.... 14 of 24 h; hours 10
[[nodiscard]] std::string picture(Coverage const& coverage,
                                  std::vector<model::EventKind> const& kinds = {});

}  // namespace guarantor::watch
