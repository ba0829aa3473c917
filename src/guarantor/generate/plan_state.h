#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "guarantor/generate/instance.h"

namespace guarantor::generate {

/// One tour of a group of units.
struct UnitTour {
  OptionIndex option;
  int start{};
  friend bool operator==(UnitTour, UnitTour) = default;
};
/// All tours of a group of units that stay together, in order of time.
using Timeline = std::vector<UnitTour>;

/// A plan while it is being changed, group by group, with everything that the next change asks for
/// kept at hand. Rules hold after every `insert` of a `best_timeline`; after `remove` they may not
/// (see `breaks_a_rule`). One rule may be bought off while a plan is looked for: more nations at a
/// line than it takes (see `set_crowding`).
class PlanState {
 public:
  PlanState(model::Scenario const& scenario, Instance const& instance);

  /// The objective of the plan as it stands, less what its crowding costs. O(1).
  [[nodiscard]] double objective() const { return objective_ - crowding_ * crowded_cost_; }

  /// A price that makes crowding worse than anything a plan can gain by it.
  static constexpr double kNoCrowding = 1e6;
  /// What a nation too many at a line for a month costs from now on, as a share of what the line is
  /// worth in a month. O(lines).
  void set_crowding(double share);
  /// Whether more nations are at some line than it takes.
  [[nodiscard]] bool crowded() const { return crowded_ > 0; }

  /// How a timeline is looked for.
  struct Taste {
    int units{1};        ///< that move together
    double presence{1};  ///< share of the nation penalty that is counted
  };

  /// The timeline that adds most for more units of a pledge, found exactly by dynamic programming
  /// over its months. Cover below a line's least useful share is valued as if it counted, so that
  /// several groups can get there one by one. Empty where nothing adds. O(options x months).
  void best_timeline(PledgeIndex pledge, Taste taste, Timeline& timeline);

  void insert(Timeline const& timeline, int units);
  void remove(Timeline const& timeline, int units);

  /// Whether no rule would be broken by one tour more. O(months).
  [[nodiscard]] bool allows(UnitTour tour, int units) const;
  /// Whether a group stands where it may not, after others were removed: at a line without its
  /// framework nation, or without a pledge it requires. O(tours x months).
  [[nodiscard]] bool breaks_a_rule(Timeline const& timeline) const;

 private:
  /// What the search asks of an option again and again, together in memory.
  struct Place {
    std::size_t first_cell{};    ///< of month 0 at the option's line
    std::size_t first_own{};     ///< of month 0 of the option's nation there
    std::size_t first_margin{};  ///< of month 0 of the option's effectiveness there
    int first{};
    int last{};
    int until{};
    double effectiveness{};
    double cost{};
    double worth{};
    double quantity{};
    double nation_penalty{};
    double crowd_cost{};  ///< of a nation too many for a month, at a share of 1
    int most_nations{};
    int nation_limit{};
    int tour{};
    int rest_of_cut{};  ///< when a unit is rested whose tour ends with its line
    int last_whole{};   ///< starts from here on are cut short by the line's end
    bool plain{};       ///< no framework nation, required pledge or ceiling to look at
    bool capped{};      ///< fewer units may begin in a month than there are
  };
  struct Margins {
    LineIndex line;
    double effectiveness{};
    std::size_t first{};
  };

  void lay_out(model::Scenario const& scenario);
  void place_option(OptionIndex index);
  double const* tour_worths(OptionIndex index, Taste taste);
  void weigh_tours(OptionIndex index, Taste taste, double* worths);
  void offer_tours(OptionIndex index, int o, int units, double const* worths);
  [[nodiscard]] bool rules_allow(OptionIndex index, int month, int units) const;
  [[nodiscard]] bool ceilings_allow(OptionIndex index, int month, int units) const;
  [[nodiscard]] bool needs_met(PlannedPledge const& pledge, LineIndex line, int month) const;
  [[nodiscard]] static double month_value(PlannedLine const& line, double cover);
  void change(UnitTour tour, int by);
  void count_nation(Place const& place, int nations, int by);

  [[nodiscard]] std::size_t beside_cell(PledgeIndex pledge, LineIndex line, int month) const {
    return (pledge.place * areas_ + area_of_[line.place]) * months_ +
           static_cast<std::size_t>(month);
  }

  Instance const& instance_;
  std::size_t months_;
  std::size_t areas_{};
  double objective_{0};
  double crowding_{kNoCrowding};
  double crowded_cost_{0};  ///< at a share of 1
  int crowded_{0};          ///< nations too many, over all lines and months
  double forbidden_{0};     ///< worse than anything a month can bring
  bool bundled_{false};     ///< some pledge requires another

  std::vector<Place> places_;                  ///< by option
  std::vector<std::vector<Margins>> margins_;  ///< by line: its different effectivenesses
  std::vector<double> margin_;                 ///< what one unit more would add to cover's worth
  std::vector<double> cover_;                  ///< by line and month
  std::vector<int> nations_;                   ///< present, by line and month
  std::vector<int> own_;                       ///< units of a nation at a line in a month
  std::vector<int> begun_;                     ///< by option and month

  std::vector<std::size_t> area_of_;                   ///< by line
  std::vector<int> beside_;                            ///< present, by pledge, area and month
  std::vector<std::vector<std::size_t>> ceilings_of_;  ///< by option
  std::vector<std::vector<std::int64_t>> people_;      ///< by ceiling and month

  std::vector<double> tour_worth_;         ///< of one unit's tour, by option and start
  std::vector<std::uint32_t> weighed_;     ///< the line's change at which they were worth that
  std::vector<std::uint32_t> changes_;     ///< so far, by line
  std::vector<double> sums_;               ///< room for best_timeline
  std::vector<double> scratch_;            ///< for the worths of tours not kept
  std::vector<double> best_tour_;          ///< by start
  std::vector<std::int64_t> tour_choice_;  ///< by start: as wide as what it goes with
  std::vector<std::pair<OptionIndex, int>> cut_;  ///< options with tours the line's end cuts short
  std::vector<double const*> cut_worths_;
  std::vector<double> worth_from_;
  std::vector<int> choice_;
};

}  // namespace guarantor::generate
