#include "bench/published_match.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>

namespace guarantor::bench {
namespace {

std::optional<std::filesystem::path> published_data() {
  char const* const folder = std::getenv("GUARANTOR_DATA");
  if (folder == nullptr) {
    std::cerr << "GUARANTOR_DATA IS NOT SET: published matches were not looked at\n";
    return std::nullopt;
  }
  return std::filesystem::path{folder} / "watch";
}

TEST(PublishedMatch, GivesTheFiguresOfMeltt) {
  auto const data = published_data();
  if (!data) {
    GTEST_SKIP() << "GUARANTOR_DATA is not set";
  }
  auto const figures = match_crashes(*data);
  ASSERT_TRUE(figures.ok()) << figures.error().message;
  CrashFigures const published{195, 140, 34, 26, 8, 55, 21, {5, 4, 4}, 6};
  EXPECT_EQ(figures.value(), published);
}

TEST(PublishedMatch, FindsVolunteersAlertsBesideOfficialOnes) {
  auto const data = published_data();
  if (!data) {
    GTEST_SKIP() << "GUARANTOR_DATA is not set";
  }
  auto const figures = match_alerts(*data);
  ASSERT_TRUE(figures.ok()) << figures.error().message;
  auto const tenths_of_percent = [&](std::size_t count) {
    return (2000 * count + figures.value().official) / (2 * figures.value().official);
  };
  EXPECT_EQ(figures.value().official, 36'537U);
  EXPECT_EQ(tenths_of_percent(figures.value().within_minute), 747U);
  EXPECT_EQ(tenths_of_percent(figures.value().within_five_minutes), 897U);
  EXPECT_TRUE(figures.value().regions_of_one.empty());
}

TEST(PublishedMatch, LiesAboveBothWindowsOnPairsNotTrainedOn) {
  auto const data = published_data();
  if (!data) {
    GTEST_SKIP() << "GUARANTOR_DATA is not set";
  }
  auto const harm = read_harm_case(*data);
  ASSERT_TRUE(harm.ok()) << harm.error().message;
  ASSERT_EQ(harm.value().known.size(), 183U);
  auto const curves = harm_curves(harm.value(), 1);
  EXPECT_EQ(watch::compare_curves(curves.ours, curves.same_day).below, 0U);
  EXPECT_EQ(watch::compare_curves(curves.ours, curves.within_a_day).below, 0U);
  EXPECT_GE(curves.ours.at(1418), 176U) << "of 183; the wider window finds 173 among as many";
  EXPECT_EQ(curves.within_a_day.at(1418), 173U);
}

}  // namespace
}  // namespace guarantor::bench
