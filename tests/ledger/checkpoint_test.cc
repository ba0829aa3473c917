#include "guarantor/ledger/checkpoint.h"

#include <gtest/gtest.h>

#include "memory_log.h"

namespace guarantor::ledger {
namespace {

Checkpoint some_checkpoint() {
  return {std::string{kOrigin}, {20852163, sha256("root")}, {}};
}

std::string signed_by(std::vector<SigningKey> const& keys) {
  return sign_checkpoint(some_checkpoint(), keys).value();
}

TEST(Checkpoint, HasThreeLines) {
  EXPECT_EQ(checkpoint_body(some_checkpoint()),
            "ledger.example/ukraine\n20852163\n" + base64(sha256("root")) + "\n");
  EXPECT_EQ(parse_checkpoint_body(checkpoint_body(some_checkpoint())).value(), some_checkpoint());
}

// The body of the example of C2SP tlog-checkpoint, with an extension.
TEST(Checkpoint, IsReadAsTheSpecificationWritesIt) {
  std::string const body =
      "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  auto const read = parse_checkpoint_body(body + "more\n").value();
  EXPECT_EQ(read.origin, "example.com/behind-the-sofa");
  EXPECT_EQ(read.head.size, 20852163U);
  EXPECT_EQ(read.extensions, std::vector<std::string>{"more"});
  EXPECT_EQ(checkpoint_body(read), body + "more\n");
}

TEST(Checkpoint, SaysWhichLineIsWrong) {
  std::string const root = base64(sha256("")) + "\n";
  for (auto const& [body, where] : std::vector<std::pair<std::string, std::string>>{
           {"", "line 1"},
           {"\n1\n" + root, "line 1"},
           {"o\n", "line 2"},
           {"o\n01\n" + root, "line 2"},
           {"o\n-1\n" + root, "line 2"},
           {"o\n+1\n" + root, "line 2"},
           {"o\n1 \n" + root, "line 2"},
           {"o\n9223372036854775808\n" + root, "line 2"},
           {"o\n1\n", "line 3"},
           {"o\n1\nAAAA\n", "line 3"},
           {"o\n1\n" + root.substr(0, 44), "line 3"},
           {"o\n1\n" + root + "\n", "line 4"},
           {"o\n1\n" + root + "a\n\nb\n", "line 5"},
           {"o\n1\n" + root + "a", "line 4"}}) {
    auto const read = parse_checkpoint_body(body);
    ASSERT_FALSE(read) << body;
    EXPECT_EQ(read.error().message.substr(0, 6), where) << body;
  }
  EXPECT_TRUE(parse_checkpoint_body("o\n9223372036854775807\n" + root));
}

TEST(Checkpoint, IsItsLogsOnceALogsKeyHasSigned) {
  std::vector const keys{key_of('a').verifier(), key_of('b').verifier()};
  auto const both = verify_checkpoint(signed_by({key_of('a'), key_of('b')}), keys).value();
  EXPECT_EQ(both.checkpoint, some_checkpoint());
  EXPECT_EQ(both.signers, keys);
  EXPECT_TRUE(both.witnesses.empty());
  EXPECT_EQ(verify_checkpoint(signed_by({key_of('c')}), keys).error().kind,
            model::ErrorKind::kCheckFailed);
  EXPECT_EQ(verify_checkpoint("nonsense", keys).error().kind, model::ErrorKind::kBadInput);
}

TEST(Checkpoint, IsNotSignedForAnotherLog) {
  auto const other = key_of('a', SignatureType::kEd25519, "other.example");
  EXPECT_FALSE(sign_checkpoint(some_checkpoint(), std::vector{other}));
  EXPECT_FALSE(sign_checkpoint(some_checkpoint(), {}));
  Checkpoint broken = some_checkpoint();
  broken.extensions = {"two\nlines"};
  EXPECT_FALSE(sign_checkpoint(broken, std::vector{key_of('a')}));
  // A true signature of another log's key makes it no checkpoint of that log.
  SignedNote note{checkpoint_body(some_checkpoint()), {}};
  note.signatures.push_back(sign_note(note.text, other).value());
  EXPECT_EQ(verify_checkpoint(note_text(note), std::vector{other.verifier()}).error().kind,
            model::ErrorKind::kCheckFailed);
}

constexpr std::chrono::sys_seconds kNoon{std::chrono::seconds{1'780'000'000}};

TEST(Cosignature, IsAddedAndReadWithItsTime) {
  auto const witness = key_of('w', SignatureType::kCosignature, "witness.example/w1");
  std::string const note = signed_by({key_of('a')});
  auto const line = cosign_checkpoint(note, witness, kNoon).value();
  std::vector const known{key_of('a').verifier(), witness.verifier()};
  auto const both =
      add_cosignatures(note, signature_line(line), std::vector{witness.verifier()}).value();
  auto const verified = verify_checkpoint(both, known).value();
  ASSERT_EQ(verified.witnesses.size(), 1U);
  EXPECT_EQ(verified.witnesses[0].witness, witness.verifier());
  EXPECT_EQ(verified.witnesses[0].at, kNoon);
  EXPECT_TRUE(verify_checkpoint(both, std::span{known}.first(1)));
  EXPECT_FALSE(verify_checkpoint(both, std::span{known}.last(1)));
  // A later line of the same witness takes the place of the earlier one.
  auto const later = cosign_checkpoint(note, witness, kNoon + std::chrono::hours{1}).value();
  auto const again =
      add_cosignatures(both, signature_line(later), std::vector{witness.verifier()}).value();
  EXPECT_EQ(again.size(), both.size());
  EXPECT_EQ(verify_checkpoint(again, known).value().witnesses[0].at, kNoon + std::chrono::hours{1});
}

TEST(Cosignature, IsOfThatCheckpointAndTime) {
  auto const witness = key_of('w', SignatureType::kCosignature, "witness.example/w1");
  std::vector const witnesses{witness.verifier()};
  std::string const note = signed_by({key_of('a')});
  auto line = cosign_checkpoint(note, witness, kNoon).value();
  EXPECT_EQ(line.signature.size(), 72U);
  line.signature[7] ^= 1;  // the time
  EXPECT_EQ(add_cosignatures(note, signature_line(line), witnesses).error().kind,
            model::ErrorKind::kCheckFailed);
  line.signature[7] ^= 1;
  line.signature[0] = '\x80';
  EXPECT_FALSE(add_cosignatures(note, signature_line(line), witnesses));
  auto const other =
      sign_checkpoint({std::string{kOrigin}, {1, sha256("x")}, {}}, std::vector{key_of('a')})
          .value();
  auto const foreign = cosign_checkpoint(other, witness, kNoon).value();
  EXPECT_FALSE(add_cosignatures(note, signature_line(foreign), witnesses));
  auto const stranger = key_of('s', SignatureType::kCosignature, "witness.example/w2");
  auto const strangers = cosign_checkpoint(note, stranger, kNoon).value();
  EXPECT_FALSE(add_cosignatures(note, signature_line(strangers), witnesses));
  EXPECT_FALSE(cosign_checkpoint(note, key_of('a'), kNoon));
  EXPECT_FALSE(
      cosign_checkpoint(note, witness, std::chrono::sys_seconds{std::chrono::seconds{-1}}));
}

}  // namespace
}  // namespace guarantor::ledger
