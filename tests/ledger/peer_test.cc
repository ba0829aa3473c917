// What golang.org/x/mod, which is not ours, says of our checkpoints, proofs and tiles.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <sstream>

#include "guarantor/ledger/canonical_json.h"
#include "guarantor/ledger/proof_file.h"
#include "memory_log.h"

namespace guarantor::ledger {
namespace {

namespace fs = std::filesystem;

fs::path const kPlace = fs::path{GUARANTOR_PEER_FOLDER};

class Peer : public ::testing::Test {
 public:
  static void SetUpTestSuite() {
    fs::create_directories(kPlace);
    std::string const command =
        "tests/ledger/peer/build tests/ledger/peer/peer.go " + (kPlace / "peer").string();
    // NOLINTNEXTLINE(cert-env33-c): the second opinion is another program
    built_ = std::system(command.c_str()) == 0;
  }
  void SetUp() override { ASSERT_TRUE(built_) << "the second opinion could not be built"; }

 protected:
  /// Asks later; the answers come in the order of the questions.
  void ask(std::string const& question) { questions_ += question + "\n"; }
  void ask_inclusion(Digest const& entry, std::string_view text) {
    ask("inclusion\t" + vkey_ + "\t" + hex(entry) + "\t" + file(text));
  }
  void ask_consistency(TreeHead const& old_head, std::string_view text) {
    ask("consistency\t" + vkey_ + "\t" + base64(old_head.root) + "\t" + file(text));
  }

  std::vector<std::string> answers() {
    write_file(scratch_.path() / "questions", questions_);
    std::string const command = (kPlace / "peer").string() + " <" +
                                (scratch_.path() / "questions").string() + " >" +
                                (scratch_.path() / "answers").string();
    // NOLINTNEXTLINE(cert-env33-c): the second opinion is another program
    EXPECT_EQ(std::system(command.c_str()), 0);
    std::istringstream lines{read_file(scratch_.path() / "answers")};
    std::vector<std::string> all;
    for (std::string line; std::getline(lines, line);) {
      all.push_back(line);
    }
    EXPECT_EQ(all.size(), static_cast<std::size_t>(std::ranges::count(questions_, '\n')));
    return all;
  }
  void expect_all(std::string_view verdict) {
    std::istringstream questions{questions_};
    for (std::string const& answer : answers()) {
      std::string question;
      std::getline(questions, question);
      EXPECT_EQ(answer.substr(0, 6), verdict)
          << question << ": " << answer << "\n"
          << read_file(question.substr(question.rfind('\t') + 1));
    }
  }

  [[nodiscard]] ScratchFolder const& scratch() const { return scratch_; }
  std::string vkey_ = key_of('a').verifier().text();

 private:
  std::string file(std::string_view text) {
    fs::path const path = scratch_.path() / std::to_string(++files_);
    write_file(path, text);
    return path.string();
  }

  inline static bool built_{};
  ScratchFolder scratch_;
  std::string questions_;
  int files_{};
};

std::string inclusion_text(MemoryLog const& log, std::uint64_t index, std::uint64_t size) {
  return inclusion_file_text({.index = index,
                              .salt = {},
                              .payload = {},
                              .proof = inclusion_proof(log, index, size).value(),
                              .checkpoint = log.checkpoint(size)});
}

std::string consistency_text(MemoryLog const& log, std::uint64_t old_size, std::uint64_t size) {
  return consistency_file_text({.old_size = old_size,
                                .proof = consistency_proof(log, old_size, size).value(),
                                .checkpoint = log.checkpoint(size)});
}

TEST_F(Peer, AcceptsOurProofs) {
  MemoryLog const log{1000};
  for (std::uint64_t const size : {1U, 2U, 3U, 7U, 8U, 9U, 255U, 256U, 257U, 511U, 1000U}) {
    for (std::uint64_t index = 0; index < size; index += 1 + size / 9) {
      ask_inclusion(log.entries()[index], inclusion_text(log, index, size));
      ask_consistency(log.head(index + 1), consistency_text(log, index + 1, size));
    }
    ask_inclusion(log.entries()[size - 1], inclusion_text(log, size - 1, size));
  }
  expect_all("accept");
}

TEST_F(Peer, AcceptsOurTiles) {
  for (std::uint64_t const size : {1U, 255U, 256U, 257U, 1000U, 65'600U}) {
    auto const folder = TileFolder::create(scratch().path() / ("log" + std::to_string(size)));
    ASSERT_TRUE(MemoryLog{size}.publish_all(folder.value()));
    ask("tiles\t" + vkey_ + "\t" + folder.value().path().string());
  }
  expect_all("accept");
}

TEST_F(Peer, RejectsTiles) {
  MemoryLog const log{600};
  int number = 0;
  for (std::string const name : {"checkpoint", "tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2",
                                 "tile/entries/001", "tile/entries/002.p/88"}) {
    auto const folder = TileFolder::create(scratch().path() / ("log" + std::to_string(++number)));
    ASSERT_TRUE(log.publish_all(folder.value()));
    fs::path const file = folder.value().path() / name;
    std::string bytes = read_file(file);
    bytes[bytes.size() / 2] ^= 1;
    write_file(file, bytes);
    ask("tiles\t" + vkey_ + "\t" + folder.value().path().string());
  }
  expect_all("reject");
}

/// A log with one record in it, and the proof that carries it.
struct WithRecord {
  MemoryLog log{40};
  Digest entry;
  std::string text;

  WithRecord() {
    Salt salt{};
    salt.fill(3);
    auto const payload = canonical_json("{\"note\":\"\u20ac \\\"a\\\"\\n\",\"units\":3}").value();
    entry = commitment(salt, payload);
    log.append(entry);
    log.grow(300);
    text = inclusion_file_text({.index = 40,
                                .salt = salt,
                                .payload = payload,
                                .proof = inclusion_proof(log, 40, 300).value(),
                                .checkpoint = log.checkpoint(300)});
  }
};

TEST_F(Peer, GoesFromTheRecordToTheRoot) {
  WithRecord const record;
  ask_inclusion(record.entry, record.text);
  expect_all("accept");
}

TEST_F(Peer, RejectsWhatIsTampered) {
  WithRecord const record;
  MemoryLog const& log = record.log;
  std::string const consistency = consistency_text(log, 100, 300);
  ask_inclusion(log.entries()[41], record.text);
  ask_inclusion(log.entries()[41], inclusion_text(log, 40, 300));
  ask_inclusion(log.entries()[40], inclusion_text(log, 41, 300));
  ask_consistency(log.head(99), consistency);
  ask_consistency(log.head(100), consistency_text(log, 101, 300));
  ask_consistency(MemoryLog(100, "other").head(), consistency);
  vkey_ = key_of('b').verifier().text();
  ask_inclusion(record.entry, record.text);
  ask_consistency(log.head(100), consistency);
  vkey_ = key_of('a').verifier().text();
  std::mt19937_64 stream{20260109};
  for (int trial = 0; trial < 500; ++trial) {
    bool const inclusion = trial % 2 == 0;
    std::string text = inclusion ? record.text : consistency;
    // The last digit of the signature has bits that stand for nothing; this peer passes over them.
    std::size_t const at = stream() % (text.size() - 3);
    text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1U << stream() % 7));
    if (inclusion) {
      ask_inclusion(record.entry, text);
    } else {
      ask_consistency(log.head(100), text);
    }
  }
  expect_all("reject");
}

}  // namespace
}  // namespace guarantor::ledger
