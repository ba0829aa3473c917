#include "guarantor/watch/interval_match.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <numeric>
#include <string_view>

namespace guarantor::watch {
namespace {

using model::Instant;
using model::Seconds;

Seconds between(Instant earlier, Instant later) {
  return Seconds{std::chrono::duration<double>(later - earlier).count()};
}

/// Indices of the starts of each region, in order of time.
std::map<std::string_view, std::vector<std::uint32_t>> by_region(
    std::span<RegionStart const> starts) {
  std::map<std::string_view, std::vector<std::uint32_t>> regions;
  for (std::uint32_t i = 0; i < starts.size(); ++i) {
    regions[starts[i].region].push_back(i);
  }
  for (auto& [region, order] : regions) {
    std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return starts[i].start; });
  }
  return regions;
}

}  // namespace

std::vector<std::optional<NearestStart>> nearest_starts(std::span<RegionStart const> starts,
                                                        std::span<RegionStart const> others) {
  auto const regions = by_region(others);
  std::vector<std::optional<NearestStart>> nearest(starts.size());
  for (std::size_t i = 0; i < starts.size(); ++i) {
    auto const region = regions.find(starts[i].region);
    if (region == regions.end()) {
      continue;
    }
    auto const& order = region->second;
    auto const time_of = [&](std::uint32_t k) { return others[k].start; };
    auto const after = std::ranges::lower_bound(order, starts[i].start, {}, time_of);
    auto& best = nearest[i];
    if (after != order.begin()) {
      Instant const before = time_of(*(after - 1));
      auto const first = std::ranges::lower_bound(order, before, {}, time_of);
      best = {*first, between(before, starts[i].start)};
    }
    if (after != order.end()) {
      auto const apart = between(starts[i].start, time_of(*after));
      if (!best || apart < best->apart) {
        best = {*after, apart};
      }
    }
  }
  return nearest;
}

std::size_t count_within(std::span<std::optional<NearestStart> const> nearest, Seconds within) {
  return static_cast<std::size_t>(std::ranges::count_if(
      nearest,
      [&](std::optional<NearestStart> const& one) { return one && one->apart <= within; }));
}

std::size_t count_pairs_within(std::span<RegionStart const> starts,
                               std::span<RegionStart const> others, Seconds within) {
  auto const regions = by_region(others);
  std::size_t pairs = 0;
  for (auto const& [region, order] : by_region(starts)) {
    auto const partners = regions.find(region);
    if (partners == regions.end()) {
      continue;
    }
    auto next = partners->second.begin();
    for (std::uint32_t const i : order) {
      while (next != partners->second.end() && others[*next].start < starts[i].start &&
             between(others[*next].start, starts[i].start) > within) {
        ++next;
      }
      if (next == partners->second.end()) {
        break;
      }
      if (others[*next].start <= starts[i].start ||
          between(starts[i].start, others[*next].start) <= within) {
        ++pairs;
        ++next;
      }
    }
  }
  return pairs;
}

}  // namespace guarantor::watch
