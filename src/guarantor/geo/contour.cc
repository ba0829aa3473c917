#include "guarantor/geo/contour.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace guarantor::geo {
namespace {

/// The line between two neighbouring grid places that the outline passes: twice the number of the
/// place to the south or west, and one more where the line runs north.
using Gate = std::size_t;

/// A piece of an outline within one square, the inside on its left.
struct Step {
  Gate from{};
  Gate to{};
  std::size_t inside{};  ///< a grid place on its left
};

class Squares {
 public:
  explicit Squares(Field const& field) : field_{&field} {}

  /// All steps, in the order of the gates they begin at.
  [[nodiscard]] std::vector<Step> steps() const {
    std::vector<Step> found;
    for (std::size_t row = 0; row + 1 < field_->rows; ++row) {
      for (std::size_t column = 0; column + 1 < field_->columns; ++column) {
        add_square(row * field_->columns + column, found);
      }
    }
    std::sort(found.begin(), found.end(),
              [](Step const& a, Step const& b) { return a.from < b.from; });
    return found;
  }

  [[nodiscard]] GridPlace place(Gate gate) const {
    std::size_t const near = gate / 2;
    bool const north = gate % 2 == 1;
    std::size_t const far = near + (north ? field_->columns : 1);
    constexpr double kLeast = 0.05;
    double const a = field_->depth[near];
    double const b = field_->depth[far];
    double const share = std::clamp(a / (a - b), kLeast, 1 - kLeast);
    std::size_t const whole_rows = near / field_->columns;
    auto const column = static_cast<double>(near % field_->columns);
    auto const row = static_cast<double>(whole_rows);
    return north ? GridPlace{column, row + share} : GridPlace{column + share, row};
  }

 private:
  /// Around each run of inside corners the outline enters the square by the gate after the run and
  /// leaves by the gate before it, going round counter-clockwise.
  void add_square(std::size_t corner, std::vector<Step>& found) const {
    constexpr std::size_t kCorners = 4;
    std::size_t const up = field_->columns;
    std::array<std::size_t, kCorners> const corners{corner, corner + 1, corner + up + 1,
                                                    corner + up};
    std::array<Gate, kCorners> const gates{2 * corner, 2 * (corner + 1) + 1, 2 * (corner + up),
                                           2 * corner + 1};  // gates[i]: corners i and i + 1
    for (std::size_t i = 0; i < kCorners; ++i) {
      std::size_t const before = (i + kCorners - 1) % kCorners;
      if (!field_->inside(corners[i]) || field_->inside(corners[before])) {
        continue;
      }
      std::size_t last = i;
      while (field_->inside(corners[(last + 1) % kCorners])) {
        last = (last + 1) % kCorners;
      }
      found.push_back({gates[last], gates[before], corners[i]});
    }
  }

  Field const* field_;
};

/// The number of the connected inside that each grid place belongs to, numbered by their first
/// places; neighbours are connected along rows and columns.
class Insides {
 public:
  explicit Insides(Field const& field) : of_(field.depth.size(), kNone) {
    std::vector<std::size_t> open;
    for (std::size_t start = 0; start < of_.size(); ++start) {
      if (!field.inside(start) || of_[start] != kNone) {
        continue;
      }
      of_[start] = count_;
      open.push_back(start);
      while (!open.empty()) {
        std::size_t const place = open.back();
        open.pop_back();
        for (std::size_t const next :
             {place - 1, place + 1, place - field.columns, place + field.columns}) {
          if (field.inside(next) && of_[next] == kNone) {
            of_[next] = count_;
            open.push_back(next);
          }
        }
      }
      ++count_;
    }
  }

  [[nodiscard]] std::uint32_t of(std::size_t place) const { return of_[place]; }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  std::vector<std::uint32_t> of_;
  std::uint32_t count_{};
};

double twice_area(std::vector<GridPlace> const& ring) {
  double sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    GridPlace const& a = ring[i];
    GridPlace const& b = ring[(i + 1) % ring.size()];
    sum += a.column * b.row - b.column * a.row;
  }
  return sum;
}

}  // namespace

std::vector<Outline> outlines(Field const& field) {
  Squares const squares{field};
  std::vector<Step> const steps = squares.steps();
  Insides const insides{field};
  std::vector<Outline> found(insides.count());
  std::vector<bool> used(steps.size(), false);
  for (std::size_t first = 0; first < steps.size(); ++first) {
    if (used[first]) {
      continue;
    }
    std::vector<GridPlace> ring;
    for (std::size_t at = first; !used[at];) {
      used[at] = true;
      ring.push_back(squares.place(steps[at].from));
      auto const next =
          std::lower_bound(steps.begin(), steps.end(), steps[at].to,
                           [](Step const& step, Gate gate) { return step.from < gate; });
      at = static_cast<std::size_t>(next - steps.begin());
    }
    auto& rings = found[insides.of(steps[first].inside)].rings;
    bool const outer = twice_area(ring) > 0;
    rings.insert(outer ? rings.begin() : rings.end(), std::move(ring));
  }
  return found;
}

}  // namespace guarantor::geo
