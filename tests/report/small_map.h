#pragma once

#include "guarantor/model/scenario.h"
#include "guarantor/report/map_scene.h"

/// A fictional case with a map: two countries and a sea between them, a line of contact, a border,
/// two areas, places of each kind, one of them far off.
namespace guarantor::report {

[[nodiscard]] model::Scenario small_map();
/// The same with two hundred more places, all close together.
[[nodiscard]] model::Scenario crowded_map();

/// Land and borders of it, and the line in sectors.
[[nodiscard]] MapSource small_source();
/// The same with sites, what is reached from them, and how soon.
[[nodiscard]] MapSource reached_source();

}  // namespace guarantor::report
