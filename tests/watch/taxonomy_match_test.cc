#include "guarantor/watch/taxonomy_match.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace guarantor::watch {
namespace {

using Members = std::vector<std::optional<std::uint32_t>>;

/// A thing of a kind (fine, broad) seen on a day, so many metres east of a place.
CodedEvent seen(int day, double metres, std::string const& fine, std::string const& broad,
                int days = 0) {
  model::Date const from{std::chrono::days{day}};
  return {{model::Degrees{36 + metres / 71'700}, model::Degrees{50}},
          from,
          from + std::chrono::days{days},
          {{fine, broad}}};
}

TaxonomyMatches match(std::vector<std::vector<CodedEvent>> const& tables) {
  return match_by_taxonomy(tables, {model::Metres{4'000}, model::Days{2}});
}

TEST(TaxonomyMatch, PrefersTheFinerClass) {
  auto const found = match({{seen(1, 0, "van", "large")},
                            {seen(1, 10, "pick-up", "large"), seen(2, 900, "van", "large")}});
  ASSERT_EQ(found.matches.size(), 1U);
  EXPECT_EQ(found.matches[0].members, (Members{0, 1}));
  EXPECT_FALSE(found.matches[0].episode);
}

TEST(TaxonomyMatch, KeepsToTheWindowAndToACommonClass) {
  auto const event = seen(1, 0, "van", "large");
  EXPECT_TRUE(match({{event}, {seen(4, 0, "van", "large")}}).matches.empty());
  EXPECT_TRUE(match({{event}, {seen(1, 4'100, "van", "large")}}).matches.empty());
  EXPECT_TRUE(match({{event}, {seen(1, 0, "mini", "small")}}).matches.empty());
  EXPECT_EQ(match({{event}, {seen(3, 3'900, "lorry", "large")}}).matches.size(), 1U);
}

TEST(TaxonomyMatch, PairsEachEventOnce) {
  auto const found = match(
      {{seen(1, 0, "van", "large"), seen(1, 100, "van", "large")}, {seen(1, 50, "van", "large")}});
  ASSERT_EQ(found.matches.size(), 1U);
  EXPECT_EQ(found.matches[0].members, (Members{0, 0}));
}

TEST(TaxonomyMatch, TakesTheThirdTableIntoWhatIsKept) {
  auto const found = match({{seen(1, 0, "van", "large")},
                            {seen(2, 3'000, "van", "large"), seen(9, 0, "mini", "small")},
                            {seen(1, -3'000, "van", "large"), seen(9, 0, "mini", "small")}});
  ASSERT_EQ(found.matches.size(), 2U);
  EXPECT_EQ(found.matches[0].members, (Members{0, 0, 0}))
      << "the third lies too far from the second, but that one is a duplicate";
  EXPECT_EQ(found.matches[1].members, (Members{std::nullopt, 1, 1}));
}

TEST(TaxonomyMatch, KeepsEventsAndEpisodesApartAndFlagsThem) {
  auto const found = match({{seen(1, 0, "van", "large", 5), seen(20, 0, "van", "large")},
                            {seen(4, 0, "van", "large"), seen(2, 0, "van", "large", 5)}});
  ASSERT_EQ(found.matches.size(), 1U);
  EXPECT_TRUE(found.matches[0].episode);
  EXPECT_EQ(found.matches[0].members, (Members{0, 1}));
  ASSERT_EQ(found.flags.size(), 1U);
  EXPECT_EQ(found.flags[0].event_table, 1U);
  EXPECT_EQ(found.flags[0].event, 0U);
  EXPECT_EQ(found.flags[0].episode_table, 0U);
}

TEST(TaxonomyMatch, FlagsNoEventOfTheSameTable) {
  EXPECT_TRUE(
      match({{seen(1, 0, "van", "large", 5), seen(2, 0, "van", "large")}, {}}).flags.empty());
}

}  // namespace
}  // namespace guarantor::watch
