#pragma once

#include <string>
#include <vector>

#include "guarantor/model/id.h"
#include "guarantor/model/quantity.h"

namespace guarantor::model {

/// Units asked of one provider: in place from a month on to the end, free of caveats.
struct PackageUnits {
  CapabilityId capability;
  Units units{1};
  Months from{};

  friend bool operator==(PackageUnits const&, PackageUnits const&) = default;
};

/// Mean share of a line's months covered, without a package and with it.
struct LineLift {
  RequirementId line;
  double before{};
  double after{};

  friend bool operator==(LineLift const&, LineLift const&) = default;
};

/// The smallest package from one nation that lifts stated lines to a stated fill.
struct Package {
  NationId nation;
  double fill{};  ///< the share asked for
  bool reached{};
  std::string reason;  ///< where it is not reached: what stands in the way
  bool proven{};       ///< every smaller package was tried, and none reaches the fill
  std::vector<PackageUnits> units;
  std::vector<LineLift> lines;
  double gain{};  ///< of the objective, by solving again with the package

  friend bool operator==(Package const&, Package const&) = default;
};

}  // namespace guarantor::model
