#pragma once

#include <cstdint>
#include <optional>
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
/// (see `breaks_a_rule`). Rules that tie units together may be bought off while a plan is looked
/// for (see `set_rule_price`): the most nations at a line, its framework nation, required pledges,
/// ceilings.
class PlanState {
 public:
  PlanState(model::Scenario const& scenario, Instance const& instance);

  /// The objective of the plan as it stands, less what the rules it breaks cost. O(1).
  [[nodiscard]] double objective() const { return objective_ - rule_price_ * broken_cost_; }

  /// A price that makes breaking a rule worse than anything a plan can gain by it.
  static constexpr double kRulesHold = 1e6;
  /// What it costs from now on to break one of the rules that can be bought off, as a share of what
  /// a month of the line, unit or people concerned is worth. O(lines).
  void set_rule_price(double share);
  /// Whether no such rule is broken.
  [[nodiscard]] bool keeps_rules() const { return broken_ == 0; }
  /// Whether none can be bought off just now.
  [[nodiscard]] bool is_strict() const { return rule_price_ == kRulesHold; }

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
  /// Whether a group stands where it may not: at a line with too many nations or without its
  /// framework nation, without a pledge it requires, or under a ceiling that is passed. O(tours x
  /// months).
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
    double breach_cost{};  ///< of a nation too many, or without its framework nation, for a month
    int most_nations{};
    int nation_limit{};
    int tour{};
    int rest_of_cut{};  ///< when a unit is rested whose tour ends with its line
    int last_whole{};   ///< starts from here on are cut short by the line's end
    bool plain{};       ///< no framework nation, required pledge or ceiling to look at
    bool leads{};       ///< of the framework nation of a line that has one
    bool capped{};      ///< fewer units may begin in a month than there are
  };
  struct Margins {
    LineIndex line;
    double effectiveness{};
    std::size_t first{};
  };

  void lay_out(model::Scenario const& scenario);
  void lay_out_rules();
  void place_option(OptionIndex index);
  double const* tour_worths(OptionIndex index, Taste taste);
  void weigh_tours(OptionIndex index, Taste taste, double* worths);
  void offer_tours(OptionIndex index, int o, int units, double const* worths);
  [[nodiscard]] double rule_cost(OptionIndex index, int month, int units) const;
  [[nodiscard]] double bundle_cost(Option const& option, int month, int units) const;
  [[nodiscard]] double ceiling_cost(OptionIndex index, int month, int units) const;
  [[nodiscard]] bool has_no_partner(OptionIndex index) const;
  [[nodiscard]] static int breaches(Place const& place, int nations, bool led);
  [[nodiscard]] bool is_led(LineIndex line, int month) const;
  [[nodiscard]] bool rules_allow(OptionIndex index, int month, int units) const;
  [[nodiscard]] bool ceilings_allow(OptionIndex index, int month, int units) const;
  [[nodiscard]] bool needs_met(PlannedPledge const& pledge, LineIndex line, int month) const;
  [[nodiscard]] static double month_value(PlannedLine const& line, double cover);
  void change(UnitTour tour, int by);
  void change_beside(Option const& option, int month, int by);
  void change_people(OptionIndex index, int month, int by);
  void count_broken(std::int64_t more, double cost_each);

  [[nodiscard]] std::size_t beside_cell(PledgeIndex pledge, LineIndex line, int month) const {
    return (pledge.place * areas_ + area_of_[line.place]) * months_ +
           static_cast<std::size_t>(month);
  }

  Instance const& instance_;
  std::size_t months_;
  std::size_t areas_{};
  double objective_{0};
  double rule_price_{kRulesHold};
  double broken_cost_{0};   ///< at a price of 1
  std::int64_t broken_{0};  ///< rules, each as often as it is broken
  double forbidden_{0};     ///< worse than anything a month can bring
  bool bundled_{false};     ///< some pledge requires another

  std::vector<Place> places_;                  ///< by option
  std::vector<std::vector<Margins>> margins_;  ///< by line: its different effectivenesses
  std::vector<double> margin_;                 ///< what one unit more would add to cover's worth
  std::vector<double> cover_;                  ///< by line and month
  std::vector<int> nations_;                   ///< present, by line and month
  std::vector<int> own_;                       ///< units of a nation at a line in a month
  std::vector<int> begun_;                     ///< by option and month

  std::vector<std::size_t> area_of_;                 ///< by line
  std::vector<int> beside_;                          ///< present, by pledge, area and month
  std::vector<std::vector<PledgeIndex>> needed_by_;  ///< by pledge
  std::vector<double> alone_cost_;   ///< of a unit without what it requires, by pledge
  std::vector<double> person_cost_;  ///< of a person too many, by ceiling
  std::vector<std::optional<std::size_t>> lead_own_;   ///< by line: of its framework nation
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
