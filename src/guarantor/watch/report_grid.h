#pragma once

#include <array>
#include <cmath>
#include <cstdint>

#include "guarantor/watch/incident_gate.h"

namespace guarantor::watch {

/// Space and time cut into cells, each named by a number. Two cells may share a number: then more
/// is found than was asked for, never less.
struct ReportGrid {
  double side{};  ///< metres
  Span slot{};
  std::uint64_t salt{};

  /// Calls `visit` with the number of every cell within `reach` metres of a place and between two
  /// moments.
  template <class Visit>
  void each_cell(std::array<double, 3> const& place, double reach, Span from, Span to,
                 Visit const& visit) const {
    std::array<std::int64_t, 3> low{};
    std::array<std::int64_t, 3> high{};
    for (std::size_t axis = 0; axis < place.size(); ++axis) {
      low[axis] = static_cast<std::int64_t>(std::floor((place[axis] - reach) / side));
      high[axis] = static_cast<std::int64_t>(std::floor((place[axis] + reach) / side));
    }
    std::int64_t const last = floor_of(to);
    for (std::int64_t time = floor_of(from); time <= last; ++time) {
      for (std::int64_t x = low[0]; x <= high[0]; ++x) {
        for (std::int64_t y = low[1]; y <= high[1]; ++y) {
          for (std::int64_t z = low[2]; z <= high[2]; ++z) {
            visit(number_of(x, y, z, time));
          }
        }
      }
    }
  }

 private:
  [[nodiscard]] std::int64_t floor_of(Span moment) const {
    std::int64_t const whole = moment.count() / slot.count();
    return whole - (moment.count() % slot.count() < 0 ? 1 : 0);
  }
  [[nodiscard]] std::uint64_t number_of(std::int64_t x, std::int64_t y, std::int64_t z,
                                        std::int64_t time) const {
    std::uint64_t number = salt;
    for (std::int64_t const part : {x, y, z, time}) {
      number = (number ^ static_cast<std::uint64_t>(part)) * 0x9E3779B97F4A7C15;
      number ^= number >> 29U;
    }
    return number;
  }
};

}  // namespace guarantor::watch
