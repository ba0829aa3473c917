#include "guarantor/ledger/signed_note.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>

#include "guarantor/ledger/random_bytes.h"
#include "memory_log.h"

namespace guarantor::ledger {
namespace {

// The example of C2SP signed-note.
constexpr std::string_view kKnownKey =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr std::string_view kKnownNote =
    "This is an example message.\n\n\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    "\n";

TEST(VerifierKey, IsReadAsTheSpecificationWritesIt) {
  auto const key = VerifierKey::parse(kKnownKey).value();
  EXPECT_EQ(key.name(), "example.com/foo");
  EXPECT_EQ(key.id(), 0x530d903aU);
  EXPECT_EQ(key.text(), kKnownKey);
}

TEST(VerifierKey, IsNoOtherText) {
  std::string const text{kKnownKey};
  for (std::string const& wrong :
       {std::string{}, text.substr(1), text + "A", text + "\n", "example.com/fop" + text.substr(15),
        std::string{"example.com/foo+530D903A"} + text.substr(24), std::string{"a+b+c"},
        std::string{"example.com/foo"}, text.substr(0, 25)}) {
    EXPECT_EQ(VerifierKey::parse(wrong).error().kind, model::ErrorKind::kBadInput) << wrong;
  }
}

TEST(SignedNote, OfTheSpecificationHolds) {
  auto const note = parse_note(kKnownNote).value();
  std::vector const keys{VerifierKey::parse(kKnownKey).value()};
  EXPECT_EQ(note.text, "This is an example message.\n");
  EXPECT_EQ(verify_note(note, keys).value(), keys);
  EXPECT_EQ(note_text(note), kKnownNote);
}

// RFC 8032, 7.1, test 1: the key and signature of the empty message.
TEST(SigningKey, SignsAsTheRfcSays) {
  Seed const seed =
      digest_from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
          .value()
          .bytes;
  auto const key = SigningKey::make("a", seed).value();
  auto const signature = key.sign("");
  EXPECT_EQ(hex(Digest{key.verifier().key()}),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(hex(digest_from_bytes({reinterpret_cast<char const*>(signature.data()), 32}).value()),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155");
}

TEST(SigningKey, IsReadBack) {
  auto const key = SigningKey::make(kOrigin, draw_random_bytes()).value();
  auto const read = SigningKey::parse(key.private_text()).value();
  EXPECT_EQ(read.verifier(), key.verifier());
  EXPECT_EQ(read.sign("x"), key.sign("x"));
  EXPECT_TRUE(key.private_text().starts_with("PRIVATE+KEY+ledger.example/ukraine+"));
  std::string altered = key.private_text();
  altered[altered.size() - 3] = altered[altered.size() - 3] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(SigningKey::parse(altered));
  EXPECT_FALSE(SigningKey::parse(key.verifier().text()));
}

TEST(SigningKey, HasANameALineCanHold) {
  for (std::string const name : {"", "a b", "a+b", "a\nb", "a\u00a0b", "\xff"}) {
    EXPECT_FALSE(SigningKey::make(name, Seed{})) << name;
  }
  EXPECT_FALSE(SigningKey::make(std::string(101, 'a'), Seed{}));
  EXPECT_TRUE(SigningKey::make("\u043b\u043e\u0433", Seed{}));
}

TEST(KeyFile, IsItsOwnersAlone) {
  ScratchFolder const folder;
  auto const file = folder.path() / "key";
  auto const key = key_of('k');
  EXPECT_EQ(read_key_file(file).error().kind, model::ErrorKind::kNotFound);
  ASSERT_TRUE(write_key_file(file, key));
  struct stat status{};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(read_key_file(file).value().verifier(), key.verifier());
  EXPECT_EQ(write_key_file(file, key_of('l')).error().kind, model::ErrorKind::kRefused);
  EXPECT_EQ(read_key_file(file).value().verifier(), key.verifier());
  for (mode_t const open : {0640U, 0604U, 0620U, 0601U}) {
    ASSERT_EQ(::chmod(file.c_str(), open), 0);
    EXPECT_EQ(read_key_file(file).error().kind, model::ErrorKind::kRefused);
  }
  write_file(file, "nonsense");
  ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
  EXPECT_EQ(read_key_file(file).error().kind, model::ErrorKind::kBadInput);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator{folder.path()}, {}), 1);
}

SignedNote signed_by(std::string const& text, std::vector<SigningKey> const& keys) {
  SignedNote note{.text = text, .signatures = {}};
  for (auto const& key : keys) {
    note.signatures.push_back(sign_note(text, key).value());
  }
  return note;
}

TEST(SignedNote, PassesOverSignaturesOfUnknownKeys) {
  auto const note = signed_by("text\n\nwith a gap\n", {key_of('a'), key_of('b'), key_of('c')});
  EXPECT_EQ(parse_note(note_text(note)).value(), note);
  std::vector const known{key_of('x').verifier(), key_of('b').verifier()};
  EXPECT_EQ(verify_note(note, known).value(), std::vector{key_of('b').verifier()});
  std::vector const unknown{key_of('x').verifier()};
  EXPECT_EQ(verify_note(note, unknown).error().kind, model::ErrorKind::kCheckFailed);
}

TEST(SignedNote, FailsWithOneFalseSignatureOfAKnownKey) {
  auto note = signed_by("text\n", {key_of('a'), key_of('b')});
  note.signatures[1].signature[5] ^= 1;
  std::vector const both{key_of('a').verifier(), key_of('b').verifier()};
  EXPECT_EQ(verify_note(note, both).error().kind, model::ErrorKind::kCheckFailed);
  EXPECT_TRUE(verify_note(note, std::span{both}.first(1)));
  note.signatures[1].signature.pop_back();
  EXPECT_FALSE(verify_note(note, both));
  note = signed_by("text\n", {key_of('a')});
  note.text = "Text\n";
  EXPECT_FALSE(verify_note(note, both));
}

TEST(SignedNote, IsNoOtherText) {
  std::string const good{kKnownNote};
  std::string const line = good.substr(good.find("\u2014"));
  for (std::string const& wrong :
       {std::string{}, std::string{"text\n\n"}, "text\n" + line, "text" + line,
        good.substr(0, good.size() - 1), good + "\n", "a\tb\n\n" + line, "a\r\n\n" + line,
        "\xff\n\n" + line, good + "\u2014 name\n", good + "\u2014 name AAAA\n",
        good + "\u2014 name AAAAAA==\n", good + "\u2014 na+me AAAAAAA=\n",
        good + "\u2014 na\u2003me AAAAAAA=\n", good + "\u2014  AAAAAAA=\n",
        good + "- name AAAAAAA=\n", good + "\u2014 name AAAAAAA= \n",
        good + std::string("\0", 1)}) {
    EXPECT_EQ(parse_note(wrong).error().kind, model::ErrorKind::kBadInput) << wrong;
  }
  EXPECT_TRUE(parse_note(good + "\u2014 name AAAAAAA=\n"));
  EXPECT_EQ(parse_note("x\n\n" + line + "\u2014 n !\n").error().message,
            "line 4: a signature line is written \"\u2014 NAME BASE64\"");
}

TEST(SignedNote, HasItsLimits) {
  EXPECT_EQ(parse_note(kKnownNote, {.most_bytes = 20}).error().kind, model::ErrorKind::kLimit);
  auto const note = signed_by("text\n", {key_of('a'), key_of('b'), key_of('c')});
  EXPECT_EQ(parse_note(note_text(note), {.most_signatures = 2}).error().kind,
            model::ErrorKind::kLimit);
}

TEST(SignedNote, IsSignedOnlyAsATextOfLines) {
  EXPECT_FALSE(sign_note("no end", key_of('a')));
  EXPECT_FALSE(sign_note("a\tb\n", key_of('a')));
  EXPECT_FALSE(sign_note("text\n", key_of('w', SignatureType::kCosignature)));
}

RC_GTEST_PROP(SignedNote, TakesOnlyWhatItWrites, ()) {
  std::string text{kKnownNote};
  auto const at = *rc::gen::inRange<std::size_t>(0, text.size());
  text[at] = *rc::gen::arbitrary<char>();
  auto const note = parse_note(text);
  bool const own = !note || note_text(note.value()) == text;
  RC_ASSERT(own);
  std::vector const keys{VerifierKey::parse(kKnownKey).value()};
  bool const false_one = note && text != kKnownNote && verify_note(note.value(), keys);
  RC_ASSERT(!false_one);
}

}  // namespace
}  // namespace guarantor::ledger
