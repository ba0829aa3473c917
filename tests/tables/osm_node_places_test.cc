#include "guarantor/tables/osm_node_places.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

namespace guarantor::tables {
namespace {

OsmNode node(std::int64_t id, std::int64_t longitude, bool on_earth = true) {
  return {.id = id, .longitude = longitude, .latitude = -longitude, .on_earth = on_earth};
}

RC_GTEST_PROP(OsmNodePlaces, IsAMap, ()) {
  // More than one stretch of the index now and then, ids close together and far apart.
  auto const count = *rc::gen::element<std::size_t>(0, 1, 5, 300, 1'500);
  std::int64_t const range = *rc::gen::element<std::int64_t>(5, 2'000, std::int64_t{1} << 40);
  std::vector<std::int64_t> references(count);
  for (std::int64_t& reference : references) {
    reference = *rc::gen::inRange<std::int64_t>(-range, range);
  }
  OsmNodePlaces places{references};
  std::set<std::int64_t> const ids{references.begin(), references.end()};
  RC_ASSERT(places.size() == ids.size());
  std::uint32_t place = 0;
  for (std::int64_t const id : ids) {
    RC_ASSERT(places.id(place) == id);
    RC_ASSERT(places.place_of(id) == place);
    RC_ASSERT(!places.is_located(place));
    ++place;
  }
  // In order, or in no order, or again; asked for or not.
  std::vector<std::int64_t> file{ids.begin(), ids.end()};
  for (int more = *rc::gen::inRange(0, 50); more > 0; --more) {
    file.push_back(*rc::gen::inRange<std::int64_t>(-range, range));
  }
  if (*rc::gen::arbitrary<bool>()) {
    std::sort(file.begin(), file.end());
  }
  std::map<std::int64_t, std::int64_t> first;
  std::int64_t next = 100;
  for (std::int64_t const id : file) {
    auto const located = places.locate(node(id, next));
    bool const fresh = ids.contains(id) && first.try_emplace(id, next).second;
    RC_ASSERT((located == OsmNodePlaces::Located::kNew) == fresh);
    RC_ASSERT((located == OsmNodePlaces::Located::kNotAskedFor) == !ids.contains(id));
    next += 100;
  }
  for (auto const& [id, longitude] : first) {
    std::uint32_t const its = places.place_of(id);
    RC_ASSERT(places.is_located(its));
    RC_ASSERT(std::abs(places.position(its).longitude.count() -
                       static_cast<double>(longitude) * 1e-9) < 1e-12);
    RC_ASSERT(places.position(its).latitude.count() == -places.position(its).longitude.count());
  }
}

TEST(OsmNodePlaces, ANodeOffTheEarthIsNotLocated) {
  OsmNodePlaces places{{7, 8}};
  EXPECT_EQ(places.locate(node(7, 0, false)), OsmNodePlaces::Located::kNew);
  EXPECT_FALSE(places.is_located(0));
  EXPECT_TRUE(places.is_off_earth(0));
  EXPECT_FALSE(places.is_off_earth(1));
  EXPECT_EQ(places.locate(node(7, 100)), OsmNodePlaces::Located::kAgain);
  EXPECT_FALSE(places.is_located(0));
}

}  // namespace
}  // namespace guarantor::tables
