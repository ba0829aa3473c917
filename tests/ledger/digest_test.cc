#include "guarantor/ledger/digest.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "guarantor/ledger/base64.h"
#include "guarantor/ledger/commitment.h"
#include "guarantor/ledger/random_bytes.h"

namespace guarantor::ledger {
namespace {

// FIPS 180-4's examples.
TEST(Digest, IsSha256) {
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hex(sha256(std::string(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Digest, IsReadBackFromItsTexts) {
  Digest const digest = sha256("x");
  EXPECT_EQ(digest_from_hex(hex(digest)).value(), digest);
  EXPECT_EQ(digest_from_base64(base64(digest)).value(), digest);
  EXPECT_EQ(digest_from_bytes(digest.view()).value(), digest);
}

TEST(Digest, TakesNothingElse) {
  std::string const text = hex(sha256("x"));
  EXPECT_FALSE(digest_from_hex(text.substr(1)));
  EXPECT_FALSE(digest_from_hex(text + "0"));
  EXPECT_FALSE(digest_from_hex("A" + text.substr(1)));
  EXPECT_FALSE(digest_from_hex("g" + text.substr(1)));
  EXPECT_FALSE(digest_from_base64(base64(std::string(31, 'x'))));
  EXPECT_FALSE(digest_from_base64(base64(std::string(33, 'x'))));
}

// RFC 4648, section 10.
TEST(Base64, IsThatOfTheRfc) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, RefusesWhatItDoesNotWrite) {
  for (std::string const text : {"Zg", "Zg=", "Zg===", "Z===", "====", "Zh==", "Zm9=", "Zg==Zg==",
                                 "Zm9v\n", " Zm9", "Zm-v", "Zm_v", "=Zm9", "Zm=v"}) {
    EXPECT_FALSE(bytes_from_base64(text)) << text;
  }
}

RC_GTEST_PROP(Base64, GivesTheBytesBack, (std::string const& bytes)) {
  RC_ASSERT(bytes_from_base64(base64(bytes)).value() == bytes);
}

RC_GTEST_PROP(Base64, TakesOnlyItsOwnTexts, ()) {
  auto const text =
      *rc::gen::container<std::string>(rc::gen::elementOf(std::string{"ABCxyz019+/=="}));
  auto const bytes = bytes_from_base64(text);
  bool const own = !bytes || base64(bytes.value()) == text;
  RC_ASSERT(own);
}

TEST(Commitment, HidesTheRecordBehindItsSalt) {
  Salt salt{};
  salt[0] = 'a';
  EXPECT_EQ(commitment(salt, "{}"), sha256("a" + std::string(31, '\0') + "{}"));
  Salt const drawn = draw_random_bytes();
  EXPECT_NE(drawn, draw_random_bytes());
  EXPECT_NE(commitment(drawn, "{}"), commitment(salt, "{}"));
}

}  // namespace
}  // namespace guarantor::ledger
