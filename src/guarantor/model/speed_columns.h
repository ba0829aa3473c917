#pragma once

#include <array>
#include <string_view>

#include "guarantor/model/network.h"

namespace guarantor::model {

/// The columns of links.csv that hold the speed of each movement class, in the order of
/// `MovementClass`.
inline constexpr std::array<std::string_view, kWords<MovementClass>.size()> kSpeedColumns{
    "kmh_light_wheeled", "kmh_heavy_wheeled", "kmh_transporter", "kmh_train",
    "kmh_ship",          "kmh_rotary",        "kmh_fixed_wing"};

}  // namespace guarantor::model
