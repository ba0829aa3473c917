#include "guarantor/intake/csv_records.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "guarantor/model/vocabulary.h"

namespace guarantor::intake {
namespace {

/// Records as `line: a|b`, rejects as `line! reason`.
class DrawnReceiver final : public CsvReceiver {
 public:
  void record(CsvRecord const& record) override {
    std::string text = std::to_string(record.line) + ": ";
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
      text += (i == 0 ? "" : "|") + std::string{record.fields[i]};
    }
    drawn.push_back(std::move(text));
  }
  void bad_record(Reject const& reject) override {
    drawn.push_back(std::to_string(reject.line) + "! " + std::string{model::text(reject.reason)});
  }
  std::vector<std::string> drawn{};
};

using Drawn = std::vector<std::string>;

Drawn split(std::string_view text, std::size_t piece = 1000, std::size_t limit = 64,
            std::size_t expected = 0) {
  DrawnReceiver receiver;
  CsvRecords records{',', limit};
  records.expect_fields(expected);
  while (!text.empty()) {
    records.feed(text.substr(0, piece), receiver);
    text.remove_prefix(std::min(piece, text.size()));
  }
  records.finish(receiver);
  return receiver.drawn;
}

TEST(CsvRecords, FollowRfc4180) {
  EXPECT_EQ(split("a,b\nc,d\n"), (Drawn{"1: a|b", "2: c|d"}));
  EXPECT_EQ(split("a,b\r\nc,d"), (Drawn{"1: a|b", "2: c|d"}));
  EXPECT_EQ(split(",\n\n\r\n\"\"\n"), (Drawn{"1: |", "4: "}));
  EXPECT_EQ(split("\"a,\"\"b\"\"\",c\nd\n"), (Drawn{"1: a,\"b\"|c", "2: d"}));
  EXPECT_EQ(split("\"a\r\nb\nc\",d\r\ne,f"), (Drawn{"1: a\nb\nc|d", "4: e|f"}));
  EXPECT_EQ(split("\"\",\"\"\"\",\"a\"\n"), (Drawn{"1: |\"|a"}));
}

TEST(CsvRecords, RejectQuotesThatStandWhereNoneMay) {
  EXPECT_EQ(split("a\"b,c\nd\n"), (Drawn{"1! bad-syntax", "2: d"}));
  EXPECT_EQ(split("\"a\"b,c\nd\n"), (Drawn{"1! bad-syntax", "2: d"}));
}

TEST(CsvRecords, AForgottenQuoteCostsItsLineAlone) {
  // It shows where the next quoted field begins ...
  EXPECT_EQ(split("1,\"a,x\n2,b,y\n3,\"c\",z\n4,d,w\n"),
            (Drawn{"1! bad-syntax", "2: 2|b|y", "3: 3|c|z", "4: 4|d|w"}));
  // ... or at the limit ...
  EXPECT_EQ(split("1,\"a\n2,b\n" + std::string(60, 'x') + "\n3,c\n"),
            (Drawn{"1! bad-syntax", "2: 2|b", "3: " + std::string(60, 'x'), "4: 3|c"}));
  // ... or at the end ...
  EXPECT_EQ(split("1,\"a\n2,b\n3,c"), (Drawn{"1! bad-syntax", "2: 2|b", "3: 3|c"}));
  // ... or by the number of fields.
  EXPECT_EQ(split("1,\"a\n2,b\n3,c\"\n4,d\n", 1000, 64, 3),
            (Drawn{"1! bad-syntax", "2: 2|b", "3! bad-syntax", "4: 4|d"}));
}

TEST(CsvRecords, PassOverWhatIsTooLong) {
  std::string const longer(65, 'x');
  EXPECT_EQ(split("a\n" + longer + "\nb\n"), (Drawn{"1: a", "2! too-long", "3: b"}));
  EXPECT_EQ(split("a\n" + longer), (Drawn{"1: a", "2! too-long"}));
  EXPECT_EQ(split("\"" + longer + "\nb\n"), (Drawn{"1! too-long", "2: b"}));
  EXPECT_EQ(split(std::string(64, 'x') + "\nb\n").size(), 2U);
}

TEST(CsvRecords, RejectBytesThatAreNoUtf8RowByRow) {
  EXPECT_EQ(split("a,\xe9\nb,\xc3\xa9\nc,\xed\xa0\x80\n\"\xff\"\nd\n"),
            (Drawn{"1! not-utf8", "2: b|\xc3\xa9", "3! not-utf8", "4! not-utf8", "5: d"}));
}

RC_GTEST_PROP(CsvRecords, DoNotDependOnHowTheStreamIsCut, ()) {
  auto const text = *rc::gen::container<std::string>(rc::gen::weightedElement<char>(
      {{6, 'a'}, {4, ','}, {4, '"'}, {3, '\n'}, {1, '\r'}, {1, '\xc3'}}));
  auto const limit = *rc::gen::inRange<std::size_t>(1, 40);
  auto const fields = *rc::gen::inRange<std::size_t>(0, 4);
  Drawn const whole = split(text, text.size() + 1, limit, fields);
  for (std::size_t const piece : {1U, 2U, 3U, 7U}) {
    RC_ASSERT(split(text, piece, limit, fields) == whole);
  }
}

/// Any table that is written as RFC 4180 has it comes back.
RC_GTEST_PROP(CsvRecords, ReadWhatIsWrittenWell, ()) {
  auto const field = rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n'));
  auto const rows = *rc::gen::container<std::vector<std::vector<std::string>>>(
      rc::gen::container<std::vector<std::string>>(3, field));
  std::string text;
  Drawn expected;
  std::uint64_t line = 1;
  for (std::vector<std::string> const& row : rows) {
    std::string drawn = std::to_string(line) + ": ";
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += i == 0 ? "\"" : ",\"";
      drawn += (i == 0 ? "" : "|") + row[i];
      for (char const c : row[i]) {
        text += c == '"' ? "\"\"" : std::string(1, c);
        line += c == '\n' ? 1 : 0;
      }
      text += '"';
    }
    text += '\n';
    ++line;
    expected.push_back(std::move(drawn));
  }
  RC_ASSERT(split(text, 5, 100'000, 3) == expected);
}

}  // namespace
}  // namespace guarantor::intake
