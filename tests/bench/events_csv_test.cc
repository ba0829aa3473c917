#include "bench/events_csv.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "guarantor/model/instant.h"

namespace guarantor::bench {
namespace {

/// A file that goes when the test ends.
class PassingFile {
 public:
  PassingFile(std::string const& name, std::string const& content)
      : path_{std::filesystem::temp_directory_path() /
              (std::string{"guarantor_"} +
               testing::UnitTest::GetInstance()->current_test_info()->name() + "_" + name)} {
    std::ofstream{path_, std::ios::binary} << content;
  }
  PassingFile(PassingFile const&) = delete;
  PassingFile& operator=(PassingFile const&) = delete;
  ~PassingFile() { std::filesystem::remove(path_); }

  [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string read_time(std::string const& text) {
  bool timed = true;
  auto const read = parse_loose_time(text, timed);
  return read ? model::print(*read) + (timed ? "" : " day") : "none";
}

TEST(EventsCsv, ReadsTimesAsTablesWriteThem) {
  EXPECT_EQ(read_time("2022-03-04"), "2022-03-04T00:00:00.000000Z day");
  EXPECT_EQ(read_time(" 2022-03-04 05:06:07+00:00"), "2022-03-04T05:06:07.000000Z");
  EXPECT_EQ(read_time("2022-03-04T05:06:07.25Z"), "2022-03-04T05:06:07.250000Z");
  EXPECT_EQ(read_time("2022-03-04 01:30+0200"), "2022-03-03T23:30:00.000000Z");
  EXPECT_EQ(read_time("2022-03-04 23:30 UTC"), "2022-03-04T23:30:00.000000Z");
  EXPECT_EQ(read_time("2022-02-30"), "none");
  EXPECT_EQ(read_time("2022-03-04 24:00"), "none");
  EXPECT_EQ(read_time("2022-03-04 05:06:07+"), "none");
  EXPECT_EQ(read_time("4/3/2022"), "none");
  EXPECT_EQ(read_time(""), "none");
}

TEST(EventsCsv, FindsColumnsAndCountsWhatItLeavesOut) {
  PassingFile const file{"a.csv",
                         "Entry,DATE,Lat,Long,Event_Group,Town/City,Title\n"
                         "x,2022-03-01,50,36,Damage,Sumy,School hit\n"
                         "y,,50,36,Damage,Sumy,School hit\n"
                         "z,2022-03-01,91,36,Damage,Sumy,School hit\n"
                         "w,2022-03-02,50,,Damage,Sumy,School hit\n"
                         "v,2022-03-03,-1.5,36,Damage,Sumy,School hit\n"};
  auto const table = read_events_csv(file.path());
  ASSERT_TRUE(table.ok()) << table.error().message;
  EXPECT_EQ(table.value().names, (std::vector<std::string>{"x", "v"}));
  EXPECT_EQ(table.value().rows, (std::vector<std::uint64_t>{0, 4}));
  EXPECT_EQ(table.value().events[0].category, "Damage");
  EXPECT_EQ(table.value().events[0].text, "School hit ");
  EXPECT_FALSE(table.value().has_times);
  EXPECT_EQ(table.value().rejected,
            (std::map<std::string, std::size_t>{
                {"no date", 1}, {"no position", 1}, {"a position that is not on the earth", 1}}));
}

TEST(EventsCsv, GoesByRowsWhereAnIdRepeats) {
  PassingFile const file{"a.csv", "id,date,lat,lng\nx,2022-03-01,50,36\nx,2022-03-02,50,36\n"};
  PassingFile const other{"b.csv", "id,date,lat,lng\np,2022-03-01,50,36\n"};
  PassingFile const pairs{"p.csv", "other_id,entry,entry_row\np,x,1\nq,x,0\n"};
  auto const table = read_events_csv(file.path());
  auto const others = read_events_csv(other.path());
  ASSERT_TRUE(table.ok() && others.ok());
  EXPECT_TRUE(table.value().by_row);
  EXPECT_EQ(table.value().names, (std::vector<std::string>{"0", "1"}));
  auto const known = read_pairs_csv(pairs.path(), others.value(), table.value());
  ASSERT_TRUE(known.ok());
  EXPECT_EQ(known.value(), (std::vector<watch::KnownPair>{{0, 1}}));
  EXPECT_FALSE(read_pairs_csv(other.path(), others.value(), table.value()).ok());
}

TEST(EventsCsv, OpensCompressedFilesAndSaysWhatIsWrong) {
  PassingFile const file{"a.csv.gz", ""};
  std::string const text = "id,started_at,lat,lon\nx,2022-03-01 10:00:00,50,36\n";
  auto* const packed = ::gzopen(file.path().c_str(), "wb");
  ::gzwrite(packed, text.data(), static_cast<unsigned>(text.size()));
  ::gzclose(packed);
  auto const table = read_events_csv(file.path());
  ASSERT_TRUE(table.ok()) << table.error().message;
  EXPECT_TRUE(table.value().has_times);
  std::filesystem::resize_file(file.path(), std::filesystem::file_size(file.path()) - 9);
  EXPECT_EQ(read_events_csv(file.path()).error().kind, model::ErrorKind::kBadInput);
  EXPECT_EQ(read_events_csv("nowhere.csv").error().kind, model::ErrorKind::kNotFound);
  PassingFile const placeless{"b.csv", "id,date\nx,2022-03-01\n"};
  EXPECT_NE(read_events_csv(placeless.path()).error().message.find("no column lat"),
            std::string::npos);
}

}  // namespace
}  // namespace guarantor::bench
