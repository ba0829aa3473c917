#include "guarantor/geo/min_plus.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

#include "guarantor/geo/min_plus_sets.h"
#include "guarantor/geo/travel_time.h"

namespace guarantor::geo {
namespace {

using Times = std::vector<std::uint32_t>;

std::vector<MinPlus const*> sets() {
  std::vector<MinPlus const*> all{&min_plus_plain()};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") != 0) {
    all.push_back(&min_plus_avx2());
  }
  if (__builtin_cpu_supports("avx512f") != 0) {
    all.push_back(&min_plus_avx512());
  }
#endif
  return all;
}

Times draw(std::size_t count) {
  auto const seed = *rc::gen::inRange<std::uint32_t>(0, 1'000'000);
  Times times(count);
  std::uint64_t state = seed;
  for (std::uint32_t& time : times) {
    state = state * 6364136223846793005 + 1442695040888963407;
    std::uint64_t const bits = state >> 33;
    time = bits % 5 == 0 ? TravelTime::kNeverCount : static_cast<std::uint32_t>(bits);
  }
  return times;
}

RC_GTEST_PROP(MinPlus, MultipliesAsTheDefinitionSays, ()) {
  auto const rows = *rc::gen::inRange<std::size_t>(0, 10);
  auto const columns = *rc::gen::inRange<std::size_t>(0, 70);
  auto const depth = *rc::gen::inRange<std::size_t>(0, 9);
  Times const a = draw(rows * depth);
  Times const b = draw(depth * columns);
  Times const c = draw(rows * columns);
  Times expected = c;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      for (std::size_t k = 0; k < depth; ++k) {
        std::uint32_t& known = expected[i * columns + j];
        known = std::min(known, a[i * depth + k] + b[k * columns + j]);
      }
    }
  }
  for (MinPlus const* const set : sets()) {
    Times found = c;
    set->multiply(found.data(), columns, a.data(), depth, b.data(), columns, rows, columns, depth);
    RC_ASSERT(found == expected);
  }
}

RC_GTEST_PROP(MinPlus, PullsAndJoinsAlikeOnEverySet, ()) {
  auto const rows = *rc::gen::inRange<std::size_t>(0, 11);
  auto const width = *rc::gen::inRange<std::size_t>(0, 9);
  Times const at = draw(12 * kLanes);
  Times const from = draw(width * kLanes);
  Times const by = draw(rows * width);
  std::vector<std::uint32_t> place(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    place[i] = static_cast<std::uint32_t>(11 - i);
  }
  Times pulled = at;
  Times joined(kLanes * kLanes, TravelTime::kNeverCount);
  for (std::size_t k = 0; k < width; ++k) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      for (std::size_t i = 0; i < rows; ++i) {
        std::uint32_t& known = pulled[place[i] * kLanes + lane];
        known = std::min(known, from[k * kLanes + lane] + by[i * width + k]);
      }
      for (std::size_t other = 0; other < kLanes; ++other) {
        std::uint32_t& known = joined[lane * kLanes + other];
        known = std::min(known, from[k * kLanes + lane] + at[k * kLanes + other]);
      }
    }
  }
  for (MinPlus const* const set : sets()) {
    Times found = at;
    set->pull(found.data(), place.data(), rows, from.data(), width, by.data());
    RC_ASSERT(found == pulled);
    found.assign(kLanes * kLanes, TravelTime::kNeverCount);
    set->join(found.data(), from.data(), at.data(), width);
    RC_ASSERT(found == joined);
  }
}

}  // namespace
}  // namespace guarantor::geo
