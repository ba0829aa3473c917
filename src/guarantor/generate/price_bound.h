#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "guarantor/generate/component_cache.h"
#include "guarantor/generate/instance.h"
#include "guarantor/generate/line_month.h"
#include "guarantor/generate/plan_state.h"
#include "guarantor/model/run_control.h"

namespace guarantor::generate {

/// A bound on every plan of an instance, by Lagrangian decomposition. Presence of a pledge at a
/// line in a month is written down twice, once by the pledge's units and once by the line, and a
/// price for each such cell makes the two agree:
///     D(prices) = Σ pledges quantity · (best timeline of a unit paid the prices)
///               + Σ line-months (most the line makes of the month if it pays them)
/// Ceilings and required pledges are priced likewise. Any prices give a bound; `descend` looks for
/// low ones by steps along the averaged subgradient, scaled cell by cell (as Adam: Kingma and Ba,
/// "Adam: a method for stochastic optimization", ICLR 2015).
class PriceBound {
 public:
  PriceBound(model::Scenario const& scenario, Instance const& instance);

  /// The lowest bound so far.
  [[nodiscard]] double bound() const { return bound_; }

  /// How far a step goes, as a share of a cell's scale: falling geometrically.
  struct Stride {
    double first{};
    double last{};
  };
  /// Finds prices to begin with, by about `kFirstEvaluations` of D; the least it does is one.
  void begin(model::RunControl const& control);
  static constexpr int kFirstEvaluations = 75;

  /// `steps` steps from the best prices so far; fewer if the bound falls to `enough`. O(steps ·
  /// line-months whose prices move · a line-month's work).
  void descend(int steps, Stride stride, double enough, model::RunControl const& control);
  /// The same, going on where the last descent ended.
  void descend_on(int steps, Stride stride, double enough, model::RunControl const& control);

  /// How many units of an option's pledge are at its line in a month, in a part of all plans.
  struct Branch {
    OptionIndex option;
    int month{};
    int least{};
    int most{};
  };
  /// From now on only plans within the branches count, and the bound begins anew from these prices.
  /// False if no plan is within them. O(pledges branched on · options · months · tour).
  bool enter(std::vector<Branch> const& branches, std::vector<float> const& prices);
  /// What the pledges do at the best prices: a plan, where the lines agree. O(evaluation).
  [[nodiscard]] std::vector<Start> pledges_answer();
  /// A plan near what pledges and lines did on average over the last descent, but not one that
  /// keeps every rule. O(units · options · months).
  [[nodiscard]] std::vector<Start> rounded() const;
  /// Begins again from these prices, should their bound be lower.
  void try_from(std::vector<float> const& prices);
  /// Puts prices known by name in place of those in `prices`.
  void take_names(model::Scenario const& scenario, ComponentCache::ByName<float> const& named,
                  std::vector<float>& prices) const;
  [[nodiscard]] float price_in(std::vector<float> const& prices, OptionIndex option,
                               int month) const {
    return prices[cell(option, month)];
  }
  /// Cells and rows that have a price.
  [[nodiscard]] std::size_t size() const { return prices_.size(); }
  [[nodiscard]] std::vector<float> best_prices() const {
    return {best_prices_.begin(), best_prices_.end()};
  }
  /// Where pledges and lines came nearest to disagreeing on whole units over the last descent: the
  /// most telling month of each option, most undecided first; `count` at most. The branch given is
  /// the upper half: at least so many units.
  [[nodiscard]] std::vector<Branch> undecided(std::size_t count) const;
  /// The same where they agreed on whole units, but may still choose others.
  [[nodiscard]] std::vector<Branch> open_still(std::size_t count) const;

 private:
  struct Ceiling {
    std::size_t place{};       ///< of its first price
    double people_per_unit{};  ///< by which the row is divided
    PlannedCeiling const* row{};
  };
  static constexpr double kMemory = 0.8;         ///< of the mean slope
  static constexpr double kSquareMemory = 0.99;  ///< of the mean square
  static constexpr double kSteadying = 0.03;     ///< added to the root of the mean square

  /// A pledge that needs another beside it in an area.
  struct Bundle {
    std::size_t place{};  ///< of the price of month 0
    PledgeIndex pledge;
    PledgeIndex needed;
    std::size_t area{};
  };

  /// A pledge's units within branches: what all of them must do, and what some of them must.
  struct Confined {
    std::vector<char> open;  ///< by option of the pledge and month: a tour may begin
    std::vector<Branch> partly;
  };

  [[nodiscard]] Timeline fullest_timeline(PledgeIndex p, std::vector<double>& left) const;
  template <class Look>
  [[nodiscard]] std::vector<Branch> most_telling(std::size_t count, Look look) const;
  bool confine(PledgeIndex pledge, std::vector<Branch> const& branches, Confined& confined);
  void limit_cells(PledgeIndex pledge, Confined const& confined);
  [[nodiscard]] bool open_tours(PledgeIndex pledge, std::vector<Branch> const& branches,
                                std::vector<char>& open) const;
  double best_timeline(PledgeIndex pledge, std::vector<char> const* open);
  void count_timeline(PledgeIndex pledge, int units);
  void add_up_prices(PledgeIndex pledge, std::vector<double> const& prices);
  double confined_worth(PledgeIndex pledge, Confined const& confined);
  void lay_out_pledges();
  void lay_out_rows(model::Scenario const& scenario);
  void set_first_prices(std::vector<double> const& most);
  void tell_pledges_apart(double most, model::RunControl const& control);
  void set_scale();
  double find_common_price(model::RunControl const& control);
  /// D, and where it points: what the pledges bring less what the lines take.
  double evaluate(std::vector<double> const& prices);
  double evaluate_pledge(PledgeIndex p, std::vector<double> const& prices);
  void evaluate_line(LineIndex r, std::vector<double> const& prices);
  void forget_answers();
  void forget_changed_limits();
  double price_rows(std::vector<double> const& prices);
  void count_present(OptionIndex index, int start, int units);
  void step(double length);
  void try_prices(std::vector<double> const& prices, double value);

  [[nodiscard]] std::size_t cell(OptionIndex option, int month) const {
    return cell_of_[option.place] + static_cast<std::size_t>(month) * width_[option.place];
  }

  Instance const& instance_;
  std::size_t months_;
  std::size_t cells_{0};
  std::vector<LineMonth> lines_;
  std::vector<std::size_t> base_;  ///< by line: the cell of its first month and column
  std::vector<std::size_t>
      cell_of_;                     ///< by option: its cell in month 0 (which may lie before base)
  std::vector<std::size_t> width_;  ///< by option: columns of its line
  std::vector<std::size_t> area_of_;  ///< by line
  std::vector<Ceiling> ceilings_;
  std::vector<Bundle> bundles_;
  bool rows_{false};
  bool noting_{false};  ///< whether tours counted are also written down
  std::vector<Start> noted_;

  std::vector<double> prices_;
  std::vector<double> scale_;
  std::vector<double> slope_;
  std::vector<double> mean_slope_;
  std::vector<double> mean_square_;
  std::vector<double> mean_prices_;
  std::vector<double> best_prices_;
  double bound_;

  std::vector<std::optional<Confined>> confined_;  ///< by pledge
  std::vector<LineMonth::Limits> limits_;          ///< by cell
  std::vector<LineMonth::Limits> no_limits_;       ///< by cell
  std::vector<char> limited_;                      ///< by line and month: whether limits matter
  std::vector<LineMonth::Limits> limits_before_;   ///< of the part entered before this
  std::vector<char> limited_before_;
  std::vector<double> present_;       ///< what the pledges bring, by cell
  std::vector<double> mean_present_;  ///< summed over the later half of the last descent
  std::vector<double> mean_taken_;
  int counted_{0};  ///< evaluations summed

  std::vector<double> surcharge_;  ///< what ceilings and bundles add to a unit's month, by option
  /// What the last evaluation asked and was told: where nothing changed, nothing is asked again.
  std::vector<double> seen_prices_;       ///< by cell
  std::vector<double> taken_;             ///< by cell
  std::vector<double> line_month_value_;  ///< by line and month
  std::vector<char> known_;               ///< by line and month
  std::vector<double> pledge_value_;      ///< by pledge
  std::vector<char> pledge_known_;        ///< by pledge
  std::vector<PledgeIndex> pledge_of_;    ///< by cell
  std::vector<double> sums_;              ///< room for a pledge's timelines
  std::vector<double> worth_from_;
  std::vector<int> choice_;
};

}  // namespace guarantor::generate
