#include "guarantor/tables/network_cache.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstring>
#include <fstream>
#include <string>

#include "guarantor/tables/scenario_folder.h"
#include "temporary_folder.h"

namespace guarantor::tables {
namespace {

namespace fs = std::filesystem;
using model::ErrorKind;
using model::Network;

Network small() {
  Network network;
  network.positions = {{model::Degrees{30}, model::Degrees{50}},
                       {model::Degrees{-31.5}, model::Degrees{0.1}}};
  network.speeds = {{60, 50, 40, 0, 0, 0, 0}, {0, 0, 0, 45.5F, 0, 0, 0}};
  network.links.push_back({.from = 0, .to = 1, .length_m = 12.5F, .speeds = 0, .load_class_t = 40});
  network.links.push_back({.from = 1,
                           .to = 0,
                           .length_m = 1e6F,
                           .speeds = 1,
                           .mode = model::LinkMode::kRail,
                           .one_way = true,
                           .closed = true,
                           .gauge_mm = 1520});
  network.node_names = {"Київ", ""};
  return network;
}

Network with_facts() {
  Network network = small();
  network.link_names = {"a", "b"};
  network.node_facts = {{2500, 0, model::NodeKind::kAirport, false},
                        {0, 9.5F, model::NodeKind::kPort, true}};
  network.link_facts.resize(2);
  network.link_facts[1] = {
      7.5F,         0.25F, 3, true, model::Confidence::kReported, model::Confidence::kEstimated,
      "by day only"};
  return network;
}

ErrorKind kind_of(std::string const& bytes, std::string const& fingerprint = "source") {
  auto const read = read_network_cache(bytes, fingerprint);
  EXPECT_FALSE(read.ok());
  return read.ok() ? ErrorKind::kDefect : read.error().kind;
}

TEST(NetworkCache, GivesBackTheNetwork) {
  for (Network const& network : {Network{}, small(), with_facts()}) {
    std::string const bytes = write_network_cache(network, "source");
    auto const read = read_network_cache(bytes, "source");
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_TRUE(read.value() == network);
    EXPECT_EQ(write_network_cache(read.value(), "source"), bytes);
  }
}

TEST(NetworkCache, RefusesWhatIsOfAnotherSource) {
  EXPECT_EQ(kind_of(write_network_cache(small(), "source"), "other"), ErrorKind::kRefused);
}

TEST(NetworkCache, RefusesAnotherVersionBeforeLookingAnyFurther) {
  std::string bytes = write_network_cache(small(), "source");
  constexpr std::size_t kVersionAt = 8;
  bytes[kVersionAt] = 2;
  EXPECT_EQ(kind_of(bytes), ErrorKind::kRefused);
  EXPECT_NE(read_network_cache(bytes, "source").error().message.find("version 2"),
            std::string::npos);
}

TEST(NetworkCache, NoticesEveryCutAndEveryChangedByte) {
  std::string const whole = write_network_cache(with_facts(), "source");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_EQ(kind_of(whole.substr(0, length)), ErrorKind::kCheckFailed) << length;
  }
  EXPECT_EQ(kind_of(whole + "x"), ErrorKind::kCheckFailed);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x10);
    bool const version = at >= 8 && at < 12;
    EXPECT_EQ(kind_of(changed), version ? ErrorKind::kRefused : ErrorKind::kCheckFailed) << at;
  }
}

class NetworkCacheFile : public testing::Test {
 protected:
  void write(std::string const& text) {
    std::ofstream{source_, std::ios::binary | std::ios::trunc} << text;
  }
  model::Result<CachedNetwork> read(std::string const& manner = "v1") {
    return read_through_cache({source_}, manner, [this]() -> model::Result<Network> {
      ++reads_;
      return small();
    });
  }

  TemporaryFolder folder_;
  fs::path source_{folder_.path() / "land.osm.pbf"};
  int reads_{};
};

TEST_F(NetworkCacheFile, IsReadInsteadOfTheSourceUntilThatChanges) {
  write("one");
  ASSERT_TRUE(read().ok());
  EXPECT_TRUE(fs::exists(folder_.path() / "land.osm.pbf.network"));
  auto const again = read();
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again.value().from_cache);
  EXPECT_TRUE(again.value().network == small());
  EXPECT_EQ(reads_, 1);
  write("two");
  EXPECT_FALSE(read().value().from_cache);
  EXPECT_TRUE(read().value().from_cache);
  EXPECT_EQ(reads_, 2);
  EXPECT_FALSE(read("v2").value().from_cache) << "another reader reads another network";
}

TEST_F(NetworkCacheFile, IsRefusedByNameWhereItIsTorn) {
  write("one");
  ASSERT_TRUE(read().ok());
  fs::path const cache = network_cache_of(source_);
  fs::resize_file(cache, fs::file_size(cache) - 5);
  auto const torn = read();
  ASSERT_FALSE(torn.ok());
  EXPECT_EQ(torn.error().kind, ErrorKind::kCheckFailed);
  EXPECT_NE(torn.error().message.find("land.osm.pbf.network"), std::string::npos);
  fs::remove(cache);
  EXPECT_TRUE(read().ok());
}

TEST_F(NetworkCacheFile, IsMadeAgainWhereItIsOfAnotherVersion) {
  write("one");
  ASSERT_TRUE(read().ok());
  std::fstream stream{network_cache_of(source_), std::ios::binary | std::ios::in | std::ios::out};
  stream.seekp(8);
  stream.put(9);
  stream.close();
  EXPECT_FALSE(read().value().from_cache);
  EXPECT_TRUE(read().value().from_cache);
}

TEST_F(NetworkCacheFile, IsNoErrorWhereItCannotBeKept) {
  write("one");
  fs::create_directory(network_cache_of(source_));
  auto const made = read();
  ASSERT_TRUE(made.ok());
  EXPECT_NE(made.value().warning, "");
  EXPECT_TRUE(made.value().network == small());
}

TEST_F(NetworkCacheFile, PassesOnWhyThereIsNoNetwork) {
  auto const missing = read();
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().kind, ErrorKind::kNotFound);
  write("one");
  auto const failed = read_through_cache({source_}, "v1", []() -> model::Result<Network> {
    return model::Error{ErrorKind::kBadInput, "no network", ""};
  });
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().message, "no network");
  EXPECT_FALSE(fs::exists(network_cache_of(source_)));
}

}  // namespace
}  // namespace guarantor::tables
