#include "bench/points_csv.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <zlib.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

namespace guarantor::bench {
namespace {

namespace fs = std::filesystem;

class PointsCsv : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "bench_test.XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] fs::path file(std::string const& text, char const* name = "points.csv") const {
    std::ofstream{folder_ / name} << text;
    return folder_ / name;
  }
  static model::Result<TablePoints> read(std::vector<fs::path> const& files, bool dated = false) {
    return read_points(files, dated);
  }

  fs::path folder_;
};

model::Date on(int year, unsigned month, unsigned day) {
  return std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day);
}

TEST_F(PointsCsv, FindsItsColumnsInAnyCaseAndOrder) {
  auto const points = read({file("\xef\xbb\xbf"
                                 "ACQ_DATE,confidence,Longitude,LATITUDE\r\n"
                                 "2022-03-01,high,30,50\r\n"
                                 "2022-03-02 10:15,\"n, maybe\",31,49\r\n")},
                           true);
  ASSERT_TRUE(points.ok()) << points.error().message;
  EXPECT_EQ(points.value().rows, (std::vector<std::uint64_t>{1, 2}));
  EXPECT_EQ(points.value().dates, (std::vector{on(2022, 3, 1), on(2022, 3, 2)}));
  ASSERT_TRUE(points.value().plane);
  auto const& places = points.value().places;
  // Half a degree of longitude at 50 degrees north is 35.8 km.
  EXPECT_NEAR(places[0].east, -35'848, 100);
  EXPECT_NEAR(places[0].north - places[1].north, 111'300, 300);
  EXPECT_TRUE(proj_text(*points.value().plane).starts_with("+proj=lcc +lat_1=49.166666"));
  EXPECT_NE(proj_text(*points.value().plane).find(" +lon_0=30.5 "), std::string::npos);
}

TEST_F(PointsCsv, TakesMetresAndDaysAsTheyAre) {
  auto const points = read({file("x_m,y_m,day\n1.5,-2,7\n\n3,4,8\n")}, true);
  ASSERT_TRUE(points.ok());
  EXPECT_FALSE(points.value().plane);
  EXPECT_EQ(points.value().places, (std::vector<geo::PlanePoint>{{1.5, -2}, {3, 4}}));
  EXPECT_EQ(points.value().dates[1] - points.value().dates[0], std::chrono::days{1});
}

TEST_F(PointsCsv, CountsEachRowItLeavesOut) {
  auto const points = read({file("lat,lng,date\n"
                                 "50,30,2022-01-01\n"
                                 "91,30,2022-01-01\n"
                                 "50,361,2022-01-01\n"
                                 "nan,30,2022-01-01\n"
                                 "50,,2022-01-01\n"
                                 "50,30\n"
                                 "50,30,2022-02-30\n"
                                 "50,30,2022-01-02")},
                           true);
  ASSERT_TRUE(points.ok());
  EXPECT_EQ(points.value().rows, (std::vector<std::uint64_t>{1, 8}));
  EXPECT_EQ(points.value().rejected, (std::map<std::string, std::uint64_t>{
                                         {"a latitude that is not between -90 and 90", 1},
                                         {"a longitude that is not between -180 and 360", 1},
                                         {"a place that is no number", 2},
                                         {"another number of cells than the header", 1},
                                         {"a date that is none", 1}}));
}

TEST_F(PointsCsv, ReadsGzipAndSaysWhereItBreaksOff) {
  fs::path const packed = folder_ / "points.csv.gz";
  gzFile const out = gzopen(packed.c_str(), "wb");
  std::string text = "x_m,y_m\n";
  for (int i = 0; i < 20'000; ++i) {
    text += std::to_string(i * 7919 % 104'729) + "," + std::to_string(i) + "\n";
  }
  gzwrite(out, text.data(), static_cast<unsigned>(text.size()));
  gzclose(out);
  auto const whole = read({packed});
  ASSERT_TRUE(whole.ok());
  EXPECT_EQ(whole.value().places.size(), 20'000U);
  EXPECT_TRUE(whole.value().rejected.empty());
  fs::resize_file(packed, fs::file_size(packed) / 2);
  auto const broken = read({packed});
  ASSERT_TRUE(broken.ok());
  EXPECT_LT(broken.value().places.size(), 20'000U);
  EXPECT_EQ(broken.value().rejected.count("the compressed file breaks off"), 1U);
}

TEST_F(PointsCsv, CountsOnIntoASecondFile) {
  auto const points = read({file("x_m,y_m\n0,0\n1,1\n", "a.csv"), file("y_m,x_m\n3,2\n", "b.csv")});
  ASSERT_TRUE(points.ok());
  EXPECT_EQ(points.value().rows, (std::vector<std::uint64_t>{1, 2, 3}));
  EXPECT_EQ(points.value().places[2], (geo::PlanePoint{2, 3}));
}

TEST_F(PointsCsv, KeepsPointsBesideTheAntimeridianTogether) {
  auto const points = read({file("lat,lon\n65,179.9995\n65,-179.9995\n65,180.001\n65,-179.999\n")});
  ASSERT_TRUE(points.ok());
  auto const& places = points.value().places;
  ASSERT_EQ(places.size(), 4U);
  for (geo::PlanePoint const place : places) {
    EXPECT_LT(std::hypot(place.east - places[0].east, place.north - places[0].north), 100);
  }
  EXPECT_LT(points.value().worst_scale_error, 1e-6);
}

TEST_F(PointsCsv, TakesPolesAndTellsHowFarMetresAreFromTrue) {
  auto const points = read({file("lat,lon\n90,0\n-90,10\n0,20\n50,350\n")});
  ASSERT_TRUE(points.ok());
  EXPECT_EQ(points.value().places.size(), 4U);
  for (geo::PlanePoint const place : points.value().places) {
    EXPECT_TRUE(std::isfinite(place.east) && std::isfinite(place.north));
  }
  EXPECT_GT(points.value().worst_scale_error, 0.01);
}

TEST_F(PointsCsv, ReadsDatesAndDayNumbersAsTablesWriteThem) {
  auto const dates = read({file("x,y,T\n0,0,20220301\n0,0,20220228T2310\n0,0,2022-03-02\n"
                                "0,0,3.0\n0,0,-2\n0,0,3.5\n0,0,20220230\n0,0,2022-03-01x\n")},
                          true);
  ASSERT_TRUE(dates.ok()) << dates.error().message;
  model::Date const epoch{};
  EXPECT_EQ(dates.value().dates,
            (std::vector{on(2022, 3, 1), on(2022, 2, 28), on(2022, 3, 2),
                         epoch + std::chrono::days{3}, epoch - std::chrono::days{2}}));
  EXPECT_EQ(dates.value().rejected.at("a date that is none"), 3U);
}

TEST_F(PointsCsv, PrefersAColumnOfDatesToOneOfTimes) {
  auto const points =
      read({file(" Time , acq_date,LONG,Latitude\n10:00,2022-03-01,30,50\n")}, true);
  ASSERT_TRUE(points.ok()) << points.error().message;
  EXPECT_EQ(points.value().dates, (std::vector{on(2022, 3, 1)}));
}

TEST_F(PointsCsv, OpensAQuoteOnlyWhereACellBegins) {
  auto const points =
      read({file("x_m,y_m,note\n"
                 "1,1,6\" pipe\n"
                 "2,2,\"two\nlines, a \"\"quote\"\"\"\n"
                 "3,3,a \"b, c\n"
                 "4,4,plain\n"
                 "5,5,\"not closed\n"
                 "6,6,swallowed\n")});
  ASSERT_TRUE(points.ok());
  // The third has a cell too many: its quote opens nothing.
  EXPECT_EQ(points.value().rows, (std::vector<std::uint64_t>{1, 2, 4}));
  EXPECT_EQ(points.value().rejected,
            (std::map<std::string, std::uint64_t>{
                {"another number of cells than the header", 1},
                {"a quote that is never closed, up to the end of the file", 1}}));
}

TEST_F(PointsCsv, FailsWhereNoRowIsLeft) {
  auto const points = read({file("lat,lon,date\n91,1,2022-01-01\n1,1,soon\n1,1,later\n")}, true);
  ASSERT_FALSE(points.ok());
  EXPECT_EQ(points.error().kind, model::ErrorKind::kBadInput);
  EXPECT_EQ(points.error().message,
            "every row is left out (rows by reason: 2: a date that is none; 1: a latitude that is "
            "not between -90 and 90)");
}

TEST_F(PointsCsv, SaysThatAFileIsEmpty) {
  EXPECT_NE(read({file("\n \n")}).error().message.find("the file is empty"), std::string::npos);
}

TEST_F(PointsCsv, RefusesFilesThatTellNoPlaces) {
  EXPECT_EQ(read({folder_ / "none.csv"}).error().kind, model::ErrorKind::kNotFound);
  EXPECT_EQ(read({file("a,b\n1,2\n")}).error().kind, model::ErrorKind::kBadInput);
  EXPECT_EQ(read({file("")}).error().kind, model::ErrorKind::kBadInput);
  EXPECT_EQ(read({file("lat,lon\n1,2\n")}, true).error().kind, model::ErrorKind::kBadInput);
  EXPECT_EQ(read({file("lat,lon\n1,2\n", "a.csv"), file("x_m,y_m\n1,2\n", "b.csv")}).error().kind,
            model::ErrorKind::kBadInput);
}

}  // namespace
}  // namespace guarantor::bench
