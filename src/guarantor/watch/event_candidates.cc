#include "guarantor/watch/event_candidates.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <compare>
#include <cstddef>

#include "guarantor/geo/geodesic.h"

namespace guarantor::watch {
namespace {

using model::Instant;
using Box = std::array<std::int32_t, 3>;
using Span = std::chrono::microseconds;

/// Boxes no smaller than this keep their numbers within 32 bits.
constexpr double kLeastSide = 1;
constexpr double kMicrosecondsADay = 86'400e6;

struct Placed {
  Box box;
  Instant from;
  std::uint32_t event{};
  auto operator<=>(Placed const&) const = default;
};

/// Events in boxes of the space the earth lies in: a straight line through the earth is never
/// longer than the way on its surface, so what is near is in the same box or one beside it.
class BoxedEvents {
 public:
  BoxedEvents(std::span<PlacedSpan const> events, double side) : events_{events}, side_{side} {
    placed_.reserve(events.size());
    for (std::uint32_t i = 0; i < events.size(); ++i) {
      placed_.push_back({box_of(events[i].position), events[i].from, i});
      longest_ = std::max(longest_, events[i].to - events[i].from);
    }
    std::ranges::sort(placed_);
  }

  /// Calls `take` for every event of a box beside that of `span` that may lie in time's reach.
  template <class Take>
  void look_around(PlacedSpan const& span, Span reach, Take take) const {
    Box const home = box_of(span.position);
    for (int x = -1; x <= 1; ++x) {
      for (int y = -1; y <= 1; ++y) {
        // Boxes that differ in their last number alone need not follow each other: times lie
        // between.
        for (int z = -1; z <= 1; ++z) {
          Box const box{home[0] + x, home[1] + y, home[2] + z};
          Placed const first{box, span.from - reach - longest_, 0};
          for (auto at = std::ranges::lower_bound(placed_, first);
               at != placed_.end() && at->box == box && at->from <= span.to + reach; ++at) {
            if (events_[at->event].to >= span.from - reach) {
              take(at->event);
            }
          }
        }
      }
    }
  }

 private:
  [[nodiscard]] Box box_of(model::Position position) const {
    auto const point = geo::earth_centred(position);
    Box box{};
    for (std::size_t i = 0; i < box.size(); ++i) {
      box.at(i) = static_cast<std::int32_t>(std::floor(point.at(i) / side_));
    }
    return box;
  }

  std::span<PlacedSpan const> events_;
  double side_;
  Span longest_{};
  std::vector<Placed> placed_;
};

model::Days between(PlacedSpan const& a, PlacedSpan const& b) {
  auto const gap = std::max({Span{}, a.from - b.to, b.from - a.to});
  return model::Days{static_cast<double>(gap.count()) / kMicrosecondsADay};
}

}  // namespace

std::vector<EventPair> event_candidates(std::span<PlacedSpan const> a,
                                        std::span<PlacedSpan const> b,
                                        CandidateWindow const& window) {
  BoxedEvents const boxed{b, std::max(window.within.count(), kLeastSide)};
  Span const reach{static_cast<std::int64_t>(std::ceil(window.days.count() * kMicrosecondsADay))};
  std::vector<EventPair> pairs;
  for (std::uint32_t i = 0; i < a.size(); ++i) {
    auto const begun = static_cast<std::ptrdiff_t>(pairs.size());
    boxed.look_around(a[i], reach, [&](std::uint32_t j) {
      auto const apart = geo::distance(a[i].position, b[j].position);
      auto const days = between(a[i], b[j]);
      if (apart <= window.within && days <= window.days) {
        pairs.push_back({.a = i, .b = j, .apart = apart, .days = days});
      }
    });
    std::ranges::sort(pairs.begin() + begun, pairs.end(), {}, &EventPair::b);
  }
  return pairs;
}

}  // namespace guarantor::watch
