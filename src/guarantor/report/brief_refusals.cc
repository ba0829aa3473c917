#include "guarantor/report/brief_refusals.h"

#include <fmt/format.h>

#include "guarantor/report/brief_decisions.h"
#include "guarantor/report/refusals.h"
#include "guarantor/report/unstated_offers.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

constexpr std::size_t kNames = 90;

/// What a line loses in another world, as the end of a sentence.
std::string loss(PlanReading const& reading, model::Comparison const& row) {
  auto out = fmt::format("there is less for {}", quoted_lines(reading, row.lines_lost, 130));
  if (reading.may_headline() && reading.overall_fill()) {
    out += fmt::format(", and cover of the whole goes from {} to {}",
                       percent(*reading.overall_fill()), percent(row.fill));
  }
  return out;
}

std::string without_backstop(PlanReading const& reading, model::Comparison const& row) {
  if (!row.viable) {
    return "Without it there is no coalition.";
  }
  auto const tied = tied_without_number(reading, row.without);
  auto const names = listed_within(tied, kNames, "nation");
  auto const ties = tied.size() == 1 ? "ties" : "tie";
  if (row.lines_lost.empty()) {
    return tied.empty() ? "Without it no line loses cover."
                        : fmt::format(
                              "Without it no figure here changes, because what {} {} to "
                              "it has no number yet.",
                              names, ties);
  }
  return fmt::format(
      "Without it, {}{}.", loss(reading, row),
      tied.empty() ? "" : fmt::format("; what {} {} to it has no number yet", names, ties));
}

void drop_backstops(PlanReading const& reading, std::vector<model::Comparison const*>& rows) {
  std::erase_if(rows, [&](auto const* row) { return is_backstop(reading, *row); });
}

}  // namespace

BriefPart what_a_no_costs(PlanReading const& reading) {
  BriefPart part{"What a no costs", {}, Chapter::kWorlds};
  auto rows = refusals(reading);
  for (auto* group : {&rows.end, &rows.lose, &rows.unstated, &rows.nothing}) {
    drop_backstops(reading, *group);
  }
  auto const say = [&](std::string const& text) { part.sentences.push_back(plain(text)); };
  if (rows.empty()) {
    say("What a no would cost was not computed.");
    part.more.reset();
    return part;
  }
  if (!rows.end.empty()) {
    std::vector<std::string> titles;
    for (auto const* row : rows.end) {
      titles.push_back(quoted(reading.condition_title(row->without)));
    }
    say(fmt::format("A no to {} would end the coalition.",
                    listed_within(titles, 260, "condition", "or")));
  }
  for (auto const* row : rows.lose) {
    say(fmt::format("Without {}, {}.", quoted(reading.condition_title(row->without)),
                    loss(reading, *row)));
  }
  if (!rows.unstated.empty()) {
    std::vector<std::string> titles;
    for (auto const* row : rows.unstated) {
      titles.push_back(unstated_behind(reading, *row));
    }
    say(fmt::format("A no to {} would take only offers that have no number yet.",
                    listed_within(titles, 200, "condition", "or")));
  }
  if (part.sentences.empty()) {
    say("No single no would cost a line any cover.");
  }
  return part;
}

BriefPart with_and_without_backstop(PlanReading const& reading) {
  BriefPart part{"With the backstop, and without", {}, Chapter::kWorlds};
  for (auto const& row : reading.plan().comparisons) {
    if (is_backstop(reading, row)) {
      part.sentences.push_back(plain(fmt::format("The backstop is {}. {}",
                                                 in_words(reading, *reading.condition(row.without)),
                                                 without_backstop(reading, row))));
    }
  }
  if (!part.sentences.empty()) {
    return part;
  }
  part.more.reset();
  for (auto const& row : reading.scenario().conditions) {
    if (row.kind == model::ConditionKind::kBackstop) {
      part.sentences.push_back(plain(
          fmt::format("The backstop is {}. The plan without it was not computed, so what it is "
                      "worth is not stated.",
                      in_words(reading, row))));
      return part;
    }
  }
  part.sentences.push_back(plain("The case names no backstop."));
  return part;
}

}  // namespace guarantor::report
