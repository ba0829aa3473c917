#include "random_case.h"

#include <string>
#include <variant>

#include "guarantor/model/random_stream.h"

namespace guarantor::generate {
namespace {

using namespace model;  // a test's own shorthand: every line below names the model

class Drawer {
 public:
  Drawer(std::uint64_t seed, int pledges, int lines, int months)
      : stream_{seed, "random case"}, pledges_{pledges}, lines_{lines}, months_{months} {}

  Scenario run() {
    s_.header.id = ScenarioId{"random"};
    s_.header.title = "Random case";
    s_.header.kind = ScenarioKind::kExercise;
    s_.header.horizon = Months{months_};
    s_.header.tier_weights = {10, 3};
    s_.header.nation_penalty = pick({0.0, 0.5, 1.5});
    s_.header.cost_weight = 0.1;
    s_.header.viable_if = expression(chance(0.2) ? "joins(XAA) | joins(XAB)" : "");
    for (char const* code : {"XAA", "XAB", "XAC"}) {
      s_.nations.push_back({.id = NationId{code}, .name = code});
    }
    draw_conditions();
    draw_capabilities();
    for (int p = 0; p < pledges_; ++p) {
      draw_pledge(p);
    }
    for (int r = 0; r < lines_; ++r) {
      draw_line(r);
    }
    draw_ceilings();
    if (chance(0.4)) {
      s_.phases.push_back({.id = PhaseId{"first"}, .title = "First", .days = {Days{0}, Days{30}}});
      s_.phases.push_back({.id = PhaseId{"second"},
                           .title = "Second",
                           .days = {Days{30}, Days{3600}},
                           .begins_if = expression(pick({"mandate", "", "joins(XAA)"}))});
    }
    return std::move(s_);
  }

 private:
  bool chance(double probability) { return stream_.uniform() < probability; }
  int below(int n) { return static_cast<int>(stream_.uniform() * n); }
  template <class T>
  T pick(std::initializer_list<T> values) {
    return *(values.begin() + below(static_cast<int>(values.size())));
  }

  static Expression expression(char const* text) {
    return std::get<Expression>(parse_expression(text));
  }

  void draw_conditions() {
    s_.conditions.push_back({.id = ConditionId{"mandate"},
                             .probability = Probability{pick({0.5, 1.0})},
                             .decided_mode = Days{pick({0.0, 20.0, 40.0})}});
    s_.conditions.push_back({.id = ConditionId{"vote"}, .probability = Probability{0.7}});
  }

  void draw_capabilities() {
    s_.capabilities.push_back({.id = CapabilityId{"inf"},
                               .kind = CapabilityKind::kPresence,
                               .domain = DomainId{"land"},
                               .personnel = Personnel{100}});
    s_.capabilities.push_back({.id = CapabilityId{"eng"},
                               .kind = CapabilityKind::kPresence,
                               .domain = DomainId{"land"},
                               .personnel = Personnel{50}});
    s_.capabilities.push_back(
        {.id = CapabilityId{"fund"}, .kind = CapabilityKind::kFlow, .domain = DomainId{"money"}});
    s_.substitutions.push_back(
        {CapabilityId{"inf"}, CapabilityId{"eng"}, Effectiveness{pick({0.6, 0.5, 2.0})}, {}});
  }

  void draw_pledge(int p) {
    Pledge pledge;
    pledge.id = PledgeId{"p" + std::to_string(p)};
    pledge.nation = NationId{pick({"XAA", "XAB", "XAC"})};
    pledge.capability = CapabilityId{pick({"inf", "inf", "eng", "fund"})};
    if (!chance(0.1)) {
      pledge.quantity = Units{1 + below(2)};
    }
    if (chance(0.5)) {
      pledge.quantity_is = pick({QuantityIs::kPool, QuantityIs::kSustained, QuantityIs::kOnce});
    }
    if (chance(0.3)) {
      pledge.notice = Days{pick({10.0, 35.0})};
    }
    if (chance(0.2)) {
      pledge.from = Months{1};
    }
    if (chance(0.2)) {
      pledge.until = Months{2 + below(2)};
    }
    if (chance(0.7)) {
      pledge.tour = Months{1 + below(3)};
      pledge.dwell = Months{below(3)};
    }
    if (chance(0.2)) {
      pledge.areas = {AreaId{pick({"north", "south"})}};
    }
    if (chance(0.1)) {
      pledge.not_tasks = {TaskId{"guard"}};
    }
    if (chance(0.4)) {
      pledge.roe = pick({RulesOfEngagement::kObserve, RulesOfEngagement::kSelfDefence,
                         RulesOfEngagement::kDefendMandate});
    }
    if (p > 0 && chance(0.25)) {
      pledge.requires_pledges = {PledgeId{"p" + std::to_string(below(p))}};
    }
    if (chance(0.5)) {
      pledge.conditions =
          expression(pick({"mandate", "vote & mandate", "!vote | vote", "joins(XAA)",
                           "joins(XAB) & mandate", "joined(land) >= 2", "!vote"}));
    }
    pledge.status =
        pick({PledgeStatus::kAnnounced, PledgeStatus::kAnnounced, PledgeStatus::kMandated,
              PledgeStatus::kIndicated, PledgeStatus::kWithdrawn});
    if (chance(0.7) && pledge.status == PledgeStatus::kWithdrawn) {
      pledge.status = PledgeStatus::kCabinet;
    }
    if (chance(0.5)) {
      pledge.cost_per_unit_month = Money{pick({1.0, 4.0})};
    }
    s_.pledges.push_back(std::move(pledge));
  }

  void draw_line(int r) {
    Requirement line;
    line.id = RequirementId{"r" + std::to_string(r)};
    line.task = TaskId{pick({"guard", "support"})};
    line.capability = CapabilityId{pick({"inf", "inf", "eng", "fund"})};
    line.quantity = Units{1 + below(3)};
    if (chance(0.4)) {
      line.min_fill = pick({0.5, 0.6, 1.0});
    }
    line.area = AreaId{pick({"north", "south"})};
    if (chance(0.3)) {
      line.from = Months{1};
    }
    if (chance(0.2)) {
      line.to = Months{3};
    }
    line.tier = 1 + below(2);
    if (chance(0.3)) {
      line.weight = pick({1.0, 5.0});
    }
    if (chance(0.3)) {
      line.roe = pick({RulesOfEngagement::kSelfDefence, RulesOfEngagement::kDefendMandate});
    }
    if (chance(0.4)) {
      line.max_nations = 1 + below(2);
    }
    if (chance(0.3)) {
      line.framework_nation = NationId{pick({"XAA", "XAB"})};
    }
    s_.requirements.push_back(std::move(line));
  }

  void draw_ceilings() {
    if (chance(0.3)) {
      s_.ceilings.push_back({.id = CeilingId{"all"},
                             .from = chance(0.5) ? std::optional{Months{1}} : std::nullopt,
                             .personnel = Personnel{pick({100, 200, 250})}});
    }
    if (chance(0.3)) {
      s_.ceilings.push_back({.id = CeilingId{"one"},
                             .scope = pick({CeilingScope::kNation}),
                             .of = "XAA",
                             .personnel = Personnel{100}});
    }
    if (chance(0.2)) {
      s_.ceilings.push_back({.id = CeilingId{"place"},
                             .scope = CeilingScope::kArea,
                             .of = "north",
                             .to = Months{2},
                             .personnel = Personnel{150}});
    }
    if (chance(0.2)) {
      s_.ceilings.push_back({.id = CeilingId{"task"},
                             .scope = CeilingScope::kTask,
                             .of = "guard",
                             .personnel = Personnel{100}});
    }
  }

  RandomStream stream_;
  int pledges_;
  int lines_;
  int months_;
  Scenario s_;
};

}  // namespace

Scenario random_case(std::uint64_t seed) {
  RandomStream sizes{seed, "random case sizes"};
  int const pledges = 2 + static_cast<int>(sizes.uniform() * 4);
  int const lines = 1 + static_cast<int>(sizes.uniform() * 3);
  int const months = 3 + static_cast<int>(sizes.uniform() * 2);
  return random_case(seed, pledges, lines, months);
}

Scenario random_case(std::uint64_t seed, int pledges, int lines, int months) {
  return Drawer{seed, pledges, lines, months}.run();
}

}  // namespace guarantor::generate
