#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/geo/area.h"
#include "guarantor/model/place.h"

namespace guarantor::geo {

/// A cell of the fixed division of the globe into ever smaller quarters, s2's: 6 cells of level 0,
/// each with 4 children, down to level 30 (about 1 cm). A cell of level 10 is about 10 km wide,
/// one of level 13 about 1.2 km. Cells compare and hash as ids; in their order near places mostly
/// stand near each other, and all cells within a cell are one unbroken run.
class Cell {
 public:
  static constexpr int kFinest = 30;

  /// The cell of a level that holds a place: exactly one does.
  /// REQUIRES: a position on the earth; 0 <= level <= kFinest.
  [[nodiscard]] static Cell at(model::Position place, int level);

  /// The cell with this token (`token()`), or nothing where it names none.
  [[nodiscard]] static std::optional<Cell> from_token(std::string_view token);

  /// The cell with this number (`number()`), or nothing where it is none.
  [[nodiscard]] static std::optional<Cell> from_number(std::uint64_t number);

  [[nodiscard]] int level() const;
  /// The cell of a coarser or the same level that holds this one.
  /// REQUIRES: 0 <= level <= this->level().
  [[nodiscard]] Cell parent(int level) const;
  /// Whether the other is this cell or lies within it.
  [[nodiscard]] bool holds(Cell other) const;
  [[nodiscard]] model::Position centre() const;
  /// The cell's outline, closed, counter-clockwise.
  [[nodiscard]] model::Ring outline() const;
  /// A short name that any s2 library understands.
  [[nodiscard]] std::string token() const;
  [[nodiscard]] std::uint64_t number() const { return number_; }

  friend bool operator==(Cell, Cell) = default;
  friend auto operator<=>(Cell, Cell) = default;

 private:
  explicit Cell(std::uint64_t number) : number_{number} {}

  std::uint64_t number_;
};

/// Cells that together cover an area, none finer than `finest`, in their order, none within
/// another; every place of the area lies in one. At most about `most` cells (never fewer than the
/// few that any cover needs), so a coarser cover is what few cells give. Deterministic. REQUIRES: 0
/// <= finest <= Cell::kFinest; most > 0.
[[nodiscard]] std::vector<Cell> cover(ValidArea const& area, int finest, std::size_t most);

/// Every cell of one level that an area meets, in their order. Nothing where that would be more
/// than `most`.
/// REQUIRES: 0 <= level <= Cell::kFinest.
[[nodiscard]] std::optional<std::vector<Cell>> cells_meeting(ValidArea const& area, int level,
                                                             std::size_t most);

}  // namespace guarantor::geo

template <>
struct std::hash<guarantor::geo::Cell> {
  std::size_t operator()(guarantor::geo::Cell cell) const noexcept {
    // The low bits of a cell's number are mostly alike; a multiplication stirs them.
    constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15;
    return static_cast<std::size_t>((cell.number() * kGolden) >> 17U ^ cell.number());
  }
};
