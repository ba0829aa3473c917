#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/scenario.h"
#include "guarantor/model/world.h"

/// The force-generation model of SCENARIO.md for one world, with names and text resolved away.
namespace guarantor::generate {

/// A place in one of the instance's lists; different lists do not mix.
template <class Tag>
struct Index {
  std::size_t place{};
  friend constexpr bool operator==(Index, Index) = default;
  friend constexpr auto operator<=>(Index, Index) = default;
};
using PledgeIndex = Index<struct PledgeIndexTag>;
using LineIndex = Index<struct LineIndexTag>;
using NationIndex = Index<struct NationIndexTag>;
using OptionIndex = Index<struct OptionIndexTag>;

/// A list that accepts only its own kind of index.
template <class Key, class Value>
class Table {
 public:
  Key add(Value value) {
    values_.push_back(std::move(value));
    return Key{values_.size() - 1};
  }
  Value& operator[](Key key) { return values_[key.place]; }
  Value const& operator[](Key key) const { return values_[key.place]; }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] auto begin() const { return values_.begin(); }
  [[nodiscard]] auto end() const { return values_.end(); }
  [[nodiscard]] auto begin() { return values_.begin(); }
  [[nodiscard]] auto end() { return values_.end(); }

 private:
  std::vector<Value> values_;
};

/// A pledge that holds in the world and states its quantity.
struct PlannedPledge {
  std::size_t row{};  ///< in the scenario's pledges
  NationIndex nation;
  int quantity{};
  int tour{};   ///< months; the horizon where it is to the end
  int dwell{};  ///< months; the horizon where a unit makes one tour only
  std::int64_t personnel{};
  std::vector<std::optional<PledgeIndex>> needs;  ///< nothing: a pledge that is not there at all
  bool stands_under_others{};  ///< required by another, or of the framework nation of a line
  std::vector<OptionIndex> options;
};

/// A line whose phase begins in the world.
struct PlannedLine {
  std::size_t row{};  ///< in the scenario's requirements
  int from{};
  int to{};
  double quantity{};
  double worth{};           ///< objective units for a unit covered in a month
  double nation_penalty{};  ///< objective units for each nation present in a month
  int nation_limit{};  ///< most units of one nation: ceil(quantity / least effectiveness accepted)
  double min_cover{};  ///< below it cover counts as none
  std::optional<int> max_nations;
  bool led{};                            ///< others only beside the framework nation
  std::optional<NationIndex> framework;  ///< nothing although led: that nation brings nothing
  std::vector<OptionIndex> options;
};

/// That a pledge may serve a line, and when a tour there may begin.
struct Option {
  PledgeIndex pledge;
  LineIndex line;
  double effectiveness{};
  int most{};  ///< units that begin in one month: min(quantity, ceil(line quantity /
               ///< effectiveness))
  int first{};
  int last{};     ///< first month in which no tour begins any more
  int until{};    ///< no tour goes on past this month
  double cost{};  ///< of a unit and month in place, in objective units
};

/// At most `personnel` people in `[from, to)` over the tours at `options`.
struct PlannedCeiling {
  std::size_t row{};
  int from{};
  int to{};
  std::int64_t personnel{};
  std::vector<OptionIndex> options;
};

struct Instance {
  int horizon{};
  Table<PledgeIndex, PlannedPledge> pledges;
  Table<LineIndex, PlannedLine> lines;
  Table<NationIndex, model::NationId> nations;
  Table<OptionIndex, Option> options;
  std::vector<PlannedCeiling> ceilings;

  /// The month after the last one in place, for a tour begun in `start`.
  [[nodiscard]] int tour_end(Option const& option, int start) const {
    return std::min({start + pledges[option.pledge].tour, option.until});
  }
  /// The first month in which a unit that left at `end` may begin again.
  [[nodiscard]] int rest_end(Option const& option, int end) const {
    return std::min(end + pledges[option.pledge].dwell, horizon);
  }
};

/// Units of a pledge that begin a tour at a line in a month: one x of the model that is not zero.
struct Start {
  OptionIndex option;
  int month{};
  int units{};
  friend bool operator==(Start const&, Start const&) = default;
};

/// The instance of a scenario in a world. Only pledges that hold, state a quantity above 0 and fit
/// somewhere are in it. O(pledges x lines).
[[nodiscard]] Instance build_instance(model::Scenario const& scenario, model::World const& world);

/// Marks the pledges that others of the instance need beside them, or need to lead.
void mark_foundations(Instance& instance);

/// The phase that contains the first day of a line, if that phase waits for something.
[[nodiscard]] std::optional<std::size_t> waiting_phase(model::Scenario const& scenario,
                                                       model::Requirement const& line);

/// The first month in which a tour of the pledge may begin at the line: notice, transit, decisions
/// and phases waited for; not less than the first month of either.
[[nodiscard]] int first_month(model::Scenario const& scenario, model::Pledge const& pledge,
                              model::Requirement const& line);

/// The capabilities that count at a line, and for how much a unit of each does: its own, and what
/// the first substitution that names it says. O(s log s) in substitutions.
[[nodiscard]] std::map<model::CapabilityId, double> accepted_at(model::Scenario const& scenario,
                                                                model::Requirement const& line);

/// What one unit of the pledge's capability counts for at the line; nothing if it does not.
[[nodiscard]] std::optional<double> effectiveness(model::Scenario const& scenario,
                                                  model::Pledge const& pledge,
                                                  model::Requirement const& line);

/// Whether the pledge's caveats allow the line's area and task.
[[nodiscard]] bool caveats_allow(model::Pledge const& pledge, model::Requirement const& line);

}  // namespace guarantor::generate
