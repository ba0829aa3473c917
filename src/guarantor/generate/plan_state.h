#pragma once

#include <cstdint>
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
/// (see `breaks_a_rule`).
class PlanState {
 public:
  PlanState(model::Scenario const& scenario, Instance const& instance);

  /// The objective of the plan as it stands. O(1).
  [[nodiscard]] double objective() const { return objective_; }

  /// The timeline that adds most for `units` more of a pledge, found exactly by dynamic programming
  /// over its months. Cover below a line's least useful share is valued as if it counted, so that
  /// several groups can get there one by one. Empty where nothing adds. O(options x months x tour).
  [[nodiscard]] Timeline best_timeline(PledgeIndex pledge, int units);

  void insert(Timeline const& timeline, int units);
  void remove(Timeline const& timeline, int units);

  /// Whether a group stands where it may not, after others were removed: at a line without its
  /// framework nation, or without a pledge it requires. O(tours x months).
  [[nodiscard]] bool breaks_a_rule(Timeline const& timeline) const;

  /// The starts of the plan, by option and month.
  [[nodiscard]] std::vector<Start> starts() const;

 private:
  [[nodiscard]] std::size_t cell(LineIndex line, int month) const {
    return line.place * months_ + static_cast<std::size_t>(month);
  }
  [[nodiscard]] std::size_t nation_cell(LineIndex line, int month, NationIndex nation) const {
    return cell(line, month) * instance_.nations.size() + nation.place;
  }
  [[nodiscard]] std::size_t beside_cell(PledgeIndex pledge, LineIndex line, int month) const {
    return (pledge.place * areas_ + area_of_[line.place]) * months_ +
           static_cast<std::size_t>(month);
  }
  [[nodiscard]] std::size_t begun_cell(OptionIndex option, int month) const {
    return option.place * months_ + static_cast<std::size_t>(month);
  }
  [[nodiscard]] double month_gain(OptionIndex index, int month, int units) const;
  [[nodiscard]] bool ceilings_allow(OptionIndex index, int month, int units) const;
  [[nodiscard]] bool needs_met(PlannedPledge const& pledge, LineIndex line, int month) const;
  [[nodiscard]] double month_value(PlannedLine const& line, double cover) const;
  void change(UnitTour tour, int by);

  Instance const& instance_;
  std::size_t months_;
  std::size_t areas_{};
  double objective_{0};
  bool bundled_{false};                                ///< some pledge requires another
  std::vector<std::size_t> area_of_;                   ///< by line
  std::vector<double> cover_;                          ///< by line and month
  std::vector<int> units_;                             ///< by line, month and nation
  std::vector<int> nations_;                           ///< present, by line and month
  std::vector<int> begun_;                             ///< by option and month
  std::vector<int> beside_;                            ///< present, by pledge, area and month
  std::vector<std::vector<std::size_t>> ceilings_of_;  ///< by option
  std::vector<std::vector<std::int64_t>> people_;      ///< by ceiling and month
  std::vector<double> gains_;                          ///< room for best_timeline
};

}  // namespace guarantor::generate
