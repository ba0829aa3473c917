#include "guarantor/report/input_causes.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace guarantor::report {
namespace {

using model::Table;

struct TableColumns {
  Table table;
  std::vector<std::string_view> columns;
};

/// What the model of a plan reads, by table. Keys are in it: a row that comes or goes is a change.
std::vector<TableColumns> const& columns_of_the_model() {
  static std::vector<TableColumns> const kColumns{
      {Table::kScenario,
       {"horizon_months", "tier_weights", "nation_penalty", "cost_weight", "reassign_cost",
        "viable_if"}},
      {Table::kPhases, {"phase", "from_day", "to_day", "begins_if"}},
      {Table::kConditions, {"condition", "probability", "given", "decided_day_mode"}},
      {Table::kCapabilities, {"capability", "kind", "domain", "personnel"}},
      {Table::kSubstitutions, {"capability", "accepts", "effectiveness"}},
      {Table::kPledges,
       {"pledge",       "nation",       "capability", "quantity",    "quantity_is",
        "notice_days",  "transit_days", "from_month", "until_month", "tour_months",
        "dwell_months", "areas",        "tasks",      "not_areas",   "not_tasks",
        "roe",          "requires",     "conditions", "status",      "cost_per_unit_month"}},
      {Table::kRequirements,
       {"requirement", "task", "capability", "quantity", "min_fill", "area", "from_month",
        "to_month", "tier", "weight", "roe", "max_nations", "framework_nation"}},
      {Table::kCeilings, {"ceiling", "scope", "of", "from_month", "to_month", "personnel"}}};
  return kColumns;
}

template <class Rows>
auto const* row_of(Rows const& rows, std::string const& id) {
  auto const at =
      std::find_if(rows.begin(), rows.end(), [&](auto const& row) { return row.id.text() == id; });
  return at == rows.end() ? nullptr : &*at;
}

bool covers(model::Ceiling const& ceiling, model::Requirement const& line) {
  switch (ceiling.scope) {
    case model::CeilingScope::kAll:
      return true;
    case model::CeilingScope::kArea:
      return ceiling.of == line.area.text();
    case model::CeilingScope::kTask:
      return ceiling.of == line.task.text();
    case model::CeilingScope::kNation:
      break;
  }
  return true;  // which nations might have come cannot be read off the line
}

bool names(std::string const& ids, std::string const& id) {
  return (" " + ids + " ").find(" " + id + " ") != std::string::npos;
}

std::vector<Cause> causes(std::set<std::size_t> const& rows, model::PledgeId const& pledge) {
  std::vector<Cause> out;
  for (std::size_t const row : rows) {
    out.push_back({row, pledge});
  }
  return out;
}

std::map<model::PledgeId, bool> holds(PlanReading const& reading,
                                      std::optional<model::World> const& world) {
  std::map<model::PledgeId, bool> out;
  auto const& pledges = reading.scenario().pledges;
  for (std::size_t i = 0; world && i < pledges.size(); ++i) {
    out.emplace(pledges[i].id, world->pledge_holds[i]);
  }
  return out;
}

std::optional<model::World> world_of(PlanReading const& reading) {
  auto world = model::resolve(reading.scenario(), reading.plan().world);
  // A sample of worlds is none of them; then no pledge is known to count in one plan only.
  return world.ok() ? std::optional{std::move(world).value()} : std::nullopt;
}

}  // namespace

bool bears_on_plan(Table table, std::string const& column) {
  auto const& all = columns_of_the_model();
  return std::any_of(all.begin(), all.end(), [&](TableColumns const& entry) {
    return entry.table == table &&
           std::find(entry.columns.begin(), entry.columns.end(), column) != entry.columns.end();
  });
}

bool bears_on_plan(model::RowDifference const& row) {
  return std::any_of(row.cells.begin(), row.cells.end(), [&](model::CellChange const& cell) {
    return bears_on_plan(row.table, cell.column);
  });
}

InputCauses::InputCauses(PlanReading const& before, PlanReading const& after,
                         model::ScenarioDifference const& input)
    : before_{before},
      after_{after},
      input_{input},
      same_world_{before.plan().world == after.plan().world},
      world_before_{world_of(before)},
      world_after_{world_of(after)},
      holds_before_{holds(before, world_before_)},
      holds_after_{holds(after, world_after_)} {
  for (std::size_t i = 0; i < input.rows.size(); ++i) {
    if (bears_on_plan(input.rows[i])) {
      rows_.emplace(std::pair{input.rows[i].table, input.rows[i].key}, i);
    }
  }
}

void InputCauses::add(Rows& rows, Table table, std::string const& key) const {
  if (auto const found = rows_.find({table, key}); found != rows_.end()) {
    rows.insert(found->second);
  }
}

void InputCauses::add_conditions(Rows& rows, model::Expression const& expression,
                                 std::set<model::PledgeId>& seen) const {
  for (auto const& condition : expression.conditions()) {
    add(rows, Table::kConditions, condition.text());
  }
  for (auto const& occurrence : expression.occurrences()) {
    add_joined(rows, occurrence.atom, seen);
  }
}

void InputCauses::add_joined(Rows& rows, model::Atom const& atom,
                             std::set<model::PledgeId>& seen) const {
  auto const* joins = std::get_if<model::JoinsAtom>(&atom);
  auto const* joined = std::get_if<model::JoinedAtom>(&atom);
  if (joins == nullptr && joined == nullptr) {
    return;
  }
  for (auto const* side : {&before_, &after_}) {
    for (auto const& pledge : side->scenario().pledges) {
      auto const capability = side->capability(pledge.capability);
      bool const meant =
          joins != nullptr ? pledge.nation == joins->nation : capability.domain == joined->domain;
      if (meant && capability.kind == model::CapabilityKind::kPresence) {
        add_pledge(rows, pledge.id, seen);
      }
    }
  }
}

bool InputCauses::counts_in_one_only(model::PledgeId const& id) const {
  auto const then = holds_before_.find(id);
  auto const now = holds_after_.find(id);
  return then != holds_before_.end() && now != holds_after_.end() && then->second != now->second;
}

void InputCauses::add_pledge(Rows& rows, model::PledgeId const& id,
                             std::set<model::PledgeId>& seen) const {
  if (!seen.insert(id).second) {
    return;
  }
  add(rows, Table::kPledges, id.text());
  for (auto const* side : {&before_, &after_}) {
    auto const* pledge = side->pledge(id);
    if (pledge == nullptr) {
      continue;
    }
    add(rows, Table::kCapabilities, pledge->capability.text());
    for (auto const& needed : pledge->requires_pledges) {
      add(rows, Table::kPledges, needed.text());
    }
    if (counts_in_one_only(id)) {
      add_conditions(rows, pledge->conditions, seen);
    } else {
      for (auto const& condition : pledge->conditions.conditions()) {
        add(rows, Table::kConditions, condition.text());
      }
    }
  }
}

std::vector<Cause> InputCauses::of_pledge(model::PledgeId const& id) const {
  Rows rows;
  std::set<model::PledgeId> seen;
  add_pledge(rows, id, seen);
  auto out = causes(rows, id);
  if (out.empty() && !same_world_ && counts_in_one_only(id)) {
    out.push_back({std::nullopt, id});
  }
  return out;
}

bool InputCauses::scalar_changed(std::string const& column) const {
  auto const found = rows_.find({Table::kScenario, ""});
  if (found == rows_.end()) {
    return false;
  }
  auto const& cells = input_.rows[found->second].cells;
  return std::any_of(cells.begin(), cells.end(),
                     [&](model::CellChange const& cell) { return cell.column == column; });
}

bool InputCauses::tier_weight_changed(model::RequirementId const& line) const {
  auto const weight = [&](PlanReading const& side) {
    auto const* reading = side.line(line);
    auto const& weights = side.scenario().header.tier_weights;
    auto const tier =
        reading == nullptr ? 0U : static_cast<std::size_t>(reading->line->tier_or_default());
    return tier == 0 || tier > weights.size() ? 0.0 : weights[tier - 1];
  };
  return scalar_changed("tier_weights") && weight(before_) != weight(after_);
}

void InputCauses::add_phases(Rows& rows, model::RequirementId const& line) const {
  for (auto const* side : {&before_, &after_}) {
    auto const* reading = side->line(line);
    if (reading == nullptr) {
      continue;
    }
    auto const months = reading->line->months(side->scenario().header.horizon);
    model::Days const day{static_cast<double>(months.from.count()) * model::kDaysPerMonth};
    for (auto const& phase : side->scenario().phases) {
      if (phase.days.contains(day)) {
        add(rows, Table::kPhases, phase.id.text());
        std::set<model::PledgeId> seen;
        add_conditions(rows, phase.begins_if, seen);
      }
    }
  }
}

bool InputCauses::viable_in_one_only() const {
  bool const then = !world_before_ || world_before_->viable;
  bool const now = !world_after_ || world_after_->viable;
  return then != now;
}

void InputCauses::add_viability(Rows& rows) const {
  if (!viable_in_one_only()) {
    return;
  }
  if (scalar_changed("viable_if")) {
    add(rows, Table::kScenario, "");
  }
  std::set<model::PledgeId> seen;
  add_conditions(rows, before_.scenario().header.viable_if, seen);
  add_conditions(rows, after_.scenario().header.viable_if, seen);
}

std::vector<Cause> InputCauses::of_line(LineDifference const& line) const {
  Rows rows;
  add(rows, Table::kRequirements, line.line.text());
  add_phases(rows, line.line);
  add_viability(rows);
  bool const other_months = line.required_before != line.required_after;
  if (tier_weight_changed(line.line) || (other_months && scalar_changed("horizon_months"))) {
    add(rows, Table::kScenario, "");
  }
  for (auto const* side : {&before_, &after_}) {
    if (auto const* reading = side->line(line.line); reading != nullptr) {
      for (auto const& row : side->scenario().substitutions) {
        if (row.capability == reading->line->capability) {
          add(rows, Table::kSubstitutions, row.capability.text() + " " + row.accepts.text());
        }
      }
    }
    for (auto const& ceiling : side->scenario().ceilings) {
      if (names(line.short_before.by, ceiling.id.text()) ||
          names(line.short_after.by, ceiling.id.text())) {
        add(rows, Table::kCeilings, ceiling.id.text());
      }
    }
  }
  auto out = causes(rows, {});
  if (out.empty() && !same_world_ && viable_in_one_only()) {
    out.push_back({std::nullopt, {}});
  }
  return out;
}

std::vector<Cause> InputCauses::of_all(model::RequirementId const& line) const {
  Rows rows;
  for (auto const* column : {"nation_penalty", "cost_weight", "reassign_cost", "tier_weights"}) {
    if (scalar_changed(column)) {
      add(rows, Table::kScenario, "");
    }
  }
  for (auto const* side : {&before_, &after_}) {
    auto const* reading = side->line(line);
    for (auto const& ceiling : side->scenario().ceilings) {
      if (reading != nullptr && covers(ceiling, *reading->line)) {
        add(rows, Table::kCeilings, ceiling.id.text());
      }
    }
  }
  return causes(rows, {});
}

}  // namespace guarantor::report
