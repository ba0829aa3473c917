#include "guarantor/report/map_ground.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace guarantor::report {
namespace {

using model::Degrees;
using model::Position;

std::string path(std::string const& data, std::string_view style) {
  return data.empty() ? "" : fmt::format(R"(<path d="{}" class="{}"/>)", data, style);
}

std::string lines_data(std::vector<model::Line> const& lines, MapFrame const& frame) {
  std::string data;
  for (model::Line const& line : lines) {
    for (PaperLine const& piece : cut_line(frame.line(line.positions), frame.box())) {
      data += path_data(piece, false);
    }
  }
  return data;
}

double area_of(PaperLine const& ring) {
  double twice = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    PaperPoint const a = ring[i];
    PaperPoint const b = ring[(i + 1) % ring.size()];
    twice += a.x * b.y - b.x * a.y;
  }
  return std::abs(twice) / 2;
}

bool holds(PaperLine const& ring, PaperPoint point) {
  bool inside = false;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    PaperPoint const a = ring[i];
    PaperPoint const b = ring[(i + 1) % ring.size()];
    if ((a.y > point.y) != (b.y > point.y) &&
        point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x) {
      inside = !inside;
    }
  }
  return inside;
}

double distance_to(PaperLine const& ring, PaperPoint point) {
  double least = 1e9;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    PaperPoint const a = ring[i];
    PaperPoint const b = ring[(i + 1) % ring.size()];
    double const dx = b.x - a.x;
    double const dy = b.y - a.y;
    double const length = dx * dx + dy * dy;
    double const along =
        length > 0 ? std::clamp(((point.x - a.x) * dx + (point.y - a.y) * dy) / length, 0.0, 1.0)
                   : 0;
    least = std::min(least, std::hypot(point.x - a.x - along * dx, point.y - a.y - along * dy));
  }
  return least;
}

/// The point of a net over the outline that lies farthest from its edge, and how far.
std::optional<std::pair<PaperPoint, double>> middle_of(PaperLine const& ring) {
  constexpr int kSteps = 16;
  PaperBox box{1e9, 1e9, -1e9, -1e9};
  for (PaperPoint const point : ring) {
    box = {std::min(box.left, point.x), std::min(box.top, point.y), std::max(box.right, point.x),
           std::max(box.bottom, point.y)};
  }
  std::optional<std::pair<PaperPoint, double>> best;
  for (int i = 1; i < kSteps; ++i) {
    for (int j = 1; j < kSteps; ++j) {
      PaperPoint const point{box.left + (box.right - box.left) * i / kSteps,
                             box.top + (box.bottom - box.top) * j / kSteps};
      double const room = holds(ring, point) ? distance_to(ring, point) : 0;
      if (room > 0 && (!best || room > best->second)) {
        best = {point, room};
      }
    }
  }
  return best;
}

/// The largest piece of a country within the frame.
PaperLine largest_piece(BaseCountry const& country, MapFrame const& frame) {
  PaperLine largest;
  for (model::Ring const& ring : country.rings) {
    PaperLine piece = cut_ring(frame.line(ring), frame.box());
    if (area_of(piece) > area_of(largest)) {
      largest = std::move(piece);
    }
  }
  return largest;
}

std::string capitals(std::string const& name) {
  std::string out = name;
  for (std::size_t i = 0; i < out.size(); ++i) {
    bool const letter = out[i] >= 'a' && out[i] <= 'z';
    out[i] = letter ? static_cast<char>(out[i] - 'a' + 'A') : out[i];
  }
  // The one letter of these names that is not ASCII.
  if (auto const at = out.find("\u00FC"); at != std::string::npos) {
    out.replace(at, 2, "\u00DC");
  }
  return out;
}

struct Sea {
  std::string_view name;
  double east;
  double north;
};
/// Where the name of a sea stands well; own choice.
constexpr std::array<Sea, 7> kSeas{{{"Black Sea", 33.0, 43.2},
                                    {"Sea of Azov", 36.7, 46.1},
                                    {"Baltic Sea", 19.2, 56.6},
                                    {"North Sea", 3.5, 56.0},
                                    {"Mediterranean Sea", 18.0, 35.5},
                                    {"Aegean Sea", 25.0, 38.9},
                                    {"Adriatic Sea", 15.5, 43.0}}};

}  // namespace

std::string draw_ground(MapScene const& scene, BaseMap const* base) {
  MapFrame const& frame = scene.frame;
  bool const known = base != nullptr;
  std::string out = fmt::format(R"(<rect width="{:.0f}" height="{:.0f}" class="{}"/>)",
                                MapFrame::kWidth, frame.height(), known ? "sea" : "land");
  if (!known) {
    return out;
  }
  for (bool const host : {false, true}) {
    std::string land;
    for (BaseCountry const& country : base->countries) {
      if ((!country.code.empty() && country.code == scene.host) != host) {
        continue;
      }
      for (model::Ring const& ring : country.rings) {
        PaperLine const piece = cut_ring(frame.line(ring), frame.box());
        constexpr double kSmallest = 2;
        land += area_of(piece) < kSmallest ? "" : path_data(piece, true);
      }
    }
    out += path(land, host ? "land host" : "land");
  }
  return out + path(lines_data(base->borders, frame), "bord") +
         path(lines_data(base->unsettled, frame), "bord unset");
}

std::vector<LabelWish> ground_names(MapScene const& scene, BaseMap const* base) {
  std::vector<LabelWish> wishes;
  if (base == nullptr) {
    return wishes;
  }
  MapFrame const& frame = scene.frame;
  for (Sea const& sea : kSeas) {
    PaperPoint const at = frame.at({Degrees{sea.east}, Degrees{sea.north}});
    if (frame.box().holds(at)) {
      wishes.push_back({std::string{sea.name}, "sn", 16, 0.12, at, 0, true});
    }
  }
  for (BaseCountry const& country : base->countries) {
    PaperLine const piece = country.name.empty() ? PaperLine{} : largest_piece(country, frame);
    auto const middle = middle_of(piece);
    constexpr double kLeastRoom = 17;
    if (!middle || middle->second < kLeastRoom) {
      continue;
    }
    bool const host = country.code == scene.host;
    bool const large = middle->second > 80;
    wishes.push_back({capitals(country.name),
                      host    ? "cn host"
                      : large ? "cn"
                              : "cn small",
                      host    ? 17.0
                      : large ? 15.0
                              : 12.0,
                      0.22, middle->first, 0, true});
  }
  return wishes;
}

std::string draw_degrees(MapFrame const& frame, LabelPlacer& labels) {
  constexpr int kStep = 5;
  constexpr double kSize = 11;
  std::string lines;
  std::string figures;
  auto const meridian = [](int east) {
    std::vector<Position> line;
    for (int north = 25; north <= 75; ++north) {
      line.push_back({Degrees{static_cast<double>(east)}, Degrees{static_cast<double>(north)}});
    }
    return line;
  };
  auto const parallel = [](int north) {
    std::vector<Position> line;
    for (int east = -30; east <= 70; ++east) {
      line.push_back({Degrees{static_cast<double>(east)}, Degrees{static_cast<double>(north)}});
    }
    return line;
  };
  auto const figure = [&](PaperPoint end, std::string const& text, bool below) {
    PaperPoint const at = below ? PaperPoint{end.x, frame.height() - kSize}
                                : PaperPoint{4 + text_width(text, kSize) / 2, end.y};
    double const half = text_width(text, kSize) / 2;
    PaperBox const box{at.x - half, at.y - kSize * 0.6, at.x + half, at.y + kSize * 0.6};
    if (frame.box().holds(box)) {
      labels.block(box);
      figures += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" class="dg">{}</text>)", at.x,
                             at.y + kSize * 0.35, text);
    }
  };
  for (int east = -30; east <= 70; east += kStep) {
    for (PaperLine const& piece : cut_line(frame.line(meridian(east)), frame.box())) {
      lines += path_data(piece, false);
      auto const low = std::max_element(piece.begin(), piece.end(),
                                        [](auto const& a, auto const& b) { return a.y < b.y; });
      if (low->y > frame.height() - 1) {
        figure(*low, fmt::format("{}° {}", std::abs(east), east < 0 ? "W" : "E"), true);
      }
    }
  }
  for (int north = 25; north <= 75; north += kStep) {
    for (PaperLine const& piece : cut_line(frame.line(parallel(north)), frame.box())) {
      lines += path_data(piece, false);
      if (piece.front().x < 1) {
        figure(piece.front(), fmt::format("{}° N", north), false);
      }
    }
  }
  return path(lines, "net") + figures;
}

}  // namespace guarantor::report
