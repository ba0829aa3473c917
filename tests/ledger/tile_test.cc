#include "guarantor/ledger/tile.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace guarantor::ledger {
namespace {

TEST(TilePath, IsThatOfTheSpecification) {
  EXPECT_EQ(tile_path({.level = 0, .index = 1234067}), "tile/0/x001/x234/067");
  EXPECT_EQ(tile_path({.level = 2, .index = 0, .width = 1}), "tile/2/000.p/1");
  EXPECT_EQ(tile_path({.level = kEntryLevel, .index = 1000, .width = 255}),
            "tile/entries/x001/000.p/255");
  EXPECT_EQ(tile_path({.level = 0, .index = 999}), "tile/0/999");
}

RC_GTEST_PROP(TilePath, IsReadBack, ()) {
  auto const bits = *rc::gen::inRange(0, 55);
  TileName const tile{.level = *rc::gen::inRange(-1, 8),
                      .index = *rc::gen::inRange<std::uint64_t>(0, std::uint64_t{1} << bits),
                      .width = *rc::gen::inRange(1, 257)};
  RC_ASSERT(parse_tile_path(tile_path(tile)).value() == tile);
}

TEST(TilePath, IsNothingElse) {
  for (std::string const path : {"",
                                 "tile/",
                                 "tile/0",
                                 "tile/0/",
                                 "tile/8/000",
                                 "tile/00/000",
                                 "tile/0/0",
                                 "tile/0/0000",
                                 "tile/0/001/067",
                                 "tile/0/x000/067",
                                 "tile/0/x001/67",
                                 "tile/0/067.p/0",
                                 "tile/0/067.p/256",
                                 "tile/0/067.p/01",
                                 "tile/0/067.p/",
                                 "tile/0/067.p/1/",
                                 "tile/0/x067",
                                 "tile/entries/",
                                 "tile/Entries/000",
                                 "checkpoint",
                                 "tile/0/../000",
                                 "tile/0/067.p/1x",
                                 "tile/0/-67",
                                 "tile/0/x036/x028/x797/x018/x963/968"}) {
    EXPECT_FALSE(parse_tile_path(path)) << path;
  }
}

// The example of the specification: 70,000 entries.
TEST(TileWidth, IsWhatIsLeft) {
  EXPECT_EQ(tile_width(0, 272, 70'000), 256);
  EXPECT_EQ(tile_width(0, 273, 70'000), 112);
  EXPECT_EQ(tile_width(0, 274, 70'000), 0);
  EXPECT_EQ(tile_width(1, 0, 70'000), 256);
  EXPECT_EQ(tile_width(1, 1, 70'000), 17);
  EXPECT_EQ(tile_width(2, 0, 70'000), 1);
  EXPECT_EQ(tile_width(3, 0, 70'000), 0);
  EXPECT_EQ(tile_width(kEntryLevel, 273, 70'000), 112);
}

std::vector<Digest> some(int count) {
  std::vector<Digest> digests;
  for (int i = 0; i < count; ++i) {
    digests.push_back(sha256(std::to_string(i)));
  }
  return digests;
}

TEST(Tile, IsReadBackAtItsWidthAlone) {
  auto const hashes = some(17);
  std::string const bytes = encode_tile(hashes);
  EXPECT_EQ(bytes.size(), 17U * 32U);
  EXPECT_EQ(decode_tile(bytes, 17).value(), hashes);
  EXPECT_FALSE(decode_tile(bytes, 16));
  EXPECT_FALSE(decode_tile(bytes, 18));
  EXPECT_FALSE(decode_tile(bytes.substr(1), 17));
}

TEST(Entries, AreReadBackWithTheirLengths) {
  auto const entries = some(3);
  std::string bytes = encode_entries(entries);
  EXPECT_EQ(bytes.substr(0, 2), std::string({'\0', ' '}));
  EXPECT_EQ(decode_entries(bytes, 3).value(), entries);
  EXPECT_EQ(decode_entries(bytes, 4).error().message, "entry 3 of the bundle is cut short");
  EXPECT_EQ(decode_entries(bytes, 2).error().message,
            "34 bytes stand behind the bundle's 2 entries");
  EXPECT_FALSE(decode_entries(bytes.substr(0, 101), 3));
  bytes[35] = '!';
  EXPECT_EQ(decode_entries(bytes, 3).error().message,
            "entry 1 of the bundle says it has 33 bytes; an entry has 32");
}

}  // namespace
}  // namespace guarantor::ledger
