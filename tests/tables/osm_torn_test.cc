#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <sstream>

#include "guarantor/tables/osm_network.h"
#include "osm_bytes.h"
#include "osm_map.h"

/// Files that are none, or no longer: each must be refused by name, and none may do harm.
namespace guarantor::tables {
namespace {

using model::Error;
using model::ErrorKind;
using osm_bytes::Objects;

model::Result<OsmNetwork> read(std::string const& bytes, OsmOptions const& options = {}) {
  std::istringstream in{bytes};
  return read_osm_network(in, "torn.osm.pbf", options, {});
}

/// What a file is refused with, e.g. `bad input: torn.osm.pbf: the file is empty`.
std::string refusal(std::string const& bytes, OsmOptions const& options = {}) {
  auto const found = read(bytes, options);
  if (found.ok()) {
    return "taken";
  }
  return std::string{text(found.error().kind)} + ": " + found.error().message;
}

std::string crossing(bool deflated) {
  OsmMap map = OsmMap::drawn({"..D..",  //
                              "A.B.C",  //
                              "..E.."});
  map.add("ABC", "highway=primary name=Main~Street maxspeed=50");
  map.add("DBE", "highway=secondary bridge=yes");
  map.add("AD", "railway=rail usage=main");
  return osm_file(map, deflated);
}

/// Where the blocks of a sound file begin.
std::set<std::size_t> beginnings(std::string const& file) {
  std::set<std::size_t> found;
  for (std::size_t at = 0; at < file.size();) {
    found.insert(at);
    auto const header_bytes = static_cast<unsigned char>(file[at + 3]);
    // A header's last field is the size of what follows: one byte, or two.
    std::size_t const end = at + 4 + header_bytes;
    auto const last = static_cast<unsigned char>(file[end - 1]);
    auto const before = static_cast<unsigned char>(file[end - 2]);
    at = end + (before < 0x80 ? last : (before & 0x7fU) + (std::size_t{last} << 7U));
  }
  return found;
}

bool is_sound(OsmNetwork const& read) {
  model::Network const& network = read.network;
  bool sound = network.node_names.size() == network.positions.size() &&
               network.link_names.size() == network.links.size() && !network.links.empty();
  for (model::NetworkLink const& link : network.links) {
    sound = sound && link.from < network.positions.size() && link.to < network.positions.size() &&
            link.speeds < network.speeds.size() && std::isfinite(link.length_m) &&
            link.length_m >= 0;
  }
  return sound;
}

TEST(TornOsm, WhateverIsCutOffIsMissed) {
  for (bool const deflated : {true, false}) {
    std::string const whole = crossing(deflated);
    ASSERT_EQ(refusal(whole), "taken");
    std::set<std::size_t> const blocks = beginnings(whole);
    ASSERT_EQ(blocks.size(), 3U);  // the header, the nodes, the ways
    for (std::size_t size = 0; size < whole.size(); ++size) {
      std::string const said = refusal(whole.substr(0, size));
      EXPECT_TRUE(said.starts_with("bad input: torn.osm.pbf: ")) << size << ": " << said;
    }
    EXPECT_EQ(refusal(whole.substr(0, whole.size() - 1)),
              "bad input: torn.osm.pbf: the file is torn: it ends after " +
                  std::to_string(whole.size() - 1) +
                  " bytes, within the block that begins at byte " +
                  std::to_string(*blocks.rbegin()));
    EXPECT_EQ(refusal(whole.substr(0, *blocks.rbegin())),
              "bad input: torn.osm.pbf: there is no road, railway or ferry in it to move on: 0 "
              "nodes and 0 ways");
  }
}

TEST(TornOsm, WhateverIsAddedIsMissed) {
  std::string const whole = crossing(true);
  std::string const place = "the block at byte " + std::to_string(whole.size());
  for (std::size_t zeros = 1; zeros < 4; ++zeros) {
    EXPECT_TRUE(refusal(whole + std::string(zeros, '\0')).find("the file is torn") !=
                std::string::npos);
  }
  EXPECT_EQ(refusal(whole + std::string(4'096, '\0')),
            "bad input: torn.osm.pbf: " + place + ": zeros where a block should begin");
  EXPECT_EQ(
      refusal(whole + "<?xml version"),
      "bad input: torn.osm.pbf: " + place + ": what stands where a block should begin is none");
  EXPECT_EQ(refusal(whole + whole),
            "bad input: torn.osm.pbf: " + place + ": its type is `OSMHeader`, not OSMData");
}

TEST(TornOsm, AFlippedBitIsNoHarm) {
  int refused = 0;
  for (bool const deflated : {true, false}) {
    std::string const whole = crossing(deflated);
    for (std::size_t at = 0; at < whole.size(); ++at) {
      for (unsigned bit = 0; bit < 8; ++bit) {
        std::string flipped = whole;
        flipped[at] = static_cast<char>(static_cast<unsigned char>(flipped[at]) ^ (1U << bit));
        auto const found = read(flipped);
        if (found.ok()) {
          EXPECT_TRUE(is_sound(found.value())) << at << " " << bit;
        } else {
          ++refused;
          EXPECT_TRUE(found.error().message.starts_with("torn.osm.pbf: ")) << found.error().message;
        }
      }
    }
  }
  EXPECT_GT(refused, 1'000);
}

TEST(TornOsm, DeflatedBytesThatAreDamagedAreMissed) {
  std::string const whole = crossing(true);
  std::string damaged = whole;
  damaged[whole.size() - 30] = static_cast<char>(damaged[whole.size() - 30] ^ 1);
  EXPECT_EQ(refusal(damaged), "bad input: torn.osm.pbf: the block at byte " +
                                  std::to_string(*beginnings(whole).rbegin()) +
                                  ": its deflated bytes are damaged");
}

TEST(TornOsm, WhatIsNoPbfIsRefused) {
  EXPECT_EQ(refusal(""), "bad input: torn.osm.pbf: the file is empty");
  std::string const none = "bad input: torn.osm.pbf: this is no OSM PBF file";
  EXPECT_EQ(refusal("x"), none);
  EXPECT_EQ(refusal("<?xml version=\"1.0\"?><osm version=\"0.6\"></osm>"), none);
  EXPECT_EQ(refusal(std::string(100'000, '\0')), none);
  EXPECT_EQ(refusal(std::string("BZh91AY&SY") + std::string(1'000, 'x')), none);
  EXPECT_EQ(refusal(osm_bytes::block("OSMData", "")), none);
  std::string all_bytes;
  for (int i = 0; i < 4'096; ++i) {
    all_bytes.push_back(static_cast<char>(i * 7));
  }
  EXPECT_EQ(refusal(all_bytes), none);
}

TEST(TornOsm, AFileThatIsNotThere) {
  auto const missing = read_osm_network(std::filesystem::path{"nowhere.osm.pbf"}, {}, {});
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(missing.error().message, "nowhere.osm.pbf: there is no such file");
  auto const folder = read_osm_network(std::filesystem::path{"tests"}, {}, {});
  ASSERT_FALSE(folder.ok());
  EXPECT_EQ(folder.error().message, "tests: this is no file that can be read");
}

std::string within(std::string const& problem) {
  std::string const header = osm_bytes::header({"OsmSchema-V0.6", "DenseNodes"});
  return "bad input: torn.osm.pbf: the block at byte " + std::to_string(header.size()) + ": " +
         problem;
}

TEST(TornOsm, NamesTheObjectThatIsWrong) {
  ASSERT_EQ(refusal(osm_bytes::file({})), "taken");
  ASSERT_EQ(refusal(osm_bytes::file({.dense = false})), "taken");
  for (std::uint32_t const place : {3U, 99U}) {
    EXPECT_EQ(
        refusal(osm_bytes::file({.tags = {{1, place}}})),
        within("way 7: text " + std::to_string(place) + " is asked for, but there are only 3"));
  }
  EXPECT_EQ(refusal(osm_bytes::file({.extra_keys = 2})),
            within("way 7: it has not as many values as keys"));
  EXPECT_EQ(refusal(osm_bytes::file({.way_has_id = false})), within("a way without an id"));
  EXPECT_EQ(refusal(osm_bytes::file({.longitudes = {95'000'000}})),
            within("node 2: it has no position"));
  EXPECT_EQ(refusal(osm_bytes::file({.granularity = 0})),
            within("its positions are in steps of 0, not above zero"));
  EXPECT_EQ(refusal(osm_bytes::file({.granularity = -100})),
            within("its positions are in steps of -100, not above zero"));
}

TEST(TornOsm, TextsWithZerosInThemAreTexts) {
  auto const found = read(osm_bytes::file(
      {.texts = {"", "highway", "primary", std::string{"na\0me", 5}, std::string{"\0", 1}},
       .tags = {{1, 2}, {3, 4}}}));
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found.value().network.link_names[0], "");
  EXPECT_EQ(refusal(osm_bytes::file({.texts = {"", std::string{"highway\0", 8}, "primary"}})),
            "bad input: torn.osm.pbf: there is no road, railway or ferry in it to move on: 0 nodes "
            "and 1 ways");
}

TEST(TornOsm, PositionsThatAreNoneCutTheWay) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  for (std::int64_t const latitude : {std::int64_t{900'000'100}, kMost, -kMost - 1}) {
    auto const found = read(osm_bytes::file({.nodes = {1, 2, 3},
                                             .ids = {1, 2, 3},
                                             .latitudes = {471'000'000, 471'000'100, latitude},
                                             .longitudes = {95'000'000, 95'000'100, 0}}));
    ASSERT_TRUE(found.ok()) << latitude;
    EXPECT_EQ(found.value().network.positions.size(), 2U);
    EXPECT_EQ(found.value().counts[OsmTrouble::kNodeOffEarth], 1U);
    EXPECT_EQ(found.value().counts[OsmTrouble::kNodeMissing], 0U);
    EXPECT_EQ(found.value().examples.at(0).message,
              "way 7 leads over node 3, which has no position on earth; it is cut there");
  }
  EXPECT_EQ(refusal(osm_bytes::file({.latitude_offset = kMost})),
            "bad input: torn.osm.pbf: none of its ways has two nodes that are in it: 2 nodes and 1 "
            "ways");
}

TEST(TornOsm, ANodeThatComesAgainStaysWhereItWas) {
  auto const found = read(osm_bytes::file({.ids = {1, 2, 1},
                                           .latitudes = {471'000'000, 471'000'100, 0},
                                           .longitudes = {95'000'000, 95'000'100, 0}}));
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found.value().counts[OsmTrouble::kNodeRepeated], 1U);
  EXPECT_NEAR(found.value().network.positions[0].latitude.count(), 47.1, 1e-9);
}

TEST(TornOsm, BlobsThatClaimTooMuchAreRefused) {
  std::string const start = osm_bytes::header({"OsmSchema-V0.6", "DenseNodes"});
  auto const after_start = [&](std::string const& rest) { return refusal(start + rest); };
  EXPECT_EQ(after_start(osm_bytes::framed("OSMData", "", -1)),
            within("it claims -1 bytes, not 1 to 33554432"));
  EXPECT_EQ(after_start(osm_bytes::framed("OSMData", "", 0)),
            within("it claims 0 bytes, not 1 to 33554432"));
  EXPECT_EQ(after_start(osm_bytes::framed("OSMData", "", 33'554'433)),
            within("it claims 33554433 bytes, not 1 to 33554432"));
  auto const blob = [&](std::uint32_t field, std::int32_t raw_size) {
    std::string const made = osm_bytes::blob(field, "something", raw_size);
    return after_start(osm_bytes::framed("OSMData", made, static_cast<std::int32_t>(made.size())));
  };
  EXPECT_EQ(blob(3, 10), within("its deflated bytes are damaged"));
  EXPECT_EQ(blob(3, 0), within("it claims 0 bytes inflated, not 1 to 33554432"));
  EXPECT_EQ(blob(3, -5), within("it claims -5 bytes inflated, not 1 to 33554432"));
  EXPECT_EQ(blob(6, 10), within("its compression is not known here"));
  EXPECT_EQ(blob(7, 10), within("its compression is not known here"));
}

TEST(TornOsm, RefusesWhatItDoesNotUnderstand) {
  EXPECT_EQ(refusal(osm_bytes::header({"OsmSchema-V0.6", "HistoricalInformation"})),
            "refused: torn.osm.pbf: the file holds history, not one state of the map");
  EXPECT_EQ(refusal(osm_bytes::header({"Sorcery"})),
            "refused: torn.osm.pbf: the file asks for `Sorcery`, which is not known here");
}

TEST(TornOsm, KeepsToItsLimits) {
  std::vector<std::int64_t> nodes;
  for (std::int64_t n = 0; n < 100'001; ++n) {
    nodes.push_back(1 + n % 2);
  }
  EXPECT_EQ(refusal(osm_bytes::file({.nodes = nodes})),
            within("way 7 leads over 100001 nodes, more than 100000"));
  EXPECT_EQ(refusal(osm_bytes::file({}), {.most_bytes = 100}),
            "limit: torn.osm.pbf: its ways would take more than 100 bytes of memory");
}

/// A thousandth of what it inflates to: ways that take more memory than any machine has.
TEST(TornOsm, ASmallFileDoesNotTakeAllMemory) {
  std::string const header = osm_bytes::header({"OsmSchema-V0.6", "DenseNodes"});
  Objects objects{.texts = {"", "highway", "primary", "name", std::string(900, 'x')},
                  .tags = {{1, 2}, {3, 4}},
                  .nodes = std::vector<std::int64_t>(90'000)};
  for (std::size_t n = 0; n < objects.nodes.size(); ++n) {
    objects.nodes[n] = static_cast<std::int64_t>(n % 2);
  }
  std::string const content = osm_bytes::content(objects);
  std::string deflated(content.size() + 1'000, '\0');
  uLongf size = deflated.size();
  ASSERT_EQ(::compress(reinterpret_cast<Bytef*>(deflated.data()), &size,
                       reinterpret_cast<Bytef const*>(content.data()), content.size()),
            Z_OK);
  std::string const blob = osm_bytes::blob(3, std::string_view{deflated}.substr(0, size),
                                           static_cast<std::int32_t>(content.size()));
  EXPECT_LT(blob.size(), 2'000U);
  std::string const said =
      refusal(header + osm_bytes::framed("OSMData", blob, static_cast<std::int32_t>(blob.size())));
  EXPECT_TRUE(said.starts_with("limit: torn.osm.pbf: its ways would take more than ")) << said;
}

}  // namespace
}  // namespace guarantor::tables
