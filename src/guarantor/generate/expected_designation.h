#pragma once

#include <compare>
#include <cstddef>
#include <vector>

#include "guarantor/generate/instance.h"

namespace guarantor::generate {

/// Units of a pledge told off for a tour at a line, by row of the scenario's tables, which every
/// world shares.
struct Posting {
  std::size_t pledge{};
  std::size_t line{};
  int month{};
  int units{};
  friend auto operator<=>(Posting const&, Posting const&) = default;
};

/// The plan now, before the conditions are known.
using Designation = std::vector<Posting>;

[[nodiscard]] Designation designation_of(Instance const& instance,
                                         std::vector<Start> const& starts);

/// What of a designation can still be done in an instance, rule by rule but for the company it
/// needs (see `supported`).
[[nodiscard]] std::vector<Start> starts_in(Instance const& instance,
                                           Designation const& designation);

/// The starts that remain when every tour without its framework nation or a pledge it requires is
/// dropped, again and again. Removing units breaks no other rule. O(rounds x tours x months).
[[nodiscard]] std::vector<Start> supported(model::Scenario const& scenario,
                                           Instance const& instance, std::vector<Start> starts);

/// Units present by option and month.
class PresenceTable {
 public:
  PresenceTable(Instance const& instance, std::vector<Start> const& starts);

  [[nodiscard]] int at(OptionIndex option, int month) const {
    return units_[option.place * months_ + static_cast<std::size_t>(month)];
  }

  /// Unit-months here that `designated`, a table of the same instance, does not have.
  [[nodiscard]] long beyond(PresenceTable const& designated) const;

 private:
  std::size_t months_;
  std::vector<int> units_;
};

}  // namespace guarantor::generate
