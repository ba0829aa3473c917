#include "bench/background_training.h"

#include <gtest/gtest.h>

#include <chrono>

namespace guarantor::bench {
namespace {

model::Date date(int year, unsigned month, unsigned day) {
  return model::Date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}};
}

/// A fire on the first of each of these months.
std::vector<watch::ThermalFire> monthly(int year, unsigned first, unsigned last) {
  std::vector<watch::ThermalFire> fires;
  for (unsigned month = first; month <= last; ++month) {
    fires.push_back({.place = {}, .day = date(year, month, 1)});
  }
  return fires;
}

std::vector<watch::ThermalFire> together(std::vector<std::vector<watch::ThermalFire>> const& all) {
  std::vector<watch::ThermalFire> fires;
  for (auto const& some : all) {
    fires.insert(fires.end(), some.begin(), some.end());
  }
  return fires;
}

TEST(BackgroundTraining, TakesWholeYearsAsTheyAre) {
  auto const training = training_before(date(2022, 2, 24),
                                        together({monthly(2020, 1, 12), monthly(2021, 1, 11)}), {});
  ASSERT_TRUE(training.ok());
  EXPECT_EQ(training.value().fires.size(), 23U);
  EXPECT_EQ(training.value().years, (std::vector{2020, 2021}));
  EXPECT_TRUE(training.value().notes.empty());
}

TEST(BackgroundTraining, LearnsNothingFromTheFirstJudgedDayOn) {
  auto const fires = together({monthly(2020, 1, 12), monthly(2021, 1, 12), monthly(2022, 1, 12)});
  auto const training = training_before(date(2022, 1, 1), fires, {2019, 2020, 2021, 2022});
  ASSERT_TRUE(training.ok());
  EXPECT_EQ(training.value().fires.size(), 24U);
  EXPECT_EQ(training.value().years, (std::vector{2019, 2020, 2021}));
  ASSERT_EQ(training.value().notes.size(), 1U);
  EXPECT_EQ(training.value().notes[0],
            "12 fires on or after 2022-01-01, the first judged day, are left out");
  auto const later = training_before(date(2022, 6, 2), fires, {});
  ASSERT_TRUE(later.ok());
  EXPECT_EQ(later.value().fires.size(), 30U);
  ASSERT_EQ(later.value().notes.size(), 2U);
  EXPECT_NE(later.value().notes[1].find("2022 has fires from month 1 to 6 only"),
            std::string::npos);
}

TEST(BackgroundTraining, SaysThatTooFewYearsAreLeft) {
  auto const fires = together({monthly(2021, 1, 12), monthly(2022, 1, 12)});
  auto const one = training_before(date(2022, 1, 1), fires, {});
  ASSERT_FALSE(one.ok());
  EXPECT_EQ(one.error().kind, model::ErrorKind::kBadInput);
  EXPECT_NE(one.error().message.find("12 fires"), std::string::npos);
  EXPECT_NE(one.error().message.find("that leaves 2021 alone"), std::string::npos);
  auto const none = training_before(date(2020, 1, 1), fires, {});
  ASSERT_FALSE(none.ok());
  EXPECT_NE(none.error().message.find("that leaves no year"), std::string::npos);
  EXPECT_TRUE(training_before({}, fires, {}).ok());
}

TEST(BackgroundTraining, TellsAYearThatIsGivenInPart) {
  auto const notes = [](std::vector<watch::ThermalFire> const& fires) {
    return training_before({}, together({monthly(2020, 1, 12), fires}), {}).value().notes.size();
  };
  EXPECT_EQ(notes(monthly(2021, 1, 11)), 0U);
  EXPECT_EQ(notes(monthly(2021, 1, 10)), 1U);
  EXPECT_EQ(notes(monthly(2021, 2, 12)), 0U);
  EXPECT_EQ(notes(monthly(2021, 5, 12)), 1U);
}

}  // namespace
}  // namespace guarantor::bench
