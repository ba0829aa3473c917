#include "guarantor/tables/toml_names.h"

#include <gtest/gtest.h>

#include <string>

namespace guarantor::tables {
namespace {

/// `name line` of what stands already, or nothing.
std::string text(std::optional<TomlNames::Clash> const& clash) {
  return clash ? clash->name + " " + std::to_string(clash->line) : "";
}

TEST(TomlNames, AKeyStandsOnce) {
  TomlNames names;
  EXPECT_EQ(text(names.add_key({"a"}, 1)), "");
  EXPECT_EQ(text(names.add_key({"b"}, 2)), "");
  EXPECT_EQ(text(names.add_key({"a"}, 3)), "a 1");
}

TEST(TomlNames, AValueIsNoTableAndATableNoValue) {
  TomlNames names;
  EXPECT_EQ(text(names.add_key({"a"}, 1)), "");
  EXPECT_EQ(text(names.add_key({"a", "b"}, 2)), "a 1");
  EXPECT_EQ(text(names.add_key({"c", "d"}, 3)), "");
  EXPECT_EQ(text(names.add_key({"c", "e"}, 4)), "");
  EXPECT_EQ(text(names.add_key({"c"}, 5)), "c 3");
  EXPECT_EQ(text(names.open_table({"a"}, 6)), "a 1");
  EXPECT_EQ(text(names.open_table({"a", "x"}, 7)), "a 1");
}

TEST(TomlNames, ATableIsOpenedOnce) {
  TomlNames names;
  EXPECT_EQ(text(names.open_table({"a", "b"}, 1)), "");
  EXPECT_EQ(text(names.open_table({"a"}, 2)), "");  // so far only named on the way to a.b
  EXPECT_EQ(text(names.add_key({"x"}, 3)), "");
  EXPECT_EQ(names.name_of({"x"}), "a.x");
  EXPECT_EQ(text(names.add_key({"b", "y"}, 4)), "a.b 1");
  EXPECT_EQ(text(names.open_table({"a"}, 5)), "a 1");
}

TEST(TomlNames, DottedKeysMakeTablesThatNoHeaderOpens) {
  TomlNames names;
  EXPECT_EQ(text(names.add_key({"fruit", "apple"}, 1)), "");
  EXPECT_EQ(text(names.open_table({"fruit"}, 2)), "fruit 1");
  EXPECT_EQ(text(names.open_table({"fruit", "pear"}, 3)), "");
  EXPECT_EQ(text(names.add_key({"apple"}, 4)), "");
}

TEST(TomlNames, UnclearPartsAreQuoted) {
  EXPECT_EQ(dotted(TomlPath{"a", "b"}), "a.b");
  EXPECT_EQ(dotted(TomlPath{"a.b"}), "\"a.b\"");
  EXPECT_EQ(dotted(TomlPath{"", "x\"y\\z"}), R"(""."x\"y\\z")");
  EXPECT_EQ(dotted(TomlPath{"Київ", "o\\x"}), "Київ.o\\x");
}

}  // namespace
}  // namespace guarantor::tables
