#include "guarantor/report/map_legend.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "guarantor/report/html.h"

namespace guarantor::report {
namespace {

constexpr double kBoxWidth = 250;
constexpr double kBoxHeight = 44;

/// The corner in which the fewest places lie, the names of the net of degrees aside.
PaperBox quiet_corner(MapScene const& scene) {
  constexpr double kLeft = 58;
  constexpr double kEdge = 12;
  constexpr double kLower = 26;
  double const right = MapFrame::kWidth - kEdge;
  double const bottom = scene.frame.height() - kLower;
  std::array<PaperBox, 4> const corners{{{right - kBoxWidth, bottom - kBoxHeight, right, bottom},
                                         {kLeft, bottom - kBoxHeight, kLeft + kBoxWidth, bottom},
                                         {right - kBoxWidth, kEdge, right, kEdge + kBoxHeight},
                                         {kLeft, kEdge, kLeft + kBoxWidth, kEdge + kBoxHeight}}};
  auto const crowd = [&](PaperBox const& corner) {
    constexpr double kAround = 40;
    auto count =
        std::count_if(scene.places.begin(), scene.places.end(),
                      [&](MapPlace const& place) { return corner.grown(kAround).holds(place.at); });
    for (model::Area const* const area : scene.lines) {
      for (model::Part const& part : area->parts) {
        if (auto const* line = std::get_if<model::Line>(&part)) {
          for (PaperLine const& piece : cut_line(scene.frame.line(line->positions), corner)) {
            count += piece.empty() ? 0 : 4;
          }
        }
      }
    }
    return count;
  };
  return *std::min_element(
      corners.begin(), corners.end(),
      [&](PaperBox const& a, PaperBox const& b) { return crowd(a) < crowd(b); });
}

/// The longest of 1, 2, 5, 10 ... kilometres that fits.
double round_length(double most) {
  double const unit = std::pow(10, std::floor(std::log10(most)));
  return most >= 5 * unit ? 5 * unit : most >= 2 * unit ? 2 * unit : unit;
}

}  // namespace

std::string draw_scale(MapScene const& scene, LabelPlacer& labels) {
  constexpr double kLongest = 180;
  constexpr double kBar = 5;
  MapFrame const& frame = scene.frame;
  PaperBox const box = quiet_corner(scene);
  labels.block(box);
  double const kilometres = round_length(kLongest / frame.units_per_km());
  double const length = kilometres * frame.units_per_km();
  double const x = box.left + 46;
  double const y = box.top + 24;
  std::string out =
      fmt::format(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" class="card"/>)",
                  box.left, box.top, kBoxWidth, kBoxHeight);
  for (int i = 0; i < 4; ++i) {
    out += fmt::format(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.0f}" class="{}"/>)",
                       x + length * i / 4, y, length / 4, kBar, i % 2 == 0 ? "bar-a" : "bar-b");
  }
  for (int i : {0, 2, 4}) {
    out += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" class="sc">{}{}</text>)", x + length * i / 4,
                       y - 5, kilometres * i / 4, i == 4 ? " km" : "");
  }
  // North at the corner itself: on this projection it turns with the longitude.
  constexpr double kTry = 40;
  model::Position nearest;
  double least = 1e18;
  for (int east = -30; east <= 70; ++east) {
    for (int north = 25; north <= 75; ++north) {
      model::Position const place{model::Degrees{static_cast<double>(east)},
                                  model::Degrees{static_cast<double>(north)}};
      PaperPoint const at = frame.at(place);
      double const away = std::hypot(at.x - box.left - kTry, at.y - y);
      if (away < least) {
        least = away;
        nearest = place;
      }
    }
  }
  out += fmt::format(R"svg(<g transform="translate({:.1f} {:.1f}) rotate({:.1f})">)svg"
                     R"(<path d="M0 -15L5 9L0 5L-5 9Z" class="nor"/></g>)"
                     R"(<text x="{:.1f}" y="{:.1f}" class="sc">N</text>)",
                     box.left + 20, box.top + 23, frame.north_at(nearest) * 180 / std::numbers::pi,
                     box.left + 20, box.top + 42);
  return out;
}

Legend draw_legend(std::vector<LegendEntry> const& entries, double top) {
  constexpr std::size_t kColumns = 3;
  constexpr double kRow = 23;
  constexpr double kSign = 22;
  constexpr double kText = 46;
  std::size_t const rows = (entries.size() + kColumns - 1) / kColumns;
  Legend legend;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::size_t const column = i / rows;
    double const x = static_cast<double>(column) * MapFrame::kWidth / kColumns;
    double const y = top + kRow * (static_cast<double>(i % rows) + 1);
    legend.drawing +=
        tag("g", entries[i].sign,
            fmt::format(R"svg(transform="translate({:.1f} {:.1f})")svg", x + kSign, y)) +
        fmt::format(R"(<text x="{:.1f}" y="{:.1f}" class="lg">{}</text>)", x + kText, y + 4.5,
                    escape(entries[i].meaning));
  }
  legend.height = kRow * static_cast<double>(rows) + kRow / 2;
  return legend;
}

}  // namespace guarantor::report
