#pragma once

#include <compare>
#include <cstdint>

namespace guarantor::model {

/// A number that knows its unit: it adds to its own kind, scales by plain numbers, and mixes with
/// nothing else. `count()` is the only way out.
template <class Unit, class Rep>
class Quantity {
 public:
  using rep = Rep;

  constexpr Quantity() = default;
  constexpr explicit Quantity(Rep count) : count_{count} {}

  [[nodiscard]] constexpr Rep count() const { return count_; }

  constexpr Quantity& operator+=(Quantity other) {
    count_ += other.count_;
    return *this;
  }
  constexpr Quantity& operator-=(Quantity other) {
    count_ -= other.count_;
    return *this;
  }
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return a += b; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return a -= b; }
  friend constexpr Quantity operator*(Quantity a, Rep factor) {
    return Quantity{a.count_ * factor};
  }
  friend constexpr Quantity operator*(Rep factor, Quantity a) { return a * factor; }

  friend constexpr bool operator==(Quantity, Quantity) = default;
  friend constexpr auto operator<=>(Quantity, Quantity) = default;

 private:
  Rep count_{};
};

/// Whole units of a capability (companies, ships, trainees a month, euros in millions a month).
using Units = Quantity<struct UnitsUnit, std::int64_t>;
/// Days counted from C-day, or a span of days.
using Days = Quantity<struct DaysUnit, double>;
/// Months of 30 days counted from C-day, or a span of them.
using Months = Quantity<struct MonthsUnit, int>;
using Hours = Quantity<struct HoursUnit, double>;
using Personnel = Quantity<struct PersonnelUnit, std::int64_t>;
using Tonnes = Quantity<struct TonnesUnit, double>;
using LaneMetres = Quantity<struct LaneMetresUnit, double>;
using Seats = Quantity<struct SeatsUnit, std::int64_t>;
/// Millions of the scenario's currency, at the prices of its `as_of` date.
using Money = Quantity<struct MoneyUnit, double>;
/// A share of certainty in [0, 1].
using Probability = Quantity<struct ProbabilityUnit, double>;
/// What one unit counts for at a line of another capability, in (0, 20].
using Effectiveness = Quantity<struct EffectivenessUnit, double>;
/// WGS 84 degrees; longitude east, latitude north.
using Degrees = Quantity<struct DegreesUnit, double>;
/// Lengths on the WGS 84 ellipsoid, and of things.
using Metres = Quantity<struct MetresUnit, double>;
using Kilometres = Quantity<struct KilometresUnit, double>;
using KilometresPerHour = Quantity<struct KilometresPerHourUnit, double>;
/// Between a track's rails.
using Millimetres = Quantity<struct MillimetresUnit, int>;
/// Wall time of a run.
using Seconds = Quantity<struct SecondsUnit, double>;

inline constexpr int kDaysPerMonth = 30;

}  // namespace guarantor::model
