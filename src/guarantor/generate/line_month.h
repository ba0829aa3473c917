#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "guarantor/generate/instance.h"

namespace guarantor::generate {

/// The columns of a line: its options, those of one nation side by side.
struct LineColumns {
  std::vector<OptionIndex> options;
  std::vector<std::size_t> nations;  ///< where each nation's columns begin; and their number
  std::size_t leaders{};             ///< nations at the front that must be there: 0 or 1
};

/// What a line can make of a month if every unit present costs its price: the line-month half of
/// the decomposition. Exact, by dynamic programming over nations and cover, where cover comes in
/// few enough steps; otherwise by the linear relaxation, which is never less.
class LineMonth {
 public:
  LineMonth(Instance const& instance, LineIndex line);

  [[nodiscard]] LineColumns const& columns() const { return columns_; }

  /// Limits on the units of a column that a branch sets.
  struct Limits {
    int least{0};
    int most{0};
    friend bool operator==(Limits, Limits) = default;
  };

  /// The most that
  ///     worth · min(quantity, cover) - prices · units - nation_penalty · nations present
  /// can be in `month`, cover below `min_cover` counting as none; `units` becomes a choice that
  /// reaches it. Both by column. Nations may be closed to a month, or be made to come, by `limits`
  /// (all columns of this month, or nothing). O(nations · max_nations · steps²).
  double best(int month, double const* prices, Limits const* limits, double* units);

 private:
  /// So many units of a column for so many steps of cover.
  struct Item {
    int steps{};
    int count{};
    double value{};
    std::uint32_t below{};  ///< the item of the nation's earlier columns, by one; 0: none
    std::uint16_t column{};
  };
  struct Candidate {
    std::size_t nation{};
    std::size_t first_item{};
    std::size_t first_offer{};
    std::size_t last_offer{};
    bool must{};  ///< without it nobody may be there
  };
  /// An item that may be chosen, with the nation's penalty in its value.
  struct Offer {
    int steps{};
    double value{};
    std::uint32_t item{};  ///< of its candidate, by one
  };
  struct Choice {
    std::uint16_t offer{};  ///< of the candidate, by one; 0: the nation is not there
    std::uint16_t from{};   ///< steps without it
  };

  double relaxed(int month, double const* prices, double* units);
  void gather(int month, double const* prices, Limits const* limits);
  void add_items(std::size_t nation, int month, double const* prices, Limits const* limits);
  void add_count(std::size_t first, std::size_t column, int count, double price, bool alone);
  void make_offers(Candidate& candidate, bool kept);
  void drop_offers_never_among_the_best();
  double take_all(double* units);
  double search(double* units);
  void extend(std::size_t place);
  void settle(Candidate const& candidate, std::size_t item, double* units) const;
  [[nodiscard]] double value_of(int steps) const;
  [[nodiscard]] bool usable(std::size_t column, int month) const {
    return first_[column] <= month && month < until_[column];
  }

  PlannedLine const& line_;
  LineColumns columns_;
  std::vector<int> first_;
  std::vector<int> until_;
  std::vector<int> most_;  ///< by column
  std::vector<double> effectiveness_;
  std::vector<int> steps_;  ///< of cover a unit of the column is
  int full_{0};             ///< steps that fill the line; 0: too many, the relaxation serves
  double step_{0};          ///< units of the line in a step
  int layers_{1};           ///< 1, or most nations + 1
  bool prunes_{};           ///< units that cost more than cover can bring are never taken

  std::vector<Candidate> candidates_;
  std::vector<Item> items_;
  std::vector<std::size_t> item_at_;  ///< by steps: a nation's best item, by one; 0: none
  std::vector<std::size_t> bases_;    ///< items of the nation's earlier columns
  std::vector<Offer> offers_;
  std::vector<double> best_;    ///< by steps: the best offers' values
  std::vector<double> values_;  ///< by layer and step
  std::vector<Choice> choices_;
  std::vector<std::size_t> order_;
  std::vector<double> shares_;  ///< of a nation's penalty, by column
  double all_cover_{0};
  bool must_{false};
};

}  // namespace guarantor::generate
