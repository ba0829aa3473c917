#include "guarantor/report/brief_annex.h"

#include <fmt/format.h>

#include "guarantor/report/brief_chapter.h"
#include "guarantor/report/brief_charts.h"
#include "guarantor/report/brief_map.h"
#include "guarantor/report/brief_sources.h"
#include "guarantor/report/brief_tables.h"
#include "guarantor/report/display_text.h"
#include "guarantor/report/expected_words.h"
#include "guarantor/report/html.h"
#include "guarantor/report/package_words.h"
#include "guarantor/report/plan_ground.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

std::string chapter(Chapter which, std::string const& inner) {
  auto const heading = tag("h2", tag("span", fmt::format("{}", number(which)), R"(class="no")") +
                                     " " + escape(title(which)));
  return tag("section", heading + inner, fmt::format(R"(id="s{}" class="chapter")", number(which)));
}

std::string finding(std::string const& text) {
  return tag("p", escape(text), R"(class="finding")");
}

std::string fill_chapter(PlanReading const& reading, SourceList const& sources) {
  if (reading.lines().empty()) {
    return finding("The case states no requirement.");
  }
  LineReading const* worst = nullptr;
  for (auto const& line : reading.lines()) {
    bool const planned = line.cover != Cover::kNotPlanned;
    if (planned && (worst == nullptr || line.mean < worst->mean)) {
      worst = &line;
    }
  }
  std::string text = reading.headline();
  bool const covered = reading.overall_fill().value_or(0) > 0;
  if (covered && worst != nullptr && worst->cover != Cover::kFull) {
    text += fmt::format(" The thinnest line is “{}”: {} on average, {} in its worst month.",
                        reading.line_title(worst->line->id), percent(worst->mean),
                        percent(worst->worst));
  }
  return finding(text) + heat_map(reading) + lines_table(reading, sources);
}

std::string lanes_chapter(PlanReading const& reading) {
  if (reading.plan().assignments.empty()) {
    return finding("Nobody is assigned anywhere.");
  }
  return finding(
             "Each lane is one offer at one line; the figure is the number of units in place. "
             "A break in a lane is rest, or service elsewhere.") +
         lanes(reading);
}

std::string asks_chapter(PlanReading const& reading) {
  std::string package;
  for (auto const& sentence : package_in_words(reading)) {
    package += (package.empty() ? "" : " ") + sentence;
  }
  return asks_table(reading) + (package.empty() ? package : finding(package));
}

std::string ground_chapter(PlanReading const& reading) {
  auto const& shares = reading.plan().provenance;
  if (shares.reported + shares.estimated + shares.illustrative <= 0) {
    return finding("Nothing is covered, so nothing rests on any row.");
  }
  auto text = ground(reading);
  if (!reading.may_headline()) {
    text +=
        " More than a quarter is illustrative, so this brief gives no single figure for the "
        "whole.";
  }
  return tag("div", finding(text) + ground_bar(shares), R"(class="whole")");
}

std::string shell_word(std::string const& text) {
  std::string out = "'";
  for (char const c : clean(text)) {
    out += c == '\'' ? std::string{"'\\''"} : std::string(1, c);
  }
  return out + "'";
}

std::string command(model::ForcePlan const& plan) {
  auto out = fmt::format("guarantor generate SCENARIO --json --world {} --seed {}",
                         model::text(plan.world.kind), plan.seed);
  std::string assumed;
  for (auto const& [condition, holds] : plan.world.assumed) {
    assumed += fmt::format("{}{}={}", assumed.empty() ? "" : ",", condition.text(), holds);
  }
  if (!assumed.empty()) {
    out += " --assume " + shell_word(assumed);
  }
  if (plan.world.include_indicated) {
    out += " --include-indicated";
  }
  if (!plan.tiers.empty()) {
    out += " --strict-tiers";
  }
  if (plan.package) {
    std::string lines;
    for (auto const& lift : plan.package->lines) {
      lines += (lines.empty() ? "" : ",") + lift.line.text();
    }
    out += fmt::format(" --request {} --lines {} --fill {}", plan.package->nation.text(), lines,
                       plan.package->fill);
  }
  if (plan.status == model::PlanStatus::kOptimal && plan.gap > 1e-9) {
    out += fmt::format(" --gap {:.6f}", plan.gap);
  }
  return out;
}

std::string colophon(PlanReading const& reading) {
  auto const& plan = reading.plan();
  std::string rows;
  auto const row = [&](std::string_view name, std::string const& value) {
    rows += tag("dt", name) + tag("dd", value);
  };
  row("Proof", escape(explain_proof(plan)));
  row("Status", escape(fmt::format("{}{}{}", model::text(plan.status),
                                   plan.reason.empty() ? "" : ": " + clean(plan.reason),
                                   plan.stopped_by_limit ? " (stopped by a limit)" : "")));
  row("Objective, bound, gap", fmt::format("{}, {}, {}&#8239;%", decimal(plan.objective, 3),
                                           decimal(plan.bound, 3), decimal(plan.gap * 100, 3)));
  row("World", escape(fmt::format("{}: {}", model::text(plan.world.kind), reading.world())));
  for (auto const& tier : tiers_in_words(plan)) {
    row("Strictly in order", escape(tier));
  }
  if (plan.expected) {
    row("Worlds", escape(over_the_worlds(reading)));
  }
  row("Seed", fmt::format("{}", plan.seed));
  row("Program", escape("Guarantor " + plan.program_version));
  row("Scenario", escape(plan.scenario_id) + "<br/>" + tag("code", escape(plan.scenario_hash)));
  row("Plan", tag("code", plan_hash(reading.scenario(), plan)));
  row("To repeat the run", tag("code", escape(command(plan))));
  auto note = finding(
      "The same scenario, program and seed give this plan again, byte for byte, unless a time "
      "limit cut the search short. Compare the two hashes. Months have 30 days and are counted "
      "from "
      "C-day.");
  return note + tag("dl", rows);
}

}  // namespace

std::string annex(PlanReading const& reading, MapSource const& map) {
  SourceList const sources{reading};
  return chapter(Chapter::kMap, map_chapter(reading, map)) +
         chapter(Chapter::kFill, fill_chapter(reading, sources)) +
         chapter(Chapter::kNations, nations_table(reading)) +
         chapter(Chapter::kLanes, lanes_chapter(reading)) +
         chapter(Chapter::kGaps, gaps_table(reading)) +
         chapter(Chapter::kAsks, asks_chapter(reading)) +
         chapter(Chapter::kDecisions, conditions_table(reading, sources)) +
         chapter(Chapter::kWorlds, comparisons_table(reading)) +
         chapter(Chapter::kNotStated, not_stated_table(reading, sources)) +
         chapter(Chapter::kGround, ground_chapter(reading)) +
         chapter(Chapter::kSources, sources.html()) +
         chapter(Chapter::kColophon, colophon(reading));
}

}  // namespace guarantor::report
