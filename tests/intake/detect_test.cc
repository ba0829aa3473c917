#include "guarantor/intake/detect.h"

#include <gtest/gtest.h>

namespace guarantor::intake {
namespace {

TEST(Detect, GoesByTheFirstBytes) {
  EXPECT_EQ(detect("x", "\xef\xbb\xbfLATITUDE,LONGITUDE,ACQ_DATE\r\n1"), Format::kFirmsCsv);
  EXPECT_EQ(detect("x", "\"latitude\",longitude,bright_ti4,acq_date,frp\n"), Format::kFirmsCsv);
  EXPECT_EQ(detect("x", "id,relid,type_of_violence,date_start\n"), Format::kUcdpGedCsv);
  EXPECT_EQ(detect("x.csv", "id,lat,lon\n"), Format::kMappedCsv);
  EXPECT_EQ(detect("x.csv", " {\"type\": \"FeatureCollection\","), Format::kGeoJson);
  EXPECT_EQ(detect("x.jsonl", "\x1e{\"type\":\"Feature\","), Format::kGeoJson);
  EXPECT_EQ(detect("x", R"({"id":"a:1","source":"a","kind":"shot")"), Format::kObservationLines);
  EXPECT_EQ(detect("x", "<?xml version='1.0'?><event uid='1'"), Format::kCursorOnTarget);
  EXPECT_EQ(detect("x", "<kml>"), std::nullopt);
  EXPECT_EQ(detect("x", ""), std::nullopt);
}

TEST(Detect, GoesByTheNameWhereTheBytesLeaveItOpen) {
  EXPECT_EQ(detect("x.GEOJSON.gz", ""), Format::kGeoJson);
  EXPECT_EQ(detect("x.ndjson.zst", "{"), Format::kObservationLines);
  EXPECT_EQ(detect("x.cot", ""), Format::kCursorOnTarget);
  EXPECT_EQ(detect("gz", ""), std::nullopt);
}

TEST(Detect, MakesAnAdapterOfEveryFormatButOne) {
  for (std::size_t i = 0; i < model::kWords<Format>.size(); ++i) {
    auto const format = static_cast<Format>(i);
    EXPECT_EQ(make_adapter(format) == nullptr, format == Format::kMappedCsv);
  }
}

}  // namespace
}  // namespace guarantor::intake
