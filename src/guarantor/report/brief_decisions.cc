#include "guarantor/report/brief_decisions.h"

#include <fmt/format.h>

#include "guarantor/report/display_text.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

std::string decider(PlanReading const& reading, model::Condition const& condition) {
  return condition.decider.empty()
             ? std::string{"decider not stated"}
             : fit(in_sentence(reading.nation_name(model::NationId{condition.decider})), 50);
}

std::string by_date(PlanReading const& reading, model::Condition const& condition) {
  return condition.decided_mode
             ? "likely by " +
                   long_date(day_of(reading.scenario().header.c_day, *condition.decided_mode))
             : std::string{"date not stated"};
}

void add_asks(PlanReading const& reading, BriefPart& part) {
  for (auto const& ask : reading.plan().asks) {
    std::vector<std::string> nations;
    for (auto const& nation : ask.nations) {
      nations.push_back(in_sentence(reading.nation_name(nation)));
    }
    auto const units = fit(units_of(ask.units, reading.capability(ask.capability)), 70);
    part.sentences.push_back(plain(fmt::format(
        "Of {}: {}{}, in place by {}{}.",
        nations.empty() ? "any nation that has it" : listed_within(nations, 80, "", "or"), units,
        ask.area.empty() ? "" : fmt::format(" ({})", fit(reading.area_title(ask.area), 30)),
        long_date(month_start(reading.scenario().header.c_day, ask.months.from)),
        ask.closes.empty() ? "" : ", for " + quoted_lines(reading, ask.closes, 80))));
  }
}

/// Where the plan found nothing worth asking for: the figures that would have to be stated first.
void add_questions(PlanReading const& reading, BriefPart& part) {
  std::vector<std::string> nations;
  for (auto const& entry : pledges_by_nation(reading, reading.plan().not_stated)) {
    nations.push_back(in_sentence(reading.nation_name(entry.first)));
  }
  part.sentences.push_back(plain(
      nations.empty()
          ? std::string{"The plan asks nothing of anyone."}
          : fmt::format("Of {}: how much of what they have offered they would bring, and when. "
                        "Until they say, none of it can be planned.",
                        listed_within(nations, 240, "nation"))));
}

}  // namespace

std::string in_words(PlanReading const& reading, model::Condition const& condition) {
  auto const mode = condition.mode && *condition.mode != model::ConditionMode::kNone
                        ? fmt::format(", {}", explain(*condition.mode))
                        : std::string{};
  return fmt::format("{} ({}{}, {})", quoted(reading.condition_title(condition.id)),
                     decider(reading, condition), mode, by_date(reading, condition));
}

BriefPart mandate_and_decisions(PlanReading const& reading) {
  BriefPart part{"Mandate and decisions", {}, Chapter::kDecisions};
  std::vector<std::string> mandates;
  std::vector<model::Condition const*> others;
  for (auto const& entry : reading.conditions()) {
    if (entry.condition->kind == model::ConditionKind::kMandate) {
      mandates.push_back(in_words(reading, *entry.condition));
    } else {
      others.push_back(entry.condition);
    }
  }
  part.sentences.push_back(plain(
      mandates.empty()
          ? "The mandate is not stated: nothing the plan waits for is one."
          : fmt::format("The mandate would be {}.", listed_within(mandates, 200, "mandate"))));
  for (std::size_t i = 0; i < others.size(); ++i) {
    auto const text = in_words(reading, *others[i]);
    part.sentences.push_back(plain(
        i == 0 ? fmt::format(
                     "{} must come true besides, by date: {}{}",
                     capitalised(counted(static_cast<std::int64_t>(others.size()), "condition")),
                     text, others.size() == 1 ? "." : ";")
               : text + (i + 1 == others.size() ? "." : ";")));
  }
  return part;
}

BriefPart asked_of_whom(PlanReading const& reading) {
  BriefPart part{"What is asked", {}, Chapter::kAsks};
  if (reading.plan().asks.empty()) {
    add_questions(reading, part);
    part.more = Chapter::kNotStated;
  } else {
    add_asks(reading, part);
  }
  return part;
}

}  // namespace guarantor::report
