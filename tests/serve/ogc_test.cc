#include <gtest/gtest.h>

#include <set>

#include "guarantor/serve/ogc_endpoints.h"
#include "guarantor/serve/ogc_features.h"
#include "planned_case.h"

namespace guarantor::serve {
namespace {

using Json = nlohmann::json;

class Ogc : public ::testing::Test {
 protected:
  [[nodiscard]] Json at(std::string const& target) {
    auto const response = serve_.ask("public", "GET", target, {}, {{"Host", "map.example:8080"}});
    EXPECT_EQ(response.status, 200) << target << "\n" << response.text();
    return Json::parse(response.text());
  }
  [[nodiscard]] static std::string link(Json const& page, std::string const& relation) {
    for (Json const& link : page["links"]) {
      if (link["rel"] == relation) {
        return link["href"];
      }
    }
    return {};
  }

  ServeCase serve_{scenario_at("scenarios/exercise")};
};

TEST_F(Ogc, LeadsFromItsFirstPageToEveryFeature) {
  auto const landing = at("/ogc");
  EXPECT_EQ(link(landing, "service-desc"), "http://map.example:8080/ogc/api");
  EXPECT_EQ(link(landing, "conformance"), "http://map.example:8080/ogc/conformance");
  EXPECT_EQ(link(landing, "data"), "http://map.example:8080/ogc/collections");
  EXPECT_EQ(at("/ogc/conformance")["conformsTo"].size(), 3U);
  EXPECT_EQ(at("/ogc/api")["openapi"], "3.0.3");
  auto const collections = at("/ogc/collections")["collections"];
  ASSERT_EQ(collections.size(), kCollections.size());
  for (Json const& collection : collections) {
    EXPECT_EQ(collection["itemType"], "feature");
    EXPECT_FALSE(collection["crs"].empty());
    auto const id = collection["id"].get<std::string>();
    auto const items = at("/ogc/collections/" + id + "/items");
    EXPECT_EQ(items["numberReturned"], items["features"].size());
    for (Json const& feature : items["features"]) {
      auto const name = feature["id"].get<std::string>();
      EXPECT_FALSE(name.empty()) << id;
      EXPECT_EQ(at("/ogc/collections/" + id + "/items/" + encode_percent(name))["id"], name);
    }
  }
  EXPECT_EQ(serve_.get("public", "/ogc/collections/none").status, 404);
  EXPECT_EQ(serve_.get("public", "/ogc/collections/areas/items/none").status, 404);
}

TEST_F(Ogc, GivesEveryFeatureOnceOverItsPages) {
  auto const all = at("/ogc/collections/locations/items?limit=10000");
  ASSERT_GT(all["numberMatched"], 3);
  std::set<std::string> seen;
  std::string next = "/ogc/collections/locations/items?limit=2";
  std::size_t pages = 0;
  while (!next.empty()) {
    auto const page = at(next);
    EXPECT_EQ(page["numberMatched"], all["numberMatched"]);
    for (Json const& feature : page["features"]) {
      EXPECT_TRUE(seen.insert(feature["id"].get<std::string>()).second);
    }
    auto const address = link(page, "next");
    next = address.empty() ? "" : address.substr(address.find("/ogc"));
    ASSERT_LT(++pages, 1000U);
  }
  EXPECT_EQ(seen.size(), all["features"].size());
}

TEST_F(Ogc, FindsByPlaceAndRefusesWhatIsNoQuestion) {
  auto const all = at("/ogc/collections/locations/items?limit=10000");
  auto const& first = all["features"][0]["geometry"]["coordinates"];
  auto const x = first[0].get<double>();
  auto const y = first[1].get<double>();
  auto const box = std::to_string(x - 0.001) + "," + std::to_string(y - 0.001) + "," +
                   std::to_string(x + 0.001) + "," + std::to_string(y + 0.001);
  auto const near = at("/ogc/collections/locations/items?bbox=" + box);
  EXPECT_GE(near["numberMatched"], 1);
  EXPECT_LT(near["numberMatched"], all["numberMatched"]);
  EXPECT_EQ(at("/ogc/collections/locations/items?offset=99999")["numberReturned"], 0);
  for (std::string const wrong :
       {"limit=0", "limit=x", "offset=-1", "bbox=1,2,3", "datetime=yesterday"}) {
    EXPECT_EQ(serve_.get("public", "/ogc/collections/locations/items?" + wrong).status, 400)
        << wrong;
  }
}

TEST_F(Ogc, PutsNoStrangersTextIntoItsLinks) {
  auto const response =
      serve_.ask("public", "GET", "/ogc", {}, {{"Host", "evil.example/\"><script>"}});
  EXPECT_EQ(std::string{response.text()}.find("evil"), std::string::npos);
}

TEST(ItemsWanted, ReadsTimesWithOpenEnds) {
  Request request;
  auto const takes = [&](std::string const& datetime, char const* from, char const* to) {
    request.query = "datetime=" + encode_percent(datetime);
    Feature feature;
    feature.from = model::parse_instant(from);
    feature.to = model::parse_instant(to);
    return read_items_wanted(request).value().takes(feature);
  };
  char const* const noon = "2026-06-03T12:00:00Z";
  EXPECT_TRUE(takes("2026-06-03", noon, noon));
  EXPECT_FALSE(takes("2026-06-02", noon, noon));
  EXPECT_TRUE(takes("2026-06-01/..", noon, noon));
  EXPECT_FALSE(takes("2026-06-04/..", noon, noon));
  EXPECT_TRUE(takes("../2026-06-03T12:00:00Z", noon, noon));
  EXPECT_FALSE(takes("/2026-06-03T11:59:59Z", noon, noon));
  EXPECT_TRUE(takes(noon, "2026-06-03T11:00:00Z", "2026-06-03T13:00:00Z"));
}

}  // namespace
}  // namespace guarantor::serve
