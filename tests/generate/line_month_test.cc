#include "guarantor/generate/line_month.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "guarantor/model/random_stream.h"

namespace guarantor::generate {
namespace {

constexpr double kImpossible = -std::numeric_limits<double>::infinity();
constexpr double kExact = 1e-9;
constexpr LineIndex kLine{0};

/// An instance of one line, a pledge for each of its options.
class OneLine {
 public:
  explicit OneLine(PlannedLine line) {
    instance_.horizon = 4;
    line.to = instance_.horizon;
    instance_.lines.add(std::move(line));
  }

  void add(std::size_t nation, double effectiveness, int quantity, int first = 0, int until = 4) {
    while (instance_.nations.size() <= nation) {
      instance_.nations.add(model::NationId{"N" + std::to_string(instance_.nations.size())});
    }
    PlannedPledge pledge;
    pledge.nation = NationIndex{nation};
    pledge.quantity = quantity;
    pledge.tour = instance_.horizon;
    PledgeIndex const index = instance_.pledges.add(pledge);
    Option option;
    option.pledge = index;
    option.line = kLine;
    option.effectiveness = effectiveness;
    option.most = quantity;
    option.first = first;
    option.last = until;
    option.until = until;
    OptionIndex const place = instance_.options.add(option);
    instance_.pledges[index].options.push_back(place);
    instance_.lines[kLine].options.push_back(place);
  }

  [[nodiscard]] Instance const& instance() const { return instance_; }
  [[nodiscard]] Instance& instance() { return instance_; }

 private:
  Instance instance_;
};

/// A month of a line as SCENARIO.md has it, by trying every number of units of every column.
class BruteForce {
 public:
  BruteForce(Instance const& instance, std::vector<OptionIndex> columns, int month,
             std::vector<double> prices)
      : instance_{instance},
        line_{instance.lines[kLine]},
        columns_{std::move(columns)},
        prices_{std::move(prices)} {
    for (OptionIndex const index : columns_) {
      Option const& option = instance.options[index];
      PlannedPledge const& pledge = instance.pledges[option.pledge];
      bool comes = option.first <= month && month < option.until;
      for (auto const& needed : pledge.needs) {
        comes = comes && needed.has_value();
      }
      limits_.push_back({0, comes ? std::min(pledge.quantity, line_.nation_limit) : 0});
    }
  }

  /// By column: none of one that cannot come, no more than its pledge and a nation may have.
  std::vector<LineMonth::Limits>& limits() { return limits_; }

  /// Units of one nation beyond its limit are not allowed, or do not matter.
  enum class NationLimit { kKept, kIgnored };

  [[nodiscard]] double best(NationLimit limit) const {
    std::vector<int> units(columns_.size(), 0);
    return from(0, units, limit);
  }

  /// What a choice is worth, or minus infinity.
  template <class Number>
  [[nodiscard]] double worth(std::vector<Number> const& units, NationLimit limit) const {
    double cover = 0;
    double paid = 0;
    std::map<NationIndex, double> present;
    for (std::size_t k = 0; k < columns_.size(); ++k) {
      if (units[k] > 0) {
        auto const count = static_cast<double>(units[k]);
        Option const& option = instance_.options[columns_[k]];
        cover += option.effectiveness * count;
        paid += prices_[k] * count;
        present[instance_.pledges[option.pledge].nation] += count;
      }
    }
    for (auto const& [nation, count] : present) {
      if (limit == NationLimit::kKept && count > line_.nation_limit) {
        return kImpossible;
      }
    }
    bool const led =
        present.empty() || !line_.led || (line_.framework && present.contains(*line_.framework));
    if (!led ||
        (line_.max_nations && present.size() > static_cast<std::size_t>(*line_.max_nations))) {
      return kImpossible;
    }
    bool const counts = cover >= line_.min_cover - kExact;
    return (counts ? line_.worth * std::min(line_.quantity, cover) : 0) - paid -
           line_.nation_penalty * static_cast<double>(present.size());
  }

  [[nodiscard]] std::vector<double> const& prices() const { return prices_; }

 private:
  double from(std::size_t column, std::vector<int>& units, NationLimit limit) const {
    if (column == columns_.size()) {
      return worth(units, limit);
    }
    double best = kImpossible;
    for (int count = limits_[column].least; count <= limits_[column].most; ++count) {
      units[column] = count;
      best = std::max(best, from(column + 1, units, limit));
    }
    units[column] = 0;
    return best;
  }

  Instance const& instance_;
  PlannedLine const& line_;
  std::vector<OptionIndex> columns_;
  std::vector<double> prices_;
  std::vector<LineMonth::Limits> limits_;
};

using NationLimit = BruteForce::NationLimit;

/// Random lines small enough to try everything.
class Drawer {
 public:
  explicit Drawer(std::uint64_t seed) : stream_{seed, "line month"} {}

  int below(int n) { return static_cast<int>(stream_.uniform() * n); }
  bool chance(double probability) { return stream_.uniform() < probability; }
  template <class T>
  T pick(std::initializer_list<T> values) {
    return *(values.begin() + below(static_cast<int>(values.size())));
  }

  OneLine line(double quantity, std::vector<double> const& accepted) {
    PlannedLine line;
    line.quantity = quantity;
    line.worth = pick({0.7, 1.0, 3.0});
    line.nation_penalty = pick({0.0, 0.0, 0.3, 1.5});
    line.min_cover = chance(0.4) ? pick({0.4, 0.5, 0.9, 1.0}) * quantity : 0;
    if (chance(0.6)) {
      line.max_nations = 1 + below(3);
    }
    line.led = chance(0.4);
    if (line.led && chance(0.9)) {
      line.framework = NationIndex{static_cast<std::size_t>(below(4))};
    }
    int const columns = 1 + below(6);
    int const nations = 1 + below(4);
    int const most = std::vector{6, 6, 5, 3, 3, 2}[static_cast<std::size_t>(columns - 1)];
    std::vector<double> effectiveness;
    double least = 1;
    for (int k = 0; k < columns; ++k) {
      effectiveness.push_back(
          accepted[static_cast<std::size_t>(below(static_cast<int>(accepted.size())))]);
      least = std::min(least, effectiveness.back());
    }
    line.nation_limit = static_cast<int>(std::ceil(quantity / least));
    OneLine drawn{line};
    for (int k = 0; k < columns; ++k) {
      drawn.add(static_cast<std::size_t>(below(nations)),
                effectiveness[static_cast<std::size_t>(k)], 1 + below(most), chance(0.1) ? 2 : 0,
                chance(0.1) ? 1 : 4);
      if (chance(0.04)) {
        drawn.instance().pledges[PledgeIndex{static_cast<std::size_t>(k)}].needs.emplace_back();
      }
    }
    return drawn;
  }

  std::vector<double> prices(Instance const& instance, std::vector<OptionIndex> const& columns) {
    double const worth = instance.lines[kLine].worth;
    std::vector<double> prices;
    for (OptionIndex const index : columns) {
      double const unit = worth * instance.options[index].effectiveness;
      double const share = chance(0.2) ? -0.6 * stream_.uniform() : 1.3 * stream_.uniform();
      // Equal ones too: ties and prices of nothing.
      prices.push_back(chance(0.1) ? pick({0.0, unit}) : share * unit);
    }
    return prices;
  }

  void narrow(std::vector<LineMonth::Limits>& limits) {
    for (LineMonth::Limits& limit : limits) {
      if (limit.most > 0 && chance(0.5)) {
        limit.least = chance(0.5) ? 0 : below(limit.most + 1);
        limit.most = limit.least + below(limit.most - limit.least + 1);
      }
    }
  }

 private:
  model::RandomStream stream_;
};

struct Answer {
  double value{};
  std::vector<double> units;
};

Answer ask(LineMonth& month, BruteForce& brute, int t, bool limited) {
  Answer answer;
  // What was there before is nobody's choice.
  answer.units.assign(month.columns().options.size(), 7);
  answer.value = month.best(t, brute.prices().data(), limited ? brute.limits().data() : nullptr,
                            answer.units.data());
  return answer;
}

/// Where cover comes in few steps: the optimum, and a choice that reaches it.
void expect_exact(LineMonth& month, BruteForce& brute, int t, bool limited, bool& possible) {
  Answer const answer = ask(month, brute, t, limited);
  double const loose = brute.best(NationLimit::kIgnored);
  possible = loose > kImpossible;
  EXPECT_GE(answer.value, brute.best(NationLimit::kKept) - kExact);
  if (!possible) {
    return;  // nothing is allowed: any answer bounds it
  }
  EXPECT_NEAR(answer.value, loose, kExact);
  EXPECT_NEAR(brute.worth(answer.units, NationLimit::kIgnored), answer.value, kExact);
  for (std::size_t k = 0; k < answer.units.size(); ++k) {
    EXPECT_GE(answer.units[k], brute.limits()[k].least) << "column " << k;
    EXPECT_LE(answer.units[k], brute.limits()[k].most) << "column " << k;
  }
}

TEST(LineMonth, IsTheOptimumWhereCoverComesInFewSteps) {
  constexpr std::uint64_t kDraws = 4'000;
  int worth_having = 0;
  int narrowed = 0;
  int crowded = 0;
  for (std::uint64_t seed = 1; seed <= kDraws && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Drawer draw{seed};
    OneLine const drawn = draw.line(1 + draw.below(6), {0.35, 0.5, 0.6, 1.0, 1.5});
    Instance const& instance = drawn.instance();
    LineMonth month{instance, kLine};
    // The same object serves one month after another, with other prices and limits.
    for (int t = 0; t < 3; ++t) {
      auto const& columns = month.columns().options;
      BruteForce brute{instance, columns, t, draw.prices(instance, columns)};
      bool const limited = t > 0;
      if (limited) {
        draw.narrow(brute.limits());
      }
      bool possible = false;
      expect_exact(month, brute, t, limited, possible);
      double const kept = brute.best(NationLimit::kKept);
      worth_having += kept > 0 ? 1 : 0;
      narrowed += limited && possible ? 1 : 0;
      crowded += possible && kept < brute.best(NationLimit::kIgnored) - kExact ? 1 : 0;
    }
  }
  EXPECT_GT(worth_having, 3'000);
  EXPECT_GT(narrowed, 3'000);
  EXPECT_GT(crowded, 20) << "the limit on one nation's units never binds";
}

TEST(LineMonth, IsNeverBelowTheOptimumWhereStepsAreTooMany) {
  constexpr std::uint64_t kDraws = 2'000;
  int worth_having = 0;
  for (std::uint64_t seed = 1; seed <= kDraws && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Drawer draw{seed};
    double const quantity = draw.pick({1.0, 2.0, 4.0, 6.0, 200.0});
    OneLine const drawn = draw.line(quantity, {1.0 / 3, std::sqrt(2.0), 0.777, 1.0});
    Instance const& instance = drawn.instance();
    LineMonth month{instance, kLine};
    for (int t = 0; t < 2; ++t) {
      auto const& columns = month.columns().options;
      BruteForce brute{instance, columns, t, draw.prices(instance, columns)};
      if (t > 0) {
        draw.narrow(brute.limits());
      }
      double const optimum = brute.best(NationLimit::kKept);
      EXPECT_GE(ask(month, brute, t, t > 0).value, optimum - kExact);
      worth_having += optimum > 0 ? 1 : 0;
    }
  }
  EXPECT_GT(worth_having, 1'000);
}

TEST(LineMonth, OneNationsPenaltyIsPaidOnceHoweverManyPledgesItSends) {
  PlannedLine line;
  line.quantity = 200;
  line.worth = 1;
  line.nation_penalty = 0.5;
  line.nation_limit = 200;
  for (double const effectiveness : {1.0, 1.0 / 3}) {
    OneLine drawn{line};
    drawn.add(0, effectiveness, 3);
    drawn.add(0, effectiveness, 3);
    LineMonth month{drawn.instance(), kLine};
    BruteForce brute{drawn.instance(), month.columns().options, 0, {0.1, 0.1}};
    EXPECT_GE(ask(month, brute, 0, false).value, 6 * (effectiveness - 0.1) - 0.5 - kExact);
  }
}

TEST(LineMonth, KeepsTrackOfManyPledgesOfOneNation) {
  PlannedLine line;
  line.quantity = 160;
  line.worth = 1;
  line.nation_limit = 160;
  line.nation_penalty = 0.25;
  OneLine drawn{line};
  std::vector<double> prices;
  for (int k = 0; k < 12; ++k) {
    // Each cheaper than the last, so that every count of it makes a better mixture.
    drawn.add(0, 1, 160);
    prices.push_back(0.9 - 0.05 * k);
  }
  drawn.add(1, 1, 160);
  prices.push_back(0.95);
  LineMonth month{drawn.instance(), kLine};
  BruteForce brute{drawn.instance(), month.columns().options, 0, prices};
  Answer const answer = ask(month, brute, 0, false);
  EXPECT_NEAR(answer.value, 160 * (1 - prices[11]) - 0.25, kExact);
  EXPECT_NEAR(brute.worth(answer.units, NationLimit::kKept), answer.value, kExact);
}

TEST(LineMonth, CountsUnitsByTheHundredThousand) {
  PlannedLine line;
  line.quantity = 3'200;
  line.worth = 1;
  line.nation_limit = 320'000;
  OneLine drawn{line};
  drawn.add(0, 20, 100'000);
  LineMonth month{drawn.instance(), kLine};
  BruteForce brute{drawn.instance(), month.columns().options, 0, {-1.0}};
  Answer const answer = ask(month, brute, 0, false);
  EXPECT_NEAR(answer.value, 103'200, 1e-6);
  EXPECT_EQ(answer.units.front(), 100'000);
}

TEST(LineMonth, TakesNoNoticeOfALimitThatNationsCannotReach) {
  PlannedLine line;
  line.quantity = 2;
  line.worth = 1;
  line.nation_limit = 2;
  line.max_nations = 2'000'000'000;
  OneLine drawn{line};
  drawn.add(0, 1, 1);
  drawn.add(1, 1, 1);
  LineMonth month{drawn.instance(), kLine};
  BruteForce brute{drawn.instance(), month.columns().options, 0, {0.5, 0.25}};
  EXPECT_NEAR(ask(month, brute, 0, false).value, 1.25, kExact);
}

TEST(LineMonth, PutsTheFrameworkNationFirstAndNationsSideBySide) {
  PlannedLine line;
  line.quantity = 3;
  line.worth = 1;
  line.nation_limit = 3;
  line.led = true;
  line.framework = NationIndex{2};
  OneLine drawn{line};
  for (std::size_t const nation : {1U, 2U, 0U, 1U, 2U}) {
    drawn.add(nation, 1, 1);
  }
  LineMonth const month{drawn.instance(), kLine};
  std::vector<OptionIndex> const expected{OptionIndex{1}, OptionIndex{4}, OptionIndex{2},
                                          OptionIndex{0}, OptionIndex{3}};
  EXPECT_EQ(month.columns().options, expected);
  EXPECT_EQ(month.columns().nations, (std::vector<std::size_t>{0, 2, 3, 5}));
  EXPECT_EQ(month.columns().leaders, 1U);
}

}  // namespace
}  // namespace guarantor::generate
