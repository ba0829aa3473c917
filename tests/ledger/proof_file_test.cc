#include "guarantor/ledger/proof_file.h"

#include <gtest/gtest.h>

#include "guarantor/ledger/base64.h"
#include "guarantor/ledger/canonical_json.h"
#include "memory_log.h"

namespace guarantor::ledger {
namespace {

constexpr std::string_view kRecord = R"({"id":"pledge-7","note":"\"R\u0001\n\" \u20ac","units":3})";

/// A log of 300 entries; number 7 is the commitment of the record.
class ProofFile : public ::testing::Test {
 public:
  ProofFile() {
    salt_.fill(7);
    log_.grow(7);
    log_.append(commitment(salt_, canonical_json(kRecord).value()));
    log_.grow(300);
  }

 protected:
  [[nodiscard]] InclusionFile inclusion() const {
    return {.index = 7,
            .salt = salt_,
            .payload = canonical_json(kRecord).value(),
            .proof = inclusion_proof(log_, 7, 300).value(),
            .checkpoint = log_.checkpoint(300)};
  }
  [[nodiscard]] ConsistencyFile consistency() const {
    return {.old_size = 100,
            .proof = consistency_proof(log_, 100, 300).value(),
            .checkpoint = log_.checkpoint(300)};
  }

  MemoryLog log_;
  Salt salt_{};
  std::vector<VerifierKey> keys_{key_of('a').verifier()};
};

TEST_F(ProofFile, OfInclusionIsReadBackAndHolds) {
  for (bool const with_salt : {true, false}) {
    for (bool const with_payload : {true, false}) {
      auto file = inclusion();
      file.salt = with_salt ? file.salt : std::nullopt;
      file.payload = with_salt && with_payload ? file.payload : std::nullopt;
      std::string const text = inclusion_file_text(file);
      auto const read = parse_inclusion_file(text).value();
      EXPECT_EQ(read, file);
      EXPECT_EQ(verify_inclusion_file(read, log_.entries()[7], keys_).value().checkpoint.head,
                log_.head());
      EXPECT_EQ(verify_record(read, std::nullopt, keys_).ok(), with_salt && with_payload);
      EXPECT_EQ(verify_record(read, kRecord, keys_).ok(), with_salt);
    }
  }
}

TEST_F(ProofFile, OfInclusionHasTheLinesOfTheSpecification) {
  std::string const text = inclusion_file_text(inclusion());
  EXPECT_TRUE(text.starts_with("c2sp.org/tlog-proof@v1\nextra "));
  auto const extra = text.substr(29, text.find("\nindex") - 29);
  EXPECT_EQ(bytes_from_base64(extra).value(),
            R"({"payload":"{\"id\":\"pledge-7\",\"note\":\"\\\"R\\u0001\\n\\\" )"
            "\u20ac"
            R"(\",\"units\":3}","salt":")" +
                hex(Digest{salt_}) + "\"}");
  EXPECT_NE(text.find("\nindex 7\n" + base64(leaf_hash(log_.entries()[6])) + "\n"),
            std::string::npos);
  EXPECT_TRUE(text.ends_with("\n\n" + log_.checkpoint(300)));
}

TEST_F(ProofFile, IsOfThatRecordEntryAndLog) {
  auto const failed = [&](InclusionFile const& file) {
    return verify_record(file, std::nullopt, keys_).error().kind == model::ErrorKind::kCheckFailed;
  };
  EXPECT_FALSE(verify_inclusion_file(inclusion(), log_.entries()[8], keys_));
  EXPECT_FALSE(verify_record(inclusion(), R"({"id":"pledge-8"})", keys_));
  EXPECT_EQ(verify_record(inclusion(), "{", keys_).error().message.substr(0, 16),
            "the record: 1:2:");
  auto file = inclusion();
  file.index = 6;
  EXPECT_TRUE(failed(file));
  file = inclusion();
  file.salt->at(3) ^= 1;
  EXPECT_TRUE(failed(file));
  file = inclusion();
  file.checkpoint = log_.checkpoint(299);
  EXPECT_TRUE(failed(file));
  file = inclusion();
  file.checkpoint = log_.checkpoint(300, {key_of('b')});
  EXPECT_TRUE(failed(file));
}

TEST_F(ProofFile, OfConsistencyIsReadBackAndHolds) {
  std::string const text = consistency_file_text(consistency());
  EXPECT_TRUE(text.starts_with("old 100\n"));
  auto const read = parse_consistency_file(text).value();
  EXPECT_EQ(read, consistency());
  EXPECT_EQ(verify_consistency_file(read, log_.head(100), keys_).value().checkpoint.head,
            log_.head());
  EXPECT_FALSE(verify_consistency_file(read, log_.head(99), keys_));
  EXPECT_FALSE(verify_consistency_file(read, {100, sha256("x")}, keys_));
  EXPECT_FALSE(verify_consistency_file(read, log_.head(100), std::vector{key_of('b').verifier()}));
}

TEST_F(ProofFile, SaysWhichLineIsWrong) {
  std::string const note = log_.checkpoint(300);
  std::string const hash = base64(sha256("x")) + "\n";
  std::string const title = "c2sp.org/tlog-proof@v1\n";
  for (auto const& [text, where] : std::vector<std::pair<std::string, std::string>>{
           {"", "line 1"},
           {"c2sp.org/tlog-proof@v2\n", "line 1"},
           {title, "line 2"},
           {title + "extra AAAA\nindex 1\n\n" + note, "line 2"},
           {title + "extra " + base64(R"({"salt":"00"})") + "\nindex 1\n\n" + note, "line 2"},
           {title + "extra " + base64(R"({ "salt":")" + hex(sha256("")) + "\"}") + "\nindex 1\n\n" +
                note,
            "line 2"},
           {title + "index 01\n\n" + note, "line 2"},
           {title + "index -1\n\n" + note, "line 2"},
           {title + "index 1 \n\n" + note, "line 2"},
           {title + "index 1\nAAAA\n\n" + note, "line 3"},
           {title + "index 1\n" + hash, "line 4"},
           {title + "index 1\n" + hash + "\n" + note.substr(1), "line 5: "},
           {title + "index 1\n" + hash + "\n\n" + note, "line 5"}}) {
    auto const read = parse_inclusion_file(text);
    bool const unread = !read || !verify_checkpoint(read.value().checkpoint, keys_);
    EXPECT_TRUE(unread) << text;
    if (!read) {
      EXPECT_EQ(read.error().message.substr(0, 6), where.substr(0, 6)) << text;
    }
  }
  std::string many = "old 1\n";
  for (int i = 0; i < 64; ++i) {
    many += hash;
  }
  EXPECT_EQ(parse_consistency_file(many + "\n" + note).error().message.substr(0, 8), "line 65:");
  EXPECT_FALSE(parse_consistency_file("old\n\n" + note));
  EXPECT_FALSE(parse_consistency_file("new 1\n\n" + note));
}

// A byte anywhere in a proof is changed: it is refused, or says the same thing (of the record).
TEST_F(ProofFile, IsChangedByAnyByte) {
  std::string const good = inclusion_file_text(inclusion());
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int bit = 0; bit < 8; bit += 3) {
      std::string text = good;
      text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1U << bit));
      auto const read = parse_inclusion_file(text);
      ASSERT_FALSE(read && verify_record(read.value(), std::nullopt, keys_)) << at;
    }
  }
  std::string const grown = consistency_file_text(consistency());
  for (std::size_t at = 0; at < grown.size(); ++at) {
    std::string text = grown;
    text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ 2U);
    auto const read = parse_consistency_file(text);
    ASSERT_FALSE(read && verify_consistency_file(read.value(), log_.head(100), keys_)) << at;
  }
}

}  // namespace
}  // namespace guarantor::ledger
