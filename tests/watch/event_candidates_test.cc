#include "guarantor/watch/event_candidates.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "guarantor/geo/geodesic.h"

namespace guarantor::watch {
namespace {

using model::Degrees;
using model::Instant;

PlacedSpan span_at(double longitude, double latitude, int from_hour, int hours = 0) {
  Instant const from = Instant{} + std::chrono::hours{from_hour};
  return {{Degrees{longitude}, Degrees{latitude}}, from, from + std::chrono::hours{hours}};
}

std::vector<PlacedSpan> drawn_spans() {
  auto const count = *rc::gen::inRange(0, 30);
  auto const corner = *rc::gen::element(0, 1, 2);
  std::vector<PlacedSpan> spans;
  for (int i = 0; i < count; ++i) {
    double const x = 0.01 * *rc::gen::inRange(-8, 9);
    double const y = 0.01 * *rc::gen::inRange(-8, 9);
    int const from = *rc::gen::inRange(0, 200);
    int const hours = *rc::gen::inRange(0, 3) == 0 ? *rc::gen::inRange(0, 90) : 0;
    double const east = x > 0 ? x - 180 : x + 180;
    spans.push_back(corner == 0   ? span_at(36 + x, 50 + y, from, hours)
                    : corner == 1 ? span_at(east, y, from, hours)
                                  : span_at(1000 * x, 90 - std::abs(y), from, hours));
  }
  return spans;
}

double gap_days(PlacedSpan const& a, PlacedSpan const& b) {
  auto const none = std::chrono::microseconds{0};
  auto const gap = std::max({none, a.from - b.to, b.from - a.to});
  return std::chrono::duration<double, std::ratio<86'400>>(gap).count();
}

RC_GTEST_PROP(EventCandidates, AreThoseOfAllPairsWithinTheWindow, ()) {
  auto const a = drawn_spans();
  auto const b = drawn_spans();
  CandidateWindow const window{model::Metres{1000.0 * *rc::gen::inRange(0, 12)},
                               model::Days{0.25 * *rc::gen::inRange(0, 12)}};
  std::vector<std::pair<std::uint32_t, std::uint32_t>> wanted;
  for (std::uint32_t i = 0; i < a.size(); ++i) {
    for (std::uint32_t j = 0; j < b.size(); ++j) {
      if (geo::distance(a[i].position, b[j].position) <= window.within &&
          gap_days(a[i], b[j]) <= window.days.count()) {
        wanted.emplace_back(i, j);
      }
    }
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
  for (EventPair const& pair : event_candidates(a, b, window)) {
    found.emplace_back(pair.a, pair.b);
  }
  RC_ASSERT(found == wanted);
}

TEST(EventCandidates, SayHowFarApartTheyAre) {
  std::vector<PlacedSpan> const a{span_at(36, 50, 0, 24)};
  std::vector<PlacedSpan> const b{span_at(36, 50, 36), span_at(36.01, 50, 12)};
  auto const pairs = event_candidates(a, b, {model::Metres{1000}, model::Days{1}});
  ASSERT_EQ(pairs.size(), 2U);
  EXPECT_DOUBLE_EQ(pairs[0].days.count(), 0.5);
  EXPECT_DOUBLE_EQ(pairs[0].apart.count(), 0);
  EXPECT_DOUBLE_EQ(pairs[1].days.count(), 0);
  EXPECT_NEAR(pairs[1].apart.count(), 717, 1);
}

}  // namespace
}  // namespace guarantor::watch
