#include "guarantor/report/map_symbols.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "guarantor/report/html.h"

namespace guarantor::report {
namespace {

/// Outline and what is drawn in it, about the point (0, 0), and what it is called.
struct Sign {
  std::string_view outline;
  std::string_view stroke;  ///< drawn as a line
  std::string_view solid;   ///< drawn filled
  double reach;
  std::string_view meaning;
};

constexpr std::string_view kDisc = "M-8 0a8 8 0 1 0 16 0a8 8 0 1 0 -16 0Z";
constexpr std::string_view kSquare = "M-7 -7H7V7H-7Z";
constexpr std::string_view kDiamond = "M0 -7.5L7.5 0L0 7.5L-7.5 0Z";

constexpr std::array<Sign, kMapSymbols> kSigns{
    {{"M-4.4 0a4.4 4.4 0 1 0 8.8 0a4.4 4.4 0 1 0 -8.8 0Z", "", "", 5.5, "city"},
     {kDisc,
      "M0 -4.9a1.2 1.2 0 1 0 .01 0M0 -2.5V4.8M-2.6 -1H2.6M-4.6 1C-4.2 4 -1.8 4.9 0 4.9"
      "C1.8 4.9 4.2 4 4.6 1",
      "", 9, "port"},
     {kDisc, "M0 -5V4.6M-2.1 4.9L0 3.7L2.1 4.9", "M0 -2.4L5.2 1.6V2.6L0 .8L-5.2 2.6V1.6Z", 9,
      "airfield"},
     {kSquare, "M-2.6 5V-4.8", "M-2.6 -4.8L4 -2.4L-2.6 0Z", 8.5, "base"},
     {kSquare, "", "M1.6 -5.2L-3.4 .9H-.2L-1.6 5.2L3.4 -.9H.2Z", 8.5, "power plant (NPP: nuclear)"},
     {kSquare, "", "M-4.6 4.4L-1.4 -4.4H1.4L4.6 4.4Z", 8.5, "dam"},
     {kSquare, "M-2 -5V5M2 -5V5M-4.2 -3H4.2M-4.2 0H4.2M-4.2 3H4.2", "", 8.5, "railhead"},
     {kSquare, "M-3 -4.4V4.4M3 -4.4V4.4M-3 0H3", "", 8.5, "crossing"},
     {kDiamond, "M-4 0c1.3 -2 2.7 -2 4 0s2.7 2 4 0", "", 8.5, "sea lane or strait"},
     {"M0 -5L5 0L0 5L-5 0Z", "", "", 6, "other place"}}};

constexpr std::array<std::string_view, 3> kStandings{"need", "open", "lost"};

}  // namespace

MapSymbol symbol_of(std::string_view kind) {
  constexpr std::array<std::pair<std::string_view, MapSymbol>, 13> kKinds{
      {{"city", MapSymbol::kCity},
       {"town", MapSymbol::kCity},
       {"port", MapSymbol::kPort},
       {"airport", MapSymbol::kAirfield},
       {"airbase", MapSymbol::kAirfield},
       {"base", MapSymbol::kBase},
       {"depot", MapSymbol::kBase},
       {"plant", MapSymbol::kPlant},
       {"dam", MapSymbol::kDam},
       {"railhead", MapSymbol::kRailhead},
       {"border", MapSymbol::kCrossing},
       {"sea lane", MapSymbol::kSea},
       {"strait", MapSymbol::kSea}}};
  for (auto const& [word, symbol] : kKinds) {
    if (word == kind) {
      return symbol;
    }
  }
  return MapSymbol::kOther;
}

std::string_view meaning(MapSymbol symbol) {
  return kSigns.at(static_cast<std::size_t>(symbol)).meaning;
}

std::string_view meaning(model::SiteKind kind) {
  constexpr std::array<std::string_view, 3> kMeanings{"reserve", "stockpile", "medical station"};
  return kMeanings.at(static_cast<std::size_t>(kind));
}

double reach_of(MapSymbol symbol) {
  return kSigns.at(static_cast<std::size_t>(symbol)).reach;
}

std::string drawn(MapSymbol symbol, PlaceStanding standing, PaperPoint at) {
  Sign const& sign = kSigns.at(static_cast<std::size_t>(symbol));
  std::string inner = fmt::format(R"(<path d="{}"/>)", sign.outline);
  if (!sign.stroke.empty()) {
    inner += fmt::format(R"(<path d="{}" class="gl"/>)", sign.stroke);
  }
  if (!sign.solid.empty()) {
    inner += fmt::format(R"(<path d="{}" class="gf"/>)", sign.solid);
  }
  if (standing == PlaceStanding::kLost) {
    double const half = sign.reach + 1;
    inner += fmt::format(R"(<path d="M{0:.1f} {1:.1f}L{1:.1f} {0:.1f}" class="st"/>)", -half, half);
  }
  return tag("g", inner,
             fmt::format(R"svg(class="sy {}" transform="translate({:.1f} {:.1f})")svg",
                         kStandings.at(static_cast<std::size_t>(standing)), at.x, at.y));
}

std::string drawn(model::SiteKind kind, bool existing, PaperPoint at) {
  constexpr std::array<std::string_view, 3> kShapes{
      "M0 -8L8 6H-8Z", "M-7 -7H7V7H-7Z",
      "M-2.6 -7.5H2.6V-2.6H7.5V2.6H2.6V7.5H-2.6V2.6H-7.5V-2.6H-2.6Z"};
  std::string inner = fmt::format(R"(<path d="{}"/>)", kShapes.at(static_cast<std::size_t>(kind)));
  if (existing) {
    inner += R"(<circle r="11" class="ex"/>)";
  }
  return tag("g", inner,
             fmt::format(R"svg(class="si {}" transform="translate({:.1f} {:.1f})")svg",
                         model::text(kind), at.x, at.y));
}

}  // namespace guarantor::report
