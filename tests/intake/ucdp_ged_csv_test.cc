#include "guarantor/intake/ucdp_ged_csv.h"

#include <gtest/gtest.h>

#include "recorded_sink.h"

namespace guarantor::intake {
namespace {

constexpr std::string_view kHeader =
    "id,type_of_violence,side_a,side_b,where_prec,where_description,latitude,longitude,date_prec,"
    "date_start,date_end,best,high,low\n";

std::string rows(std::string_view text) {
  return std::string{kHeader} + std::string{text};
}

TEST(UcdpGedCsv, ReadsEvents) {
  Recorded const recorded = read_all(
      ucdp_ged_csv(),
      rows("147997,1,Government of A,\"B, C\",2,\"a place\nby the river\",50.45,30.52333,1,"
           "2014-01-22,2014-01-23,5,6,4\n"
           "2,3,D,Civilians,1,,50,30,2,1/22/2014 12:00:00 AM,01/22/2014 00:00,1,1,1\n"
           "3,3,D,Civilians,1,,50,30,2,2014-01-22 00:00:00.000,2014-01-22 00:00:00.000,1,1,1\n"));
  ASSERT_EQ(recorded.taken.size(), 3U);
  EXPECT_EQ(recorded.taken[2].second.to, recorded.taken[1].second.to);
  model::Observation const& first = recorded.taken[0].second;
  EXPECT_EQ(first.id.text(), "ucdp-ged:147997");
  EXPECT_EQ(first.kind, model::EventKind::kCasualty);
  EXPECT_EQ(first.category, "state-based");
  EXPECT_EQ(first.precision, model::Metres{25000});
  EXPECT_EQ(first.from, *model::parse_instant("2014-01-22T00:00:00Z"));
  EXPECT_EQ(first.to, *model::parse_instant("2014-01-23T23:59:59.999999Z"));
  EXPECT_EQ(first.actor, "");
  EXPECT_EQ(first.text,
            "Government of A / B, C; deaths: best 5, low 4, high 6; a place\nby the river");
  model::Observation const& second = recorded.taken[1].second;
  EXPECT_EQ(recorded.taken[1].first, 4U);
  EXPECT_EQ(second.actor, "D");
  EXPECT_EQ(second.category, "one-sided");
  EXPECT_EQ(second.from, *model::parse_instant("2014-01-22T00:00:00Z"));
  EXPECT_EQ(second.to, *model::parse_instant("2014-01-22T23:59:59.999999Z"));
}

TEST(UcdpGedCsv, SaysWhyARowIsNotTaken) {
  Recorded const recorded =
      read_all(ucdp_ged_csv(), rows(",1,A,B,1,,50,30,1,2014-01-22,2014-01-22,1,1,1\n"
                                    "1,4,A,B,1,,50,30,1,2014-01-22,2014-01-22,1,1,1\n"
                                    "1,1,A,B,8,,50,30,1,2014-01-22,2014-01-22,1,1,1\n"
                                    "1,1,A,B,1,,50,30,1,22.1.2014,2014-01-22,1,1,1\n"
                                    "1,1,A,B,1,,50,30,1,2014-01-22,2014-01-21,1,1,1\n"));
  std::vector<RejectReason> const expected{RejectReason::kMissingField, RejectReason::kUnknownKind,
                                           RejectReason::kBadNumber, RejectReason::kBadDate,
                                           RejectReason::kBadDate};
  ASSERT_EQ(recorded.rejects.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(recorded.rejects[i].reason, expected[i]) << print(recorded.rejects[i]);
  }
}

}  // namespace
}  // namespace guarantor::intake
