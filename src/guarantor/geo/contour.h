#pragma once

#include <cstddef>
#include <vector>

/// Outlines on a grid of numbers. Private to the part: no public header includes it.
namespace guarantor::geo {

/// A number at each place of a grid, row by row from the south-west; above 0 is inside.
struct Field {
  std::size_t columns{};
  std::size_t rows{};
  std::vector<double> depth;

  [[nodiscard]] bool inside(std::size_t place) const { return depth[place] > 0; }
};

/// A place in units of the grid.
struct GridPlace {
  double column{};
  double row{};
};

/// Rings of one connected inside: the outer one counter-clockwise, then its holes clockwise. Not
/// closed: the last place is not the first.
struct Outline {
  std::vector<std::vector<GridPlace>> rings;
};

/// The edge of the inside by marching squares; places that touch corner to corner are apart. Every
/// place of an outline lies between two neighbouring grid places, never nearer to one of them than
/// a twentieth, so rings neither touch nor cross. Ordered by the inside's first grid place. O(n).
/// REQUIRES: the outermost grid places are outside.
[[nodiscard]] std::vector<Outline> outlines(Field const& field);

}  // namespace guarantor::geo
