#include "guarantor/ledger/tile_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "guarantor/ledger/proof.h"
#include "memory_log.h"

namespace guarantor::ledger {
namespace {

namespace fs = std::filesystem;

std::set<std::string> files_in(fs::path const& folder) {
  std::set<std::string> names;
  for (auto const& entry : fs::recursive_directory_iterator{folder}) {
    if (entry.is_regular_file()) {
      names.insert(entry.path().lexically_relative(folder).string());
    }
  }
  return names;
}

TEST(TileFolder, IsLaidOutAsTheSpecificationSays) {
  ScratchFolder const scratch;
  auto const folder = TileFolder::create(scratch.path() / "log/").value();
  MemoryLog const log{70'000};
  ASSERT_TRUE(log.publish_all(folder));
  auto const names = files_in(folder.path());
  // The specification's example: 273 full tiles and one of 112, a full one and one of 17, one of 1.
  EXPECT_EQ(names.size(), 1 + 274 + 274 + 2 + 1U);
  for (std::string const name :
       {"checkpoint", "tile/0/000", "tile/0/272", "tile/0/273.p/112", "tile/1/000",
        "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/272", "tile/entries/273.p/112"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
  EXPECT_EQ(read_file(folder.path() / "checkpoint"), log.checkpoint(70'000));
  EXPECT_EQ(fs::file_size(folder.path() / "tile/0/000"), 8192U);
  EXPECT_EQ(tree_root(folder, 70'000).value(), log.head().root);
  EXPECT_EQ(tree_root(folder, 65'000).value(), log.head(65'000).root);
  auto const proof = inclusion_proof(folder, 69'999, 70'000).value();
  EXPECT_TRUE(verify_inclusion(69'999, leaf_hash(log.entries().back()), log.head(), proof));
}

TEST(TileFolder, GrowsToTheSameFilesInAnySteps) {
  std::mt19937_64 stream{20260108};
  for (int trial = 0; trial < 5; ++trial) {  // each publication waits for the disk
    ScratchFolder const scratch;
    auto const folder = TileFolder::create(scratch.path() / "steps").value();
    auto const at_once = TileFolder::create(scratch.path() / "at_once").value();
    MemoryLog log;
    ASSERT_TRUE(log.publish(folder, 0, 0));
    for (int step = 0; step < 4; ++step) {
      std::uint64_t const before = log.entries().size();
      log.grow(before + stream() % 400);
      std::uint64_t const size = log.entries().size();
      ASSERT_TRUE(log.publish(folder, before, size));
      ASSERT_EQ(tree_root(folder, size).value(), log.head().root);
      for (std::uint64_t index = 0; index * 256 < size; ++index) {
        int const width = tile_width(kEntryLevel, index, size);
        auto const entries = folder.entries(index, width).value();
        ASSERT_TRUE(std::equal(entries.begin(), entries.end(),
                               log.entries().begin() + static_cast<std::ptrdiff_t>(index * 256)));
      }
    }
    ASSERT_TRUE(log.publish_all(at_once));
    for (std::string const& name : files_in(at_once.path())) {
      ASSERT_EQ(read_file(folder.path() / name), read_file(at_once.path() / name));
    }
  }
}

TEST(TileFolder, DropsPartialTilesOnceTheyAreFull) {
  ScratchFolder const scratch;
  auto const folder = TileFolder::create(scratch.path()).value();
  MemoryLog const log{300};
  ASSERT_TRUE(log.publish(folder, 0, 10));
  ASSERT_TRUE(log.publish(folder, 10, 200));
  EXPECT_TRUE(fs::exists(folder.path() / "tile/0/000.p/10"));
  ASSERT_TRUE(log.publish(folder, 200, 300));
  EXPECT_EQ(files_in(folder.path()),
            (std::set<std::string>{"checkpoint", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1",
                                   "tile/entries/000", "tile/entries/001.p/44"}));
  EXPECT_EQ(tree_root(folder, 10).value(), log.head(10).root);
}

TEST(TileFolder, NeverOverwritesATileThatDiffers) {
  ScratchFolder const scratch;
  auto const folder = TileFolder::create(scratch.path()).value();
  MemoryLog const log{600};
  ASSERT_TRUE(log.publish(folder, 0, 600));
  for (std::string const name : {"tile/0/001", "tile/entries/001", "tile/0/002.p/88"}) {
    std::string const good = read_file(folder.path() / name);
    write_file(folder.path() / name, "x" + good.substr(1));
    auto const error = log.publish(folder, 256, 600).error();
    EXPECT_EQ(error.kind, model::ErrorKind::kCheckFailed);
    EXPECT_NE(error.message.find(name), std::string::npos) << error.message;
    EXPECT_EQ(read_file(folder.path() / name), "x" + good.substr(1));
    write_file(folder.path() / name, good);
  }
  EXPECT_TRUE(log.publish(folder, 256, 600));
}

TEST(TileFolder, PublishesNoFork) {
  ScratchFolder const scratch;
  auto const folder = TileFolder::create(scratch.path()).value();
  MemoryLog const log{500};
  ASSERT_TRUE(log.publish(folder, 0, 300));
  auto const before = files_in(folder.path());
  MemoryLog fork{200};
  fork.grow(600, "other");
  EXPECT_EQ(fork.publish(folder, 300, 600).error().kind, model::ErrorKind::kCheckFailed);
  EXPECT_EQ(fork.publish(folder, 300, 300).error().kind, model::ErrorKind::kCheckFailed);
  EXPECT_EQ(log.publish(folder, 0, 200).error().kind, model::ErrorKind::kRefused);
  EXPECT_EQ(log.publish(folder, 400, 500).error().kind, model::ErrorKind::kRefused);
  EXPECT_EQ(files_in(folder.path()), before);
  EXPECT_EQ(read_file(folder.path() / "checkpoint"), log.checkpoint(300));
}

TEST(TileFolder, PublishesNothingThatItsCheckpointDoesNotSay) {
  ScratchFolder const scratch;
  auto const folder = TileFolder::create(scratch.path()).value();
  MemoryLog const log{50};
  Publication publication{.from = 0, .to = 50, .entries = {}, .checkpoint = log.checkpoint(49)};
  EXPECT_EQ(folder.publish(publication, log, {}).error().kind, model::ErrorKind::kBadInput);
  publication.checkpoint = MemoryLog{50, "other"}.checkpoint(50);
  EXPECT_EQ(folder.publish(publication, log, {}).error().kind, model::ErrorKind::kCheckFailed);
  publication.checkpoint = "nonsense";
  EXPECT_EQ(folder.publish(publication, log, {}).error().kind, model::ErrorKind::kBadInput);
  EXPECT_TRUE(files_in(folder.path()).empty());
}

// A crash leaves temporaries, or tiles whose checkpoint never came: the next run goes on from
// there.
TEST(TileFolder, GoesOnAfterACrash) {
  ScratchFolder const scratch;
  auto const folder = TileFolder::create(scratch.path()).value();
  MemoryLog const log{600};
  ASSERT_TRUE(log.publish(folder, 0, 100));
  std::string const checkpoint = read_file(folder.path() / "checkpoint");
  ASSERT_TRUE(log.publish(folder, 100, 600));
  write_file(folder.path() / "checkpoint", checkpoint);
  write_file(folder.path() / "tile/0/.002.new", "torn");
  fs::create_directories(folder.path() / "tile/0/002.p");
  write_file(folder.path() / "tile/0/002.p/.88.new", "torn");
  EXPECT_EQ(tree_root(folder, 100).value(), log.head(100).root);
  ASSERT_TRUE(log.publish(folder, 100, 600));
  EXPECT_EQ(tree_root(folder, 600).value(), log.head(600).root);
}

TEST(TileFolder, StopsWhenAskedWithNothingPublished) {
  ScratchFolder const scratch;
  auto const folder = TileFolder::create(scratch.path()).value();
  MemoryLog const log{600};
  std::stop_source stop;
  stop.request_stop();
  Publication const publication{
      .from = 0,
      .to = 600,
      .entries =
          [&](std::uint64_t, std::uint64_t) {
            return model::Result<std::vector<Digest>>{std::vector<Digest>{}};
          },
      .checkpoint = log.checkpoint(600)};
  EXPECT_EQ(folder.publish(publication, log, {.cancel = stop.get_token()}).error().kind,
            model::ErrorKind::kLimit);
  EXPECT_EQ(folder.publish(publication, log, {}).error().kind, model::ErrorKind::kDefect);
  EXPECT_TRUE(files_in(folder.path()).empty());
}

TEST(TileFolder, TakesCosignaturesButNoOtherCheckpoint) {
  ScratchFolder const scratch;
  auto const folder = TileFolder::create(scratch.path()).value();
  MemoryLog const log{50};
  EXPECT_EQ(folder.read_checkpoint().error().kind, model::ErrorKind::kNotFound);
  ASSERT_TRUE(log.publish_all(folder));
  auto const two = log.checkpoint(50, {key_of('a'), key_of('b')});
  EXPECT_TRUE(folder.replace_checkpoint(two));
  EXPECT_EQ(folder.read_checkpoint().value(), two);
  EXPECT_EQ(folder.replace_checkpoint(log.checkpoint(49)).error().kind, model::ErrorKind::kRefused);
}

TEST(TileFolder, SaysWhichFileIsWrong) {
  ScratchFolder const scratch;
  auto const folder = TileFolder::create(scratch.path()).value();
  MemoryLog const log{300};
  ASSERT_TRUE(log.publish_all(folder));
  EXPECT_EQ(folder.tile(0, 7, 1).error().kind, model::ErrorKind::kNotFound);
  write_file(folder.path() / "tile/0/000", "short");
  EXPECT_EQ(folder.tile(0, 0, 3).error().message,
            "tile/0/000: a tile of 256 hashes has 8192 bytes, this has 5");
  EXPECT_EQ(TileFolder::open(scratch.path() / "none").error().kind, model::ErrorKind::kNotFound);
}

}  // namespace
}  // namespace guarantor::ledger
