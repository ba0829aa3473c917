#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "guarantor/geo/polyline.h"
#include "guarantor/model/error.h"
#include "guarantor/model/place.h"

namespace guarantor::geo {

/// One of the equal stretches a line is cut into.
struct Sector {
  std::string
      id;       ///< the line's name and the sector's number from the line's start, e.g. `front-07`
  Metres from;  ///< along the line
  Metres to;
  model::Position start;
  model::Position middle;
  model::Position end;
  model::Line line;
};

/// Cuts a line into as few equal sectors as leave none longer than `longest`; each begins exactly
/// where the one before it ends. The same line, name and length give the same ids; the number has
/// as many digits as the last one, at least two. Bad input: a length that is not a positive number
/// or would make more than 100,000 sectors. O(n + sectors · log n).
[[nodiscard]] model::Result<std::vector<Sector>> cut_into_sectors(Polyline const& line,
                                                                  Metres longest,
                                                                  std::string_view name);

}  // namespace guarantor::geo
