#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <sys/resource.h>

#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "guarantor/intake/cursor_on_target.h"
#include "guarantor/intake/firms_csv.h"
#include "guarantor/intake/geojson_features.h"
#include "guarantor/intake/mapped_csv.h"
#include "guarantor/intake/observation_lines.h"
#include "guarantor/intake/ucdp_ged_csv.h"
#include "recorded_sink.h"

/// What every adapter must stand: lines without end, rejects without number, any cut.
namespace guarantor::intake {
namespace {

/// A format, a whole stream in it, and how records that are well formed begin and end.
struct Sample {
  std::string name;
  std::function<std::unique_ptr<Adapter>(Limits const&)> make;
  std::string head;    ///< before the records
  std::string record;  ///< a good one
  std::string tail;
  std::string opening;  ///< of a record that goes on for as long as it is fed
};

Mapping mapping() {
  return Mapping::parse("source = \"s\"\nid = \"id\"\n[columns]\nfrom = \"day\"\nkind = \"kind\"\n")
      .mapping.value();
}

std::vector<Sample> samples() {
  std::string const observation =
      R"({"id":"a:1","source":"a","kind":"shot","from":"2022-01-01T00:00:00.000000Z",)"
      R"("to":"2022-01-01T00:00:00.000000Z","latitude":48.5,"longitude":37,"text":"x\"y"})";
  std::string const feature =
      R"({"type":"Feature","id":1,"geometry":{"type":"Point","coordinates":[37,48]},)"
      R"("properties":{"from":"2022-01-01","kind":"strike","text":"{\"["}})";
  std::string const event =
      R"(<event uid="u" type="a-h-G" time="2022-01-01T10:00:05Z" start="2022-01-01T10:00:00Z" )"
      R"(stale="2022-01-01T10:05:00Z"><point lat="48" lon="37" ce="5"/></event>)";
  return {{"firms", [](Limits const& l) { return firms_csv({.limits = l}); },
           "LATITUDE,LONGITUDE,ACQ_DATE\n", "48.5,37.25,2022-01-01\n", "", "48.5,37.25,"},
          {"ucdp", [](Limits const& l) { return ucdp_ged_csv(l); },
           "id,latitude,longitude,date_start,date_end,type_of_violence,side_a\n",
           "7,48.5,37,2022-01-01,2022-01-02,1,\"A, \"\"B\"\"\"\n", "",
           "7,48.5,37,2022-01-01,2022-01-02,1,\"A"},
          {"mapped", [](Limits const& l) { return mapped_csv(mapping(), l); }, "id,day,kind\r\n",
           "1,2022-01-01,shot\r\n", "", "1,2022-01-01,"},
          {"geojson", [](Limits const& l) { return geojson_features({.limits = l}); },
           "{\"type\":\"FeatureCollection\",\"features\":[\n", feature + ",\n", "]}\n",
           R"({"type":"Feature","properties":{"text":")"},
          {"geojson lines", [](Limits const& l) { return geojson_features({.limits = l}); }, "",
           feature + "\n", "", R"({"type":"Feature","properties":{"text":")"},
          {"cot", [](Limits const& l) { return cursor_on_target({.limits = l}); }, "<events>\n",
           event + "\n", "</events>", "<event uid=\"u\"><detail>"},
          {"observations", [](Limits const& l) { return observation_lines(l); }, "",
           observation + "\n", "", R"({"id":"a:1","text":")"}};
}

// KiB. A sanitizer keeps up to 256 MB of what was freed to catch whoever still uses it.
#ifdef __SANITIZE_ADDRESS__
constexpr long kMostGrowth = 400L * 1024;
#else
constexpr long kMostGrowth = 16L * 1024;
#endif

/// KiB, the most that this program ever held.
long peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

/// GUARANTOR_LONG_LINE_BYTES=10000000000 makes the line of the issue.
std::uint64_t long_line_bytes() {
  char const* const given = std::getenv("GUARANTOR_LONG_LINE_BYTES");
  return given == nullptr ? 256'000'000 : std::strtoull(given, nullptr, 10);
}

TEST(HostileInput, ALineOfGigabytesIsPassedOverInFlatMemory) {
  std::string const piece(1 << 16, 'x');
  for (Sample const& sample : samples()) {
    CountingSink sink;
    auto const adapter = sample.make({});
    adapter->feed(sample.head + sample.record + sample.opening, sink);
    long const before = peak_memory();
    for (std::uint64_t fed = 0; fed < long_line_bytes(); fed += piece.size()) {
      adapter->feed(piece, sink);
    }
    EXPECT_LT(peak_memory() - before, kMostGrowth) << sample.name;
    // What closes it, and a good one.
    adapter->feed("\n" + sample.record + sample.tail, sink);
    adapter->finish(sink);
    EXPECT_EQ(sink.taken, 2U) << sample.name;
    EXPECT_EQ(sink.counts.count(RejectReason::kTooLong), 1U) << sample.name;
    EXPECT_EQ(sink.counts.total(), 1U) << sample.name;
  }
}

TEST(HostileInput, AMillionRejectsAreCountedInFlatMemory) {
  constexpr int kBlock = 1000;
  for (Sample const& sample : samples()) {
    // What takes longer to read gets fewer: memory that grows shows with them too.
    int const blocks = sample.name == "firms" ? 1000 : 100;
    auto const rejects = static_cast<std::uint64_t>(blocks) * kBlock;
    // A place, or a moment, that is none.
    std::string bad = sample.record;
    for (auto const& [good, wrong] : {std::pair{"48.5", "91.5"},
                                      {"37,48]", "37,98]"},
                                      {"lat=\"48\"", "lat=\"98\""},
                                      {"1,2022-01-01,shot", "1,1900-01-01,shot"}}) {
      if (auto const found = bad.find(good); found != std::string::npos) {
        bad.replace(found, std::string_view{good}.size(), wrong);
      }
    }
    ASSERT_NE(bad, sample.record) << sample.name;
    std::string block;
    for (int i = 0; i < kBlock; ++i) {
      block += bad;
    }
    CountingSink sink;
    auto const adapter = sample.make({});
    adapter->feed(sample.head + block, sink);
    long const before = peak_memory();
    for (int i = 1; i < blocks; ++i) {
      adapter->feed(block, sink);
    }
    adapter->feed(sample.tail, sink);
    adapter->finish(sink);
    EXPECT_LT(peak_memory() - before, kMostGrowth) << sample.name;
    EXPECT_EQ(sink.taken, 0U) << sample.name;
    EXPECT_EQ(sink.counts.total(), rejects) << sample.name;
    RejectReason const reason =
        sample.name == "mapped" ? RejectReason::kDateOutOfRange : RejectReason::kLatitudeOutOfRange;
    EXPECT_EQ(sink.counts.count(reason), rejects) << sample.name;
    ASSERT_EQ(sink.counts.examples(reason).size(), RejectCounts::kExamples);
    std::uint64_t const first = sample.head.empty() ? 1 : 2;
    EXPECT_EQ(sink.counts.examples(reason)[1].line, first + 1) << sample.name;
  }
}

TEST(HostileInput, BytesOfAnotherEncodingCostTheirRecordAlone) {
  for (Sample const& sample : samples()) {
    std::string bad = sample.record;
    std::size_t const at = bad.find(sample.name == "cot" ? "uid=\"u" : "2022");
    bad.insert(at + (sample.name == "cot" ? 5 : 0), "\xe9");
    Recorded const recorded =
        read_all(sample.make({}), sample.head + sample.record + bad + sample.record + sample.tail);
    EXPECT_EQ(recorded.taken.size(), 2U) << sample.name;
    EXPECT_EQ(recorded.counts.count(RejectReason::kNotUtf8), 1U) << sample.name;
    EXPECT_EQ(recorded.counts.total(), 1U) << sample.name;
  }
}

/// However a stream is damaged, its answers do not depend on how it is cut.
RC_GTEST_PROP(HostileInput, AnyCutGivesTheSameAnswers, ()) {
  for (Sample const& sample : samples()) {
    std::string text = sample.head + sample.record + sample.record + sample.record + sample.tail;
    auto const changes = *rc::gen::inRange(0, 6);
    for (int i = 0; i < changes; ++i) {
      auto const at = *rc::gen::inRange<std::size_t>(0, text.size());
      auto const length = *rc::gen::inRange<std::size_t>(0, 40);
      text.replace(
          at, *rc::gen::element<std::size_t>(0, 1, length),
          *rc::gen::element<std::string>("", "\"", "\n", ",", "<", ">", "{", "}", "[", "]", "\xff",
                                         "\\", "x", sample.record, sample.opening));
    }
    Limits const limits{.record_bytes = *rc::gen::element<std::size_t>(20, 150, 1000)};
    Recorded const whole = read_all(sample.make(limits), text, text.size() + 1);
    for (std::size_t const piece : {1U, 2U, 5U, 64U}) {
      RC_ASSERT(read_all(sample.make(limits), text, piece) == whole);
    }
  }
}

}  // namespace
}  // namespace guarantor::intake
