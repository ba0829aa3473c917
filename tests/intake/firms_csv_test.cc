#include "guarantor/intake/firms_csv.h"

#include <gtest/gtest.h>

#include <string>

#include "recorded_sink.h"

namespace guarantor::intake {
namespace {

using model::Instant;
using model::Observation;

Instant at(std::string_view text) {
  return model::parse_instant(text).value();
}

TEST(FirmsCsv, ReadsViirs) {
  Recorded const recorded = read_all(
      firms_csv(),
      "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,"
      "version,bright_ti5,frp,daynight,type\n"
      "48.01,37.802,331.2,0.4,0.4,2022-03-14,0130,N,VIIRS,n,2,280.1,4.1,N,0\n");
  ASSERT_EQ(recorded.taken.size(), 1U);
  Observation const& fire = recorded.taken[0].second;
  EXPECT_EQ(recorded.taken[0].first, 2U);
  EXPECT_EQ(fire.id.text(), "firms-viirs:N,48.01,37.802,2022-03-14T0130");
  EXPECT_EQ(fire.source, "firms-viirs");
  EXPECT_EQ(fire.observer, "suomi-npp");
  EXPECT_EQ(fire.kind, model::EventKind::kAnomaly);
  EXPECT_EQ(fire.sense, model::Sense::kSensor);
  EXPECT_EQ(fire.from, at("2022-03-14T01:30:00Z"));
  EXPECT_EQ(fire.to, at("2022-03-14T01:30:59.999999Z"));
  EXPECT_EQ(fire.place->latitude.count(), 48.01);
  EXPECT_EQ(fire.place->longitude.count(), 37.802);
  EXPECT_EQ(fire.precision, model::Metres{375});
  EXPECT_EQ(fire.category, "nominal");
  EXPECT_FALSE(fire.probability);
  EXPECT_EQ(fire.text, "type presumed vegetation fire, frp 4.1, daynight N, version 2");
}

TEST(FirmsCsv, ReadsModisNearRealTime) {
  Recorded const recorded = read_all(
      firms_csv(),
      "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,confidence,version,"
      "bright_t31,frp,daynight\n"
      "48.01,37.802,331.2,1,1,2022-03-14,45,Terra,80,6.1NRT,280.1,4.1,D\n");
  ASSERT_EQ(recorded.taken.size(), 1U);
  Observation const& fire = recorded.taken[0].second;
  EXPECT_EQ(fire.id.text(), "firms-modis:Terra,48.01,37.802,2022-03-14T45");
  EXPECT_EQ(fire.observer, "terra");
  EXPECT_EQ(fire.from, at("2022-03-14T00:45:00Z"));
  EXPECT_EQ(fire.precision, model::Metres{1000});
  EXPECT_EQ(fire.probability, 0.8);
}

TEST(FirmsCsv, WithoutATimeLastsTheDay) {
  Recorded const recorded =
      read_all(firms_csv({.unknown_precision = model::Metres{375}}),
               "\xef\xbb\xbfLATITUDE,LONGITUDE,ACQ_DATE\r\n47.8781,35.158,2012-01-02\r\n");
  ASSERT_EQ(recorded.taken.size(), 1U);
  Observation const& fire = recorded.taken[0].second;
  EXPECT_EQ(fire.id.text(), "firms:47.8781,35.158,2012-01-02");
  EXPECT_EQ(fire.source, "firms");
  EXPECT_EQ(fire.from, at("2012-01-02T00:00:00Z"));
  EXPECT_EQ(fire.to, at("2012-01-02T23:59:59.999999Z"));
  EXPECT_EQ(fire.precision, model::Metres{375});
}

TEST(FirmsCsv, EqualRowsAreDifferentPixelsAndAFileTwiceIsTheSame) {
  std::string const text =
      "LATITUDE,LONGITUDE,ACQ_DATE\n1,2,2012-01-02\n1,2,2012-01-03\n1,2,2012-01-02\n"
      "1,2,2012-01-02\n";
  Recorded const recorded = read_all(firms_csv(), text);
  ASSERT_EQ(recorded.taken.size(), 4U);
  EXPECT_EQ(recorded.taken[0].second.id.text(), "firms:1,2,2012-01-02");
  EXPECT_EQ(recorded.taken[1].second.id.text(), "firms:1,2,2012-01-03");
  EXPECT_EQ(recorded.taken[2].second.id.text(), "firms:1,2,2012-01-02#2");
  EXPECT_EQ(recorded.taken[3].second.id.text(), "firms:1,2,2012-01-02#3");
  EXPECT_EQ(read_all(firms_csv(), text), recorded);
}

TEST(FirmsCsv, SaysWhyARowIsNotTaken) {
  Recorded const recorded = read_all(firms_csv(),
                                     "latitude,longitude,acq_date,acq_time,confidence\n"
                                     "91,30,2022-01-01,0000,n\n"
                                     "50,181,2022-01-01,0000,n\n"
                                     "50,30,1900-01-01,0000,n\n"
                                     "50,30,2100-01-01,0000,n\n"
                                     "50,30,2022-02-30,0000,n\n"
                                     "50,30,2022-01-01,2460,n\n"
                                     "x,30,2022-01-01,0000,n\n"
                                     "nan,30,2022-01-01,0000,n\n"
                                     ",30,2022-01-01,0000,n\n"
                                     "50,30,2022-01-01,0000,101\n"
                                     "50,30,2022-01-01,0000\n"
                                     "50,30,2022-01-01,0000,\n");
  std::vector<RejectReason> const expected{RejectReason::kLatitudeOutOfRange,
                                           RejectReason::kLongitudeOutOfRange,
                                           RejectReason::kDateOutOfRange,
                                           RejectReason::kDateOutOfRange,
                                           RejectReason::kBadDate,
                                           RejectReason::kBadDate,
                                           RejectReason::kBadNumber,
                                           RejectReason::kBadNumber,
                                           RejectReason::kNoPlace,
                                           RejectReason::kBadNumber,
                                           RejectReason::kWrongFieldCount};
  ASSERT_EQ(recorded.rejects.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(recorded.rejects[i].reason, expected[i]) << print(recorded.rejects[i]);
    EXPECT_EQ(recorded.rejects[i].line, i + 2);
  }
  EXPECT_EQ(recorded.taken.size(), 1U);
  EXPECT_EQ(print(recorded.rejects[0]),
            "line 2, latitude: latitude-out-of-range: 91 is no latitude; they go from -90 to 90");
}

TEST(FirmsCsv, RefusesAHeaderAndCountsWhatIsBehindIt) {
  Recorded const twice = read_all(
      firms_csv(), "latitude,longitude,acq_date,LATITUDE\n1,2,2012-01-02,1\n1,2,2012-01-02,1\n");
  ASSERT_EQ(twice.rejects.size(), 3U);
  EXPECT_EQ(
      print(twice.rejects[0]),
      "line 1, latitude: bad-header: the column `latitude` stands twice in the header; keep one "
      "of them");
  EXPECT_EQ(twice.counts.count(RejectReason::kUnread), 2U);
  Recorded const missing = read_all(firms_csv(), "latitude,longitude\n1,2\n");
  EXPECT_EQ(missing.counts.count(RejectReason::kBadHeader), 1U);
  EXPECT_EQ(missing.rejects[0].field, "acq_date");
  EXPECT_EQ(read_all(firms_csv(), "latitude;longitude;acq_date\n").rejects[0].message,
            "the columns are separated by semicolons, not by `,`");
  EXPECT_EQ(read_all(firms_csv(), "").counts.count(RejectReason::kBadHeader), 1U);
  Recorded const unnamed =
      read_all(firms_csv(), "latitude,longitude,acq_date,,\n48,37,2022-01-02,,\n");
  EXPECT_EQ(unnamed.taken.size(), 1U) << "as a spreadsheet writes it";
}

TEST(FirmsCsv, RefusesUtf16) {
  std::string text = "\xff\xfe";
  for (char const c :
       std::string{"latitude,longitude,acq_date\n1,2,2012-01-02\n1,2,2012-01-03\n"}) {
    text += c;
    text += '\0';
  }
  for (std::size_t const piece : {1U, 2U, 1000U}) {
    Recorded const recorded = read_all(firms_csv(), text, piece);
    EXPECT_EQ(recorded.counts.count(RejectReason::kNotUtf8), 1U);
    EXPECT_EQ(recorded.counts.count(RejectReason::kUnread), 2U);
    EXPECT_EQ(recorded.counts.total(), 3U);
  }
}

}  // namespace
}  // namespace guarantor::intake
