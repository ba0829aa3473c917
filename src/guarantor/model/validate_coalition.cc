#include <algorithm>
#include <map>

#include "guarantor/model/checker.h"
#include "guarantor/model/condition_network.h"
#include "guarantor/model/nation_code.h"

/// The rules of the tables about who is at the table and what must be decided.
namespace guarantor::model {

void Checker::check_phases() {
  for (std::size_t row = 0; row < scenario_.phases.size(); ++row) {
    Phase const& phase = scenario_.phases[row];
    if (phase.days.empty()) {
      error({Table::kPhases, row, "to_day"}, "impossible window: from_day and to_day leave no day",
            "spans are half-open: to_day is the first day that no longer counts");
    }
    expression({Table::kPhases, row, "begins_if"}, phase.begins_if);
    for (std::size_t earlier = 0; earlier < row; ++earlier) {
      if (scenario_.phases[earlier].days.overlaps(phase.days)) {
        warning({Table::kPhases, row, "from_day"},
                "overlaps phase `" + scenario_.phases[earlier].id.text() + "`",
                "a line belongs to the first phase that contains its first day");
      }
    }
  }
}

void Checker::check_nations() {
  for (std::size_t row = 0; row < scenario_.nations.size(); ++row) {
    Nation const& nation = scenario_.nations[row];
    nation_code({Table::kNations, row, "nation"}, nation.id.text());
    not_negative({Table::kNations, row, "personnel"}, nation.personnel);
    if (scenario_.header.kind == ScenarioKind::kExercise &&
        classify_nation(nation.id.text()) == NationCode::kOfficial) {
      warning({Table::kNations, row, "nation"},
              "an exercise names the real nation " + nation.id.text(),
              "fictional nations take QMA-QZZ or XAA-XZZ");
    }
  }
}

void Checker::check_meetings() {
  for (std::size_t row = 0; row < scenario_.attendance.size(); ++row) {
    Attendance const& seat = scenario_.attendance[row];
    known({Table::kAttendance, row, "meeting"}, "meeting", seat.meeting.text(), names_.meetings);
    known({Table::kAttendance, row, "nation"}, "nation", seat.nation.text(), names_.nations);
  }
}

void Checker::check_conditions() {
  for (std::size_t row = 0; row < scenario_.conditions.size(); ++row) {
    Condition const& condition = scenario_.conditions[row];
    auto const at = [row](std::string_view column) { return At{Table::kConditions, row, column}; };
    auto const count = [](auto const& value) {
      return value ? std::optional<double>{value->count()} : std::nullopt;
    };
    share(at("probability"), count(condition.probability));
    share(at("revoke_per_month"), count(condition.revoke_per_month));
    not_negative(at("decided_day_min"), condition.decided_min);
    not_negative(at("decided_day_mode"), condition.decided_mode);
    not_negative(at("decided_day_max"), condition.decided_max);
    if (condition.valid && *condition.valid < Months{1}) {
      error(at("valid_months"), "valid_months is less than 1", "empty means for good");
    }
    Days const mode = condition.decided_mode.value_or(Days{0});
    if ((condition.decided_min && condition.decided_mode && *condition.decided_min > mode) ||
        (condition.decided_max && condition.decided_mode && *condition.decided_max < mode) ||
        (condition.decided_min && condition.decided_max &&
         *condition.decided_min > *condition.decided_max)) {
      error(at("decided_day_mode"), "decided_day_min, _mode and _max are not in rising order");
    }
    for (Given const& given : condition.given) {
      share(at("given"), given.probability.count());
      expression(at("given"), given.when);
      for (Occurrence const& occurrence : given.when.occurrences()) {
        if (std::holds_alternative<JoinsAtom>(occurrence.atom) ||
            std::holds_alternative<JoinedAtom>(occurrence.atom)) {
          error(at("given"), "`" + print(occurrence.atom) + "` cannot stand in `given`",
                "name conditions; who joins depends on conditions, not they on it");
        }
      }
    }
  }
  std::vector<std::size_t> const cycle = find_cycle(scenario_.conditions);
  if (!cycle.empty()) {
    std::string names;
    for (std::size_t const row : cycle) {
      names += scenario_.conditions[row].id.text() + " -> ";
    }
    names += scenario_.conditions[cycle.front()].id.text();
    error({Table::kConditions, cycle.front(), "given"},
          "conditions depend on each other in a circle: " + names, "remove one of the mentions");
  }
}

void Checker::check_assessments() {
  for (std::size_t row = 0; row < scenario_.assessments.size(); ++row) {
    Assessment const& assessment = scenario_.assessments[row];
    known({Table::kAssessments, row, "condition"}, "condition", assessment.condition.text(),
          names_.conditions);
    double last = 0;
    std::pair<std::string_view, std::optional<Probability>> const columns[] = {
        {"low", assessment.low}, {"likely", assessment.likely}, {"high", assessment.high}};
    for (auto const& [column, value] : columns) {
      if (!value) {
        continue;
      }
      share({Table::kAssessments, row, column}, value->count());
      if (value->count() < last) {
        error({Table::kAssessments, row, column}, "low, likely and high are not in rising order");
      }
      last = value->count();
    }
  }
}

void Checker::check_sources() {
  for (std::size_t row = 0; row < scenario_.sources.size(); ++row) {
    SourceNote const& note = scenario_.sources[row];
    KnownNames::Names const tables{kWords<Table>.begin(), kWords<Table>.end()};
    known({Table::kSources, row, "table"}, "table", note.table, tables);
    std::map<std::string_view, KnownNames::Names const*> const keyed{
        {"pledges", &names_.pledges},
        {"nations", &names_.nations},
        {"conditions", &names_.conditions},
        {"meetings", &names_.meetings},
        {"capabilities", &names_.capabilities},
        {"locations", &names_.locations},
        {"links", &names_.links}};
    if (auto const names = keyed.find(note.table); names != keyed.end()) {
      known({Table::kSources, row, "key"}, "key of " + note.table, note.key, *names->second);
    }
  }
}

}  // namespace guarantor::model
