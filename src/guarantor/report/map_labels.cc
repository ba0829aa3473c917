#include "guarantor/report/map_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "guarantor/report/html.h"

namespace guarantor::report {
namespace {

constexpr double kLineHeight = 1.12;

/// Widths of letters as shares of the size: DejaVu Sans Condensed, bold where it matters, and a
/// little more.
double letter_width(unsigned char c) {
  constexpr std::string_view kNarrow = "iIjl.,:;'|!()[] ftr-";
  constexpr std::string_view kWide = "mwMWQO%@";
  constexpr double kNarrowWidth = 0.4;
  constexpr double kWideWidth = 0.9;
  constexpr double kCapital = 0.72;
  constexpr double kUsual = 0.6;
  char const letter = static_cast<char>(c);
  if (kNarrow.find(letter) != std::string_view::npos) {
    return kNarrowWidth;
  }
  if (kWide.find(letter) != std::string_view::npos) {
    return kWideWidth;
  }
  return letter >= 'A' && letter <= 'Z' ? kCapital : kUsual;
}

PaperBox about(PaperPoint middle, double width, double height) {
  return {middle.x - width / 2, middle.y - height / 2, middle.x + width / 2, middle.y + height / 2};
}

/// Where the middle of a text may lie, as shares of its half width and height plus what must stay
/// clear: right, left, above, below, then the corners; the first is the best.
constexpr std::array<std::pair<double, double>, 8> kBeside{
    {{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {0.8, -1}, {0.8, 1}, {-0.8, -1}, {-0.8, 1}}};
/// Of a text that stands on its point, as shares of its own size.
constexpr std::array<std::pair<double, double>, 13> kUpon{{{0, 0},
                                                           {0, -0.9},
                                                           {0, 0.9},
                                                           {0.35, 0},
                                                           {-0.35, 0},
                                                           {0, -1.8},
                                                           {0, 1.8},
                                                           {0.35, -1.4},
                                                           {-0.35, -1.4},
                                                           {0.35, 1.4},
                                                           {-0.35, 1.4},
                                                           {0, -3},
                                                           {0, 3}}};

}  // namespace

double text_width(std::string_view text, double size, double spacing) {
  constexpr unsigned kContinuation = 0xC0;
  constexpr unsigned kContinued = 0x80;
  double width = 0;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if ((byte & kContinuation) != kContinued) {
      width += (letter_width(byte) + spacing) * size;
    }
  }
  return width;
}

bool LabelPlacer::is_free(PaperBox const& box) const {
  return frame_.holds(box) && std::none_of(blocked_.begin(), blocked_.end(),
                                           [&](PaperBox const& b) { return b.overlaps(box); });
}

int LabelPlacer::covered(PaperBox const& box) const {
  return static_cast<int>(std::count_if(soft_.begin(), soft_.end(),
                                        [&](PaperPoint point) { return box.holds(point); }));
}

std::optional<PlacedLabel> LabelPlacer::place(LabelWish const& wish) {
  double const width = text_width(wish.text, wish.size, wish.spacing);
  double const height = wish.size * kLineHeight;
  std::optional<PlacedLabel> best;
  int least = 0;
  auto const consider = [&](double x, double y, int side) {
    PaperPoint const middle{wish.at.x + x, wish.at.y + y};
    PaperBox const box = about(middle, width, height);
    int const cost = covered(box);
    if ((!best || cost < least) && is_free(box)) {
      best = PlacedLabel{wish, box, side};
      least = cost;
    }
  };
  if (wish.centred) {
    for (auto const& [x, y] : kUpon) {
      consider(x * width, y * height, 0);
    }
  } else {
    constexpr double kTighter = 2;  // letters fill less than their line
    for (auto const& [x, y] : kBeside) {
      consider(x * (width / 2 + wish.clear), y * (height / 2 + wish.clear - kTighter),
               x > 0   ? 1
               : x < 0 ? -1
                       : 0);
    }
  }
  if (best) {
    blocked_.push_back(best->box);
  }
  return best;
}

std::string drawn(PlacedLabel const& label) {
  constexpr double kBaseline = 0.35;
  PaperPoint const middle = label.box.middle();
  double const x = label.side > 0 ? label.box.left : label.side < 0 ? label.box.right : middle.x;
  return fmt::format(R"(<text x="{:.1f}" y="{:.1f}" class="{}" text-anchor="{}">{}</text>)", x,
                     middle.y + label.wish.size * kBaseline, label.wish.style,
                     label.side > 0   ? "start"
                     : label.side < 0 ? "end"
                                      : "middle",
                     escape(label.wish.text));
}

}  // namespace guarantor::report
