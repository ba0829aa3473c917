#pragma once

#include "guarantor/model/quantity.h"

namespace guarantor::geo {

/// Lengths on the WGS 84 ellipsoid.
using Metres = model::Metres;
using SquareMetres = model::Quantity<struct SquareMetresUnit, double>;

}  // namespace guarantor::geo
