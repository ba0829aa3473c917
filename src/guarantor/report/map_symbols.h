#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "guarantor/model/vocabulary.h"
#include "guarantor/report/map_frame.h"

/// The signs that stand for places and sites on a map: told apart by their shape, not by colour.
namespace guarantor::report {

enum class MapSymbol : std::uint8_t {
  kCity,
  kPort,
  kAirfield,
  kBase,
  kPlant,
  kDam,
  kRailhead,
  kCrossing,
  kSea,
  kOther
};
inline constexpr std::size_t kMapSymbols = 10;

/// How a place stands: named by a line of requirements, or not; or held by somebody else than the
/// country it belongs to.
enum class PlaceStanding : std::uint8_t { kNeeded, kOther, kLost };

/// The sign for a location's kind; nothing known is `kOther`.
[[nodiscard]] MapSymbol symbol_of(std::string_view kind);
/// What it stands for, in the legend.
[[nodiscard]] std::string_view meaning(MapSymbol symbol);
[[nodiscard]] std::string_view meaning(model::SiteKind kind);

/// How far the sign reaches from its point.
[[nodiscard]] double reach_of(MapSymbol symbol);
inline constexpr double kSiteReach = 10;

[[nodiscard]] std::string drawn(MapSymbol symbol, PlaceStanding standing, PaperPoint at);
[[nodiscard]] std::string drawn(model::SiteKind kind, bool existing, PaperPoint at);

}  // namespace guarantor::report
