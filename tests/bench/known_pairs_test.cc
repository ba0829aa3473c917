#include "bench/known_pairs.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "passing_file.h"

namespace guarantor::bench {
namespace {

using Pairs = std::vector<watch::KnownPair>;

/// Four events, a degree apart, of these names.
EventTable events(std::vector<std::string> const& names, bool by_row = false) {
  EventTable table;
  table.by_row = by_row;
  for (std::size_t i = 0; i < names.size(); ++i) {
    model::Position const place{model::Degrees{30.0 + static_cast<double>(i)}, model::Degrees{50}};
    table.events.push_back({{place, model::Instant{}, model::Instant{}}, "", "", ""});
    table.names.push_back(names[i]);
    table.rows.push_back(i);
  }
  return table;
}

model::Result<KnownPairs> read(std::string const& text, EventTable const& a, EventTable const& b) {
  PassingFile const file{"pairs.csv", text};
  return read_pairs_csv(file.path(), a, b);
}

EventTable const kA = events({"x0", "x1", "x2", "x3"});
EventTable const kB = events({"p0", "p1", "p2", "p3"});

TEST(KnownPairs, GoByRowsWhereAnIdRepeats) {
  auto const rows = events({"0", "1", "2", "3"}, true);
  // Days apart are numbers of rows too, yet are not the rows.
  auto const known =
      read("other,entry,entry_row,days_apart\np1,x,2,0\nq,x,0,1\np3,x,2,3\n", kB, rows);
  ASSERT_TRUE(known.ok()) << known.error().message;
  EXPECT_EQ(known.value().pairs, (Pairs{{1, 2}, {3, 2}}));
  EXPECT_EQ(known.value().nowhere, 1U);
  EXPECT_EQ(known.value().columns, "other (ids) and entry_row (row numbers)");
}

TEST(KnownPairs, StandInTheColumnsThatHoldTheirIds) {
  auto const known = read("note,b_name,score,a_name\n1,p2,0.5,x1\n2,p3,0.4,x0\n", kA, kB);
  ASSERT_TRUE(known.ok()) << known.error().message;
  EXPECT_EQ(known.value().pairs, (Pairs{{1, 2}, {0, 3}}));
  EXPECT_EQ(known.value().columns, "a_name (ids) and b_name (ids)");
  auto const rows = read("first,second\n3,1\n0,2\n", kA, kB);
  ASSERT_TRUE(rows.ok()) << rows.error().message;
  EXPECT_EQ(rows.value().pairs, (Pairs{{3, 1}, {0, 2}}));
  EXPECT_EQ(rows.value().columns, "first (row numbers) and second (row numbers)");
}

TEST(KnownPairs, GoByNameWhereBothSidesAreNumberedAlike) {
  auto const numbers = events({"1", "2", "3", "4"});
  auto const known = read("b,a\n1,2\n3,4\n", numbers, numbers);
  ASSERT_TRUE(known.ok()) << known.error().message;
  EXPECT_EQ(known.value().pairs, (Pairs{{1, 0}, {3, 2}}));
}

TEST(KnownPairs, AreNotThoseThatALabelDenies) {
  auto const known =
      read("id1,id2,Match\nx0,p0,1\nx1,p1,0\nx2,p2,TRUE\nx3,p3,no\nx0,p1,perhaps\n", kA, kB);
  ASSERT_TRUE(known.ok()) << known.error().message;
  EXPECT_EQ(known.value().pairs, (Pairs{{0, 0}, {2, 2}}));
  EXPECT_EQ(known.value().apart, 2U);
  EXPECT_EQ(known.value().unclear, 1U);
  auto const none = read("a,b,label\nx0,p0,0\n", kA, kB);
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().kind, model::ErrorKind::kBadInput);
  EXPECT_NE(none.error().message.find("1 say that two are not one"), std::string::npos);
}

TEST(KnownPairs, MayStandInAColumnThatIsCalledMatch) {
  auto const known = read("id,match\nx0,p3\nx1,p2\n", kA, kB);
  ASSERT_TRUE(known.ok()) << known.error().message;
  EXPECT_EQ(known.value().pairs, (Pairs{{0, 3}, {1, 2}}));
}

TEST(KnownPairs, BeginInTheFirstLineWhereThereIsNoHeading) {
  auto const known = read("x0,p1\nx1,p0\n", kA, kB);
  ASSERT_TRUE(known.ok()) << known.error().message;
  EXPECT_EQ(known.value().pairs, (Pairs{{0, 1}, {1, 0}}));
  auto const numbers = events({"1", "2", "3", "4"});
  auto const alike = read("2,2\n3,1\n", numbers, numbers);
  ASSERT_TRUE(alike.ok()) << alike.error().message;
  EXPECT_EQ(alike.value().pairs, (Pairs{{1, 1}, {2, 0}}));
}

TEST(KnownPairs, AreRefusedWhereNoneNamesEvents) {
  EXPECT_EQ(read("a,b\nu,v\n", kA, kB).error().kind, model::ErrorKind::kBadInput);
  EXPECT_EQ(read("a\nx0\n", kA, kB).error().kind, model::ErrorKind::kBadInput);
}

TEST(KnownPairs, AreCountedWithinTheWindow) {
  watch::CandidateWindow const window{model::Metres{80'000}, model::Days{1}};
  EXPECT_EQ(count_within({{0, 0}, {0, 1}, {0, 2}}, kA, kB, window), 2U);
}

}  // namespace
}  // namespace guarantor::bench
