#include "guarantor/ledger/head.h"

#include <gtest/gtest.h>

#include "memory_log.h"

namespace guarantor::ledger {
namespace {

namespace fs = std::filesystem;

class Head : public ::testing::Test {
 protected:
  [[nodiscard]] fs::path file() const { return folder_.path() / "head"; }
  [[nodiscard]] std::string note(std::uint64_t size) const { return log_.checkpoint(size); }

 private:
  ScratchFolder folder_;
  MemoryLog log_{50};
};

TEST_F(Head, KeepsTheLatestOfWhatWasWritten) {
  auto head = HeadFile::create(file()).value();
  EXPECT_FALSE(head.reading().note);
  EXPECT_FALSE(head.reading().damaged());
  for (std::uint64_t const size : {0U, 1U, 2U, 7U, 7U, 40U}) {
    ASSERT_TRUE(head.write(note(size)));
    EXPECT_EQ(HeadFile::read(file()).value().note, note(size));
    EXPECT_EQ(HeadFile::open(file()).value().reading().checkpoint->head.size, size);
  }
  EXPECT_EQ(fs::file_size(file()), 1024U);
  EXPECT_EQ(head.write(note(39)).error().kind, model::ErrorKind::kRefused);
  EXPECT_EQ(head.write("nonsense").error().kind, model::ErrorKind::kBadInput);
  EXPECT_EQ(HeadFile::create(file()).error().kind, model::ErrorKind::kRefused);
  EXPECT_EQ(HeadFile::read(file()).value().note, note(40));
}

// A write is torn after every possible number of bytes, what was there before being whole.
TEST_F(Head, OutlivesATornWriteAtEveryByte) {
  std::string before;
  {
    auto head = HeadFile::create(file()).value();
    ASSERT_TRUE(head.write(note(5)));
    ASSERT_TRUE(head.write(note(9)));
    before = read_file(file());
    ASSERT_TRUE(head.write(note(12)));
  }
  std::string const after = read_file(file());
  ASSERT_EQ(after.substr(512), before.substr(512));
  for (std::size_t torn = 0; torn <= 512; ++torn) {
    std::string const bytes = after.substr(0, torn) + before.substr(torn);
    write_file(file(), bytes);
    auto head = HeadFile::open(file()).value();
    bool const whole = bytes == before || bytes == after;
    ASSERT_EQ(head.reading().damaged(), !whole) << torn;
    ASSERT_EQ(head.reading().checkpoint->head.size, bytes == after ? 12U : 9U) << torn;
    ASSERT_TRUE(head.repair());
    ASSERT_FALSE(HeadFile::read(file()).value().damaged());
    ASSERT_TRUE(head.write(note(12)));
    ASSERT_EQ(HeadFile::read(file()).value().note, note(12));
  }
}

TEST_F(Head, OutlivesATornFirstWrite) {
  {
    auto head = HeadFile::create(file()).value();
    ASSERT_TRUE(head.write(note(5)));
  }
  std::string const after = read_file(file());
  for (std::size_t torn = 1; torn < 512; ++torn) {
    std::string const bytes = after.substr(0, torn) + std::string(1024 - torn, '\0');
    if (bytes == after) {
      continue;
    }
    write_file(file(), bytes);
    auto head = HeadFile::open(file()).value();
    ASSERT_TRUE(head.reading().damaged());
    ASSERT_FALSE(head.reading().note);
    ASSERT_EQ(head.repair().error().kind, model::ErrorKind::kRefused);
  }
}

TEST_F(Head, KnowsADamagedSlotByAnyByte) {
  {
    auto head = HeadFile::create(file()).value();
    ASSERT_TRUE(head.write(note(5)));
    ASSERT_TRUE(head.write(note(9)));
  }
  std::string const good = read_file(file());
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bytes = good;
    bytes[at] ^= 0x20;
    write_file(file(), bytes);
    auto const reading = HeadFile::read(file()).value();
    ASSERT_EQ(reading.slots[at / 512], SlotState::kDamaged);
    ASSERT_EQ(reading.slots[1 - at / 512], SlotState::kWhole);
    ASSERT_EQ(reading.checkpoint->head.size, at < 512 ? 9U : 5U);
  }
}

TEST_F(Head, IsNoOtherFile) {
  EXPECT_EQ(HeadFile::open(file()).error().kind, model::ErrorKind::kNotFound);
  for (std::size_t const length : {0U, 512U, 1023U, 1025U}) {
    write_file(file(), std::string(length, '\0'));
    EXPECT_EQ(HeadFile::read(file()).error().kind, model::ErrorKind::kBadInput);
    EXPECT_EQ(HeadFile::open(file()).error().kind, model::ErrorKind::kBadInput);
  }
}

TEST_F(Head, HoldsNoLongerNote) {
  auto head = HeadFile::create(file()).value();
  auto const key = key_of('a', SignatureType::kEd25519, std::string(100, 'n'));
  auto const long_note =
      sign_checkpoint({std::string(100, 'n'), {1, empty_root()}, {}},
                      std::vector{key, key_of('b', SignatureType::kEd25519, std::string(100, 'n'))})
          .value();
  ASSERT_GT(long_note.size(), HeadFile::kMostNoteBytes);
  EXPECT_EQ(head.write(long_note).error().kind, model::ErrorKind::kBadInput);
  EXPECT_FALSE(HeadFile::read(file()).value().note);
}

}  // namespace
}  // namespace guarantor::ledger
