#include "guarantor/geo/nearest_place.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "guarantor/geo/geodesic.h"

namespace guarantor::geo {
namespace {

model::Position at(double latitude, double longitude) {
  return {model::Degrees{longitude}, model::Degrees{latitude}};
}

bool anyone(std::uint32_t /*place*/) {
  return true;
}

TEST(NearestPlace, LooksAcrossTheAntimeridian) {
  std::vector<model::Position> const places{at(0, 179.9), at(0, -179.7), at(1, 170)};
  NearestPlace const nearest{places};
  EXPECT_EQ(nearest.find(at(0, -179.95), Metres{100'000}, anyone)->place, 0U);
  EXPECT_EQ(nearest.find(at(0, -179.8), Metres{100'000}, anyone)->place, 1U);
}

TEST(NearestPlace, FindsNothingBeyondTheDistanceOrThatDoesNotSuit) {
  std::vector<model::Position> const places{at(50, 30), at(50, 31)};
  NearestPlace const nearest{places};
  EXPECT_FALSE(nearest.find(at(51, 30), Metres{111'000}, anyone));
  EXPECT_TRUE(nearest.find(at(51, 30), Metres{111'300}, anyone));
  EXPECT_EQ(nearest.find(at(50, 30), Metres{100'000}, [](auto place) { return place == 1; })->place,
            1U);
  EXPECT_FALSE(NearestPlace({}).find(at(0, 0), Metres{1e7}, anyone));
}

TEST(NearestPlace, PassesOverWhatIsNotOnTheEarth) {
  std::vector<model::Position> const places{at(std::numeric_limits<double>::quiet_NaN(), 30),
                                            at(91, 30), at(49, 30)};
  EXPECT_EQ(NearestPlace{places}.find(at(50, 30), Metres{1e6}, anyone)->place, 2U);
}

RC_GTEST_PROP(NearestPlaceProperty, AgreesWithLookingAtAll, ()) {
  auto const degrees = [](int most) { return *rc::gen::inRange(-most * 10, most * 10 + 1) / 10.0; };
  std::vector<model::Position> places;
  int const count = *rc::gen::inRange(0, 30);
  for (int p = 0; p < count; ++p) {
    places.push_back(at(degrees(90), degrees(180)));
  }
  model::Position const point = at(degrees(90), degrees(180));
  Metres const within{*rc::gen::inRange(0, 8'000) * 1'000.0};
  NearestPlace const nearest{places};
  auto const found = nearest.find(point, within, anyone);
  std::optional<NearestPlace::Found> plain;
  for (std::uint32_t p = 0; p < places.size(); ++p) {
    Metres const away = distance(point, places[p]);
    if (away <= within && (!plain || away < plain->distance)) {
      plain = {p, away};
    }
  }
  RC_ASSERT(found.has_value() == plain.has_value());
  if (found) {
    RC_ASSERT(found->place == plain->place);
    RC_ASSERT(found->distance == plain->distance);
  }
}

}  // namespace
}  // namespace guarantor::geo
