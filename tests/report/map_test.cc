#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/report/base_map.h"
#include "guarantor/report/map_drawing.h"
#include "html_tags.h"
#include "small_map.h"

namespace guarantor::report {
namespace {

using model::Degrees;
using model::Position;

std::vector<MapDrawing> drawings() {
  std::vector<MapDrawing> all;
  for (auto const& [scenario, source] :
       {std::pair{small_map(), small_source()}, std::pair{small_map(), MapSource{}},
        std::pair{crowded_map(), small_source()}, std::pair{small_map(), reached_source()}}) {
    all.push_back(compose_map(scenario, source).value());
  }
  return all;
}

TEST(Map, IsWellFormed) {
  for (auto const& [scenario, source] :
       {std::pair{small_map(), small_source()}, std::pair{small_map(), MapSource{}},
        std::pair{crowded_map(), reached_source()}}) {
    auto const svg = draw_map(scenario, source).value();
    EXPECT_EQ(tag_fault("<html>" + svg + "</html>"), "");
    EXPECT_EQ(svg.find("nan"), std::string::npos);
    EXPECT_EQ(svg.find("inf"), std::string::npos);
  }
}

TEST(Map, EveryNameLiesWithinTheFrame) {
  for (MapDrawing const& drawing : drawings()) {
    EXPECT_GT(drawing.labels.size(), 5U);
    for (PlacedLabel const& label : drawing.labels) {
      EXPECT_TRUE(drawing.frame.holds(label.box)) << label.wish.text;
    }
  }
}

TEST(Map, NoNameCoversAnother) {
  for (MapDrawing const& drawing : drawings()) {
    auto const& labels = drawing.labels;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      for (std::size_t j = i + 1; j < labels.size(); ++j) {
        EXPECT_FALSE(labels[i].box.overlaps(labels[j].box))
            << labels[i].wish.text << " and " << labels[j].wish.text;
      }
    }
  }
}

TEST(Map, ACrowdLosesTheNamesThatMatterLeast) {
  auto const drawing = compose_map(crowded_map(), small_source()).value();
  auto const has = [&](std::string_view text) {
    return std::any_of(drawing.labels.begin(), drawing.labels.end(),
                       [&](PlacedLabel const& label) { return label.wish.text == text; });
  };
  EXPECT_TRUE(has("Keystone"));  // a line of requirements names it
  std::size_t crowd = 0;
  for (int i = 0; i < 200; ++i) {
    crowd += has("Crowd " + std::to_string(i)) ? 1U : 0U;
  }
  EXPECT_LT(crowd, 60U);
}

TEST(Map, WhatLiesFarOffIsNamedAtTheEdge) {
  auto const svg = draw_map(small_map(), small_source()).value();
  EXPECT_NE(svg.find(">to Farhold<"), std::string::npos);
  EXPECT_EQ(svg.find(">Farhold<"), std::string::npos);
}

TEST(Map, SaysThatTheBaseMapIsMissing) {
  EXPECT_NE(draw_map(small_map(), {}).value().find("built without its base map"),
            std::string::npos);
  EXPECT_NE(draw_map(small_map(), small_source()).value().find("Made with Natural Earth"),
            std::string::npos);
}

TEST(Map, AnExerciseSaysSo) {
  EXPECT_NE(draw_map(small_map(), {}).value().find(">EXERCISE<"), std::string::npos);
  auto scenario = small_map();
  scenario.header.kind = model::ScenarioKind::kCase;
  EXPECT_EQ(draw_map(scenario, {}).value().find("EXERCISE"), std::string::npos);
}

TEST(Map, WithoutPositionsThereIsNone) {
  EXPECT_FALSE(draw_map(model::Scenario{}, small_source()));
}

TEST(Map, OnePlaceIsEnough) {
  model::Scenario scenario;
  scenario.locations.push_back(
      {.id = model::LocationId{"alone"}, .latitude = Degrees{50}, .longitude = Degrees{30}});
  auto const svg = draw_map(scenario, {}).value();
  EXPECT_EQ(tag_fault("<html>" + svg + "</html>"), "");
  EXPECT_NE(svg.find(">alone<"), std::string::npos);
}

TEST(Map, HostileNamesAreOnlyNames) {
  auto scenario = small_map();
  for (auto& location : scenario.locations) {
    location.name = "</svg><script>alert(1)</script>";
  }
  auto const svg = draw_map(scenario, small_source()).value();
  EXPECT_EQ(tag_fault("<html>" + svg + "</html>"), "");
  EXPECT_EQ(svg.find("<script"), std::string::npos);
}

TEST(MapFrame, ScaleIsTrueOnItsParallels) {
  LambertConic const projection{Degrees{20}, Degrees{44}, Degrees{40}, Degrees{53}};
  auto const a = projection.at({Degrees{30}, Degrees{45.5}});
  auto const b = projection.at({Degrees{30.1}, Degrees{45.5}});
  double const true_length =
      0.1 * 3.14159265358979 / 180 * 6371.0088 * std::cos(45.5 * 3.14159265358979 / 180);
  EXPECT_NEAR(std::hypot(b.x - a.x, b.y - a.y) / true_length, 1, 1e-4);
  // Conformal: east and north are at right angles, and north leans towards the middle.
  auto const north = projection.at({Degrees{38}, Degrees{50.01}});
  auto const east = projection.at({Degrees{38.01}, Degrees{50}});
  auto const at = projection.at({Degrees{38}, Degrees{50}});
  EXPECT_NEAR((north.x - at.x) * (east.x - at.x) + (north.y - at.y) * (east.y - at.y), 0, 1e-3);
  EXPECT_LT(north.x, at.x);
  EXPECT_NEAR(projection.north_at({Degrees{38}, Degrees{50}}),
              std::atan2(north.x - at.x, at.y - north.y), 1e-4);
}

TEST(MapFrame, LinesAreCutAtItsEdge) {
  PaperBox const box{0, 0, 10, 10};
  auto const pieces = cut_line({{-5, 5}, {5, 5}, {5, 15}, {8, 15}, {8, 5}}, box);
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_EQ(pieces[0], (PaperLine{{0, 5}, {5, 5}, {5, 10}}));
  EXPECT_EQ(pieces[1], (PaperLine{{8, 10}, {8, 5}}));
  EXPECT_TRUE(cut_line({{-1, 0}, {-1, 10}}, box).empty());
}

TEST(MapFrame, RingsAreCutAtItsEdge) {
  PaperBox const box{0, 0, 10, 10};
  EXPECT_EQ(cut_ring({{-5, 2}, {5, 2}, {5, 4}, {-5, 4}, {-5, 2}}, box),
            (PaperLine{{0, 2}, {5, 2}, {5, 4}, {0, 4}}));
  EXPECT_TRUE(cut_ring({{20, 20}, {30, 20}, {30, 30}}, box).empty());
}

TEST(LabelPlacer, TakesTheNextSideAndThenNone) {
  LabelPlacer placer{{0, 0, 200, 40}};
  LabelWish const wish{"name", "pl", 12, 0, {100, 20}, 6, false};
  auto const first = placer.place(wish);
  auto const second = placer.place(wish);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->side, 1);
  EXPECT_EQ(second->side, -1);
  for (int i = 0; i < 8; ++i) {
    (void)placer.place(wish);
  }
  EXPECT_FALSE(placer.place(wish));
}

TEST(LabelPlacer, RatherDoesNotCoverALine) {
  LabelPlacer placer{{0, 0, 200, 40}};
  placer.discourage({115, 20});
  EXPECT_EQ(placer.place({"name", "pl", 12, 0, {100, 20}, 6, false})->side, -1);
}

// What is drawn, not what is meant: the base map that this program was built with.
class BuiltIn : public testing::Test {
 protected:
  void SetUp() override {
    if (base_map() == nullptr) {
      GTEST_SKIP() << "built without the base map: run tools/base_map/install and configure again";
    }
  }
  static std::string country_of(double east, double north) {
    std::string found;
    for (BaseCountry const& country : base_map()->countries) {
      if (holds(country, {Degrees{east}, Degrees{north}})) {
        found += country.code;
      }
    }
    return found;
  }
};

TEST_F(BuiltIn, CrimeaIsUkraine) {
  EXPECT_EQ(country_of(34.10, 44.95), "UKR");  // Simferopol
  EXPECT_EQ(country_of(33.55, 44.59), "UKR");  // Sevastopol
  EXPECT_EQ(country_of(36.45, 45.35), "UKR");  // Kerch
  EXPECT_EQ(country_of(34.39, 45.71), "UKR");  // Dzhankoi
  EXPECT_EQ(country_of(37.80, 48.00), "UKR");  // Donetsk
  EXPECT_EQ(country_of(38.98, 45.04), "RUS");  // Krasnodar
  EXPECT_EQ(country_of(36.59, 50.60), "RUS");  // Belgorod
  EXPECT_EQ(country_of(30.52, 50.45), "UKR");  // Kyiv
  EXPECT_EQ(country_of(28.86, 47.01), "MDA");  // Chișinău
  EXPECT_EQ(country_of(33.36, 35.17), "CYP");  // Nicosia
  EXPECT_EQ(country_of(33.00, 43.50), "");     // the Black Sea
}

TEST_F(BuiltIn, NoBorderRunsBetweenCrimeaAndTheRestOfUkraine) {
  for (model::Line const& line : base_map()->borders) {
    for (Position const at : line.positions) {
      double const east = at.longitude.count();
      double const north = at.latitude.count();
      EXPECT_FALSE(east > 33.3 && east < 35.3 && north > 45.5 && north < 46.5) << east << north;
    }
  }
}

TEST(BaseMap, ReadsItsLinesAndNamesTheOneThatIsNone) {
  std::vector<std::string_view> const lines{"C UKR Ukraine",
                                            "R 30000 50000 1000 0 0 1000 -1000 -1000", "C -",
                                            "B 30000 50000 500 500", "U 20000 42000 -10 10"};
  auto const map = read_base_map(lines).value();
  ASSERT_EQ(map.countries.size(), 2U);
  EXPECT_EQ(map.countries[0].name, "Ukraine");
  EXPECT_TRUE(holds(map.countries[0], {Degrees{30.9}, Degrees{50.5}}));
  EXPECT_FALSE(holds(map.countries[0], {Degrees{30.1}, Degrees{50.5}}));
  EXPECT_TRUE(map.countries[1].code.empty());
  EXPECT_EQ(map.borders[0].positions[1].longitude, Degrees{30.5});
  EXPECT_EQ(map.unsettled.size(), 1U);
  for (std::string_view const wrong : {"X 1 2 3 4", "B 1 2", "B 1 2 x 4", "R", ""}) {
    EXPECT_FALSE(read_base_map(std::vector{wrong}).ok()) << wrong;
  }
}

}  // namespace
}  // namespace guarantor::report
