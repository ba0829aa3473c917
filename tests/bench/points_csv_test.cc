#include "bench/points_csv.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <zlib.h>

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
                                 "50,181,2022-01-01\n"
                                 "nan,30,2022-01-01\n"
                                 "50,,2022-01-01\n"
                                 "50,30\n"
                                 "50,30,2022-02-30\n"
                                 "50,30,2022-01-02")},
                           true);
  ASSERT_TRUE(points.ok());
  EXPECT_EQ(points.value().rows, (std::vector<std::uint64_t>{1, 8}));
  EXPECT_EQ(points.value().rejected,
            (std::map<std::string, std::uint64_t>{{"a latitude that is not between -90 and 90", 1},
                                                  {"a longitude beyond -180 to 180", 1},
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
