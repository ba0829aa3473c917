#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/report/map_frame.h"

/// Names on a map, none over another.
namespace guarantor::report {

/// A name to be placed beside a point, or on it.
struct LabelWish {
  std::string text;
  std::string style;  ///< class of the text
  double size{};      ///< of the letters, in units of the paper
  double spacing{0};  ///< between letters, a share of the size
  PaperPoint at;
  double clear{0};      ///< of the point's own symbol: how far the name stays away
  bool centred{false};  ///< on the point itself, or a little above or below
};

struct PlacedLabel {
  LabelWish wish;
  PaperBox box;
  int side{};  ///< of its point: 1 right, so that it begins at it; -1 left; 0 over or under
};

/// About how wide a text is drawn at most, in the widest font of the brief's style sheet.
[[nodiscard]] double text_width(std::string_view text, double size, double spacing = 0);

/// Places names one after the other, the most important first.
class LabelPlacer {
 public:
  explicit LabelPlacer(PaperBox frame) : frame_{frame} {}

  /// Nothing is placed over this.
  void block(PaperBox const& box) { blocked_.push_back(box); }
  /// Something a name should rather not cover.
  void discourage(PaperPoint point) { soft_.push_back(point); }

  /// The name at the best free place near its point; nothing where none is free. It lies within the
  /// frame and over no name placed before, nor anything blocked. O(placed + blocked + discouraged).
  std::optional<PlacedLabel> place(LabelWish const& wish);

 private:
  [[nodiscard]] bool is_free(PaperBox const& box) const;
  [[nodiscard]] int covered(PaperBox const& box) const;

  PaperBox frame_;
  std::vector<PaperBox> blocked_;
  std::vector<PaperPoint> soft_;
};

/// The label as an SVG text, with a halo by its class.
[[nodiscard]] std::string drawn(PlacedLabel const& label);

}  // namespace guarantor::report
