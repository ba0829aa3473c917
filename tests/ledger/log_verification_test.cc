#include "guarantor/ledger/log_verification.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "guarantor/ledger/head.h"
#include "guarantor/ledger/key_chain.h"
#include "memory_log.h"

namespace guarantor::ledger {
namespace {

namespace fs = std::filesystem;

SigningKey const kWitness = key_of('w', SignatureType::kCosignature, "witness.example/w1");

/// A log as it stands after a while: published in steps, its key changed once, cosigned, with a
/// head beyond what is published.
class PublishedLog {
 public:
  explicit PublishedLog(std::uint64_t size) : size_{size}, log_{size + 20} {
    EXPECT_TRUE(log_.publish(folder_, 0, 100));
    EXPECT_TRUE(append_key_chain_file(
        folder_.path(), sign_rotation(log_.head(100), key_of('a'), key_of('b')).value()));
    std::vector const keys{key_of('b')};
    EXPECT_TRUE(log_.publish(folder_, 100, size - 30, keys));
    EXPECT_TRUE(log_.publish(folder_, size - 30, size, keys));
    auto const line = cosign_checkpoint(log_.checkpoint(size, keys), kWitness,
                                        std::chrono::sys_seconds{std::chrono::hours{500'000}});
    EXPECT_TRUE(folder_.replace_checkpoint(add_cosignatures(log_.checkpoint(size, keys),
                                                            signature_line(line.value()),
                                                            std::vector{kWitness.verifier()})
                                               .value()));
    auto head = HeadFile::create(head_file()).value();
    EXPECT_TRUE(head.write(log_.checkpoint(size + 10, keys)));
    EXPECT_TRUE(head.write(log_.checkpoint(size + 20, keys)));
  }

  [[nodiscard]] fs::path head_file() const { return folder_.path() / "head"; }
  [[nodiscard]] TileFolder const& folder() const { return folder_; }
  [[nodiscard]] MemoryLog const& log() const { return log_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }

  [[nodiscard]] StoredEntries stored() const {
    return [this](std::uint64_t from, std::uint64_t to) {
      std::vector<std::optional<Digest>> entries;
      for (std::uint64_t i = from; i < to; ++i) {
        entries.emplace_back(log_.entries().at(i));
      }
      return model::Result<std::vector<std::optional<Digest>>>{entries};
    };
  }
  [[nodiscard]] LogQuestion question() const {
    return {.first_key = key_of('a').verifier(),
            .witnesses = {kWitness.verifier()},
            .head_file = head_file(),
            .stored = stored()};
  }
  [[nodiscard]] LogReport verify() const { return verify(question()); }
  [[nodiscard]] LogReport verify(LogQuestion const& question) const {
    return verify_log(folder_, question, {}).value();
  }

  /// All its files, relative to its folder.
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (auto const& entry : fs::recursive_directory_iterator{folder_.path()}) {
      if (entry.is_regular_file()) {
        names.push_back(entry.path().lexically_relative(folder_.path()).string());
      }
    }
    std::ranges::sort(names);
    return names;
  }
  [[nodiscard]] std::string read(std::string const& name) const {
    return read_file(folder_.path() / name);
  }
  void write(std::string const& name, std::string_view bytes) const {
    write_file(folder_.path() / name, bytes);
  }
  void remove(std::string const& name) const { fs::remove(folder_.path() / name); }

 private:
  std::uint64_t size_;
  ScratchFolder scratch_;
  MemoryLog log_;
  TileFolder folder_ = TileFolder::create(scratch_.path()).value();
};

constexpr std::uint64_t kSmall = 1333;

TEST(VerifyLog, FindsNothingWrongWithALogThatIsWhatWasSigned) {
  PublishedLog const log{kSmall};
  auto const report = log.verify();
  EXPECT_TRUE(report.sound()) << report.finding->explanation << report.finding->file;
  EXPECT_EQ(report.entries_checked, kSmall);
  EXPECT_EQ(report.checkpoint->checkpoint.head, log.log().head(kSmall));
  EXPECT_EQ(report.checkpoint->witnesses.size(), 1U);
}

TEST(VerifyLog, TakesLogsOfAnySize) {
  for (std::uint64_t const size : {0U, 1U, 255U, 256U, 257U, 512U, 65535U, 65536U, 65800U}) {
    ScratchFolder const scratch;
    auto const folder = TileFolder::create(scratch.path()).value();
    MemoryLog const log{size};
    ASSERT_TRUE(log.publish_all(folder));
    auto const report = verify_log(folder, {.first_key = key_of('a').verifier()}, {}).value();
    EXPECT_TRUE(report.sound()) << size;
    EXPECT_EQ(report.entries_checked, size);
  }
}

/// Flips a drawn bit of a drawn byte of the file and looks whether it is found, in that file, at
/// that entry where it is one.
void flip_and_find(PublishedLog const& log, std::string const& name, std::mt19937_64& stream) {
  std::string const good = log.read(name);
  std::size_t const at = stream() % good.size();
  std::string bytes = good;
  bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << stream() % 8));
  log.write(name, bytes);
  auto const report = log.verify();
  log.write(name, good);
  ASSERT_FALSE(report.sound()) << name << " at " << at;
  EXPECT_EQ(report.finding->file, name) << at << ": " << report.finding->explanation;
  auto const tile = parse_tile_path(name);
  bool const current =
      tile && tile.value().width == tile_width(tile.value().level, tile.value().index, log.size());
  if (current && tile.value().level <= 0) {
    std::size_t const each = tile.value().level == 0 ? 32 : 34;
    EXPECT_EQ(report.finding->entry, tile.value().index * 256 + at / each) << name << " at " << at;
  }
}

TEST(VerifyLog, FindsAndLocatesAnyFlippedByte) {
  PublishedLog const log{kSmall};
  auto const files = log.files();
  ASSERT_EQ(files.size(), 18U);
  std::mt19937_64 stream{20260106};
  for (int trial = 0; trial < 1000; ++trial) {
    flip_and_find(log, files[stream() % files.size()], stream);
  }
  EXPECT_TRUE(log.verify().sound());
}

// The same without a store to ask, and in a log with three levels of tiles.
TEST(VerifyLog, FindsAFlippedByteInALargeLog) {
  PublishedLog const log{66'000};
  auto const files = log.files();
  std::mt19937_64 stream{20260107};
  for (int trial = 0; trial < 30; ++trial) {
    flip_and_find(log, files[stream() % files.size()], stream);
  }
  for (std::string const name : {"tile/1/000", "tile/1/001.p/1", "tile/2/000.p/1",
                                 "tile/0/257.p/208", "tile/entries/257.p/208"}) {
    flip_and_find(log, name, stream);
  }
}

TEST(VerifyLog, FindsEveryMissingFile) {
  PublishedLog const log{kSmall};
  for (std::string const& name : log.files()) {
    auto const tile = parse_tile_path(name);
    bool const superseded =
        tile &&
        tile.value().width != tile_width(tile.value().level, tile.value().index, log.size());
    if (superseded || name == "keys") {
      continue;
    }
    std::string const good = log.read(name);
    log.remove(name);
    auto const report = log.verify();
    log.write(name, good);
    ASSERT_FALSE(report.sound()) << name;
    EXPECT_EQ(report.finding->flaw, Flaw::kMissing) << name;
    EXPECT_EQ(report.finding->file, name);
  }
  // Without the change of keys nobody knows the key that signs now.
  log.remove("keys");
  EXPECT_EQ(log.verify().finding->flaw, Flaw::kCheckpointSignature);
}

TEST(VerifyLog, FindsATruncatedOrLongerFile) {
  PublishedLog const log{kSmall};
  for (std::string const& name : log.files()) {
    std::string const good = log.read(name);
    for (std::string const& bytes :
         {std::string{}, good.substr(0, 1), good.substr(0, good.size() / 2),
          good.substr(0, good.size() - 1), good + "x", good + good}) {
      log.write(name, bytes);
      auto const report = log.verify();
      bool const no_keys = name == "keys" && bytes.empty();
      ASSERT_FALSE(report.sound()) << name;
      EXPECT_EQ(report.finding->file, no_keys ? "checkpoint" : name);
    }
    log.write(name, good);
  }
  EXPECT_TRUE(log.verify().sound());
}

TEST(VerifyLog, FindsSwappedEntriesAndWhereTheyBelong) {
  PublishedLog const log{kSmall};
  std::string const name = "tile/entries/002";
  std::string const good = log.read(name);
  std::string swapped = good;
  std::swap_ranges(swapped.begin() + 34 * 5, swapped.begin() + 34 * 6, swapped.begin() + 34 * 9);
  log.write(name, swapped);
  auto finding = *log.verify().finding;
  EXPECT_EQ(finding.flaw, Flaw::kReordered);
  EXPECT_EQ(finding.file, name);
  EXPECT_EQ(finding.entry, 512U + 5U);
  EXPECT_EQ(finding.belongs_at, 512U + 9U);
  // Whole bundles.
  log.write(name, log.read("tile/entries/003"));
  finding = *log.verify().finding;
  EXPECT_EQ(finding.flaw, Flaw::kReordered);
  EXPECT_EQ(finding.entry, 512U);
  EXPECT_EQ(finding.belongs_at, 768U);
  log.write(name, good);
  // Whole tiles of hashes are not what the tile above says.
  log.write("tile/0/002", log.read("tile/0/003"));
  finding = *log.verify().finding;
  EXPECT_EQ(finding.flaw, Flaw::kAltered);
  EXPECT_EQ(finding.file, "tile/0/002");
}

// Somebody changes an entry and everything that is made of it, but cannot sign.
TEST(VerifyLog, FindsALogThatWasRewrittenWithoutTheKey) {
  PublishedLog const log{kSmall};
  MemoryLog forged;
  for (std::uint64_t i = 0; i < kSmall; ++i) {
    forged.append(i == 700 ? sha256("forged") : log.log().entries()[i]);
  }
  ScratchFolder const scratch;
  auto const other = TileFolder::create(scratch.path()).value();
  ASSERT_TRUE(forged.publish_all(other));
  for (std::string const name : {"tile/entries/002", "tile/0/002", "tile/1/000.p/5"}) {
    log.write(name, read_file(other.path() / name));
  }
  // The store still has what was signed.
  auto finding = *log.verify().finding;
  EXPECT_EQ(finding.flaw, Flaw::kAltered);
  EXPECT_EQ(finding.file, "tile/entries/002");
  EXPECT_EQ(finding.entry, 700U);
  auto question = log.question();
  question.stored = {};
  finding = *log.verify(question).finding;
  EXPECT_EQ(finding.flaw, Flaw::kFork);
  question.stored = [&forged](std::uint64_t from, std::uint64_t to) {
    std::vector<std::optional<Digest>> entries;
    for (std::uint64_t i = from; i < to; ++i) {
      entries.emplace_back(forged.entries().at(i));
    }
    return model::Result<std::vector<std::optional<Digest>>>{entries};
  };
  EXPECT_EQ(log.verify(question).finding->flaw, Flaw::kFork);
}

// The same by somebody who has the key: only another signed tree tells.
TEST(VerifyLog, FindsAForkByHeadStoreOrHandover) {
  PublishedLog const log{kSmall};
  MemoryLog fork{90};
  fork.grow(kSmall, "other");
  ScratchFolder const scratch;
  auto const other = TileFolder::create(scratch.path()).value();
  std::vector const keys{key_of('b')};
  ASSERT_TRUE(fork.publish(other, 0, kSmall, keys));
  LogQuestion question{.first_key = key_of('b').verifier()};
  EXPECT_TRUE(verify_log(other, question, {}).value().sound());

  question.stored = log.stored();
  auto finding = *verify_log(other, question, {}).value().finding;
  EXPECT_EQ(finding.file, "store");
  EXPECT_EQ(finding.entry, 90U);

  question = {.first_key = key_of('a').verifier()};
  write_file(other.path() / "keys", log.read("keys"));
  finding = *verify_log(other, question, {}).value().finding;
  EXPECT_EQ(finding.flaw, Flaw::kFork);
  EXPECT_EQ(finding.file, "keys");

  auto head = HeadFile::create(other.path() / "head").value();
  ASSERT_TRUE(head.write(log.log().checkpoint(kSmall, keys)));
  question.head_file = other.path() / "head";
  finding = *verify_log(other, question, {}).value().finding;
  EXPECT_EQ(finding.flaw, Flaw::kFork);
  EXPECT_EQ(finding.file, "head");
}

TEST(VerifyLog, FindsAStoreThatLostOrChangedEntries) {
  PublishedLog const log{kSmall};
  auto question = log.question();
  auto const changed_at = [&](std::uint64_t entry, std::optional<Digest> to) {
    question.stored = [&log, entry, to](std::uint64_t from, std::uint64_t end) {
      auto entries = log.stored()(from, end);
      if (from <= entry && entry < end) {
        entries.value()[entry - from] = to;
      }
      return entries;
    };
    return *log.verify(question).finding;
  };
  for (std::uint64_t const entry : {std::uint64_t{0}, std::uint64_t{600}, kSmall - 1}) {
    auto const missing = changed_at(entry, std::nullopt);
    EXPECT_EQ(missing.flaw, Flaw::kMissing);
    EXPECT_EQ(missing.file, "store");
    EXPECT_EQ(missing.entry, entry);
    auto const altered = changed_at(entry, sha256("x"));
    EXPECT_EQ(altered.flaw, Flaw::kAltered);
    EXPECT_EQ(altered.entry, entry);
    std::uint64_t const other = entry / 2 + 1;
    auto const reordered = changed_at(entry, log.log().entries()[other]);
    EXPECT_EQ(reordered.flaw, Flaw::kReordered);
    EXPECT_EQ(reordered.belongs_at, other);
  }
  // Acknowledged, not published yet.
  EXPECT_EQ(changed_at(kSmall + 12, std::nullopt).flaw, Flaw::kMissing);
  EXPECT_EQ(changed_at(kSmall + 12, std::nullopt).entry, kSmall + 12);
  EXPECT_EQ(changed_at(kSmall + 12, sha256("x")).flaw, Flaw::kAltered);
}

TEST(VerifyLog, FindsALogThatWasSetBack) {
  PublishedLog const log{kSmall};
  std::string const checkpoint = log.read("checkpoint");
  // An old checkpoint, truly signed, below the change of keys.
  log.write("checkpoint", log.log().checkpoint(90));
  EXPECT_EQ(log.verify().finding->flaw, Flaw::kMissing);
  EXPECT_EQ(log.verify().finding->entry, 90U);
  // Beyond it, the old key signs no more.
  log.write("checkpoint", log.log().checkpoint(kSmall, {key_of('a')}));
  EXPECT_EQ(log.verify().finding->flaw, Flaw::kCheckpointSignature);
  log.write("checkpoint", checkpoint);
  // A head that was set back.
  log.remove("head");
  {
    auto head = HeadFile::create(log.head_file()).value();
    EXPECT_EQ(log.verify().finding->flaw, Flaw::kHead);
    ASSERT_TRUE(head.write(log.log().checkpoint(kSmall - 1, {key_of('b')})));
  }
  EXPECT_EQ(log.verify().finding->flaw, Flaw::kHead);
}

TEST(VerifyLog, KnowsEverySignatureOfItsOwnLog) {
  PublishedLog const log{kSmall};
  auto question = log.question();
  question.witnesses.clear();
  EXPECT_EQ(log.verify(question).finding->flaw, Flaw::kCheckpointSignature);
  question.allow_unknown_signatures = true;
  EXPECT_TRUE(log.verify(question).sound());
  question.first_key = key_of('x').verifier();
  EXPECT_EQ(log.verify(question).finding->flaw, Flaw::kKeyChain);
}

TEST(VerifyLog, ShowsProgressAndStops) {
  PublishedLog const log{kSmall};
  std::vector<double> shares;
  std::stop_source stop;
  model::RunControl control{.cancel = stop.get_token()};
  control.progress = [&](model::Progress const& step) {
    shares.push_back(step.share_done);
    if (shares.size() == 3) {
      stop.request_stop();
    }
  };
  auto const report = verify_log(log.folder(), log.question(), control);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, model::ErrorKind::kLimit);
  EXPECT_EQ(shares.size(), 3U);
  EXPECT_TRUE(std::ranges::is_sorted(shares));
}

TEST(VerifyLog, HandsOnTheStoresErrors) {
  PublishedLog const log{kSmall};
  auto question = log.question();
  question.stored = [](std::uint64_t, std::uint64_t) {
    return model::Result<std::vector<std::optional<Digest>>>{
        model::Error{model::ErrorKind::kBadInput, "torn", ""}};
  };
  EXPECT_EQ(verify_log(log.folder(), question, {}).error().message, "torn");
}

TEST(Flaw, HasAName) {
  EXPECT_EQ(text(Flaw::kAltered), "altered");
  EXPECT_EQ(text(Flaw::kCheckpointSignature), "checkpoint signature");
}

}  // namespace
}  // namespace guarantor::ledger
