#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/quantity.h"
#include "guarantor/watch/thermal_background.h"
#include "guarantor/watch/thermal_grid.h"

/// Which fires are more than the background: a probability for each, and a count by day. A fire is
/// evidence, never an allegation.
namespace guarantor::watch {

/// A box in which fires of these days are known to have another cause. Its borders lie inside.
struct ThermalExclusion {
  model::Degrees west;
  model::Degrees east;
  model::Degrees south;
  model::Degrees north;
  model::Date from;
  model::Date to;  ///< the last day
};

/// The rules by which The Economist's war-fire model (2023) counts, with its numbers.
struct ThermalRules {
  model::Probability bound{0.95};  ///< of the years in which the expected count keeps below it
  int margin{2};                   ///< fires above the bound that are let pass
  int least_gap{9};    ///< days between two days of excess in a cell that make it sustained
  int most_gap{89};    ///< the same, at most
  int days_after{10};  ///< in which all fires of a cell with a war fire are war fires
  model::Metres reach{50'000};  ///< from a cell with sustained excess, centre to centre
};

/// A cell on a day with at least one fire.
struct JudgedCellDay {
  CellDay seen;
  double expected{};  ///< fires, where something burns
  int bound{};        ///< the upper bound of that, rounded up
  int excluded{};     ///< of its fires, those in an exclusion: nothing below is about them
  int excess{};       ///< fires above bound and margin
  int war_fires{};    ///< by the rules: none, the excess, or all
  bool sustained{};
  model::Probability probability;  ///< that its fires are not the background's; 0 without any

  /// Fires that are judged.
  [[nodiscard]] int counted() const { return seen.fires - excluded; }

  friend bool operator==(JudgedCellDay const&, JudgedCellDay const&) = default;
};

struct ThermalDay {
  model::Date day;
  int fires{};  ///< all of them, those in exclusions too
  int war_fires{};
  double expected{};      ///< fires of the season in earlier years, a day, in the whole frame
  double probable_war{};  ///< fires weighted by their probability

  friend bool operator==(ThermalDay const&, ThermalDay const&) = default;
};

struct ThermalAssessment {
  std::vector<JudgedCellDay> cell_days;  ///< by day, then cell
  std::vector<ThermalDay> days;          ///< from the first day to the last, none left out
  /// The share of cell-days with another cause than the background, where excess is sustained and
  /// elsewhere, from 0.01 to 0.99: what is missing among single fires. All single fires are taken
  /// for background (J. D. Storey, "A direct approach to false discovery rates", JRSS B 64, 2002).
  model::Probability prior_sustained;
  model::Probability prior_elsewhere;
  int all_from_excess{};  ///< the median positive excess, from which all of a cell's fires count
};

/// Judges fires against a background. Excess: fires of a cell and day above the bound of what is
/// expected, plus the margin; so many of its fires are war fires, all of them where the excess
/// reaches the median of the fires that lie in an excess. It counts only in cells with two days of
/// excess between least_gap and most_gap days apart, and within `reach` of such a cell. Then all
/// fires in a cell are, for days_after days after an excess that counts. A fire that lies in an
/// exclusion counts for none of this; the others of its cell are judged as if it were not there.
/// The order of the fires does not matter. O(fires (log fires + exclusions) + sustained cells).
/// REQUIRES: positions on the earth; all fires of a day given together.
[[nodiscard]] ThermalAssessment assess(ThermalBackground const& background,
                                       std::span<ThermalFire const> fires,
                                       std::span<ThermalExclusion const> exclusions,
                                       ThermalRules const& rules = {});

/// The same question about one cell and day, as a monitor asks it while the day comes in: the
/// probability that so many fires are not the background's, given what was believed before. A
/// p-value p of the count speaks for another cause at most by -1 / (e p ln p) to 1 (T. Sellke, M.
/// J. Bayarri, J. O. Berger, "Calibration of p values", The American Statistician 55, 2001); this
/// bound is taken. O(count).
[[nodiscard]] model::Probability probability_not_background(BackgroundCount const& expected,
                                                            int fires, model::Probability prior);

/// Whether the fire itself, not its cell, lies in one of the boxes on one of its days.
[[nodiscard]] bool is_excluded(std::span<ThermalExclusion const> exclusions,
                               ThermalFire const& fire);

}  // namespace guarantor::watch
