#pragma once

#include "guarantor/model/quantity.h"

namespace guarantor::geo {

/// Lengths on the WGS 84 ellipsoid.
using Metres = model::Quantity<struct MetresUnit, double>;
using SquareMetres = model::Quantity<struct SquareMetresUnit, double>;

}  // namespace guarantor::geo
