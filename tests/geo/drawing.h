#pragma once

#include <string>
#include <vector>

#include "guarantor/model/place.h"

/// Rings and lines drawn with letters: each letter is a position, the ring visits them in their
/// order. A character is a tenth of a degree; the drawing's south-west corner lies where told.
namespace guarantor::geo::drawing {

inline constexpr double kCharacter = 0.1;

inline model::Position at(double longitude, double latitude) {
  return {model::Degrees{longitude}, model::Degrees{latitude}};
}

inline std::vector<model::Position> line(std::vector<std::string> const& rows, char first = 'A',
                                         double west = 30, double south = 48) {
  std::vector<model::Position> positions;
  for (char letter = first;; ++letter) {
    bool found = false;
    for (std::size_t row = 0; row < rows.size() && !found; ++row) {
      std::size_t const column = rows[row].find(letter);
      if (column != std::string::npos) {
        auto const up = static_cast<double>(rows.size() - 1 - row);
        positions.push_back(
            at(west + kCharacter * static_cast<double>(column), south + kCharacter * up));
        found = true;
      }
    }
    if (!found) {
      return positions;
    }
  }
}

inline model::Ring ring(std::vector<std::string> const& rows, char first = 'A', double west = 30,
                        double south = 48) {
  model::Ring positions = line(rows, first, west, south);
  if (!positions.empty()) {
    positions.push_back(positions.front());
  }
  return positions;
}

}  // namespace guarantor::geo::drawing
