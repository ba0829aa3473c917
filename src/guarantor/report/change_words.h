#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "guarantor/report/side_by_side.h"

/// What changed, and why, in words. All texts are clean but not escaped.
namespace guarantor::report {

/// One figure that stands beside the others, by side, as people read it.
struct FigureRow {
  std::string name;   ///< for machines
  std::string title;  ///< for people
  std::vector<std::string> texts;
};
[[nodiscard]] std::vector<FigureRow> figure_rows(SideBySide const& sides);

/// Words for one scenario against the first. Keeps references.
class ChangeWords {
 public:
  ChangeWords(SideBySide const& sides, SideDifference const& difference);

  /// Whether the plans differ by more than they leave open, as a sentence.
  [[nodiscard]] std::string verdict() const;
  /// How many changes, and how many of them can move a plan.
  [[nodiscard]] std::string input_count() const;
  /// `pledge “Elmsa: Patrol ship” (elmsa-ship)`.
  [[nodiscard]] std::string row_title(model::RowDifference const& row) const;
  /// `quantity not given → 1`; of a row that came or went, so much.
  [[nodiscard]] std::string row_change(model::RowDifference const& row) const;
  /// What became of an input change: the lines it leads to.
  [[nodiscard]] std::string row_effect(std::size_t row) const;

  [[nodiscard]] std::string line_title(model::RequirementId const& id) const;
  [[nodiscard]] std::string pledge_title(model::PledgeId const& id) const;
  /// `+10 unit-months`; rise and fall where both happened.
  [[nodiscard]] static std::string cover_change(LineDifference const& line);
  /// What became of the line's gap, with the reason in each plan.
  [[nodiscard]] std::string gap_change(LineDifference const& line) const;
  /// Why the line changed, as sentences.
  [[nodiscard]] std::string why(std::size_t line) const;
  /// Where a pledge's units went: `2 to “Harbour”, from month 3 until 9`.
  [[nodiscard]] std::string pledge_change(PledgeDifference const& pledge) const;

 private:
  /// The objectives add up different things: lines, their size or their weights are others.
  [[nodiscard]] bool asks_differ() const;
  [[nodiscard]] PlanReading const& having(model::PledgeId const& id) const;
  /// What the cause is, as it bears on the line `at`.
  [[nodiscard]] std::string cause_words(Cause const& cause, model::RequirementId const& at) const;
  [[nodiscard]] std::string chain_words(std::vector<ChainStep> const& chain) const;
  [[nodiscard]] std::string reason_words(MissingCover const& gap, PlanReading const& reading) const;
  [[nodiscard]] std::string use_words(LineUse const& use) const;

  SideBySide const& sides_;
  SideDifference const& difference_;
  model::ScenarioDifference const& input_;
  PlanReading const& before_;
  PlanReading const& after_;
};

[[nodiscard]] std::string_view text(GapMove move);
[[nodiscard]] std::string_view text(PledgeMove move);
[[nodiscard]] std::string_view text(WhyKind kind);
[[nodiscard]] std::string_view text(ChainLink link);

}  // namespace guarantor::report
