#pragma once

#include <optional>
#include <string_view>

#include "guarantor/intake/adapter.h"

/// What every adapter asks of an observation, and how all of them read numbers.
namespace guarantor::intake {

/// Why an observation cannot stand: no id, source or moment, dates out of range or in the wrong
/// order, a place that is none, numbers that their fields cannot have. Nothing where it can.
[[nodiscard]] std::optional<Reject> find_flaw(model::Observation const& observation,
                                              Limits const& limits);

/// A finite decimal number, all of the text: `-1.5`, `2e3`; nothing for any other.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

/// A position from two texts in degrees, or why it is none. `latitude` and `longitude` are what the
/// reject calls the fields.
[[nodiscard]] std::optional<Reject> read_position(std::string_view latitude,
                                                  std::string_view longitude,
                                                  std::string_view latitude_field,
                                                  std::string_view longitude_field,
                                                  std::optional<model::Position>& place);

}  // namespace guarantor::intake
