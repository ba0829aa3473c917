#include "bench/case_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "bench/draw.h"

namespace guarantor::bench {
namespace {

using namespace model;  // every line below names the model

constexpr std::size_t kPledgesOfMatter = 5;  // every fifth brings supplies, not units in place
constexpr std::size_t kLinesOfMatter = 4;

Expression expression(std::string const& text) {
  return std::get<Expression>(parse_expression(text));
}

class RuleMaker {
 public:
  RuleMaker(Scenario& scenario, std::uint64_t seed)
      : scenario_{scenario},
        draw_{seed, "bench rules"},
        months_{scenario.header.horizon.count()},
        units_{scenario.capabilities.size()} {}

  void run() {
    add_matter();
    add_substitutions();
    add_phases();
    scenario_.header.viable_if =
        expression(fmt::format("joins({}) | joins({})", nation(0).text(), nation(1).text()));
    add_rotation();
    add_caveats();
    add_coalitions();
    add_bundles();
    add_states();
    add_line_rules();
    add_ceilings();
  }

 private:
  NationId const& nation(std::size_t place) const {
    return scenario_.nations[place % scenario_.nations.size()].id;
  }

  /// Every `step`-th of a list, from a drawn first place on, so that no case goes without.
  template <class Row>
  void every(std::size_t step, std::vector<Row>& rows, std::function<void(Row&)> const& change) {
    for (std::size_t place = draw_.place_in(step); place < rows.size(); place += step) {
      change(rows[place]);
    }
  }

  /// Flows, stocks and a measure take the place of some units, in larger quantities.
  void add_matter() {
    auto const add = [&](char const* id, CapabilityKind kind, char const* unit) {
      scenario_.capabilities.push_back({.id = CapabilityId{id},
                                        .title = id,
                                        .kind = kind,
                                        .unit = unit,
                                        .domain = DomainId{"support"}});
    };
    add("funds", CapabilityKind::kFlow, "million a month");
    add("fuel", CapabilityKind::kFlow, "100 tonnes a month");
    add("stores", CapabilityKind::kStock, "100 items");
    add("sanction", CapabilityKind::kMeasure, "measure");
    std::vector<std::string> const kinds{"funds", "fuel", "stores", "funds", "sanction"};
    std::size_t next = 0;
    for (std::size_t k = kPledgesOfMatter - 1; k < scenario_.pledges.size();
         k += kPledgesOfMatter) {
      Pledge& pledge = scenario_.pledges[k];
      auto const& kind = kinds[next++ % kinds.size()];
      pledge.capability = CapabilityId{kind};
      pledge.quantity = Units{kind == "sanction" ? 1 : draw_.between(5, 60)};
      pledge.tour = kind == "fuel" ? std::optional{Months{3}} : std::nullopt;
      pledge.dwell = kind == "fuel" ? std::optional{Months{1}} : std::nullopt;
      pledge.cost_per_unit_month = kind == "sanction" ? std::nullopt : std::optional{Money{0.1}};
    }
    next = 0;
    for (std::size_t k = kLinesOfMatter - 1; k < scenario_.requirements.size();
         k += kLinesOfMatter) {
      Requirement& line = scenario_.requirements[k];
      auto const& kind = kinds[next++ % kinds.size()];
      line.capability = CapabilityId{kind};
      line.quantity = Units{kind == "sanction" ? 1 : draw_.between(20, 160)};
      line.max_nations = std::nullopt;
    }
  }

  void add_substitutions() {
    std::vector<double> const counts{0.25, 0.8, 1.5, 2, 3};
    for (std::size_t k = 0; k + 2 < units_; k += 2) {
      scenario_.substitutions.push_back(
          {.capability = scenario_.capabilities[k].id,
           .accepts = scenario_.capabilities[k + 2].id,
           .effectiveness = Effectiveness{counts[(k / 2) % counts.size()]}});
    }
    scenario_.substitutions.push_back({.capability = CapabilityId{"fuel"},
                                       .accepts = CapabilityId{"funds"},
                                       .effectiveness = Effectiveness{0.85}});
  }

  void add_phases() {
    int const half = months_ / 2;  // in whole months
    double const middle = 30.0 * half;
    scenario_.phases.push_back({.id = PhaseId{"freeze"},
                                .title = "Freeze",
                                .days = {Days{0}, Days{30}},
                                .begins_if = expression("ceasefire")});
    scenario_.phases.push_back({.id = PhaseId{"deploy"},
                                .title = "Deployment",
                                .days = {Days{30}, Days{middle}},
                                .begins_if = expression("ceasefire & mandate")});
    scenario_.phases.push_back({.id = PhaseId{"presence"},
                                .title = "Presence",
                                .days = {Days{middle}, Days{30.0 * months_}}});
  }

  void add_rotation() {
    every<Pledge>(8, scenario_.pledges, [](Pledge& p) { p.quantity_is = QuantityIs::kOnce; });
    every<Pledge>(7, scenario_.pledges, [](Pledge& p) { p.quantity_is = QuantityIs::kSustained; });
    every<Pledge>(9, scenario_.pledges, [&](Pledge& p) {
      p.until = Months{std::min(months_, p.from.value_or(Months{0}).count() + 2 * months_ / 3)};
    });
  }

  void add_caveats() {
    every<Pledge>(3, scenario_.pledges, [&](Pledge& p) {
      p.roe = draw_.of<RulesOfEngagement>({RulesOfEngagement::kObserve,
                                           RulesOfEngagement::kDefendMandate,
                                           RulesOfEngagement::kAssistHost});
    });
    every<Pledge>(11, scenario_.pledges, [&](Pledge& p) {
      p.areas.clear();
      p.not_areas = {scenario_.requirements[draw_.place_in(scenario_.requirements.size())].area};
    });
    every<Pledge>(12, scenario_.pledges, [](Pledge& p) { p.not_tasks = {TaskId{"guard"}}; });
    every<Pledge>(13, scenario_.pledges,
                  [](Pledge& p) { p.tasks = {TaskId{"watch"}, TaskId{"train"}}; });
  }

  /// "I go if you go", some of it in a circle of all nations.
  void add_coalitions() {
    every<Pledge>(6, scenario_.pledges, [&](Pledge& p) {
      auto const own = p.conditions.empty() ? std::string{} : " & " + print(p.conditions);
      p.conditions = expression(
          draw_.chance(0.5) ? fmt::format("joins({}){}", next_to(p.nation).text(), own)
                            : fmt::format("joined(land) >= {}{}", draw_.between(2, 4), own));
    });
  }

  NationId const& next_to(NationId const& id) const {
    auto const& nations = scenario_.nations;
    auto const found = std::find_if(nations.begin(), nations.end(),
                                    [&](Nation const& candidate) { return candidate.id == id; });
    return nation(static_cast<std::size_t>(found - nations.begin()) + 1);
  }

  void add_bundles() {
    for (std::size_t k = 5 + draw_.place_in(5); k < scenario_.pledges.size(); k += 10) {
      scenario_.pledges[k].requires_pledges = {scenario_.pledges[draw_.place_in(k)].id};
    }
  }

  void add_states() {
    every<Pledge>(20, scenario_.pledges, [](Pledge& p) { p.status = PledgeStatus::kIndicated; });
    every<Pledge>(25, scenario_.pledges, [](Pledge& p) { p.status = PledgeStatus::kWithdrawn; });
    every<Pledge>(23, scenario_.pledges, [](Pledge& p) { p.quantity = std::nullopt; });
  }

  void add_line_rules() {
    every<Requirement>(3, scenario_.requirements, [&](Requirement& line) {
      line.min_fill = draw_.of<double>({0.4, 0.5, 0.6, 0.75, 1});
    });
    every<Requirement>(6, scenario_.requirements,
                       [&](Requirement& line) { line.framework_nation = leader_of(line); });
    every<Requirement>(4, scenario_.requirements, [&](Requirement& line) {
      line.roe = draw_.of<RulesOfEngagement>(
          {RulesOfEngagement::kSelfDefence, RulesOfEngagement::kDefendMandate});
    });
    every<Requirement>(7, scenario_.requirements,
                       [&](Requirement& line) { line.weight = draw_.between(2, 2 * months_); });
  }

  /// A nation that could lead the line: one that offers what it needs.
  NationId leader_of(Requirement const& line) {
    std::vector<NationId> able;
    for (Pledge const& pledge : scenario_.pledges) {
      if (pledge.capability == line.capability) {
        able.push_back(pledge.nation);
      }
    }
    return able.empty() ? nation(0) : draw_.of(able);
  }

  /// Each at a share of what the lines in its scope ask for, so that some of them bind.
  void add_ceilings() {
    auto const area = scenario_.requirements.front().area;
    auto const task = scenario_.requirements.front().task;
    double const all = people([](Requirement const&) { return true; });
    double const in_area = people([&](Requirement const& line) { return line.area == area; });
    double const in_task = people([&](Requirement const& line) { return line.task == task; });
    auto const add = [&](char const* id, CeilingScope scope, std::string const& of, double most) {
      scenario_.ceilings.push_back({.id = CeilingId{id},
                                    .scope = scope,
                                    .of = of,
                                    .personnel = Personnel{static_cast<std::int64_t>(most)}});
    };
    add("everywhere", CeilingScope::kAll, "", 0.6 * all);
    add("first-nation", CeilingScope::kNation, nation(0).text(), 0.08 * all);
    add("one-area", CeilingScope::kArea, area.text(), 0.5 * in_area);
    add("one-task", CeilingScope::kTask, task.text(), 0.5 * in_task);
    scenario_.ceilings.back().from = Months{1};
    scenario_.ceilings.back().to = Months{months_ - 1};
  }

  [[nodiscard]] double people(std::function<bool(Requirement const&)> const& in_scope) const {
    std::map<CapabilityId, std::int64_t> of_unit;
    for (Capability const& capability : scenario_.capabilities) {
      of_unit[capability.id] = capability.personnel.value_or(Personnel{0}).count();
    }
    std::int64_t total = 0;
    for (Requirement const& line : scenario_.requirements) {
      total += in_scope(line) ? line.quantity.count() * of_unit[line.capability] : 0;
    }
    return static_cast<double>(total);
  }

  Scenario& scenario_;
  Draw draw_;
  int months_;
  std::size_t units_;  ///< capabilities before the supplies
};

}  // namespace

void add_optional_rows(Scenario& scenario, std::uint64_t seed) {
  RuleMaker{scenario, seed}.run();
}

}  // namespace guarantor::bench
