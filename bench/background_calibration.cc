#include "bench/background_calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <set>

namespace guarantor::bench {
namespace {

constexpr std::array<double, 4> kBounds{0.5, 0.8, 0.95, 0.99};
constexpr std::array<int, 4> kCounts{2, 3, 5, 10};
constexpr std::size_t kTenths = 10;

/// Something predicted with a probability, and whether it came true.
struct Prediction {
  double probability;
  bool came_true;
};

struct Tally {
  std::array<double, kBounds.size()> above{};
  std::array<double, kBounds.size()>
      nominal{};  ///< what the bound leaves above it: counts are steps
  std::array<std::vector<Prediction>, kCounts.size()> counts;
  std::vector<Prediction> burning;
  std::vector<double> others;  ///< probability that a fire is no background; all of these are
  double cell_days{};
};

std::vector<watch::ThermalFire> fires_of(watch::BackgroundRequest const& request, int year,
                                         bool inside) {
  std::vector<watch::ThermalFire> kept;
  std::ranges::copy_if(request.fires, std::back_inserter(kept),
                       [year, inside](watch::ThermalFire const& fire) {
                         return (watch::year_of(fire.day) == year) == inside;
                       });
  return kept;
}

void tally_counts(watch::BackgroundCount const& expected, int fires, Tally& tally) {
  ++tally.cell_days;
  for (std::size_t k = 0; k < kBounds.size(); ++k) {
    int const bound = expected.bound_where_burning(model::Probability{kBounds[k]});
    tally.above[k] += fires > bound ? 1 : 0;
    tally.nominal[k] += expected.at_least_where_burning(bound + 1).count();
  }
  for (std::size_t k = 0; k < kCounts.size(); ++k) {
    tally.counts[k].push_back(
        {expected.at_least_where_burning(kCounts[k]).count(), fires >= kCounts[k]});
  }
}

/// Every seventh day, all cells that ever burn: does something burn as often as was said?
void tally_burning(watch::ThermalBackground const& background,
                   std::vector<watch::CellDay> const& seen, int year, Tally& tally) {
  std::set<watch::ThermalCell> cells;
  for (watch::CellDay const& day : seen) {
    cells.insert(day.cell);
  }
  model::Date const first{std::chrono::year{year} / std::chrono::January / 1};
  for (int week = 0; week < 52; ++week) {
    model::Date const day = first + std::chrono::days{(7 * week) + 3};
    auto const [begin, end] = std::ranges::equal_range(seen, day, {}, &watch::CellDay::day);
    std::set<watch::ThermalCell> burning;
    std::for_each(begin, end, [&](watch::CellDay const& next) { burning.insert(next.cell); });
    for (watch::ThermalCell const& cell : cells) {
      bool const burns = burning.contains(cell);
      int const elsewhere = static_cast<int>(burning.size()) - (burns ? 1 : 0);
      tally.burning.push_back({background.expected(cell, day, elsewhere).burning().count(), burns});
    }
  }
}

/// Predictions in tenths of equal number, from the least probable.
std::string reliability(std::vector<Prediction> predictions, std::string const& what) {
  std::ranges::stable_sort(predictions, {}, &Prediction::probability);
  std::string text = fmt::format("\n{}: tenth, predicted, observed\n", what);
  for (std::size_t tenth = 0; tenth < kTenths; ++tenth) {
    std::size_t const begin = predictions.size() * tenth / kTenths;
    std::size_t const end = predictions.size() * (tenth + 1) / kTenths;
    double predicted = 0;
    double observed = 0;
    for (std::size_t i = begin; i < end; ++i) {
      predicted += predictions[i].probability;
      observed += predictions[i].came_true ? 1 : 0;
    }
    double const number = std::max<double>(1, static_cast<double>(end - begin));
    text += fmt::format("{:2}  {:.4f}  {:.4f}\n", tenth + 1, predicted / number, observed / number);
  }
  return text;
}

std::string print(std::string const& name, Tally const& tally) {
  std::string line = fmt::format("{:9} {:7.0f}", name, tally.cell_days);
  for (std::size_t k = 0; k < kBounds.size(); ++k) {
    line += fmt::format("   {:.4f} {:.4f}", tally.above[k] / tally.cell_days,
                        tally.nominal[k] / tally.cell_days);
  }
  return line + "\n";
}

void add(Tally& all, Tally const& year) {
  all.cell_days += year.cell_days;
  for (std::size_t k = 0; k < kBounds.size(); ++k) {
    all.above[k] += year.above[k];
    all.nominal[k] += year.nominal[k];
  }
  for (std::size_t k = 0; k < kCounts.size(); ++k) {
    std::ranges::copy(year.counts[k], std::back_inserter(all.counts[k]));
  }
  std::ranges::copy(year.burning, std::back_inserter(all.burning));
  std::ranges::copy(year.others, std::back_inserter(all.others));
}

/// Shares of fires in a peaceful year by the probability that was given to them.
std::string false_probabilities(std::vector<double> const& others) {
  std::string text = "\nfires of years without war, by the probability of not being background\n";
  for (double const least : {0.5, 0.8, 0.9, 0.95, 0.99}) {
    auto const above =
        std::ranges::count_if(others, [least](double value) { return value >= least; });
    text += fmt::format(
        "at least {:.2f}: {:.4f} of them\n", least,
        static_cast<double>(above) / std::max<double>(1, static_cast<double>(others.size())));
  }
  return text;
}

}  // namespace

model::Result<std::string> calibration(watch::BackgroundRequest const& request) {
  std::set<int> const years{request.observed_years.begin(), request.observed_years.end()};
  if (years.size() < 3) {
    return model::Error{model::ErrorKind::kBadInput,
                        "calibration needs at least three earlier years, since two must remain",
                        ""};
  }
  Tally all;
  std::string text =
      "cell-days with a fire above the bounds of 50, 80, 95 and 99 %: share, and what the bound "
      "leaves\n";
  for (int const year : years) {
    std::vector<watch::ThermalFire> const others = fires_of(request, year, false);
    std::vector<watch::ThermalFire> const judged_fires = fires_of(request, year, true);
    watch::BackgroundRequest rest = request;
    rest.fires = others;
    std::erase(rest.observed_years, year);
    auto const background = watch::ThermalBackground::fit(rest);
    if (!background.ok()) {
      return background.error();
    }
    Tally tally;
    std::vector<watch::CellDay> const seen = watch::count_by_cell_day(judged_fires);
    auto const judged = watch::assess(background.value(), judged_fires, {});
    for (watch::JudgedCellDay const& day : judged.cell_days) {
      auto const [begin, end] =
          std::ranges::equal_range(seen, day.seen.day, {}, &watch::CellDay::day);
      auto const elsewhere = static_cast<int>(end - begin) - 1;
      tally_counts(background.value().expected(day.seen.cell, day.seen.day, elsewhere),
                   day.seen.fires, tally);
      tally.others.insert(tally.others.end(), static_cast<std::size_t>(day.seen.fires),
                          day.probability.count());
    }
    tally_burning(background.value(), seen, year, tally);
    int war = 0;
    for (watch::ThermalDay const& day : judged.days) {
      war += day.war_fires;
    }
    text += print(fmt::format("{}", year), tally);
    text += fmt::format("          of {} fires, {} would be called war fires by the rules\n",
                        judged_fires.size(), war);
    add(all, tally);
  }
  text += print("all", all);
  for (std::size_t k = 0; k < kCounts.size(); ++k) {
    text += reliability(all.counts[k], fmt::format("{} fires or more, where one is", kCounts[k]));
  }
  text += reliability(all.burning, "something burns in a cell on a day");
  return text + false_probabilities(all.others);
}

std::string published_shares(std::vector<watch::ThermalDay> const& days,
                             std::vector<double> const& published) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < days.size(); ++i) {
    if (days[i].fires > 0) {
      order.push_back(i);
    }
  }
  std::ranges::stable_sort(order, {},
                           [&days](std::size_t i) { return days[i].probable_war / days[i].fires; });
  std::string text = "\ntenth of days, probable share, share by the rules, share published\n";
  for (std::size_t tenth = 0; tenth < kTenths; ++tenth) {
    double fires = 0;
    double probable = 0;
    double rules = 0;
    double theirs = 0;
    for (std::size_t k = order.size() * tenth / kTenths; k < order.size() * (tenth + 1) / kTenths;
         ++k) {
      fires += days[order[k]].fires;
      probable += days[order[k]].probable_war;
      rules += days[order[k]].war_fires;
      theirs += published[order[k]];
    }
    double const all = std::max(1.0, fires);
    text += fmt::format("{:2}  {:.3f}  {:.3f}  {:.3f}\n", tenth + 1, probable / all, rules / all,
                        theirs / all);
  }
  return text;
}

}  // namespace guarantor::bench
