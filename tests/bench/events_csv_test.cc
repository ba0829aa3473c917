#include "bench/events_csv.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "guarantor/model/instant.h"
#include "passing_file.h"

namespace guarantor::bench {
namespace {

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
  auto const table = read_events_csv(file.path());
  ASSERT_TRUE(table.ok());
  EXPECT_TRUE(table.value().by_row);
  EXPECT_EQ(table.value().names, (std::vector<std::string>{"0", "1"}));
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

TEST(EventsCsv, PutsADayAndATimeOfDayTogether) {
  PassingFile const file{"a.csv",
                         "id,time,acq_date,lat,lon,enddate\n"
                         "x,10:00,2022-03-01,50,36,2022-03-01\n"
                         "y,22:00,2022-03-01,50,36,\n"};
  auto const table = read_events_csv(file.path());
  ASSERT_TRUE(table.ok()) << table.error().message;
  EXPECT_TRUE(table.value().has_times);
  ASSERT_EQ(table.value().events.size(), 2U);
  EXPECT_EQ(table.value().events[1].span.from - table.value().events[0].span.from,
            std::chrono::hours{12});
  PassingFile const fires{"b.csv", "acq_date,acq_time,lat,lon\n2022-03-01,5,50,36\n"};
  auto const fire = read_events_csv(fires.path());
  ASSERT_TRUE(fire.ok());
  EXPECT_EQ(model::print(fire.value().events[0].span.from), "2022-03-01T00:05:00.000000Z");
}

TEST(EventsCsv, FailsWhereNoRowIsLeft) {
  PassingFile const file{"a.csv", "id,date,lat,lon\nx,03/13/2022,50,36\ny,2022-03-01,5000,36\n"};
  auto const table = read_events_csv(file.path());
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(table.error().kind, model::ErrorKind::kBadInput);
  EXPECT_NE(table.error().message.find("1: a position that is not on the earth; 1: no date, days"),
            std::string::npos)
      << table.error().message;
}

}  // namespace
}  // namespace guarantor::bench
