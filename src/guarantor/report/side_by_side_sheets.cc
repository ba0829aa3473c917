#include <fmt/format.h>

#include <cmath>

#include "guarantor/report/change_words.h"
#include "guarantor/report/plan_marking.h"
#include "guarantor/report/plan_sheets.h"
#include "guarantor/report/side_by_side_report.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

Cell number(double value) {
  return std::isfinite(value) ? Cell{value} : Cell{std::monostate{}};
}

Cell whole(std::size_t value) {
  return static_cast<std::int64_t>(value);
}

std::string reason(MissingCover const& gap) {
  return gap.reason ? std::string{model::text(*gap.reason)} : std::string{};
}

/// A figure as a cell that can be reckoned with; words only where it is none.
Cell figure(SideBySide const& sides, std::size_t side, FigureRow const& row) {
  auto const& plan = *sides.planned()[side].plan;
  auto const& figures = sides.figures(side);
  std::vector<std::pair<std::string_view, Cell>> const cells{
      {"objective", number(plan.objective)},
      {"bound", number(plan.bound)},
      {"gap", number(plan.gap)},
      {"fill", figures.fill ? Cell{SharePart{*figures.fill}} : Cell{std::monostate{}}},
      {"nations", whole(figures.nations)},
      {"lines_full", whole(figures.full)},
      {"lines_partly", whole(figures.partly)},
      {"lines_empty", whole(figures.empty)},
      {"lines_not_planned", whole(figures.not_planned)},
      {"gaps", whole(figures.gaps)},
      {"not_stated", whole(figures.not_stated)},
      {"reported", SharePart{plan.provenance.reported}},
      {"estimated", SharePart{plan.provenance.estimated}},
      {"illustrative", SharePart{plan.provenance.illustrative}}};
  for (auto const& [name, cell] : cells) {
    if (name == row.name) {
      return cell;
    }
  }
  for (auto const& entry : figures.tiers) {
    if (row.name == fmt::format("fill_tier_{}", entry.tier)) {
      return SharePart{entry.fill};
    }
  }
  return row.name.starts_with("fill_tier_") ? Cell{std::monostate{}} : Cell{row.texts[side]};
}

Sheet figure_sheet(SideBySide const& sides) {
  Sheet sheet{"compare", "Side by side", {{"figure", "Figure", 26}}, {}};
  for (auto const& side : sides.planned()) {
    sheet.columns.push_back({side.name, side.name, 18});
  }
  for (auto const& row : figure_rows(sides)) {
    std::vector<Cell> cells{row.name};
    for (std::size_t side = 0; side < sides.planned().size(); ++side) {
      cells.push_back(figure(sides, side, row));
    }
    sheet.rows.push_back(std::move(cells));
  }
  return sheet;
}

Sheet input_sheet(SideBySide const& sides) {
  Sheet sheet{"compare-input",
              "Input",
              {{"from", "From", 16},
               {"to", "To", 16},
               {"table", "Table", 16},
               {"key", "Row", 24},
               {"change", "Change", 10},
               {"column", "Column", 20},
               {"before", "Before", 28},
               {"after", "After", 28},
               {"bears_on_plan", "Can move a plan", 14},
               {"lines", "Lines it bears on", 36}},
              {}};
  for (auto const& difference : sides.differences()) {
    auto const& rows = sides.input(difference).rows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::string lines;
      for (auto const line : difference.reached[i]) {
        lines += (lines.empty() ? "" : " ") + difference.plan.lines[line].line.text();
      }
      for (auto const& cell : rows[i].cells) {
        sheet.rows.push_back({sides.planned()[0].name, sides.planned()[difference.side].name,
                              std::string{model::text(rows[i].table)}, rows[i].key,
                              std::string{model::text(rows[i].change)}, cell.column, cell.before,
                              cell.after, static_cast<bool>(difference.bears[i]), lines});
      }
    }
  }
  return sheet;
}

Sheet line_sheet(SideBySide const& sides) {
  Sheet sheet{"compare-lines",
              "Lines",
              {{"from", "From", 16},
               {"to", "To", 16},
               {"requirement", "Line", 22},
               {"requirement_title", "Line's title", 32},
               {"required_before", "Unit-months asked before", 12},
               {"required_after", "Asked now", 12},
               {"covered_before", "Covered before", 12},
               {"covered_after", "Covered now", 12},
               {"rose", "Rose", 9},
               {"fell", "Fell", 9},
               {"worth_before", "Worth before", 12},
               {"worth_after", "Worth now", 12},
               {"gap", "Gap", 12},
               {"reason_before", "Reason before", 18},
               {"reason_after", "Reason now", 18},
               {"why", "Why", 10},
               {"within_gaps", "Within the gaps", 12},
               {"why_words", "Why, in words", 70}},
              {}};
  for (auto const& difference : sides.differences()) {
    ChangeWords const words{sides, difference};
    for (std::size_t i = 0; i < difference.plan.lines.size(); ++i) {
      auto const& line = difference.plan.lines[i];
      sheet.rows.push_back(
          {sides.planned()[0].name, sides.planned()[difference.side].name, line.line.text(),
           words.line_title(line.line), number(line.required_before), number(line.required_after),
           number(line.covered_before), number(line.covered_after), number(line.rose),
           number(line.fell), number(line.worth_before), number(line.worth_after),
           std::string{text(line.gap)}, reason(line.short_before), reason(line.short_after),
           std::string{text(difference.why[i].kind)}, difference.why[i].within_gaps, words.why(i)});
    }
  }
  return sheet;
}

Sheet pledge_sheet(SideBySide const& sides) {
  Sheet sheet{"compare-pledges",
              "Pledges",
              {{"from", "From", 16},
               {"to", "To", 16},
               {"pledge", "Pledge", 22},
               {"pledge_title", "Pledge's title", 32},
               {"move", "Move", 14},
               {"requirement", "Line", 22},
               {"requirement_title", "Line's title", 32},
               {"unit_months_before", "Unit-months before", 12},
               {"unit_months_after", "Unit-months now", 12}},
              {}};
  for (auto const& difference : sides.differences()) {
    ChangeWords const words{sides, difference};
    for (auto const& pledge : difference.plan.pledges) {
      for (auto const& use : pledge.lines) {
        sheet.rows.push_back(
            {sides.planned()[0].name, sides.planned()[difference.side].name, pledge.pledge.text(),
             words.pledge_title(pledge.pledge), std::string{text(pledge.move)}, use.line.text(),
             words.line_title(use.line), use.unit_months_before, use.unit_months_after});
      }
    }
  }
  return sheet;
}

std::vector<Sheet> sheets(SideBySide const& sides) {
  return {figure_sheet(sides), input_sheet(sides), line_sheet(sides), pledge_sheet(sides)};
}

}  // namespace

std::map<std::string, std::string> to_csv(SideBySide const& sides) {
  std::map<std::string, std::string> files;
  for (auto const& sheet : sheets(sides)) {
    files.emplace(sheet.name + ".csv", to_csv_text(sheet, banner(sides.cover())));
  }
  return files;
}

model::Result<std::string> to_workbook(SideBySide const& sides) {
  return to_workbook(sheets(sides), sides.cover().header, banner(sides.cover()));
}

}  // namespace guarantor::report
