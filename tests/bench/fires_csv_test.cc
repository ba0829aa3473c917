#include "bench/fires_csv.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

namespace guarantor::bench {
namespace {

std::filesystem::path written(std::string const& name, std::string const& text) {
  auto const path = std::filesystem::path{testing::TempDir()} / name;
  std::ofstream{path, std::ios::binary} << text;
  return path;
}

TEST(FiresCsv, TakesOrCountsEveryRow) {
  std::string const text =
      "\xEF\xBB\xBF"
      "acq_date,Latitude,LONGITUDE,frp\r\n"
      "2022-03-01,48.12345,35.1,7\r\n"
      "2022-03-01,\"48.123456\",35.1,7\r\n"
      "\r\n"
      "2022-02-30,48.1,35.1,7\n"
      "2022-03-01,91,35.1,7\n"
      "2022-03-01,x,35.1,7\n"
      "2022-03-01,nan,35.1,7\n"
      "2022-03-01,48.1\n" +
      std::string(100'000, 'z') +
      "\n"
      "2022-03-02,48.1,35.1,7";
  auto const file = written("fires.csv", text);
  FiresRead read;
  ASSERT_TRUE(read_fires(file, 0, read).ok());
  ASSERT_EQ(read.fires.size(), 3U);
  EXPECT_EQ(model::print(read.fires[2].day), "2022-03-02");
  EXPECT_EQ(read.rejects["off the earth"], 2U);
  EXPECT_EQ(read.rejects["a coordinate is no number"], 1U);
  EXPECT_EQ(read.rejects["no date of the form YYYY-MM-DD"], 1U);
  EXPECT_EQ(read.rejects["too few fields"], 1U);
  EXPECT_EQ(read.rejects["the line is too long"], 1U);
  FiresRead dropped;
  ASSERT_TRUE(read_fires(file, 5, dropped).ok());
  EXPECT_EQ(dropped.fires.size(), 2U);
  EXPECT_EQ(dropped.rejects["dropped for its number of decimals"], 1U);
}

TEST(FiresCsv, TakesTheNamesAndBlanksOfOtherFiles) {
  for (std::string const header :
       {"Lat, Lng ,DateTime", " LATITUDE,long,\"day\"", "lat,lon,acq_datetime,daynight",
        "latitude , Longitude, Date", "lat,lon,timestamp"}) {
    auto const file = written("names.csv", "\xEF\xBB\xBF\n  \r\n" + header +
                                               "\n"
                                               " 48.12345, 35.1 , 2022-03-01\n"
                                               " \"48.1\",35.1, \"2022-03-02\" ,D\n"
                                               "   \n"
                                               "48.1,35.1,2022-03-03T23:59:59Z\n"
                                               "48.1,35.1,2022-03-04 01:02\n"
                                               "48.1,35.1,2022-03-05Z\n"
                                               "48.1,35.1,2022-03-06Tx\n"
                                               "48.1,35.1,2022-02-30T01:00:00Z\n");
    FiresRead read;
    auto const done = read_fires(file, 0, read);
    ASSERT_TRUE(done.ok()) << header << done.error().message;
    ASSERT_EQ(read.fires.size(), 4U) << header;
    EXPECT_EQ(read.fires[0].place.latitude.count(), 48.12345);
    EXPECT_EQ(read.fires[0].place.longitude.count(), 35.1);
    EXPECT_EQ(model::print(read.fires[2].day), "2022-03-03");
    EXPECT_EQ(model::print(read.fires[3].day), "2022-03-04");
    EXPECT_EQ(read.rejects["no date of the form YYYY-MM-DD"], 3U) << header;
    FiresRead dropped;
    ASSERT_TRUE(read_fires(file, 5, dropped).ok());
    EXPECT_EQ(dropped.fires.size(), 3U);
  }
  FiresRead read;
  auto const none = read_fires(written("none.csv", "\n\nlat,lon,daynight\n1,2,D\n"), 0, read);
  ASSERT_FALSE(none.ok());
  EXPECT_NE(none.error().message.find("none.csv:3:"), std::string::npos) << none.error().message;
}

TEST(FiresCsv, ReadsGzippedTextAndSaysWhereItIsTorn) {
  auto const path = std::filesystem::path{testing::TempDir()} / "fires.csv.gz";
  auto* const file = gzopen(path.c_str(), "wb");
  gzputs(file, "latitude,longitude,acq_date\n");
  for (int k = 0; k < 5000; ++k) {
    std::string const row = "48." + std::to_string(k * 7919 % 10'000) + ",35,2022-03-01\n";
    gzputs(file, row.c_str());
  }
  gzclose(file);
  FiresRead read;
  ASSERT_TRUE(read_fires(path, 0, read).ok());
  EXPECT_EQ(read.fires.size(), 5000U);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  auto const torn = read_fires(path, 0, read);
  ASSERT_FALSE(torn.ok());
  EXPECT_EQ(torn.error().kind, model::ErrorKind::kBadInput);
}

TEST(FiresCsv, RefusesWhatIsNoTableOfFires) {
  FiresRead read;
  EXPECT_EQ(read_fires("/nonexistent/fires.csv", 0, read).error().kind,
            model::ErrorKind::kNotFound);
  EXPECT_FALSE(read_fires(written("empty.csv", ""), 0, read).ok());
  EXPECT_FALSE(read_fires(written("other.csv", "a,b\n1,2\n"), 0, read).ok());
}

TEST(FiresCsv, ReadsExclusionsWithEitherKindOfDate) {
  auto const file = written("boxes.csv",
                            "lng1,lng2,lat1,lat2,start_date,end_date,note\n"
                            "29.8,29.3,45,45.5,01/02/2022,2023-05-01,marsh\n");
  auto const boxes = read_exclusions(file);
  ASSERT_TRUE(boxes.ok()) << boxes.error().message;
  ASSERT_EQ(boxes.value().size(), 1U);
  EXPECT_EQ(boxes.value()[0].west.count(), 29.3);
  EXPECT_EQ(boxes.value()[0].north.count(), 45.5);
  EXPECT_EQ(model::print(boxes.value()[0].from), "2022-02-01");
  EXPECT_EQ(model::print(boxes.value()[0].to), "2023-05-01");
  auto const wrong = read_exclusions(written(
      "wrong.csv", "lng1,lng2,lat1,lat2,start_date,end_date\n1,2,3,4,31/02/2022,01/03/2022\n"));
  ASSERT_FALSE(wrong.ok());
  EXPECT_NE(wrong.error().message.find("wrong.csv:2"), std::string::npos);
}

TEST(FiresCsv, ReadsExclusionsWrittenByHandOrGzipped) {
  std::string const text =
      "LNG1, Lng2,lat1 ,lat2,Start_Date,END_DATE\n"
      " 29.8, 29.3 ,45,45.5, 1/2/2022 ,2023-05-01T06:00:00Z\n";
  auto const packed = std::filesystem::path{testing::TempDir()} / "boxes.csv.gz";
  auto* const file = gzopen(packed.c_str(), "wb");
  gzputs(file, text.c_str());
  gzclose(file);
  for (auto const& path : {written("by_hand.csv", text), packed}) {
    auto const boxes = read_exclusions(path);
    ASSERT_TRUE(boxes.ok()) << boxes.error().message;
    ASSERT_EQ(boxes.value().size(), 1U);
    EXPECT_EQ(boxes.value()[0].west.count(), 29.3);
    EXPECT_EQ(model::print(boxes.value()[0].from), "2022-02-01");
    EXPECT_EQ(model::print(boxes.value()[0].to), "2023-05-01");
  }
}

TEST(FiresCsv, RefusesExclusionsThatWouldExcludeNothing) {
  for (auto const& [row, said] :
       {std::pair{"1,2,3,4,01/01/22,01/02/2022", "start_date `01/01/22`"},
        {"1,2,3,4,01/01/2022,01/02/222", "end_date `01/02/222`"},
        {"1,2,3,4,01/01/2022,01/13/2022", "end_date `01/13/2022`"},
        {"1,2,3,4,01/01/2022,+1/12/2022", "end_date `+1/12/2022`"},
        {"1,2,3,4,01/05/2022,01/04/2022", "end_date 2022-04-01 lies before start_date 2022-05-01"},
        {"1,2,95,4,01/01/2022,01/02/2022", "lat1 `95`"},
        {"1,x,3,4,01/01/2022,01/02/2022", "lng2 `x`"},
        {"1,2,3,4,01/01/2022", "the row has 5 cells"}}) {
    auto const boxes = read_exclusions(
        written("wrong.csv", std::string{"lng1,lng2,lat1,lat2,start_date,end_date\n"} +
                                 "1,2,3,4,01/01/2022,01/01/2022\n" + row + "\n"));
    ASSERT_FALSE(boxes.ok()) << row;
    EXPECT_EQ(boxes.error().kind, model::ErrorKind::kBadInput);
    EXPECT_NE(boxes.error().message.find("wrong.csv:3: "), std::string::npos)
        << boxes.error().message;
    EXPECT_NE(boxes.error().message.find(said), std::string::npos) << boxes.error().message;
  }
}

/// The published counts of 24 February to 31 August 2022, from fires of earlier years alone.
TEST(FiresCsv, CountsWarFiresAsPublished) {
  char const* const folder = std::getenv("GUARANTOR_DATA");
  if (folder == nullptr) {
    std::cerr << "GUARANTOR_DATA IS NOT SET: published war fires were not looked at\n";
    GTEST_SKIP() << "GUARANTOR_DATA is not set";
  }
  std::filesystem::path const data = std::filesystem::path{folder} / "watch";
  watch::BackgroundRequest request;
  request.observed_years = {2012, 2016, 2018, 2019, 2020, 2021};
  FiresRead train;
  for (int const year : request.observed_years) {
    auto const name = "ukr_fire_data_" + std::to_string(year) + ".csv.gz";
    ASSERT_TRUE(read_fires(data / "firms" / name, 0, train).ok());
  }
  request.fires = train.fires;
  auto const background = watch::ThermalBackground::fit(request);
  ASSERT_TRUE(background.ok()) << background.error().message;
  FiresRead test;
  ASSERT_TRUE(read_fires(data / "firms" / "ukr_fire_data_2022.csv.gz", 5, test).ok());
  auto const from = *model::parse_date("2022-02-24");
  auto const to = *model::parse_date("2022-08-31");
  std::erase_if(test.fires, [from](watch::ThermalFire const& fire) { return fire.day < from; });
  auto const boxes = read_exclusions(data / "economist" / "forest_fire_locations_2022_2023.csv");
  ASSERT_TRUE(boxes.ok()) << boxes.error().message;
  auto const published = read_published_days(data / "economist" / "strikes_by_day_2022.csv");
  ASSERT_TRUE(published.ok()) << published.error().message;
  auto const judged = watch::assess(background.value(), test.fires, boxes.value());
  double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0, error = 0, fires = 0;
  for (watch::ThermalDay const& day : judged.days) {
    if (day.day > to) {
      continue;
    }
    double const ours = day.war_fires;
    double const theirs = published.value().at(day.day);
    n += 1, x += ours, y += theirs, xx += ours * ours, yy += theirs * theirs, xy += ours * theirs;
    error += std::abs(ours - theirs);
    fires += day.fires;
  }
  EXPECT_EQ(n, 189);
  EXPECT_EQ(fires, 67'202);
  EXPECT_GE((xy - (x * y / n)) / std::sqrt((xx - (x * x / n)) * (yy - (y * y / n))), 0.92);
  EXPECT_LE(error / n, 50);
}

}  // namespace
}  // namespace guarantor::bench
