#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "guarantor/report/change_words.h"
#include "guarantor/report/json_text.h"
#include "guarantor/report/plan_marking.h"
#include "guarantor/report/side_by_side_report.h"

namespace guarantor::report {
namespace {

using Json = nlohmann::ordered_json;

/// JSON has no infinity: a bound that is not known is null.
Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json side(SideBySide const& sides, std::size_t index) {
  auto const& planned = sides.planned()[index];
  auto const& figures = sides.figures(index);
  auto const& plan = *planned.plan;
  Json tiers = Json::object();
  for (auto const& entry : figures.tiers) {
    tiers[std::to_string(entry.tier)] = number(entry.fill);
  }
  return {{"name", planned.name},
          {"scenario", plan.scenario_id},
          {"scenario_title", planned.scenario->header.title},
          {"kind", model::text(planned.scenario->header.kind)},
          {"marking", planned.scenario->header.marking},
          {"scenario_hash", plan.scenario_hash},
          {"plan_hash", plan_hash(*planned.scenario, plan)},
          {"program_version", plan.program_version},
          {"world", model::text(plan.world.kind)},
          {"seed", plan.seed},
          {"status", model::text(plan.status)},
          {"reason", plan.reason},
          {"stopped_by_limit", plan.stopped_by_limit},
          {"objective", number(plan.objective)},
          {"bound", number(plan.bound)},
          {"gap", number(plan.gap)},
          {"fill", figures.fill ? number(*figures.fill) : Json(nullptr)},
          {"fill_by_tier", tiers},
          {"nations", figures.nations},
          {"lines_full", figures.full},
          {"lines_partly", figures.partly},
          {"lines_empty", figures.empty},
          {"lines_not_planned", figures.not_planned},
          {"gaps", figures.gaps},
          {"not_stated", figures.not_stated},
          {"provenance",
           {{"reported", number(plan.provenance.reported)},
            {"estimated", number(plan.provenance.estimated)},
            {"illustrative", number(plan.provenance.illustrative)}}}};
}

Json input_row(SideDifference const& difference, model::RowDifference const& row,
               std::size_t index) {
  Json cells = Json::array();
  for (auto const& cell : row.cells) {
    cells.push_back({{"column", cell.column}, {"before", cell.before}, {"after", cell.after}});
  }
  Json reached = Json::array();
  for (auto const line : difference.reached[index]) {
    reached.push_back(difference.plan.lines[line].line.text());
  }
  return {{"table", model::text(row.table)},
          {"key", row.key},
          {"change", model::text(row.change)},
          {"bears_on_plan", static_cast<bool>(difference.bears[index])},
          {"lines", reached},
          {"cells", cells}};
}

Json missing_cover(MissingCover const& gap) {
  return {{"unit_months", number(gap.unit_months)},
          {"reason", gap.reason ? Json(model::text(*gap.reason)) : Json(nullptr)},
          {"by", gap.by}};
}

Json why(model::ScenarioDifference const& input, LineWhy const& entry, std::string const& words) {
  Json chain = Json::array();
  for (auto const& step : entry.chain) {
    chain.push_back({{"link", text(step.link)}, {"by", step.by}, {"line", step.line.text()}});
  }
  Json causes = Json::array();
  for (auto const& cause : entry.causes) {
    causes.push_back(
        {{"table", cause.row ? Json(model::text(input.rows[*cause.row].table)) : Json(nullptr)},
         {"key", cause.row ? Json(input.rows[*cause.row].key) : Json(nullptr)},
         {"pledge", cause.pledge.text()}});
  }
  return {{"kind", text(entry.kind)},
          {"chain", chain},
          {"causes", causes},
          {"within_gaps", entry.within_gaps},
          {"words", words}};
}

Json line(LineDifference const& entry, Json reasons) {
  return {{"requirement", entry.line.text()},
          {"stood", entry.stood},
          {"stands", entry.stands},
          {"required_before", number(entry.required_before)},
          {"required_after", number(entry.required_after)},
          {"covered_before", number(entry.covered_before)},
          {"covered_after", number(entry.covered_after)},
          {"rose", number(entry.rose)},
          {"fell", number(entry.fell)},
          {"worth_before", number(entry.worth_before)},
          {"worth_after", number(entry.worth_after)},
          {"gap", text(entry.gap)},
          {"short_before", missing_cover(entry.short_before)},
          {"short_after", missing_cover(entry.short_after)},
          {"why", std::move(reasons)}};
}

Json tours(std::vector<model::Assignment> const& all) {
  Json out = Json::array();
  for (auto const& tour : all) {
    out.push_back({{"units", tour.units.count()},
                   {"from_month", tour.months.from.count()},
                   {"to_month", tour.months.to.count()}});
  }
  return out;
}

Json pledge(PledgeDifference const& entry) {
  Json lines = Json::array();
  for (auto const& use : entry.lines) {
    lines.push_back({{"requirement", use.line.text()},
                     {"unit_months_before", use.unit_months_before},
                     {"unit_months_after", use.unit_months_after},
                     {"before", tours(use.before)},
                     {"after", tours(use.after)}});
  }
  return {{"pledge", entry.pledge.text()}, {"move", text(entry.move)}, {"lines", lines}};
}

Json difference_json(SideBySide const& sides, SideDifference const& entry) {
  ChangeWords const words{sides, entry};
  auto const& input = sides.input(entry);
  Json rows = Json::array();
  for (std::size_t i = 0; i < input.rows.size(); ++i) {
    rows.push_back(input_row(entry, input.rows[i], i));
  }
  Json reordered = Json::array();
  for (auto const table : input.reordered) {
    reordered.push_back(model::text(table));
  }
  Json lines = Json::array();
  for (std::size_t i = 0; i < entry.plan.lines.size(); ++i) {
    lines.push_back(line(entry.plan.lines[i], why(input, entry.why[i], words.why(i))));
  }
  Json pledges = Json::array();
  for (auto const& item : entry.plan.pledges) {
    pledges.push_back(pledge(item));
  }
  return {{"from", sides.planned()[0].name},
          {"to", sides.planned()[entry.side].name},
          {"gained", number(entry.gained)},
          {"unproven", number(entry.unproven)},
          {"within_gaps", entry.within_gaps()},
          {"same_world", entry.same_world},
          {"words", words.verdict()},
          {"input", rows},
          {"reordered", reordered},
          {"lines", lines},
          {"pledges", pledges}};
}

Json document(SideBySide const& sides, std::optional<std::string> const& hash) {
  auto const& cover = sides.cover();
  auto const mark = banner(cover);
  Json out = Json::object();
  if (!mark.empty()) {
    out["heading"] = mark;
  }
  out["exercise"] = cover.header.kind == model::ScenarioKind::kExercise;
  out["marking"] = cover.header.marking;
  out["title"] = cover.header.title;
  Json all = Json::array();
  for (std::size_t i = 0; i < sides.planned().size(); ++i) {
    all.push_back(side(sides, i));
  }
  out["scenarios"] = all;
  Json differences = Json::array();
  for (auto const& entry : sides.differences()) {
    differences.push_back(difference_json(sides, entry));
  }
  out["differences"] = differences;
  if (hash) {
    out["compare_hash"] = *hash;
  }
  if (!mark.empty()) {
    out["footing"] = mark;
  }
  return out;
}

}  // namespace

std::string compare_hash(SideBySide const& sides) {
  return sha256(printed(document(sides, std::nullopt)));
}

std::string to_json(SideBySide const& sides) {
  return printed(document(sides, compare_hash(sides)));
}

}  // namespace guarantor::report
