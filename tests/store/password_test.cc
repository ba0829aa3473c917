#include "guarantor/store/password.h"

#include <gtest/gtest.h>

#include <string>

namespace guarantor::store {
namespace {

PasswordSalt salt(std::uint8_t first) {
  PasswordSalt bytes{};
  bytes[0] = first;
  return bytes;
}

std::string verifier_of(std::string_view password, std::uint8_t first = 1) {
  auto const made = make_verifier(password, salt(first), kCheapestPassword);
  return made.ok() ? made.value() : made.error().message;
}

TEST(Password, OnlyTheSameOneVerifies) {
  auto const verifier = verifier_of("four quiet lanterns");
  EXPECT_TRUE(verifies(verifier, "four quiet lanterns"));
  EXPECT_FALSE(verifies(verifier, "four quiet lantern"));
  EXPECT_FALSE(verifies(verifier, "four quiet lanterns "));
  EXPECT_FALSE(verifies(verifier, ""));
}

TEST(Password, TheVerifierIsTheUsualTextAndFollowsFromTheSalt) {
  auto const verifier = verifier_of("four quiet lanterns");
  EXPECT_EQ(verifier.rfind("$argon2id$v=19$m=8,t=1,p=1$", 0), 0U) << verifier;
  EXPECT_EQ(verifier, verifier_of("four quiet lanterns"));
  EXPECT_NE(verifier, verifier_of("four quiet lanterns", 2));
  EXPECT_EQ(verifier.find("lanterns"), std::string::npos);
}

TEST(Password, WhatIsNoVerifierVerifiesNothing) {
  for (std::string const& text :
       {std::string{}, std::string{"$argon2id$"}, std::string{"password"}, std::string(500, '$')}) {
    EXPECT_FALSE(verifies(text, "four quiet lanterns"));
  }
  auto const verifier = verifier_of("four quiet lanterns");
  for (std::size_t i = verifier.rfind('$') + 1; i < verifier.size() - 1; ++i) {
    auto changed = verifier;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(verifies(changed, "four quiet lanterns")) << i;
  }
}

TEST(Password, TheRulesAreHeld) {
  EXPECT_EQ(weakness_of("four quiet lanterns", "anna"), std::nullopt);
  EXPECT_EQ(weakness_of("elevenchars", "anna"), "shorter than 12 characters");
  EXPECT_EQ(weakness_of("їжакїжакїжак", "anna"), "fewer than 5 different characters");
  EXPECT_EQ(weakness_of("тихийліхтар!", "anna"), std::nullopt) << "characters, not bytes";
  EXPECT_EQ(weakness_of("aaaaaaaaaaaaaaaa", "anna"), "fewer than 5 different characters");
  EXPECT_EQ(weakness_of("long live ANNA today", "anna"), "the account's name is in it");
  EXPECT_EQ(weakness_of(std::string(1025, 'x'), "anna"), "longer than 1024 bytes");
  EXPECT_EQ(weakness_of("four quiet\nlanterns", "anna"), "not UTF-8 text that can be typed");
  EXPECT_EQ(weakness_of("four quiet\xff lanterns", "anna"), "not UTF-8 text that can be typed");
}

TEST(Password, OneForOneUseIsLongAndFollowsFromItsBytes) {
  std::array<std::uint8_t, 32> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes.at(i) = static_cast<std::uint8_t>(37 * i + 5);
  }
  auto const text = one_time_password(bytes);
  EXPECT_EQ(text.size(), 23U);
  EXPECT_EQ(text[5], '-');
  EXPECT_EQ(weakness_of(text, "admin"), std::nullopt);
  EXPECT_EQ(text, one_time_password(bytes));
  bytes[19] ^= 1U;
  EXPECT_NE(text, one_time_password(bytes));
}

TEST(Password, SecretsAreComparedWhole) {
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_TRUE(same_secret("", ""));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("abc", "ab"));
  EXPECT_FALSE(same_secret(std::string_view{"a\0b", 3}, std::string_view{"a\0c", 3}));
}

}  // namespace
}  // namespace guarantor::store
