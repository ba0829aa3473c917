#include "guarantor/monitor/ingest.h"

#include <gtest/gtest.h>

#include <string>

#include "guarantor/monitor/watch_records.h"
#include "temporary_store.h"

namespace guarantor::monitor {
namespace {

using store::TemporaryStore;

constexpr char const* kFires =
    "LATITUDE,LONGITUDE,ACQ_DATE\n"
    "47.1005,37.6171,2022-01-01\n"
    "91.0,37.6171,2022-01-01\n"
    "47.1009,37.6175,2022-01-01\n"
    "49.0,30.0,1900-01-01\n";

IngestOptions options(std::string name) {
  IngestOptions asked;
  asked.name = std::move(name);
  asked.batch = 1;
  asked.author = [] {
    return store::Author{"monitor", *model::parse_instant("2026-06-03T12:00:00Z")};
  };
  return asked;
}

TEST(Ingest, TakesWhatIsSoundAndCountsTheRest) {
  TemporaryStore temporary;
  auto const desk = WatchDesk::open(temporary.store(), {});
  ASSERT_TRUE(desk.ok());
  Ingest ingest{*desk.value(), options("fires.csv")};
  for (char const c : std::string{kFires}) {
    ASSERT_TRUE(ingest.feed({&c, 1}).ok());
  }
  ASSERT_TRUE(ingest.finish().ok());
  EXPECT_EQ(ingest.counts().taken, 2U);
  EXPECT_EQ(ingest.counts().opened, 1U);
  EXPECT_EQ(ingest.counts().rejects.total(), 2U);
  EXPECT_EQ(ingest.counts().rejects.count(intake::RejectReason::kLatitudeOutOfRange), 1U);
  EXPECT_EQ(ingest.counts().rejects.count(intake::RejectReason::kDateOutOfRange), 1U);
  Ingest again{*desk.value(), options("fires.csv")};
  ASSERT_TRUE(again.feed(kFires).ok());
  ASSERT_TRUE(again.finish().ok());
  EXPECT_EQ(again.counts().repeated, 2U);
}

TEST(Ingest, AMappingSaysWhatFeaturesMean) {
  TemporaryStore temporary;
  auto const desk = WatchDesk::open(temporary.store(), {});
  IngestOptions asked = options("events.geojson");
  auto reading = intake::Mapping::parse(
      "source = \"town-hall\"\nid = [\"nr\"]\n[columns]\nkind = \"what\"\nfrom = \"day\"\n"
      "precision = \"radius\"\n[units]\nprecision = \"km\"\n[constants]\nprecision = \"500\"\n");
  ASSERT_TRUE(reading.mapping) << reading.problems.front().message;
  asked.mapping = std::move(reading.mapping);
  Ingest ingest{*desk.value(), asked};
  ASSERT_TRUE(ingest
                  .feed(R"({"type":"FeatureCollection","features":[{"type":"Feature",)"
                        R"("geometry":{"type":"Point","coordinates":[36,49.5]},"properties":)"
                        R"({"nr":"1","what":"explosion","day":"2026-06-03"}}]})")
                  .ok());
  ASSERT_TRUE(ingest.finish().ok());
  EXPECT_EQ(ingest.counts().taken, 1U);
  auto const record =
      temporary.store().latest(store::RecordKind::kObservation, "town-hall:1").value();
  ASSERT_TRUE(record);
  EXPECT_NE(record->body.find("\"precision_m\":500"), std::string::npos)
      << "a constant is in our unit: " << record->body;
}

TEST(Ingest, ATornArchiveKeepsWhatCameBefore) {
  TemporaryStore temporary;
  auto const desk = WatchDesk::open(temporary.store(), {});
  Ingest ingest{*desk.value(), options("fires.csv.gz")};
  auto const fed = ingest.feed(std::string{"\x1f\x8b\x08", 3});
  auto const ended = ingest.finish();
  EXPECT_FALSE(fed.ok() && ended.ok());
}

TEST(Ingest, AShortStreamIsKeptBeforeItEnds) {
  TemporaryStore temporary;
  auto const desk = WatchDesk::open(temporary.store(), {});
  Ingest ingest{*desk.value(), options("standard input")};
  std::string const fires{kFires};
  auto const half = fires.find("47.1005");
  ASSERT_TRUE(ingest.feed(fires.substr(0, 9)).ok());
  ASSERT_TRUE(ingest.flush().ok());
  ASSERT_TRUE(ingest.feed(fires.substr(9, half)).ok());
  ASSERT_TRUE(ingest.flush().ok());
  ASSERT_TRUE(ingest.feed(fires.substr(9 + half)).ok());
  ASSERT_TRUE(ingest.flush().ok());
  EXPECT_EQ(ingest.counts().taken, 2U);
  ASSERT_TRUE(ingest.finish().ok());
  EXPECT_EQ(ingest.counts().taken, 2U);
}

TEST(Ingest, AFormatThatNobodyKnowsIsAskedFor) {
  TemporaryStore temporary;
  auto const desk = WatchDesk::open(temporary.store(), {});
  Ingest table{*desk.value(), options("strange.csv")};
  ASSERT_TRUE(table.feed("a,b\n1,2\n").ok());
  auto const ended = table.finish();
  ASSERT_FALSE(ended.ok());
  EXPECT_NE(ended.error().hint.find("--"), std::string::npos);
}

}  // namespace
}  // namespace guarantor::monitor
