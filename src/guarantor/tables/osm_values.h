#pragma once

#include <optional>
#include <string_view>

/// The values of OpenStreetMap's tags for speeds and weights, as its wiki describes them.
namespace guarantor::tables {

/// What a tag says of a limit.
enum class LimitSign {
  kLimit,    ///< a number that can be kept
  kNone,     ///< expressly none, or one that changes; or there is no such tag
  kUnread,   ///< words that are not known here
  kUnusable  ///< zero, negative, or beyond all vehicles
};

struct TaggedLimit {
  LimitSign sign{LimitSign::kNone};
  double amount{};  ///< of a limit
};

/// A `maxspeed` in km/h: `50`, `30 mph`, `none`, `walk`, `UA:urban` and their like; usable from 3
/// to 400. An empty text is no limit.
[[nodiscard]] TaggedLimit read_speed_limit(std::string_view text);

/// A `maxweight` or `maxaxleload` in tonnes: `7.5`, `7.5 t`, `3500 kg`, `20 st` (short tons),
/// `16000 lbs`, `none`; usable from 0.1 to 1,000. An empty text is no limit.
[[nodiscard]] TaggedLimit read_weight_limit(std::string_view text);

}  // namespace guarantor::tables
