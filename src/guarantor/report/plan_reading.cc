#include "guarantor/report/plan_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <tuple>

#include "guarantor/report/display_text.h"
#include "guarantor/report/monthly_units.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

constexpr double kFull = 1 - 1e-9;

template <class Map, class Key>
auto found(Map const& map, Key const& key) -> typename Map::mapped_type {
  auto const at = map.find(key);
  return at == map.end() ? nullptr : at->second;
}

/// The title, or the id where there is none.
std::string title_or(std::string const* title, std::string const& id) {
  return clean(title != nullptr && !title->empty() ? *title : id);
}

using ByCapability = std::map<model::CapabilityId, MonthlyUnits>;

std::vector<Share> shares_of(ByCapability const& units) {
  std::vector<Share> out;
  for (auto const& [capability, months] : units) {
    if (months.total() > 0) {
      out.push_back({capability, months.peak(), months.total()});
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](Share const& a, Share const& b) { return a.unit_months > b.unit_months; });
  return out;
}

std::int64_t unit_months(std::vector<Share> const& shares) {
  std::int64_t sum = 0;
  for (auto const& share : shares) {
    sum += share.unit_months;
  }
  return sum;
}

}  // namespace

PlanReading::PlanReading(model::Scenario const& scenario, model::ForcePlan const& plan)
    : scenario_{scenario}, plan_{plan} {
  for (auto const& row : scenario.pledges) {
    pledges_.emplace(row.id, &row);
  }
  for (auto const& row : scenario.conditions) {
    condition_rows_.emplace(row.id, &row);
  }
  for (auto const& row : scenario.capabilities) {
    capabilities_.emplace(row.id, &row);
  }
  for (auto const& row : scenario.nations) {
    nation_rows_.emplace(row.id, &row);
  }
  for (auto const& row : scenario.areas) {
    areas_.emplace(row.id, &row);
  }
  read_lines();
  read_contributions();
  read_conditions();
}

void PlanReading::read_lines() {
  auto const horizon = static_cast<std::size_t>(std::max(0, scenario_.header.horizon.count()));
  for (auto const& row : scenario_.requirements) {
    LineReading reading;
    reading.line = &row;
    reading.shares.resize(horizon);
    lines_.push_back(std::move(reading));
  }
  std::stable_sort(lines_.begin(), lines_.end(), [](LineReading const& a, LineReading const& b) {
    return a.line->tier_or_default() < b.line->tier_or_default();
  });
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    line_rows_.emplace(lines_[i].line->id, i);
  }
  read_fill();
  read_main_gaps();
  read_cover();
}

void PlanReading::read_fill() {
  auto const horizon = static_cast<std::size_t>(std::max(0, scenario_.header.horizon.count()));
  for (auto const& fill : plan_.fill) {
    auto const at = line_rows_.find(fill.requirement);
    auto const month = static_cast<std::size_t>(std::max(0, fill.month.count()));
    if (at != line_rows_.end() && month < horizon && fill.required.count() > 0) {
      lines_[at->second].shares[month] =
          std::clamp(fill.covered / static_cast<double>(fill.required.count()), 0.0, 1.0);
    }
  }
}

void PlanReading::read_main_gaps() {
  for (auto const& gap : plan_.gaps) {
    auto const at = line_rows_.find(gap.requirement);
    if (at == line_rows_.end()) {
      continue;
    }
    auto& main = lines_[at->second].main_gap;
    auto const missing = [](model::Gap const& g) { return g.short_by * g.months.length().count(); };
    if (main == nullptr || missing(gap) > missing(*main)) {
      main = &gap;
    }
  }
}

void PlanReading::read_cover() {
  auto const horizon = static_cast<std::size_t>(std::max(0, scenario_.header.horizon.count()));
  double sum = 0;
  std::size_t months = 0;
  for (auto& reading : lines_) {
    double line_sum = 0;
    int line_months = 0;
    reading.worst = std::numeric_limits<double>::infinity();
    for (std::size_t m = 0; m < horizon; ++m) {
      if (auto const& share = reading.shares[m]) {
        line_sum += *share;
        ++line_months;
        if (*share < reading.worst) {
          reading.worst = *share;
          reading.worst_month = model::Months{static_cast<int>(m)};
        }
      }
    }
    if (line_months == 0) {
      reading.worst = 0;
      continue;
    }
    reading.mean = line_sum / line_months;
    int full_months = 0;
    for (auto m = horizon; m-- > 0;) {
      if (reading.shares[m] && *reading.shares[m] < kFull) {
        break;
      }
      if (reading.shares[m] && 2 * ++full_months >= line_months) {
        reading.full_from = model::Months{static_cast<int>(m)};
      }
    }
    reading.cover = reading.worst >= kFull ? Cover::kFull
                    : reading.mean > 1e-12 ? Cover::kPartly
                                           : Cover::kEmpty;
    sum += line_sum;
    months += static_cast<std::size_t>(line_months);
  }
  if (months > 0) {
    overall_fill_ = sum / static_cast<double>(months);
  }
}

void PlanReading::read_contributions() {
  auto const horizon = static_cast<std::size_t>(std::max(0, scenario_.header.horizon.count()));
  auto const at = [&](auto& map, auto const& key) -> auto& {
    return map.try_emplace(key, horizon).first->second;
  };
  std::map<model::NationId, ByCapability> by_nation;
  std::map<model::NationId, MonthlyUnits> personnel;
  std::map<model::NationId, std::set<model::TaskId>> nation_tasks;
  std::map<model::TaskId, std::map<model::NationId, ByCapability>> by_task;
  for (auto const& assignment : plan_.assignments) {
    auto const* offer = pledge(assignment.pledge);
    if (offer == nullptr || assignment.units.count() <= 0) {
      continue;
    }
    at(by_nation[offer->nation], offer->capability)
        .add(assignment.months, assignment.units.count());
    auto const kind = capability(offer->capability);
    if (kind.kind == model::CapabilityKind::kPresence && kind.personnel) {
      auto const people = assignment.units.count() * kind.personnel->count();
      at(personnel, offer->nation).add(assignment.months, people);
    }
    if (auto const* served = line(assignment.requirement); served != nullptr) {
      nation_tasks[offer->nation].insert(served->line->task);
      at(by_task[served->line->task][offer->nation], offer->capability)
          .add(assignment.months, assignment.units.count());
    }
  }
  for (auto const& [nation, units] : by_nation) {
    NationReading reading;
    reading.nation = nation;
    reading.shares = shares_of(units);
    if (auto const people = personnel.find(nation); people != personnel.end()) {
      reading.personnel_known = true;
      reading.peak_personnel = people->second.peak();
      reading.mean_personnel =
          static_cast<double>(people->second.total()) / static_cast<double>(horizon);
    }
    reading.tasks = nation_tasks[nation];
    nations_.push_back(std::move(reading));
  }
  std::stable_sort(nations_.begin(), nations_.end(), [](auto const& a, auto const& b) {
    return std::tuple{a.mean_personnel, unit_months(a.shares)} >
           std::tuple{b.mean_personnel, unit_months(b.shares)};
  });
  for (auto const& reading : lines_) {
    auto const known = std::find_if(tasks_.begin(), tasks_.end(), [&](TaskReading const& task) {
      return task.task == reading.line->task;
    });
    if (known != tasks_.end()) {
      known->lines.push_back(&reading);
      continue;
    }
    TaskReading task{reading.line->task, reading.line->tier_or_default(), {&reading}, {}};
    for (auto const& [nation, units] : by_task[task.task]) {
      task.nations.emplace_back(nation, shares_of(units));
    }
    std::stable_sort(task.nations.begin(), task.nations.end(), [](auto const& a, auto const& b) {
      return unit_months(a.second) > unit_months(b.second);
    });
    tasks_.push_back(std::move(task));
  }
}

void PlanReading::read_conditions() {
  std::map<model::ConditionId, std::set<model::NationId>> waiting;
  auto const mention = [&](model::Expression const& expression, model::NationId const* nation) {
    for (auto const& id : expression.conditions()) {
      auto& nations = waiting[id];
      if (nation != nullptr) {
        nations.insert(*nation);
      }
    }
  };
  std::set<model::PledgeId> used;
  for (auto const& assignment : plan_.assignments) {
    used.insert(assignment.pledge);
  }
  for (auto const& row : scenario_.pledges) {
    // An empty plan uses nothing: then the conditions of all that was offered are worth knowing.
    if (used.contains(row.id) || plan_.assignments.empty()) {
      mention(row.conditions, &row.nation);
    }
  }
  for (auto const& phase : scenario_.phases) {
    mention(phase.begins_if, nullptr);
  }
  mention(scenario_.header.viable_if, nullptr);
  for (auto const& row : scenario_.conditions) {
    if (auto const at = waiting.find(row.id); at != waiting.end()) {
      conditions_.push_back({&row, {at->second.begin(), at->second.end()}});
    }
  }
  std::stable_sort(conditions_.begin(), conditions_.end(), [](auto const& a, auto const& b) {
    constexpr double kLast = std::numeric_limits<double>::infinity();
    auto const day = [](auto const& c) {
      return c.condition->decided_mode ? c.condition->decided_mode->count() : kLast;
    };
    return day(a) < day(b);
  });
}

model::Pledge const* PlanReading::pledge(model::PledgeId const& id) const {
  return found(pledges_, id);
}

model::Condition const* PlanReading::condition(model::ConditionId const& id) const {
  return found(condition_rows_, id);
}

model::Capability PlanReading::capability(model::CapabilityId const& id) const {
  auto const* row = found(capabilities_, id);
  if (row != nullptr) {
    return *row;
  }
  model::Capability unknown;
  unknown.id = id;
  return unknown;
}

LineReading const* PlanReading::line(model::RequirementId const& id) const {
  auto const at = line_rows_.find(id);
  return at == line_rows_.end() ? nullptr : &lines_[at->second];
}

std::string PlanReading::nation_name(model::NationId const& id) const {
  auto const* row = found(nation_rows_, id);
  return title_or(row != nullptr ? &row->name : nullptr, id.text());
}

std::string PlanReading::nation_of(model::PledgeId const& id) const {
  auto const* row = pledge(id);
  return row != nullptr ? nation_name(row->nation) : clean(id.text());
}

std::string PlanReading::line_title(model::RequirementId const& id) const {
  auto const* reading = line(id);
  return title_or(reading != nullptr ? &reading->line->title : nullptr, id.text());
}

std::string PlanReading::capability_title(model::CapabilityId const& id) const {
  auto const* row = found(capabilities_, id);
  return title_or(row != nullptr ? &row->title : nullptr, humanised(id.text()));
}

std::string PlanReading::condition_title(model::ConditionId const& id) const {
  auto const* row = found(condition_rows_, id);
  return title_or(row != nullptr ? &row->title : nullptr, humanised(id.text()));
}

std::string PlanReading::area_title(model::AreaId const& id) const {
  auto const* row = found(areas_, id);
  return title_or(row != nullptr ? &row->title : nullptr, humanised(id.text()));
}

std::string PlanReading::pledge_title(model::PledgeId const& id) const {
  auto const* row = pledge(id);
  return row == nullptr
             ? clean(id.text())
             : fmt::format("{}: {}", nation_name(row->nation), capability_title(row->capability));
}

std::string PlanReading::words_for(std::string const& ids) const {
  std::vector<std::string> out;
  std::istringstream words{ids};
  for (std::string word; words >> word;) {
    if (condition_rows_.contains(model::ConditionId{word})) {
      out.push_back(condition_title(model::ConditionId{word}));
    } else if (pledges_.contains(model::PledgeId{word})) {
      out.push_back(pledge_title(model::PledgeId{word}));
    } else if (line_rows_.contains(model::RequirementId{word})) {
      out.push_back(line_title(model::RequirementId{word}));
    } else if (nation_rows_.contains(model::NationId{word})) {
      out.push_back(nation_name(model::NationId{word}));
    } else if (capabilities_.contains(model::CapabilityId{word})) {
      out.push_back(capability_title(model::CapabilityId{word}));
    } else {
      out.push_back(clean(word));
    }
  }
  return fmt::format("{}", fmt::join(out, "; "));
}

std::string PlanReading::words_for(model::Expression const& expression) const {
  std::vector<std::string> out;
  for (auto const& id : expression.conditions()) {
    out.push_back(condition_title(id));
  }
  for (auto const& item : expression.postfix()) {
    auto const* atom = std::get_if<model::Atom>(&item);
    if (atom == nullptr) {
      continue;
    }
    if (auto const* joins = std::get_if<model::JoinsAtom>(atom)) {
      out.push_back(fmt::format("{} goes too", nation_name(joins->nation)));
    } else if (auto const* joined = std::get_if<model::JoinedAtom>(atom)) {
      out.push_back(fmt::format("{} go ({})", counted(joined->at_least, "nation"),
                                humanised(joined->domain.text())));
    }
  }
  return listed(out);
}

std::string PlanReading::task_title(model::TaskId const& id) {
  return id.empty() ? std::string{"no task named"} : humanised(id.text());
}

std::size_t PlanReading::count(Cover cover) const {
  return static_cast<std::size_t>(
      std::count_if(lines_.begin(), lines_.end(),
                    [&](LineReading const& reading) { return reading.cover == cover; }));
}

Range PlanReading::fill_range() const {
  Range range{overall_fill_.value_or(0), overall_fill_.value_or(0)};
  for (auto const& comparison : plan_.comparisons) {
    auto const fill = comparison.viable ? comparison.fill : 0.0;
    range.low = std::min(range.low, fill);
    range.high = std::max(range.high, fill);
  }
  return range;
}

std::string PlanReading::headline() const {
  if (!overall_fill_) {
    return "No line could be planned, so there is no figure for the whole.";
  }
  if (*overall_fill_ <= 0) {
    return "Nothing of what is needed is covered.";
  }
  if (may_headline()) {
    return fmt::format("Over all lines and months, {} of what is needed is covered.",
                       percent(*overall_fill_));
  }
  auto const range = fill_range();
  if (plan_.comparisons.empty() || range.high - range.low < 0.005) {
    return "No single figure is given for the whole: more than a quarter of what it rests on is "
           "illustrative.";
  }
  return fmt::format(
      "More than a quarter of what this rests on is illustrative, so no single figure is given: "
      "over the assumptions planned, cover runs from {} to {} of what is needed.",
      percent(range.low), percent(range.high));
}

std::string PlanReading::world() const {
  std::vector<std::string> failing;
  std::vector<std::string> holding;
  for (auto const& [condition, holds] : plan_.world.assumed) {
    (holds ? holding : failing).push_back("“" + fit(condition_title(condition), 60) + "”");
  }
  constexpr std::size_t kTitles = 130;
  auto const but =
      failing.empty() ? std::string{} : " but " + listed_within(failing, kTitles, "condition");
  switch (plan_.world.kind) {
    case model::WorldKind::kAssured:
      return fmt::format(
          "if nothing undecided is relied on{}{}",
          holding.empty() ? std::string{} : " but " + listed_within(holding, kTitles, "condition"),
          failing.empty()
              ? std::string{}
              : fmt::format(", without {}", listed_within(failing, kTitles, "condition")));
    case model::WorldKind::kExpected:
      return (plan_.expected && plan_.expected->enumerated
                  ? "over every way the decisions may fall"
                  : "over a sample of the ways the decisions may fall") +
             (holding.empty() ? std::string{}
                              : ", with " + listed_within(holding, kTitles, "condition")) +
             (failing.empty() ? std::string{}
                              : ", without " + listed_within(failing, kTitles, "condition"));
    case model::WorldKind::kNominal:
    case model::WorldKind::kGiven:
      break;
  }
  return "if every condition comes true" + but;
}

}  // namespace guarantor::report
