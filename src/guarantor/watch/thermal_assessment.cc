#include "guarantor/watch/thermal_assessment.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <map>
#include <numbers>
#include <utility>

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

bool excludes(ThermalExclusion const& exclusion, ThermalFire const& fire) {
  constexpr double kRounding = 1e-9;  // degrees: a border that was computed still lies inside
  double const latitude = fire.place.latitude.count();
  double const longitude = fire.place.longitude.count();
  return latitude >= exclusion.south.count() - kRounding &&
         latitude <= exclusion.north.count() + kRounding &&
         longitude >= exclusion.west.count() - kRounding &&
         longitude <= exclusion.east.count() + kRounding && fire.day >= exclusion.from &&
         fire.day <= exclusion.to;
}

/// The fires in exclusions, by day, then cell.
std::vector<CellDay> count_excluded(std::span<ThermalFire const> fires,
                                    std::span<ThermalExclusion const> exclusions) {
  std::vector<ThermalFire> inside;
  std::ranges::copy_if(fires, std::back_inserter(inside), [exclusions](ThermalFire const& fire) {
    return is_excluded(exclusions, fire);
  });
  return count_by_cell_day(inside);
}

/// What each cell and day had and what was to be expected of it.
struct Seen {
  std::vector<JudgedCellDay> judged;
  std::vector<BackgroundCount> expected;
};

Seen count_excess(ThermalBackground const& background, std::span<ThermalFire const> fires,
                  std::span<ThermalExclusion const> exclusions, ThermalRules const& rules) {
  Seen result;
  std::vector<CellDay> const seen = count_by_cell_day(fires);
  std::vector<CellDay> const excluded = count_excluded(fires, exclusions);
  auto inside = excluded.begin();
  for (std::size_t begin = 0; begin < seen.size();) {
    std::size_t end = begin;
    while (end < seen.size() && seen[end].day == seen[begin].day) {
      ++end;
    }
    auto const elsewhere = static_cast<int>(end - begin) - 1;
    for (; begin < end; ++begin) {
      JudgedCellDay day{.seen = seen[begin]};
      if (inside != excluded.end() && inside->day == day.seen.day &&
          inside->cell == day.seen.cell) {
        day.excluded = (inside++)->fires;
      }
      BackgroundCount const count = background.expected(day.seen.cell, day.seen.day, elsewhere);
      day.expected = count.mean_where_burning();
      day.bound = static_cast<int>(std::ceil(count.mean_where_burning(rules.bound)));
      day.excess = std::max(0, day.counted() - day.bound - rules.margin);
      result.expected.push_back(count);
      result.judged.push_back(day);
    }
  }
  return result;
}

/// The median excess of the fires that lie in one; 0 where there is none. Half way between two.
double median_excess(std::vector<JudgedCellDay> const& judged) {
  std::map<int, std::int64_t> fires_by_excess;
  std::int64_t all = 0;
  for (JudgedCellDay const& day : judged) {
    if (day.excess > 0) {
      fires_by_excess[day.excess] += day.counted();
      all += day.counted();
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
      if (!day.sustained) {
        continue;
      }
      int const fires = day.counted();
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
    if (judged[i].sustained == sustained && judged[i].counted() > 0) {
      singles += judged[i].counted() == 1 ? 1 : 0;
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
    days.back().probable_war += next.counted() * next.probability.count();
  }
  return days;
}

}  // namespace

bool is_excluded(std::span<ThermalExclusion const> exclusions, ThermalFire const& fire) {
  return std::ranges::any_of(
      exclusions, [&fire](ThermalExclusion const& exclusion) { return excludes(exclusion, fire); });
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
  Seen seen = count_excess(background, fires, exclusions, rules);
  ThermalAssessment result;
  result.cell_days = std::move(seen.judged);
  std::vector<JudgedCellDay>& judged = result.cell_days;
  result.all_from_excess = static_cast<int>(std::ceil(median_excess(judged)));
  DaysOfCell const days = days_of_cells(judged);
  mark_sustained(judged, days, rules);
  count_war_fires(judged, days, result.all_from_excess, rules);
  result.prior_sustained = share_of_others(judged, seen.expected, true);
  result.prior_elsewhere = share_of_others(judged, seen.expected, false);
  for (std::size_t i = 0; i < judged.size(); ++i) {
    JudgedCellDay& day = judged[i];
    day.probability =
        probability_not_background(seen.expected[i], day.counted(),
                                   day.sustained ? result.prior_sustained : result.prior_elsewhere);
  }
  result.days = by_day(background, judged);
  return result;
}

}  // namespace guarantor::watch
