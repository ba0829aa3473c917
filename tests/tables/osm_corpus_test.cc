#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>

#include "guarantor/tables/osm_network.h"
#include "osm_bytes.h"

/// What fuzzing of OSM PBF files begins with. GUARANTOR_WRITE_CORPUS=1 writes it anew.
namespace guarantor::tables {
namespace {

namespace fs = std::filesystem;
using osm_bytes::Objects;

fs::path const kFolder = "fuzz/corpus/osm_fuzz";

/// A block with a way that has these tags, its nodes one by one or all together.
std::string content_with(std::vector<std::pair<std::string, std::string>> const& tags, bool dense) {
  Objects objects{
      .texts = {""}, .tags = {}, .nodes = {1, 3, 2, 9}, .ids = {1, 2, 3}, .dense = dense};
  objects.latitudes.push_back(471'000'200);
  objects.longitudes.push_back(95'000'000);
  for (auto const& [key, value] : tags) {
    auto const place = static_cast<std::uint32_t>(objects.texts.size());
    objects.texts.push_back(key);
    objects.texts.push_back(value);
    objects.tags.emplace_back(place, place + 1);
  }
  return osm_bytes::content(objects);
}

/// By name; the first letter of a file tells a whole file from the content of a block.
std::map<std::string, std::string> corpus() {
  return {
      {"whole_file", "F" + osm_bytes::file({})},
      {"torn_file", "F" + osm_bytes::file({}).substr(0, 100)},
      {"unknown_feature", "F" + osm_bytes::header({"HistoricalInformation"})},
      {"road", "B" + content_with({{"highway", "motorway_link"},
                                   {"maxspeed", "50 mph"},
                                   {"maxspeed:hgv", "UA:urban"},
                                   {"oneway", "-1"},
                                   {"maxweight", "7.5 st"},
                                   {"maxaxleload", "0"}},
                                  true)},
      {"bridge", "B" + content_with({{"highway", "primary"},
                                     {"bridge", "yes"},
                                     {"bridge:name", "Old Bridge"},
                                     {"ref", "M 14"},
                                     {"hgv", "no"},
                                     {"junction", "roundabout"}},
                                    false)},
      {"railway",
       "B" + content_with({{"railway", "rail"}, {"usage", "main"}, {"maxspeed", "-5"}}, true)},
      {"ferry", "B" + content_with({{"route", "ferry"}, {"motor_vehicle", "yes"}}, false)},
      {"text_beyond_table", "B" + osm_bytes::content({.tags = {{1, 99}}})},
  };
}

TEST(OsmCorpus, IsWhatIsMadeHere) {
  char const* const write = std::getenv("GUARANTOR_WRITE_CORPUS");
  for (auto const& [name, bytes] : corpus()) {
    if (write != nullptr) {
      fs::create_directories(kFolder);
      std::ofstream{kFolder / name, std::ios::binary} << bytes;
    }
    std::ifstream in{kFolder / name, std::ios::binary};
    EXPECT_TRUE(in.good()) << name;
    EXPECT_EQ((std::string{std::istreambuf_iterator<char>{in}, {}}), bytes) << name;
  }
}

TEST(OsmCorpus, HasWaysThatAreTaken) {
  for (char const* const name : {"road", "bridge", "railway", "ferry"}) {
    std::istringstream in{osm_bytes::header({}) +
                          osm_bytes::block("OSMData", corpus().at(name).substr(1))};
    auto const read = read_osm_network(in, name, {}, {});
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(read.value().network.links.size(), 1U) << name;
    EXPECT_EQ(read.value().counts[OsmTrouble::kNodeMissing], 1U) << name;
  }
}

}  // namespace
}  // namespace guarantor::tables
