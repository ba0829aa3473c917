#include "guarantor/ledger/canonical_json.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "guarantor/ledger/canonical_number.h"

namespace guarantor::ledger {
namespace {

std::string canonical(std::string_view text) {
  auto const result = canonical_json(text);
  return result ? result.value() : "error: " + result.error().message;
}

// RFC 8785, 3.2.2 to 3.2.4: the example and what becomes of it.
TEST(CanonicalJson, IsTheRfcsExample) {
  EXPECT_EQ(canonical(R"({
  "numbers": [333333333.33333329, 1E30, 4.50,
              2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
})"),
            R"({"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],)"
            "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

// RFC 8785, 3.2.3: names in the order of their UTF-16 units.
TEST(CanonicalJson, SortsTheRfcsNames) {
  EXPECT_EQ(canonical(R"({
  "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
  "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
  "\u00f6": "Latin Small Letter O With Diaeresis"
})"),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"\u00f6\":\"Latin "
            "Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\",\"\U0001f600\":\"Emoji: "
            "Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
}

// RFC 8785, appendix B.
TEST(CanonicalJson, WritesTheRfcsNumbers) {
  struct Known {
    std::uint64_t bits;
    std::string text;
  };
  for (auto const& [bits, text] :
       std::vector<Known>{{0x0000000000000000, "0"},
                          {0x8000000000000000, "0"},
                          {0x0000000000000001, "5e-324"},
                          {0x8000000000000001, "-5e-324"},
                          {0x7fefffffffffffff, "1.7976931348623157e+308"},
                          {0xffefffffffffffff, "-1.7976931348623157e+308"},
                          {0x4340000000000000, "9007199254740992"},
                          {0xc340000000000000, "-9007199254740992"},
                          {0x4430000000000000, "295147905179352830000"},
                          {0x44b52d02c7e14af5, "9.999999999999997e+22"},
                          {0x44b52d02c7e14af6, "1e+23"},
                          {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
                          {0x444b1ae4d6e2ef4e, "999999999999999700000"},
                          {0x444b1ae4d6e2ef4f, "999999999999999900000"},
                          {0x444b1ae4d6e2ef50, "1e+21"},
                          {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
                          {0x3eb0c6f7a0b5ed8d, "0.000001"},
                          {0x41b3de4355555553, "333333333.3333332"},
                          {0x41b3de4355555554, "333333333.33333325"},
                          {0x41b3de4355555555, "333333333.3333333"},
                          {0x41b3de4355555556, "333333333.3333334"},
                          {0x41b3de4355555557, "333333333.33333343"},
                          {0xbecbf647612f3696, "-0.0000033333333333333333"},
                          {0x43143ff3c1cb0959, "1424953923781206.2"}}) {
    std::string written;
    append_canonical_number(written, std::bit_cast<double>(bits));
    EXPECT_EQ(written, text);
    EXPECT_EQ(canonical(text), text);
  }
}

// The outside opinion: what Node writes, of drawn doubles.
TEST(CanonicalJson, WritesNumbersAsEcmaScriptDoes) {
  std::mt19937_64 stream{20260106};
  std::vector<double> values;
  while (values.size() < 20'000) {
    auto value = std::bit_cast<double>(stream());
    if (values.size() % 2 == 1) {  // numbers people write, beside any
      value =
          std::ldexp(static_cast<double>(stream() >> 40U), static_cast<int>(stream() % 80) - 60);
    }
    if (std::isfinite(value)) {
      values.push_back(value);
    }
  }
  auto const file = std::filesystem::temp_directory_path() /
                    ("ledger_numbers_" + std::to_string(::getpid()) + ".txt");
  {
    std::ofstream out{file};
    for (double const value : values) {
      out << std::hex << std::bit_cast<std::uint64_t>(value) << '\n';
    }
  }
  std::string const command =
      "node -e 'const v = new DataView(new ArrayBuffer(8));"
      "for (const line of require(\"fs\").readFileSync(process.argv[1], \"utf8\").trim()"
      ".split(\"\\n\")) { v.setBigUint64(0, BigInt(\"0x\" + line));"
      " console.log(JSON.stringify(v.getFloat64(0))) }' " +
      file.string();
  // NOLINTNEXTLINE(cert-env33-c): node is the outside opinion
  std::FILE* const pipe = ::popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  std::string all;
  std::array<char, 4096> buffer{};
  for (std::size_t got = 1; got > 0;) {
    got = std::fread(buffer.data(), 1, buffer.size(), pipe);
    all.append(buffer.data(), got);
  }
  ASSERT_EQ(::pclose(pipe), 0) << "node is needed for this test";
  std::filesystem::remove(file);
  std::istringstream lines{all};
  for (double const value : values) {
    std::string expected;
    ASSERT_TRUE(std::getline(lines, expected));
    std::string written;
    append_canonical_number(written, value);
    ASSERT_EQ(written, expected) << std::bit_cast<std::uint64_t>(value);
    ASSERT_EQ(canonical(expected), expected);
  }
}

// Numbers near the edge of what is taken as it stands.
TEST(CanonicalJson, KnowsPlainDecimals) {
  for (std::string const text : {"0.75", "-0.5", "48.5793821", "0.000001", "0.00000100000001",
                                 "123456789.123456", "-0.000001", "99999999999999.9"}) {
    EXPECT_EQ(canonical(text), text);
  }
  EXPECT_EQ(canonical("0.0000001"), "1e-7");
  EXPECT_EQ(canonical("0.00000012"), "1.2e-7");
  EXPECT_EQ(canonical("0.750"), "0.75");
  EXPECT_EQ(canonical("10.0"), "10");
  EXPECT_EQ(canonical("-0.0"), "0");
  EXPECT_EQ(canonical("0.30000000000000004"), "0.30000000000000004");
  EXPECT_EQ(canonical("0.30000000000000001"), "0.3");
  EXPECT_EQ(canonical("1.5E1"), "15");
}

RC_GTEST_PROP(CanonicalJson, ReadsStringsOfAnyLength, ()) {
  auto const text = *rc::gen::container<std::string>(
      rc::gen::weightedOneOf<char>({{20, rc::gen::inRange('a', 'z')},
                                    {1, rc::gen::elementOf(std::string{"\"\\ \x1f\x7f\n!#[]"})}}));
  std::string slow = "\"";
  for (char const c : text) {
    slow += c == '"'      ? "\\\""
            : c == '\\'   ? "\\\\"
            : c == '\n'   ? "\\n"
            : c == '\x1f' ? "\\u001f"
                          : std::string(1, c);
  }
  slow += "\"";
  RC_ASSERT(canonical_json_string(text).value() == slow);
  RC_ASSERT(canonical(slow) == slow);
}

TEST(CanonicalJson, TakesEveryValue) {
  EXPECT_EQ(canonical(" null "), "null");
  EXPECT_EQ(canonical("\t[ ]\r\n"), "[]");
  EXPECT_EQ(canonical("{ }"), "{}");
  EXPECT_EQ(canonical("-0"), "0");
  EXPECT_EQ(canonical("-0.0"), "0");
  EXPECT_EQ(canonical("0e5"), "0");
  EXPECT_EQ(canonical("1.0"), "1");
  EXPECT_EQ(canonical("-12"), "-12");
  EXPECT_EQ(canonical("9007199254740993"), "9007199254740992");
  EXPECT_EQ(canonical("\"\x7f\\u2028\\u0000\""), "\"\x7f\u2028\\u0000\"");
  EXPECT_EQ(canonical(R"({"b":{"z":1,"a":[{"d":1,"c":2}]},"a":0})"),
            R"({"a":0,"b":{"a":[{"c":2,"d":1}],"z":1}})");
}

TEST(CanonicalJson, SaysWhatIsWrongAndWhere) {
  for (auto const& [text, message] : std::vector<std::pair<std::string, std::string>>{
           {"", "1:1: a value is expected"},
           {"{\"a\":1,\n \"a\":2}", "2:2: the name \"a\" comes twice"},
           {"{\"b\":1,\"\\u0061\":1,\"a\":2}", "1:19: the name \"a\" comes twice"},
           {"\"\\ud800\"", "1:2: half a surrogate pair"},
           {"\"\\udc00\"", "1:2: half a surrogate pair"},
           {"\"\\ud800\\u0041\"", "1:2: half a surrogate pair"},
           {"\"\\ud800x\"", "1:2: half a surrogate pair"},
           {"\"a\xff\"", "1:3: a string is UTF-8"},
           {"\"\u20ac\xed\xa0\x80\"", "1:3: a string is UTF-8"},
           {"\"\xc0\x80\"", "1:2: a string is UTF-8"},
           {"[1e400]", "1:2: the number lies beyond"},
           {"-1e-400", "1:1: the number lies beyond"},
           {"NaN", "1:1: a value is expected"},
           {"-Infinity", "1:1: a value is expected"},
           {"a value", "1:1: a value is expected"},
           {"nul", "1:1: a value is expected"},
           {"+1", "1:1: a value is expected"},
           {"01", "1:1: a number begins with no needless zero"},
           {"1.", "1:1: a digit is missing behind"},
           {"1e", "1:1: a digit is missing in"},
           {".5", "1:1: a value is expected"},
           {"[1,]", "1:4: a value is expected"},
           {"[1 2]", "1:4: \",\" or \"]\""},
           {"[", "1:2: a value is expected"},
           {"{\"a\" 1}", "1:6: \":\" is expected"},
           {"{a:1}", "1:2: a member's name"},
           {"{\"a\":1,}", "1:8: a member's name"},
           {"{\"a\":1", "1:7: \",\" or \"}\""},
           {"\"abc", "1:5: the string has no closing quote"},
           {"\"a\nb\"", "1:3: a control character"},
           {"\"\\x\"", "1:2: an escape is one of"},
           {"\"\\u12\"", "1:2: an escape is one of"},
           {"\"\\u12g4\"", "1:2: an escape is one of"},
           {"\"\\u-123\"", "1:2: an escape is one of"},
           {"\"\\", "1:2: an escape is one of"},
           {"\"\\u", "1:2: an escape is one of"},
           {"1 1", "1:3: the JSON value has ended"},
           {"\xef\xbb\xbf{}", "1:1: a value is expected"}}) {
    auto const result = canonical_json(text);
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error().message.substr(0, message.size()), message) << text;
    EXPECT_EQ(result.error().kind, model::ErrorKind::kBadInput);
  }
}

TEST(CanonicalJson, KeepsItsLimits) {
  std::string const deep = std::string(64, '[') + std::string(64, ']');
  EXPECT_EQ(canonical(deep), deep);
  EXPECT_EQ(canonical_json("[" + deep + "]").error().kind, model::ErrorKind::kLimit);
  EXPECT_EQ(canonical_json(std::string(1'000'000, '[')).error().kind, model::ErrorKind::kLimit);
  EXPECT_EQ(canonical_json("[1]", {.most_bytes = 2}).error().kind, model::ErrorKind::kLimit);
}

/// A drawn value, written carelessly: blanks, escapes, members in any order.
std::string drawn(int depth) {
  auto const blank = *rc::gen::element<std::string>("", "", " ", "\n");
  switch (*rc::gen::inRange(0, depth > 0 ? 7 : 5)) {
    case 0:
      return blank + *rc::gen::element<std::string>("null", "true", "false") + blank;
    case 1:
      return std::to_string(*rc::gen::arbitrary<int>());
    case 2: {
      auto value = std::bit_cast<double>(*rc::gen::arbitrary<std::uint64_t>());
      value = std::isfinite(value) ? value : 0.5;
      std::array<char, 64> digits{};
      std::snprintf(digits.data(), digits.size(), "%.17e", value);
      return digits.data();
    }
    case 3:
      return *rc::gen::element<std::string>(R"("")", R"("\u0061\ud83d\ude00\ufb33")",
                                            R"("\b\f\n\r\t\/\"\\")", "\"\u20ac\"");
    case 4:
      return "\"" + std::to_string(*rc::gen::inRange(0, 9)) + "\"";
    case 5: {
      std::string array = "[";
      int const size = *rc::gen::inRange(0, 5);
      for (int i = 0; i < size; ++i) {
        array += (i > 0 ? "," : "") + drawn(depth - 1);
      }
      return array + blank + "]";
    }
    default: {
      std::string object = "{" + blank;
      auto const names = *rc::gen::unique<std::vector<int>>(rc::gen::inRange(0, 99));
      for (std::size_t i = 0; i < names.size(); ++i) {
        object += i > 0 ? "," : "";
        object += blank + "\"" + *rc::gen::element<std::string>("\\u00e9", "") + "n";
        object += std::to_string(names[i]) + "\"" + blank + ":";
        object += drawn(depth - 1);
      }
      return object + "}";
    }
  }
}

RC_GTEST_PROP(CanonicalJson, IsWhatItsOwnTextIsMadeOf, ()) {
  std::string const text = drawn(3);
  auto const once = canonical_json(text);
  if (!once) {  // two escaped names may be one
    RC_ASSERT(once.error().message.find("comes twice") != std::string::npos);
    return;
  }
  RC_ASSERT(canonical(once.value()) == once.value());
}

TEST(CanonicalJsonString, EscapesAsLittleAsMayBe) {
  EXPECT_EQ(canonical_json_string("a\"\\\n\x01/\u20ac").value(), "\"a\\\"\\\\\\n\\u0001/\u20ac\"");
  EXPECT_FALSE(canonical_json_string("\xff"));
}

}  // namespace
}  // namespace guarantor::ledger
