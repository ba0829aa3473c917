#include "guarantor/serve/pot_json.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/model/promise_ledger.h"
#include "guarantor/report/gap_words.h"
#include "guarantor/report/plan_reading.h"
#include "guarantor/report/wording.h"

namespace guarantor::serve {
namespace {

using Json = nlohmann::ordered_json;

/// Units of each pledge at each line: the most there at once.
using Units = std::map<model::RequirementId, std::map<model::PledgeId, std::int64_t>>;

Units units_of(model::ForcePlan const& plan) {
  std::map<std::pair<model::RequirementId, model::PledgeId>, std::map<int, std::int64_t>> present;
  for (auto const& assignment : plan.assignments) {
    auto& months = present[{assignment.requirement, assignment.pledge}];
    for (int month = assignment.months.from.count(); month < assignment.months.to.count();
         ++month) {
      months[month] += assignment.units.count();
    }
  }
  Units units;
  for (auto const& [where, months] : present) {
    auto& most = units[where.first][where.second];
    for (auto const& [month, count] : months) {
      most = std::max(most, count);
    }
  }
  return units;
}

/// What a plan says of each line.
struct ByLine {
  std::map<model::RequirementId, std::vector<model::Fill const*>> fill;
  std::map<model::RequirementId, std::vector<report::Shortfall const*>> missing;
};

ByLine by_line(model::ForcePlan const& plan, std::vector<report::Shortfall> const& missing) {
  ByLine lines;
  for (auto const& fill : plan.fill) {
    lines.fill[fill.requirement].push_back(&fill);
  }
  for (auto const& one : missing) {
    lines.missing[one.gap.requirement].push_back(&one);
  }
  return lines;
}

Json months_json(std::vector<model::Fill const*> const& fills, bool planned) {
  Json months = Json::array();
  for (auto const* fill : fills) {
    months.push_back({{"month", fill->month.count()},
                      {"needed", fill->required.count()},
                      {"present", planned ? Json(fill->covered) : Json(nullptr)}});
  }
  return months;
}

Json pledges_json(report::PlanReading const& reading, model::RequirementId const& line,
                  Units const& units) {
  Json pledges = Json::array();
  if (auto const found = units.find(line); found != units.end()) {
    for (auto const& [id, most] : found->second) {
      auto const* pledge = reading.pledge(id);
      pledges.push_back({{"pledge", id.text()},
                         {"nation", pledge == nullptr ? "" : pledge->nation.text()},
                         {"units", most}});
    }
  }
  return pledges;
}

/// Why units are missing at a line, the reason with most of them first.
Json why_json(report::PlanReading const& reading, std::vector<report::Shortfall const*> here) {
  std::ranges::stable_sort(here, [](auto const* a, auto const* b) {
    return a->gap.short_by * a->months.count() > b->gap.short_by * b->months.count();
  });
  Json list = Json::array();
  for (auto const* one : here) {
    list.push_back({{"reason", model::text(one->gap.reason)},
                    {"by", one->gap.by},
                    {"from_month", one->gap.months.from.count()},
                    {"to_month", one->gap.months.to.count()},
                    {"short_by", one->gap.short_by},
                    {"text", report::why_missing(reading, one->gap)}});
  }
  return list;
}

Json line_json(report::PlanReading const& reading, report::LineReading const& line,
               Units const& units, ByLine& said, bool planned) {
  auto const& row = *line.line;
  auto const months = row.months(reading.scenario().header.horizon);
  bool const known = planned && line.cover != report::Cover::kNotPlanned;
  return {{"requirement", row.id.text()},
          {"title", row.title},
          {"task", row.task.text()},
          {"capability", row.capability.text()},
          {"tier", row.tier_or_default()},
          {"quantity", row.quantity.count()},
          {"from_month", months.from.count()},
          {"to_month", months.to.count()},
          {"fill", known ? Json(line.mean) : Json(nullptr)},
          {"months", months_json(said.fill[row.id], planned)},
          {"withheld", false},
          {"pledges", pledges_json(reading, row.id, units)},
          {"why", why_json(reading, said.missing[row.id])}};
}

Json nations_json(model::Scenario const& scenario) {
  std::map<std::string, std::map<std::string, int>> by_status;
  for (auto const& pledge : scenario.pledges) {
    ++by_status[pledge.nation.text()][std::string{model::text(pledge.status)}];
  }
  Json nations = Json::array();
  for (auto const& nation : scenario.nations) {
    auto const& statuses = by_status[nation.id.text()];
    int count = 0;
    for (auto const& [status, pledges] : statuses) {
      count += pledges;
    }
    nations.push_back({{"nation", nation.id.text()},
                       {"name", nation.name},
                       {"pledges", count},
                       {"by_status", statuses}});
  }
  return nations;
}

Json event_json(model::PromiseEvent const& event) {
  auto const units = [](std::optional<model::Units> const& amount) {
    return amount ? Json(amount->count()) : Json(nullptr);
  };
  auto const status = [](std::optional<model::PledgeStatus> const& one) {
    return one ? Json(model::text(*one)) : Json(nullptr);
  };
  return {{"pledge", event.pledge.text()},
          {"nation", event.nation.text()},
          {"capability", event.capability.text()},
          {"date", event.date ? Json(model::print(*event.date)) : Json(nullptr)},
          {"what", model::text(event.kind)},
          {"change", units(event.change)},
          {"after", units(event.after)},
          {"status_before", status(event.status_before)},
          {"status_after", status(event.status_after)}};
}

Json attendance_json(model::Scenario const& scenario, model::MeetingId const& meeting) {
  Json list = Json::array();
  for (auto const& row : scenario.attendance) {
    if (row.meeting == meeting) {
      list.push_back({{"nation", row.nation.text()},
                      {"mode", row.mode ? Json(model::text(*row.mode)) : Json(nullptr)},
                      {"rank", row.rank}});
    }
  }
  return list;
}

/// How many events of each kind.
Json counts_json(Json const& events) {
  Json counts = Json::object();
  for (auto const& event : events) {
    auto const what = event.at("what").get<std::string>();
    counts[what] = counts.value(what, 0) + 1;
  }
  return counts;
}

}  // namespace

Json pot_json(ScenarioView const& view, model::ForcePlan const& plan) {
  auto const& scenario = view.scenario;
  report::PlanReading const reading{scenario, plan};
  auto const units = units_of(plan);
  auto const missing = report::shortfalls(plan);
  auto said = by_line(plan, missing);
  bool const planned = !plan.fill.empty();
  Json json{{"version", view.name}};
  json["months"] = Json::array();
  for (int month = 0; month < scenario.header.horizon.count(); ++month) {
    json["months"].push_back(
        model::print(report::month_start(scenario.header.c_day, model::Months{month})));
  }
  json["world"] = model::text(plan.world.kind);
  json["status"] = model::text(plan.status);
  json["reason"] = plan.reason;
  json["lines"] = Json::array();
  for (auto const& line : reading.lines()) {
    json["lines"].push_back(line_json(reading, line, units, said, planned));
  }
  json["nations"] = nations_json(scenario);
  json["not_stated"] = Json::array();
  for (auto const& pledge : plan.not_stated) {
    json["not_stated"].push_back(pledge.text());
  }
  json["provenance"] = {{"reported", plan.provenance.reported},
                        {"estimated", plan.provenance.estimated},
                        {"illustrative", plan.provenance.illustrative}};
  // No single figure stands for what rests on illustrative rows.
  if (planned && reading.may_headline() && reading.overall_fill()) {
    json["summary"] = {{"fill", *reading.overall_fill()},
                       {"full", reading.count(report::Cover::kFull)},
                       {"partly", reading.count(report::Cover::kPartly)},
                       {"empty", reading.count(report::Cover::kEmpty)}};
  }
  if (planned) {
    json["exactness"] = {{"gap", plan.gap}};
  }
  return json;
}

Json rounds_json(ScenarioView const& view) {
  auto const& scenario = view.scenario;
  auto const ledger = model::promise_ledger(scenario, {});
  std::map<std::string, Json> events;
  for (auto const& meeting : scenario.meetings) {
    events.emplace(meeting.id.text(), Json::array());
  }
  Json apart = Json::array();
  for (auto const& event : ledger.events) {
    auto const found = events.find(event.meeting.text());
    (found == events.end() ? apart : found->second).push_back(event_json(event));
  }
  std::vector<model::Meeting const*> meetings;
  for (auto const& meeting : scenario.meetings) {
    meetings.push_back(&meeting);
  }
  std::ranges::stable_sort(meetings, [](auto const* a, auto const* b) {
    return a->date && (!b->date || *a->date < *b->date);
  });
  Json rounds = Json::array();
  for (auto const* meeting : meetings) {
    Json const& said = events.at(meeting->id.text());
    rounds.push_back({{"meeting", meeting->id.text()},
                      {"title", meeting->title},
                      {"date", meeting->date ? Json(model::print(*meeting->date)) : Json(nullptr)},
                      {"place", meeting->place},
                      {"level", meeting->level},
                      {"attendance", attendance_json(scenario, meeting->id)},
                      {"counts", counts_json(said)},
                      {"events", said}});
  }
  return {{"version", view.name}, {"rounds", std::move(rounds)}, {"apart", std::move(apart)}};
}

}  // namespace guarantor::serve
