#include "guarantor/watch/thermal_assessment.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <numbers>

#include "guarantor/watch/sustained_excess.h"

namespace guarantor::watch {
namespace {

/// The days of one cell, by their place in the judged ones, which is by day.
using DaysOfCell = std::map<ThermalCell, std::vector<std::size_t>>;

DaysOfCell days_of_cells(std::vector<JudgedCellDay> const& judged) {
  DaysOfCell days;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    days[judged[i].seen.cell].push_back(i);
  }
  return days;
}

bool is_excluded(std::span<ThermalExclusion const> exclusions, CellDay const& seen) {
  return std::ranges::any_of(exclusions, [&seen](ThermalExclusion const& exclusion) {
    return excludes(exclusion, seen.cell, seen.day);
  });
}

/// The median excess of the fires that lie in one; 0 where there is none. Half way between two.
double median_excess(std::vector<JudgedCellDay> const& judged) {
  std::map<int, std::int64_t> fires_by_excess;
  std::int64_t all = 0;
  for (JudgedCellDay const& day : judged) {
    if (day.excess > 0) {
      fires_by_excess[day.excess] += day.seen.fires;
      all += day.seen.fires;
    }
  }
  auto const at = [&fires_by_excess](std::int64_t place) {
    for (auto const& [excess, fires] : fires_by_excess) {
      if (place < fires) {
        return excess;
      }
      place -= fires;
    }
    return 0;
  };
  return (at((all - 1) / 2) + at(all / 2)) / 2.0;
}

void mark_sustained(std::vector<JudgedCellDay>& judged, DaysOfCell const& days,
                    ThermalRules const& rules) {
  std::vector<ThermalCell> sustained;
  for (auto const& [cell, places] : days) {
    std::vector<model::Date> excess;
    for (std::size_t const place : places) {
      if (judged[place].excess > 0) {
        excess.push_back(judged[place].seen.day);
      }
    }
    if (has_gap(excess, rules.least_gap, rules.most_gap)) {
      sustained.push_back(cell);
    }
  }
  CellsAround const around{sustained, rules.reach};
  for (auto const& [cell, places] : days) {
    bool const holds = around.holds(cell);
    for (std::size_t const place : places) {
      judged[place].sustained = holds;
    }
  }
}

void count_war_fires(std::vector<JudgedCellDay>& judged, DaysOfCell const& days, int all_from,
                     ThermalRules const& rules) {
  for (auto const& [cell, places] : days) {
    std::size_t last = 0;  // place after that of the latest excess that counts
    for (std::size_t const place : places) {
      JudgedCellDay& day = judged[place];
      if (!day.sustained || day.excluded) {
        continue;
      }
      int const fires = day.seen.fires;
      if (last > 0 &&
          day.seen.day - judged[last - 1].seen.day <= std::chrono::days{rules.days_after}) {
        day.war_fires = fires;
      } else if (day.excess > 0) {
        day.war_fires = day.excess >= all_from ? fires : std::min(day.excess, fires);
      }
      last = day.excess > 0 ? place + 1 : last;
    }
  }
}

/// The share of other causes among the cell-days with this mark.
model::Probability share_of_others(std::vector<JudgedCellDay> const& judged,
                                   std::vector<BackgroundCount> const& expected, bool sustained) {
  double singles = 1;  // one more on either side, so that a handful of cell-days says little
  double expected_singles = 1;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    if (judged[i].sustained == sustained && !judged[i].excluded) {
      singles += judged[i].seen.fires == 1 ? 1 : 0;
      expected_singles += 1 - expected[i].at_least_where_burning(2).count();
    }
  }
  return model::Probability{std::clamp(1 - (singles / expected_singles), 0.01, 0.99)};
}

std::vector<ThermalDay> by_day(ThermalBackground const& background,
                               std::vector<JudgedCellDay> const& judged) {
  std::vector<ThermalDay> days;
  for (JudgedCellDay const& next : judged) {
    while (days.empty() || days.back().day < next.seen.day) {
      model::Date const day = days.empty() ? next.seen.day : days.back().day + std::chrono::days{1};
      days.push_back({.day = day, .expected = background.seasonal_fires(day)});
    }
    days.back().fires += next.seen.fires;
    days.back().war_fires += next.war_fires;
    days.back().probable_war += next.seen.fires * next.probability.count();
  }
  return days;
}

}  // namespace

bool excludes(ThermalExclusion const& exclusion, ThermalCell cell, model::Date day) {
  constexpr double kRounding = 1e-9;  // a centre on the border lies inside
  model::Position const place = centre(cell);
  double const latitude = place.latitude.count();
  double const longitude = place.longitude.count();
  return latitude >= exclusion.south.count() - kRounding &&
         latitude <= exclusion.north.count() + kRounding &&
         longitude >= exclusion.west.count() - kRounding &&
         longitude <= exclusion.east.count() + kRounding && day >= exclusion.from &&
         day <= exclusion.to;
}

model::Probability probability_not_background(BackgroundCount const& expected, int fires,
                                              model::Probability prior) {
  if (fires <= 0) {
    return model::Probability{0};
  }
  // Half of the count's own probability: a count is a step, its middle is its fair place.
  double const p = (expected.at_least_where_burning(fires).count() +
                    expected.at_least_where_burning(fires + 1).count()) /
                   2;
  double const background =
      p < 1 / std::numbers::e && p > 0 ? -std::numbers::e * p * std::log(p) : (p > 0 ? 1.0 : 0.0);
  double const other = prior.count();
  double const both = other + ((1 - other) * background);
  return model::Probability{both > 0 ? other / both : 0};
}

ThermalAssessment assess(ThermalBackground const& background, std::span<ThermalFire const> fires,
                         std::span<ThermalExclusion const> exclusions, ThermalRules const& rules) {
  ThermalAssessment result;
  std::vector<JudgedCellDay>& judged = result.cell_days;
  std::vector<BackgroundCount> expected;
  std::vector<CellDay> const seen = count_by_cell_day(fires);
  for (std::size_t begin = 0; begin < seen.size();) {
    std::size_t end = begin;
    while (end < seen.size() && seen[end].day == seen[begin].day) {
      ++end;
    }
    auto const elsewhere = static_cast<int>(end - begin) - 1;
    for (; begin < end; ++begin) {
      CellDay const& next = seen[begin];
      expected.push_back(background.expected(next.cell, next.day, elsewhere));
      JudgedCellDay day{.seen = next};
      day.expected = expected.back().mean_where_burning();
      day.bound = static_cast<int>(std::ceil(expected.back().mean_where_burning(rules.bound)));
      day.excluded = is_excluded(exclusions, next);
      day.excess = day.excluded ? 0 : std::max(0, next.fires - day.bound - rules.margin);
      judged.push_back(day);
    }
  }
  result.all_from_excess = static_cast<int>(std::ceil(median_excess(judged)));
  DaysOfCell const days = days_of_cells(judged);
  mark_sustained(judged, days, rules);
  count_war_fires(judged, days, result.all_from_excess, rules);
  result.prior_sustained = share_of_others(judged, expected, true);
  result.prior_elsewhere = share_of_others(judged, expected, false);
  for (std::size_t i = 0; i < judged.size(); ++i) {
    JudgedCellDay& day = judged[i];
    if (!day.excluded) {
      day.probability = probability_not_background(
          expected[i], day.seen.fires,
          day.sustained ? result.prior_sustained : result.prior_elsewhere);
    }
  }
  result.days = by_day(background, judged);
  return result;
}

}  // namespace guarantor::watch
