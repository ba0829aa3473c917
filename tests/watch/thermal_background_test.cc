#include "guarantor/watch/thermal_background.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace guarantor::watch {
namespace {

using std::chrono::days;

model::Date date(int year, unsigned month, unsigned day) {
  return model::Date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}};
}

ThermalFire fire(double latitude, double longitude, model::Date day) {
  return {.place = {.longitude = model::Degrees{longitude}, .latitude = model::Degrees{latitude}},
          .day = day};
}

/// A field at 48.5 N, 35.5 E that burns every August, five anomalies a day on ten days, and
/// scattered single fires all over the year around it.
std::vector<ThermalFire> stubble(std::vector<int> const& years) {
  std::vector<ThermalFire> fires;
  std::mt19937_64 random{6};
  for (int const year : years) {
    for (int day = 0; day < 10; ++day) {
      for (int k = 0; k < 5; ++k) {
        fires.push_back(fire(48.5, 35.5, date(year, 8, 10) + days{day}));
      }
    }
    for (int k = 0; k < 300; ++k) {
      auto const row = static_cast<double>(random() % 20);
      auto const column = static_cast<double>(random() % 20);
      fires.push_back(fire(47.5 + (row / 10), 34.5 + (column / 10),
                           date(year, 1, 1) + days{static_cast<int>(random() % 365)}));
    }
  }
  return fires;
}

std::vector<int> const kYears{2018, 2019, 2020, 2021};

ThermalBackground fitted(std::vector<ThermalFire> const& fires,
                         std::vector<int> const& years = kYears) {
  BackgroundRequest request;
  request.fires = fires;
  request.observed_years = years;
  auto result = ThermalBackground::fit(request);
  EXPECT_TRUE(result.ok()) << result.error().message;
  return std::move(result).value();
}

TEST(ThermalGrid, PutsAPlaceIntoTheCellOfTheNearestCentre) {
  auto const at = [](double latitude, double longitude) {
    return thermal_cell(fire(latitude, longitude, {}).place);
  };
  EXPECT_EQ(at(48.04, 35.06), (ThermalCell{.row = 480, .column = 351}));
  EXPECT_EQ(at(-0.04, -0.06), (ThermalCell{.row = 0, .column = -1}));
  EXPECT_DOUBLE_EQ(centre({.row = 481, .column = 352}).latitude.count(), 48.1);
}

TEST(ThermalGrid, CountsByDayAndCell) {
  auto const counted = count_by_cell_day(
      std::vector{fire(48.01, 35, date(2022, 3, 2)), fire(48, 35, date(2022, 3, 1)),
                  fire(47.99, 35.01, date(2022, 3, 2)), fire(48.1, 35, date(2022, 3, 2))});
  ASSERT_EQ(counted.size(), 3U);
  EXPECT_EQ(counted[0].day, date(2022, 3, 1));
  EXPECT_EQ(counted[1].fires, 2);
  EXPECT_EQ(counted[2].cell.row, 481);
}

TEST(ThermalGrid, GivesLeapYearsTheSamePentads) {
  EXPECT_EQ(pentad(date(2020, 2, 29)), pentad(date(2020, 2, 28)));
  for (int year : {2019, 2020}) {
    EXPECT_EQ(pentad(date(year, 1, 1)), 0);
    EXPECT_EQ(pentad(date(year, 3, 1)), 11);
    EXPECT_EQ(pentad(date(year, 12, 31)), 72);
  }
}

TEST(ThermalClimate, IsTheMeanOverWhatWasSmoothed) {
  // One fire in one of two years: summed over all cells and pentads the climate gives it back.
  std::vector<CellDay> const seen{
      {.day = date(2020, 7, 1), .cell = {.row = 480, .column = 350}, .fires = 6}};
  auto const frame = ThermalFrame::around(seen);
  ASSERT_TRUE(frame.ok());
  ThermalClimate const climate{frame.value(), seen, std::vector{2019, 2020}};
  double near = 0;
  double wide = 0;
  double share = 0;
  for (int season = 0; season < kPentads; ++season) {
    for (std::size_t cell = 0; cell < frame.value().cells(); ++cell) {
      ClimateValue const usual = climate.at(frame.value().cell(cell), season);
      near += usual.near_count * kDaysOfPentad;
      wide += usual.wide_count * kDaysOfPentad;
      share += usual.near_share * kDaysOfPentad;
    }
  }
  EXPECT_NEAR(near, 3, 1e-4);
  EXPECT_NEAR(wide, 3, 1e-4);
  EXPECT_NEAR(share, 0.5, 1e-4);
  // A box of 3 laid twice leaves 3/9 in the middle of a line; the season has 13 pentads.
  EXPECT_NEAR(climate.at({.row = 480, .column = 350}, pentad(date(2020, 7, 1))).near_count,
              3.0 / kDaysOfPentad / 13 / 9, 1e-6);
  EXPECT_EQ(climate.at({.row = 480, .column = 353}, 36).near_count, 0);
  EXPECT_EQ(climate.at({.row = 480, .column = 350}, 3).near_count, 0);
  EXPECT_EQ(climate.at({.row = 0, .column = 0}, 36).near_count, 0);
  EXPECT_NEAR(climate.at({.row = 480, .column = 350}, 3).yearly_count, 3.0 / 365, 1e-7);
}

TEST(ThermalClimate, RefusesAContinent) {
  auto const frame =
      ThermalFrame::around(std::vector<CellDay>{{.day = {}, .cell = {.row = 400, .column = -100}},
                                                {.day = {}, .cell = {.row = 700, .column = 1800}}});
  ASSERT_FALSE(frame.ok());
  EXPECT_EQ(frame.error().kind, model::ErrorKind::kLimit);
}

TEST(ThermalBackground, ExpectsInAugustWhatBurnsEveryAugust) {
  auto const background = fitted(stubble(kYears));
  ThermalCell const field = thermal_cell(fire(48.5, 35.5, {}).place);
  auto const august = background.expected(field, date(2022, 8, 14), 3);
  auto const march = background.expected(field, date(2022, 3, 14), 3);
  EXPECT_GT(august.mean_where_burning(), 2 * march.mean_where_burning());
  EXPECT_GT(august.burning().count(), 10 * march.burning().count());
  EXPECT_GT(august.at_least_where_burning(5).count(), 0.2);
  EXPECT_LT(march.at_least_where_burning(5).count(), 0.05);
  EXPECT_LT(march.at_least(5).count(), march.at_least_where_burning(5).count());
}

TEST(ThermalBackground, IsLessSureWhereYearsDiffer) {
  // The field burns in one year out of four instead of in all.
  std::vector<ThermalFire> fires = stubble(kYears);
  std::erase_if(fires, [](ThermalFire const& next) {
    return year_of(next.day) != 2019 && next.place.latitude.count() == 48.5 &&
           next.place.longitude.count() == 35.5 && next.day >= date(year_of(next.day), 8, 10) &&
           next.day < date(year_of(next.day), 8, 20);
  });
  ThermalCell const field = thermal_cell(fire(48.5, 35.5, {}).place);
  auto const ratio = [&](std::vector<ThermalFire> const& given) {
    auto const expected = fitted(given).expected(field, date(2022, 8, 14), 3);
    return expected.mean_where_burning(model::Probability{0.95}) /
           expected.mean_where_burning(model::Probability{0.5});
  };
  EXPECT_GT(ratio(fires), ratio(stubble(kYears)));
}

TEST(ThermalBackground, BoundsACellThatNeverBurntByWhatBurnsElsewhere) {
  // One cell alone in all the earlier years, 1 to 5 fires a day: nobody has seen what a cell
  // without a climate is like, so it may not be expected to burn more than the one that was seen.
  std::vector<ThermalFire> fires;
  for (int const year : kYears) {
    for (int day = 1; day <= 30; ++day) {
      fires.insert(fires.end(), static_cast<std::size_t>(1 + (((day * 7) + (year * year)) % 5)),
                   fire(48, 37, date(year, day % 2 == 0 ? 7 : 8, static_cast<unsigned>(day))));
    }
  }
  auto const background = fitted(fires);
  for (model::Date const day : {date(2022, 3, 10), date(2022, 7, 10), date(2022, 12, 31)}) {
    for (int const elsewhere : {0, 1, 40}) {
      for (double const latitude : {48.4, 49.0, 60.0}) {
        auto const count =
            background.expected(thermal_cell(fire(latitude, 38, day).place), day, elsewhere);
        EXPECT_LT(count.mean_where_burning(model::Probability{0.95}), 6)
            << latitude << ' ' << elsewhere;
      }
    }
  }
}

TEST(ThermalBackground, BoundsAreTheLeastThatHold) {
  BackgroundCount const expected{1.3, 0.4, 0.1};
  for (double const share : {0.1, 0.5, 0.8, 0.95, 0.99, 0.9999}) {
    int const bound = expected.bound_where_burning(model::Probability{share});
    EXPECT_LE(expected.at_least_where_burning(bound + 1).count(), 1 - share);
    EXPECT_TRUE(bound == 1 || expected.at_least_where_burning(bound).count() > 1 - share);
  }
  EXPECT_DOUBLE_EQ(expected.at_least_where_burning(1).count(), 1);
  EXPECT_DOUBLE_EQ(expected.at_least(1).count(), 0.1);
  EXPECT_DOUBLE_EQ(expected.at_least(0).count(), 1);
  EXPECT_NEAR(expected.mean_where_burning(model::Probability{0.5}), LogarithmicCount{1.3}.mean(),
              1e-9);
  EXPECT_NEAR(expected.mean_where_burning(model::Probability{0.975}),
              LogarithmicCount{1.3 + (0.4 * 1.959963984540054)}.mean(), 1e-9);
}

TEST(ThermalBackground, DoesNotSeeTheOrderOfTheFires) {
  std::vector<ThermalFire> fires = stubble(kYears);
  auto const first = fitted(fires);
  std::ranges::shuffle(fires, std::mt19937_64{1});
  auto const second = fitted(fires, {2021, 2018, 2020, 2019, 2018});
  EXPECT_EQ(first.regression().coefficients, second.regression().coefficients);
  ThermalCell const field = thermal_cell(fire(48.5, 35.5, {}).place);
  EXPECT_EQ(first.expected(field, date(2022, 8, 14), 9).mean(),
            second.expected(field, date(2022, 8, 14), 9).mean());
}

TEST(ThermalBackground, TakesAnObservedYearWithoutFiresAsZeros) {
  ThermalCell const field = thermal_cell(fire(48.5, 35.5, {}).place);
  auto const fires = stubble(kYears);
  auto const four = fitted(fires);
  auto const eight = fitted(fires, {2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021});
  EXPECT_NEAR(eight.seasonal_fires(date(2022, 8, 14)) * 2, four.seasonal_fires(date(2022, 8, 14)),
              1e-4);
  EXPECT_LT(eight.expected(field, date(2022, 8, 14), 0).burning().count(),
            four.expected(field, date(2022, 8, 14), 0).burning().count());
}

TEST(ThermalBackground, LearnsFromACovariate) {
  // Twice as many anomalies on hot days; what is not known stands at its mean.
  std::vector<ThermalFire> fires = stubble(kYears);
  auto const hot = [](model::Date day) { return day.time_since_epoch().count() % 2 == 0; };
  for (int const year : kYears) {
    for (int day = 0; day < 360; day += 3) {
      model::Date const when = date(year, 1, 1) + days{day};
      double const row = 48 + (day % 7 / 10.0);
      fires.insert(fires.end(), hot(when) ? 6 : 2, fire(row, 35, when));
      fires.push_back(fire(row, 35.5, when));
      fires.insert(fires.end(), day % 2 == 0 ? 3 : 1, fire(47.5, 35.3, when));
    }
  }
  BackgroundRequest request;
  request.fires = fires;
  request.observed_years = kYears;
  request.covariates = 1;
  request.covariate = [&](ThermalCell, model::Date day, std::span<double> values) {
    values[0] =
        day > date(2022, 6, 1) ? std::numeric_limits<double>::quiet_NaN() : (hot(day) ? 1.0 : 0.0);
  };
  auto const background = ThermalBackground::fit(request);
  ASSERT_TRUE(background.ok()) << background.error().message;
  ThermalCell const field = thermal_cell(fire(48, 35, {}).place);
  model::Date const day = date(2022, 3, 1);
  double const one = background.value().expected(field, day, 2).mean_where_burning();
  double const other = background.value().expected(field, day + days{1}, 2).mean_where_burning();
  EXPECT_GT(hot(day) ? one / other : other / one, 1.3);
  double const unknown =
      background.value().expected(field, date(2022, 7, 1), 2).mean_where_burning();
  EXPECT_TRUE(std::isfinite(unknown));
}

TEST(ThermalBackground, SaysWhatItCannotFit) {
  auto const kind = [](std::vector<ThermalFire> const& fires, std::vector<int> const& years) {
    BackgroundRequest request;
    request.fires = fires;
    request.observed_years = years;
    auto const result = ThermalBackground::fit(request);
    return result.ok() ? std::string{} : result.error().message;
  };
  EXPECT_NE(kind(stubble({2020}), {2020}).find("two earlier years"), std::string::npos);
  EXPECT_NE(kind(stubble({2020}), {2019, 2021}).find("2020"), std::string::npos);
  EXPECT_NE(kind({fire(91, 35, date(2020, 1, 1))}, {2019, 2020}).find("off the earth"),
            std::string::npos);
  EXPECT_NE(kind({}, {2019, 2020}).find("no fires to learn from"), std::string::npos);
}

}  // namespace
}  // namespace guarantor::watch
