#include "guarantor/intake/geojson_features.h"

#include <gtest/gtest.h>

#include <string>

#include "recorded_sink.h"

namespace guarantor::intake {
namespace {

/// A feature with the id at 37, 48.
std::string feature(std::string_view id, std::string_view more = "") {
  return R"({"type":"Feature","id":)" + std::string{id} +
         R"(,"geometry":{"type":"Point","coordinates":[37,48]},"properties":{"from":"2022-01-01",)" +
         R"("kind":"strike")" + std::string{more} + "}}";
}
std::string collection(std::string_view features) {
  return "{\"type\": \"FeatureCollection\",\n \"crs\": {\"features\": [1, {}]}, \"features\": [\n" +
         std::string{features} + "\n], \"more\": [\"}\", {}]}\n";
}

std::vector<std::string> ids(Recorded const& recorded) {
  std::vector<std::string> texts;
  for (auto const& [line, observation] : recorded.taken) {
    texts.push_back(std::to_string(line) + " " + observation.id.text());
  }
  return texts;
}
using Ids = std::vector<std::string>;

TEST(GeoJsonFeatures, ReadsACollectionFeatureByFeature) {
  Recorded const recorded = read_all(
      geojson_features(),
      collection(feature("1",
                         R"(,"text":"a, }]\"{","precision_m":50,"count":2,"evidence":["x","y"],)"
                         R"("live_fire":true,"colour":"red")") +
                 ",\n" + feature("\"b\"") + "," + feature("3")));
  EXPECT_TRUE(recorded.rejects.empty());
  EXPECT_EQ(ids(recorded), (Ids{"3 geojson:1", "4 geojson:b", "4 geojson:3"}));
  model::Observation const& first = recorded.taken[0].second;
  EXPECT_EQ(first.place, (model::Position{model::Degrees{37}, model::Degrees{48}}));
  EXPECT_EQ(first.precision, model::Metres{50});
  EXPECT_EQ(first.kind, model::EventKind::kStrike);
  EXPECT_EQ(first.text, "a, }]\"{");
  EXPECT_EQ(first.count, 2);
  EXPECT_EQ(first.evidence, (std::vector<std::string>{"x", "y"}));
  EXPECT_TRUE(first.live_fire);
}

TEST(GeoJsonFeatures, ReadsOneFeatureALine) {
  EXPECT_EQ(ids(read_all(geojson_features(), feature("1") + "\n" + feature("2") + "\n")),
            (Ids{"1 geojson:1", "2 geojson:2"}));
  EXPECT_EQ(ids(read_all(geojson_features(), "\n\x1e" + feature("1") + "\n\x1e" + feature("2"))),
            (Ids{"2 geojson:1", "3 geojson:2"}));
  Recorded const broken = read_all(geojson_features(), "{\"type\":\"Feature\",\n" + feature("2") +
                                                           "\nx\n" + feature("4") + "\n");
  EXPECT_EQ(ids(broken), (Ids{"2 geojson:2", "4 geojson:4"}));
  EXPECT_EQ(broken.counts.count(RejectReason::kBadSyntax), 2U);
}

TEST(GeoJsonFeatures, GoesOnBehindAFeatureThatIsBroken) {
  std::string const torn = R"({"type":"Feature","properties":{"text":"x)";
  for (std::string const& bad :
       {torn + "\n", R"({"type": "Feature", "properties": {},)" + std::string{"\n"},
        std::string{R"({"type":"Feature","id":x},)"}, std::string{"\"text\","},
        std::string{"[{}],"}}) {
    Recorded const recorded =
        read_all(geojson_features(), collection(feature("1") + ",\n" + bad + feature("2")));
    ASSERT_EQ(recorded.taken.size(), 2U) << bad;
    EXPECT_EQ(recorded.taken[1].second.id.text(), "geojson:2");
    EXPECT_EQ(recorded.counts.count(RejectReason::kBadSyntax), 1U) << bad;
    EXPECT_EQ(recorded.rejects[0].line, 4U);
  }
  Recorded const scalars =
      read_all(geojson_features(), collection("null, 12 ," + feature("2") + ", true"));
  EXPECT_EQ(scalars.counts.count(RejectReason::kBadSyntax), 3U);
  EXPECT_EQ(scalars.taken.size(), 1U);
}

TEST(GeoJsonFeatures, PassesOverWhatIsTooLongAndTellsWhereAStreamIsCut) {
  Limits const limits{.record_bytes = 400};
  std::string const longer = feature("2", ",\"text\":\"" + std::string(500, 'x') + "\"");
  Recorded const recorded =
      read_all(geojson_features({.limits = limits}),
               collection(feature("1") + ",\n" + longer + ",\n" + feature("3")));
  EXPECT_EQ(ids(recorded), (Ids{"3 geojson:1", "5 geojson:3"}));
  ASSERT_EQ(recorded.rejects.size(), 1U);
  EXPECT_EQ(recorded.rejects[0].reason, RejectReason::kTooLong);
  std::string const whole = collection(feature("1"));
  for (std::size_t const cut : {std::size_t{90}, std::size_t{130}, whole.size() - 3}) {
    EXPECT_EQ(read_all(geojson_features(), whole.substr(0, cut)).rejects.size(), 1U) << cut;
  }
}

TEST(GeoJsonFeatures, TakesTheMiddleOfOtherGeometries) {
  Recorded const recorded = read_all(
      geojson_features(),
      R"({"type":"Feature","id":1,"properties":{"from":"2022-01-01","kind":"advance"},"geometry":)"
      R"({"type":"LineString","coordinates":[[37,48],[38,48]]}})");
  ASSERT_EQ(recorded.taken.size(), 1U);
  EXPECT_EQ(recorded.taken[0].second.place,
            (model::Position{model::Degrees{37.5}, model::Degrees{48}}));
  // A degree of longitude at 48 degrees north has 74.6 km.
  EXPECT_NEAR(recorded.taken[0].second.precision.count(), 74'600.0 / 2, 400);
}

TEST(GeoJsonFeatures, SaysWhyAFeatureIsNotTaken) {
  auto const reason = [](std::string_view geometry) {
    Recorded const recorded = read_all(
        geojson_features(),
        R"({"type":"Feature","id":1,"properties":{"from":"2022-01-01","kind":"advance"},"geometry":)" +
            std::string{geometry} + "}");
    return recorded.rejects.empty() ? std::string_view{"taken"}
                                    : model::text(recorded.rejects[0].reason);
  };
  EXPECT_EQ(reason("null"), "no-place");
  EXPECT_EQ(reason("1"), "no-place");
  EXPECT_EQ(reason(R"({"coordinates":[]})"), "no-place");
  EXPECT_EQ(reason(R"({"coordinates":["37",48]})"), "no-place");
  EXPECT_EQ(reason(R"({"coordinates":[[[37,48],[]]]})"), "no-place");
  EXPECT_EQ(reason(R"({"coordinates":[48,91]})"), "latitude-out-of-range");
  EXPECT_EQ(reason(R"({"coordinates":[-181,48]})"), "longitude-out-of-range");
  EXPECT_EQ(reason(R"({"coordinates":)" + std::string(100, '[')), "bad-syntax");
  EXPECT_EQ(reason(R"({"coordinates":[37,48]})"), "taken");
  EXPECT_EQ(model::text(read_all(geojson_features(), R"({"type":"Point"})").rejects[0].reason),
            "bad-syntax");
  EXPECT_EQ(
      model::text(
          read_all(geojson_features(), "{\"type\":\"Feature\",\"id\":\"\xff\"}").rejects[0].reason),
      "not-utf8");
}

TEST(GeoJsonFeatures, ReadsPropertiesByAMapping) {
  MappingReading const reading = Mapping::parse(
      "source = \"map\"\nid = \"nr\"\nplace_optional = true\n[columns]\nfrom = \"when\"\n"
      "kind = \"what\"\n[words.kind]\nshelling = \"explosion\"\n");
  ASSERT_TRUE(reading.mapping);
  Recorded const recorded = read_all(geojson_features({.mapping = reading.mapping}),
                                     R"({"type":"Feature","geometry":null,"properties":)"
                                     R"({"nr":7,"when":"2022-01-01 10:00","what":"shelling"}})");
  ASSERT_EQ(recorded.taken.size(), 1U);
  EXPECT_EQ(recorded.taken[0].second.id.text(), "map:7");
  EXPECT_EQ(recorded.taken[0].second.kind, model::EventKind::kExplosion);
}

}  // namespace
}  // namespace guarantor::intake
