#include "guarantor/report/brief_force.h"

#include <fmt/format.h>

#include <algorithm>

#include "guarantor/report/contributors.h"
#include "guarantor/report/display_text.h"
#include "guarantor/report/html.h"
#include "guarantor/report/plan_changes.h"
#include "guarantor/report/unstated_offers.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

std::int64_t size_of(auto const& range) {
  return static_cast<std::int64_t>(range.size());
}

std::string lead_without_plan(PlanReading const& reading) {
  auto const& plan = reading.plan();
  auto out = plan.reason.empty()
                 ? std::string{"No force can be planned from what has been offered."}
                 : fmt::format("No force can be planned from what has been offered: {}.",
                               fit(clean(plan.reason), 140));
  if (!plan.not_stated.empty()) {
    auto const nations = size_of(pledges_by_nation(reading, plan.not_stated));
    out += fmt::format(
        " {} named {} without a figure. This page says by whom, on which "
        "conditions, and whom to ask for what.",
        capitalised(counted(nations, "nation")) + (nations == 1 ? " has" : " have"),
        counted(size_of(plan.not_stated), "contribution"));
  }
  return out;
}

/// `seven companies of mechanised infantry and four of ...`: at most two capabilities in words.
std::string shares_in_words(PlanReading const& reading, std::vector<Share> const& shares) {
  std::vector<std::string> items;
  for (auto const& share : shares) {
    if (items.size() == 2) {
      items.emplace_back("more");
      break;
    }
    items.push_back(
        fit(units_of(model::Units{share.peak}, reading.capability(share.capability)), 70));
  }
  return listed(items, "plus");
}

/// People-months of what is presence, as far as its capabilities give personnel.
std::int64_t people_months(PlanReading const& reading, std::vector<Share> const& shares) {
  std::int64_t sum = 0;
  for (auto const& share : shares) {
    auto const capability = reading.capability(share.capability);
    if (capability.kind == model::CapabilityKind::kPresence && capability.personnel) {
      sum += share.unit_months * capability.personnel->count();
    }
  }
  return sum;
}

/// What a task is given, nation by nation, those with most people first.
struct Contingent {
  std::string task;
  std::vector<std::string> nations;
  std::int64_t people_months{};
};

template <class List>
void sort_by_people(List& list, auto people) {
  std::stable_sort(list.begin(), list.end(),
                   [&](auto const& a, auto const& b) { return people(a) > people(b); });
}

std::vector<Contingent> contingents(PlanReading const& reading) {
  std::vector<Contingent> out;
  for (auto const& task : reading.tasks()) {
    Contingent contingent{capitalised(fit(PlanReading::task_title(task.task), 40)), {}, 0};
    auto nations = task.nations;
    sort_by_people(nations,
                   [&](auto const& entry) { return people_months(reading, entry.second); });
    for (auto const& [nation, shares] : nations) {
      contingent.people_months += people_months(reading, shares);
      contingent.nations.push_back(fmt::format("{}{} {}", in_sentence(reading.nation_name(nation)),
                                               contingent.nations.empty() ? " brings" : "",
                                               shares_in_words(reading, shares)));
    }
    if (!contingent.nations.empty()) {
      out.push_back(std::move(contingent));
    }
  }
  sort_by_people(out, [](Contingent const& entry) { return entry.people_months; });
  return out;
}

struct Verdict {
  std::string title;
  std::vector<model::RequirementId> thin;
  std::vector<model::RequirementId> empty;
  std::size_t lines{};
  model::Months enough_from;
};

void judge(LineReading const& line, Verdict& verdict) {
  ++verdict.lines;
  if (line.full_from) {
    verdict.enough_from = std::max(verdict.enough_from, *line.full_from);
  } else {
    (line.cover == Cover::kPartly ? verdict.thin : verdict.empty).push_back(line.line->id);
  }
}

std::vector<Verdict> verdicts(PlanReading const& reading) {
  std::vector<Verdict> out;
  for (auto const& row : reading.scenario().contingencies) {
    auto const title = row.title.empty() ? humanised(row.id.text()) : clean(row.title);
    Verdict verdict{quoted(title), {}, {}, 0, {}};
    for (auto const& line : reading.lines()) {
      auto const& serves = line.line->contingencies;
      if (std::find(serves.begin(), serves.end(), row.id) != serves.end()) {
        judge(line, verdict);
      }
    }
    out.push_back(std::move(verdict));
  }
  if (!out.empty()) {
    return out;
  }
  for (auto const& task : reading.tasks()) {
    Verdict verdict{"the task " + quoted(PlanReading::task_title(task.task)), {}, {}, 0, {}};
    for (auto const* line : task.lines) {
      judge(*line, verdict);
    }
    out.push_back(std::move(verdict));
  }
  return out;
}

std::string shortfall(PlanReading const& reading, Verdict const& verdict) {
  if (verdict.empty.size() == verdict.lines) {
    return fmt::format("Not enough for {}: nothing is in place at any of its {}.", verdict.title,
                       counted(static_cast<std::int64_t>(verdict.lines), "line"));
  }
  std::vector<std::string> parts;
  if (!verdict.empty.empty()) {
    parts.push_back(
        fmt::format("nothing is in place for {}", quoted_lines(reading, verdict.empty, 90)));
  }
  if (!verdict.thin.empty()) {
    parts.push_back(
        fmt::format("there is too little for {}", quoted_lines(reading, verdict.thin, 90)));
  }
  return fmt::format("Not enough for {}: {}.", verdict.title, listed(parts));
}

}  // namespace

std::string lead(PlanReading const& reading) {
  if (reading.plan().assignments.empty()) {
    return lead_without_plan(reading);
  }
  auto out = fmt::format("{}, {}.", capitalised(reading.world()), who_would_go(reading));
  if (auto const unstated = most_is_unstated(reading); !unstated.empty()) {
    out += " " + unstated;
  }
  std::int64_t full = 0;
  model::Months latest;
  for (auto const& line : reading.lines()) {
    if (line.full_from) {
      ++full;
      latest = std::max(latest, *line.full_from);
    }
  }
  auto const empty = static_cast<std::int64_t>(reading.count(Cover::kEmpty));
  auto const dropped = static_cast<std::int64_t>(reading.count(Cover::kNotPlanned));
  auto const c_day = reading.scenario().header.c_day;
  out += fmt::format(
      " Of the {} it needs, {} {} filled{}, {} only in part and {} not at all.",
      counted(size_of(reading.lines()), "line"), full == 0 ? "none" : count_word(full),
      full == 1 ? "is" : "are",
      full > 0 && latest.count() > 0 ? fmt::format(" by {}", long_date(month_start(c_day, latest)))
                                     : "",
      count_word(size_of(reading.lines()) - full - empty - dropped), count_word(empty));
  if (dropped > 0) {
    out += fmt::format(" {} {} not planned: {} not begin.", capitalised(counted(dropped, "line")),
                       dropped == 1 ? "is" : "are",
                       dropped == 1 ? "its phase does" : "their phases do");
  }
  return out + " " + reading.headline();
}

BriefPart who_goes(PlanReading const& reading) {
  BriefPart part{"Who goes, and for what", {}, Chapter::kNations};
  for (auto const& entry : contingents(reading)) {
    auto text = listed_within(entry.nations, 125, "nation");
    text += text.ends_with("…") ? "" : ".";
    part.sentences.push_back({tag("b", escape(entry.task)) + ": " + escape(text),
                              display_width(entry.task) + display_width(text) + 2});
  }
  return part;
}

BriefPart what_was_offered(PlanReading const& reading) {
  BriefPart part{"What has been offered", {}, Chapter::kNotStated};
  for (auto const& [nation, pledges] : pledges_by_nation(reading, reading.plan().not_stated)) {
    std::vector<std::string> conditions;
    for (auto const* pledge : pledges) {
      for (auto const& id : pledge->conditions.conditions()) {
        auto title = quoted(reading.condition_title(id));
        if (std::find(conditions.begin(), conditions.end(), title) == conditions.end()) {
          conditions.push_back(std::move(title));
        }
      }
    }
    part.sentences.push_back(plain(capitalised(fmt::format(
        "{} offers {}{}.", in_sentence(reading.nation_name(nation)),
        listed_within(capabilities_of(reading, pledges), 90, ""),
        conditions.empty() ? ""
                           : ", depending on " + listed_within(conditions, 130, "condition")))));
  }
  if (part.sentences.empty()) {
    part.sentences.push_back(
        plain("No nation has offered anything that this case records without a figure."));
    part.more.reset();
  }
  return part;
}

BriefPart enough_for_what(PlanReading const& reading) {
  BriefPart part{"Enough for what", {}, Chapter::kFill};
  if (reading.lines().empty()) {
    part.sentences.push_back(
        plain("The case states no requirement, so enough for what cannot be said."));
    return part;
  }
  auto const c_day = reading.scenario().header.c_day;
  std::vector<std::string> full;
  std::vector<std::string> unserved;
  std::vector<Sentence> wanting;
  for (auto const& verdict : verdicts(reading)) {
    if (verdict.lines == 0) {
      unserved.push_back(verdict.title);
    } else if (verdict.thin.empty() && verdict.empty.empty()) {
      full.push_back(fmt::format("{} from {}", verdict.title,
                                 long_date(month_start(c_day, verdict.enough_from))));
    } else {
      wanting.push_back(plain(shortfall(reading, verdict)));
    }
  }
  bool const named = !reading.scenario().contingencies.empty();
  part.sentences.push_back(plain(
      full.empty() ? fmt::format("On what can be planned, it is wholly enough for none of the "
                                 "{} the case names.",
                                 named ? "contingencies" : "tasks")
                   : fmt::format("Enough for {}.", listed_within(full, 240, ""))));
  part.sentences.insert(part.sentences.end(), wanting.begin(), wanting.end());
  if (!unserved.empty()) {
    part.sentences.push_back(plain(fmt::format("No line is tied to {}, so nothing can be said.",
                                               listed_within(unserved, 120, ""))));
  }
  return part;
}

BriefPart what_changed(PlanReading const& reading, std::optional<model::ForcePlan> const& since) {
  BriefPart part{"Since the plan before", {}, std::nullopt};
  auto const say = [&](std::string const& text) { part.sentences.push_back(plain(text)); };
  if (!since) {
    say("There is no earlier plan to compare with.");
    return part;
  }
  auto const diff = changes(reading, *since);
  if (!diff.same_case) {
    say("The earlier plan given is of another case, so nothing is compared.");
    return part;
  }
  bool const still =
      diff.came.empty() && diff.left.empty() && diff.fuller.empty() && diff.thinner.empty();
  if (still) {
    say("No nation has come or gone, and no line has gained or lost cover.");
  }
  auto const nations = [](std::vector<std::string> const& names) {
    std::vector<std::string> out;
    for (auto const& name : names) {
      out.push_back(in_sentence(name));
    }
    return listed_within(out, 110, "nation");
  };
  auto const lines = [](std::vector<std::string> const& names) {
    std::vector<std::string> out;
    for (auto const& name : names) {
      out.push_back(quoted(name));
    }
    return listed_within(out, 110, "line");
  };
  if (!diff.came.empty()) {
    say(capitalised(fmt::format("{} now {}, which the plan before did not have.",
                                nations(diff.came), diff.came.size() == 1 ? "goes" : "go")));
  }
  if (!diff.left.empty()) {
    say(capitalised(fmt::format("{} no longer {}.", nations(diff.left),
                                diff.left.size() == 1 ? "goes" : "go")));
  }
  if (!diff.fuller.empty()) {
    say(fmt::format("There is more for {}.", lines(diff.fuller)));
  }
  if (!diff.thinner.empty()) {
    say(fmt::format("There is less for {}.", lines(diff.thinner)));
  }
  if (reading.may_headline() && diff.fill_before && diff.fill_now && !still) {
    say(fmt::format("Cover of the whole was {} and is {}.", percent(*diff.fill_before),
                    percent(*diff.fill_now)));
  }
  if (!diff.same_world) {
    say("The plan before was made for another world, so part of the difference is that.");
  } else if (diff.same_scenario && !still) {
    say("The scenario is the same to the letter: the difference is the search alone.");
  }
  return part;
}

BriefPart what_is_not_stated(PlanReading const& reading) {
  BriefPart part{"What is not stated", {}, Chapter::kNotStated};
  auto const& ids = reading.plan().not_stated;
  if (ids.empty()) {
    part.sentences.push_back(plain("Every contribution offered comes with a quantity."));
    part.more.reset();
    return part;
  }
  if (reading.plan().assignments.empty()) {
    part.sentences.push_back(
        plain("How much of any of it: no nation has given a figure that can be planned."));
    return part;
  }
  std::vector<std::string> items;
  for (auto const& [nation, pledges] : pledges_by_nation(reading, ids)) {
    items.push_back(fmt::format("{} ({})", in_sentence(reading.nation_name(nation)),
                                listed_within(capabilities_of(reading, pledges), 60, "")));
  }
  bool const record = reading.scenario().header.kind == model::ScenarioKind::kCase;
  part.sentences.push_back(
      plain(fmt::format("{}: {}.",
                        record ? "The public record does not say how much these would bring"
                               : "These have not said how much they would bring",
                        listed_within(items, 260, "nation"))));
  part.sentences.push_back(plain("None of it is in any figure here."));
  return part;
}

}  // namespace guarantor::report
