#include "plan_fixture.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "guarantor/model/date.h"

namespace guarantor::report {
namespace {

using namespace model;

constexpr int kHorizon = 24;

Row row(Confidence confidence, std::string source, char const* date, std::string note = "") {
  return {{std::move(source), parse_date(date), confidence, std::move(note)}, {}};
}

Expression when(std::string const& text) {
  return std::get<Expression>(parse_expression(text));
}

Nation nation(char const* id, char const* name, bool framework = false) {
  Nation out;
  out.id = NationId{id};
  out.name = name;
  out.framework = framework;
  return out;
}

Capability capability(char const* id, char const* title, char const* unit, CapabilityKind kind,
                      std::optional<std::int64_t> personnel = std::nullopt) {
  Capability out;
  out.id = CapabilityId{id};
  out.title = title;
  out.unit = unit;
  out.kind = kind;
  if (personnel) {
    out.personnel = Personnel{*personnel};
  }
  return out;
}

Condition condition(char const* id, char const* title, ConditionKind kind, ConditionMode mode,
                    char const* decider, std::optional<double> day, double probability) {
  Condition out;
  out.id = ConditionId{id};
  out.title = title;
  out.kind = kind;
  out.mode = mode;
  out.decider = decider;
  out.probability = Probability{probability};
  if (day) {
    out.decided_min = Days{*day - 20};
    out.decided_mode = Days{*day};
    out.decided_max = Days{*day + 45};
  }
  out.row = row(Confidence::kEstimated, "Fourth Quay staff paper on procedure", "2026-01-03");
  return out;
}

Requirement line(char const* id, char const* title, char const* task, char const* capability,
                 int quantity, int tier, char const* area, char const* contingencies) {
  Requirement out;
  out.id = RequirementId{id};
  out.title = title;
  out.task = TaskId{task};
  out.capability = CapabilityId{capability};
  out.quantity = Units{quantity};
  out.tier = tier;
  out.area = AreaId{area};
  out.row = row(Confidence::kEstimated, "Draft statement of requirements, second round",
                "2025-12-18", "sized for two sectors");
  std::string word;
  for (char const c : std::string{contingencies} + " ") {
    if (c == ' ') {
      if (!word.empty()) {
        out.contingencies.emplace_back(word);
      }
      word.clear();
    } else {
      word += c;
    }
  }
  return out;
}

Pledge pledge(char const* id, char const* nation, char const* capability,
              std::optional<int> quantity, char const* conditions, Confidence confidence) {
  Pledge out;
  out.id = PledgeId{id};
  out.nation = NationId{nation};
  out.capability = CapabilityId{capability};
  if (quantity) {
    out.quantity = Units{*quantity};
  }
  out.conditions = when(conditions);
  out.status = PledgeStatus::kAnnounced;
  out.row =
      row(confidence, fmt::format("https://example.invalid/press/{}", std::string{id}.substr(0, 3)),
          "2026-01-05");
  return out;
}

void add_tables(Scenario& s) {
  s.nations = {nation("QMA", "Albia", true), nation("QMB", "Borland"),
               nation("QMC", "Corvia"),      nation("QMD", "Dravonia"),
               nation("QME", "Estmark"),     nation("QMF", "Fjordane"),
               nation("QMG", "Grenzland"),   nation("QMH", "United Havens"),
               nation("QMI", "Iléa"),        nation("QMJ", "Йорданія"),
               nation("QMK", "Kessel"),      nation("QML", "Lorraine-sur-Mer")};
  using K = CapabilityKind;
  s.capabilities = {
      capability("land.inf.mech", "Mechanised infantry", "company", K::kPresence, 150),
      capability("land.eng", "Combat engineers", "company", K::kPresence, 120),
      capability("land.med", "Field hospital", "hospital", K::kPresence, 180),
      capability("land.hq", "Division headquarters", "headquarters", K::kPresence, 300),
      capability("air.cap", "Combat air patrol", "squadron", K::kPresence, 260),
      capability("air.defence", "Ground-based air defence", "battery", K::kPresence, 90),
      capability("sea.mcm", "Minehunter", "minehunter", K::kPresence, 45),
      capability("sea.patrol", "Offshore patrol vessel", "vessel", K::kPresence, 60),
      capability("watch.drone", "Surveillance drones", "flight", K::kPresence, 40),
      capability("train", "Training", "100 trainees a month", K::kFlow),
      capability("fund", "Budget support", "EUR m a month", K::kFlow),
      capability("sanction.energy", "Energy sanctions on renewed attack", "", K::kMeasure)};
  using C = ConditionKind;
  using M = ConditionMode;
  s.conditions = {condition("ceasefire", "The ceasefire is in force", C::kCeasefire, M::kNone,
                            "The parties", 0, 0.6),
                  condition("mandate", "Resolution of the Assembly of Nations", C::kMandate,
                            M::kNone, "Assembly of Nations", -10, 0.7),
                  condition("consent", "Consent of the host nation", C::kConsent, M::kNone,
                            "Host government", -20, 0.95),
                  condition("backstop", "Support by the outside power if the force is attacked",
                            C::kBackstop, M::kNone, "The outside power", 15, 0.5),
                  condition("vote-qma", "Albia's parliament approves", C::kParliament,
                            M::kPriorVote, "National Assembly of Albia", 25, 0.8),
                  condition("vote-qmb", "Borland's diet is informed, and votes", C::kParliament,
                            M::kInformThenVote, "Diet of Borland", 120, 0.85),
                  condition("vote-qmf", "Fjordane's parliament approves", C::kParliament,
                            M::kPriorVote, "Storting of Fjordane", 45, 0.65),
                  condition("funds-qmh", "Funds voted by the United Havens", C::kFunding,
                            M::kPriorVote, "Chamber of the Havens", std::nullopt, 0.5)};
  auto const contingency = [](char const* id, char const* title) {
    Contingency out;
    out.id = ContingencyId{id};
    out.title = title;
    return out;
  };
  s.contingencies = {contingency("probe", "A probe across the line"),
                     contingency("strikes", "Missile strikes on cities"),
                     contingency("blockade", "A blockade of the ports"),
                     contingency("offensive", "A large offensive")};
}

void add_lines(Scenario& s) {
  s.requirements = {
      line("hq", "Force headquarters", "command", "land.hq", 1, 1, "rear", "probe offensive"),
      line("reserve-north", "Mobile reserve, north", "deter-on-land", "land.inf.mech", 6, 1,
           "north", "probe offensive"),
      line("reserve-south", "Mobile reserve, south", "deter-on-land", "land.inf.mech", 6, 1,
           "south", "probe offensive"),
      line("plants", "Protection of the nuclear plants", "deter-on-land", "land.inf.mech", 3, 1,
           "rear", "probe"),
      line("engineers", "Engineers for roads and shelters", "deter-on-land", "land.eng", 4, 2,
           "north", "offensive"),
      line("hospital", "Field hospitals, one a sector", "support", "land.med", 2, 2, "rear",
           "probe offensive"),
      line("cap-north", "Air patrol station, north", "deter-in-the-air", "air.cap", 2, 1, "north",
           "strikes"),
      line("cap-south", "Air patrol station, south", "deter-in-the-air", "air.cap", 2, 1, "south",
           "strikes"),
      line("gbad", "Air defence of the hubs", "deter-in-the-air", "air.defence", 4, 1, "rear",
           "strikes"),
      line("mcm", "Clearing of the sea lane", "deter-at-sea", "sea.mcm", 5, 2, "sea", "blockade"),
      line("patrol", "Patrol of the sea lane", "deter-at-sea", "sea.patrol", 3, 2, "sea",
           "blockade"),
      line("watch", "Watch over the line of contact", "monitor", "watch.drone", 8, 1, "north",
           "probe"),
      line("train", "Training of the host's brigades", "support", "train", 10, 3, "", ""),
      line("fund", "Budget support", "support", "fund", 200, 3, "", ""),
      line("sanctions", "Sanctions ready to fall", "respond", "sanction.energy", 1, 4, "",
           "probe strikes blockade offensive")};
}

void add_pledges(Scenario& s) {
  using F = Confidence;
  s.pledges = {pledge("qma-inf", "QMA", "land.inf.mech", 12, "vote-qma & mandate", F::kReported),
               pledge("qma-hq", "QMA", "land.hq", 2, "vote-qma", F::kReported),
               pledge("qma-cap", "QMA", "air.cap", 2, "vote-qma & backstop", F::kReported),
               pledge("qmb-inf", "QMB", "land.inf.mech", 9, "vote-qmb & backstop", F::kReported),
               pledge("qmb-eng", "QMB", "land.eng", 4, "vote-qmb", F::kEstimated),
               pledge("qmc-med", "QMC", "land.med", 2, "ceasefire & consent", F::kReported),
               pledge("qmc-gbad", "QMC", "air.defence", std::nullopt, "consent", F::kReported),
               pledge("qmd-mcm", "QMD", "sea.mcm", 4, "ceasefire", F::kReported),
               pledge("qme-drone", "QME", "watch.drone", 5, "", F::kEstimated),
               pledge("qmf-patrol", "QMF", "sea.patrol", 3, "vote-qmf", F::kReported),
               pledge("qmf-mcm", "QMF", "sea.mcm", std::nullopt, "vote-qmf", F::kReported),
               pledge("qmg-train", "QMG", "train", 6, "", F::kReported),
               pledge("qmh-fund", "QMH", "fund", 150, "funds-qmh", F::kReported),
               pledge("qmi-cap", "QMI", "air.cap", 1, "joins(QMA)", F::kEstimated),
               pledge("qmj-drone", "QMJ", "watch.drone", 2, "consent", F::kIllustrative),
               pledge("qmk-eng", "QMK", "land.eng", std::nullopt, "mandate", F::kReported),
               pledge("qmk-gbad", "QMK", "air.defence", std::nullopt, "mandate", F::kReported),
               pledge("qml-sanctions", "QML", "sanction.energy", 1, "", F::kReported)};
}

Interval<Months> span(int from, int to) {
  return {Months{from}, Months{to}};
}

void assign(ForcePlan& plan, char const* pledge, char const* line, int units, int from, int to) {
  plan.assignments.push_back({PledgeId{pledge}, RequirementId{line}, Units{units}, span(from, to)});
}

/// Cover of every line and month, added up from the assignments.
void fill_from_assignments(Scenario const& s, ForcePlan& plan) {
  plan.fill.clear();
  for (auto const& line : s.requirements) {
    for (int m = 0; m < s.header.horizon.count(); ++m) {
      std::int64_t units = 0;
      for (auto const& row : plan.assignments) {
        if (row.requirement == line.id && row.months.contains(Months{m})) {
          units += row.units.count();
        }
      }
      plan.fill.push_back({line.id, Months{m}, line.quantity,
                           static_cast<double>(std::min(units, line.quantity.count()))});
    }
  }
}

void assign_all(ForcePlan& plan) {
  assign(plan, "qma-hq", "hq", 1, 1, 24);
  for (int from : {1, 7, 13, 19}) {
    auto const to = std::min(from + 6, kHorizon);
    assign(plan, "qma-inf", "reserve-north", from == 13 ? 2 : 4, from, to);
    assign(plan, "qmb-inf", "reserve-south", 3, from + 4, std::min(to + 4, kHorizon));
  }
  plan.assignments.back().units = Units{2};
  assign(plan, "qma-inf", "plants", 3, 1, 24);
  assign(plan, "qmb-eng", "engineers", 3, 4, 16);
  assign(plan, "qmb-eng", "engineers", 1, 16, 24);
  assign(plan, "qmc-med", "hospital", 2, 0, 24);
  assign(plan, "qma-cap", "cap-north", 2, 1, 24);
  assign(plan, "qmi-cap", "cap-south", 1, 2, 20);
  assign(plan, "qmd-mcm", "mcm", 4, 0, 12);
  assign(plan, "qmd-mcm", "mcm", 2, 12, 24);
  assign(plan, "qmf-patrol", "patrol", 3, 3, 24);
  assign(plan, "qme-drone", "watch", 5, 0, 24);
  assign(plan, "qmj-drone", "watch", 2, 6, 18);
  assign(plan, "qmg-train", "train", 6, 0, 24);
  assign(plan, "qmh-fund", "fund", 150, 0, 24);
  assign(plan, "qml-sanctions", "sanctions", 1, 0, 24);
}

Gap gap(char const* line, int from, int to, double short_by, GapReason reason, char const* by,
        std::vector<Unlock> unlocks = {}) {
  return {RequirementId{line}, span(from, to), short_by, reason, by, std::move(unlocks)};
}

void explain_all(ForcePlan& plan) {
  plan.gaps = {
      gap("hq", 0, 1, 1, GapReason::kLate, "vote-qma"),
      gap("reserve-north", 0, 24, 2.6, GapReason::kRotation, "qma-inf",
          {{"one-more-unit", "qma-inf", 121.5}, {"condition", "vote-qmb", 40}}),
      gap("reserve-south", 0, 5, 6, GapReason::kLate, "vote-qmb", {{"condition", "vote-qmb", 88}}),
      gap("reserve-south", 5, 24, 3.1, GapReason::kNobodyOffered, ""),
      gap("engineers", 0, 24, 2.1, GapReason::kNotStated, "qmk-eng",
          {{"state-quantity", "qmk-eng", 31}}),
      gap("cap-south", 0, 24, 1.2, GapReason::kOutbid, "cap-north"),
      gap("gbad", 0, 24, 4, GapReason::kNotStated, "qmc-gbad qmk-gbad",
          {{"state-quantity", "qmc-gbad", 900}, {"state-quantity", "qmk-gbad", 450}}),
      gap("mcm", 0, 24, 2, GapReason::kNotStated, "qmf-mcm", {{"state-quantity", "qmf-mcm", 22}}),
      gap("watch", 0, 24, 2, GapReason::kCaveat, "qmj-drone", {{"lift-caveat", "qmj-drone", 60}}),
      gap("train", 0, 24, 4, GapReason::kNobodyOffered, ""),
      gap("fund", 0, 24, 50, GapReason::kCondition, "funds-qmh")};
  auto const ask = [](char const* what, char const* area, int from, int units, double worth,
                      std::vector<NationId> nations, std::vector<RequirementId> closes) {
    return Ask{CapabilityId{what}, AreaId{area},     span(from, kHorizon), Units{units}, worth,
               std::move(nations), std::move(closes)};
  };
  plan.asks = {ask("air.defence", "rear", 2, 4, 250, {NationId{"QMC"}, NationId{"QMK"}},
                   {RequirementId{"gbad"}}),
               ask("land.inf.mech", "south", 1, 1, 166, {NationId{"QMB"}, NationId{"QMA"}},
                   {RequirementId{"reserve-south"}}),
               ask("air.cap", "south", 4, 1, 120, {NationId{"QMI"}}, {RequirementId{"cap-south"}}),
               ask("sea.mcm", "sea", 12, 1, 20, {NationId{"QMF"}}, {RequirementId{"mcm"}})};
  plan.not_stated = {PledgeId{"qmc-gbad"}, PledgeId{"qmf-mcm"}, PledgeId{"qmk-eng"},
                     PledgeId{"qmk-gbad"}};
}

void compare(ForcePlan& plan) {
  auto const lines = [](std::vector<char const*> const& names) {
    std::vector<RequirementId> out;
    for (auto const* name : names) {
      out.emplace_back(name);
    }
    return out;
  };
  plan.comparisons = {
      {"assured", ConditionId{}, true, 2110.5, 2110.5, 0.31,
       lines({"hq", "reserve-north", "reserve-south", "plants", "engineers", "hospital"})},
      {"without backstop", ConditionId{"backstop"}, true, 4890.25, 4893, 0.571,
       lines({"reserve-south", "cap-north", "cap-south"})},
      {"without vote-qma", ConditionId{"vote-qma"}, false, 0, 0, 0, {}},
      {"without vote-qmb", ConditionId{"vote-qmb"}, true, 5321, 5330, 0.6,
       lines({"reserve-south", "engineers"})},
      {"without vote-qmf", ConditionId{"vote-qmf"}, true, 6001, 6001, 0.64, lines({"patrol"})},
      {"without mandate", ConditionId{"mandate"}, true, 4200, 4200, 0.55,
       lines({"reserve-north", "plants"})}};
}

}  // namespace

Scenario sample_scenario() {
  Scenario s;
  s.header.id = ScenarioId{"fourth-quay"};
  s.header.title = "A reassurance force for Midland";
  s.header.kind = ScenarioKind::kExercise;
  s.header.marking = "FOR PLANNERS";
  s.header.as_of = *parse_date("2026-01-06");
  s.header.c_day = *parse_date("2026-06-01");
  s.header.horizon = Months{kHorizon};
  s.header.viable_if = when("joins(QMA)");
  add_tables(s);
  add_lines(s);
  add_pledges(s);
  s.sources = {{"pledges",
                "qma-inf",
                "quantity",
                "10",
                "Evening Gazette of Albia",
                parse_date("2025-12-30"),
                "ten companies, the minister said",
                Confidence::kReported,
                {}}};
  return s;
}

ForcePlan sample_plan() {
  auto const s = sample_scenario();
  ForcePlan plan;
  plan.program_version = "0.1.0";
  plan.scenario_id = s.header.id.text();
  plan.scenario_hash = std::string(8, 'a') + std::string(56, '5');
  plan.seed = 1;
  plan.status = PlanStatus::kOptimal;
  plan.objective = 6207.375;
  plan.bound = 6223.5;
  plan.gap = (plan.bound - plan.objective) / plan.objective;
  plan.seconds = Seconds{4.25};
  assign_all(plan);
  fill_from_assignments(s, plan);
  explain_all(plan);
  plan.provenance = {0.52, 0.395, 0.085};
  compare(plan);
  return plan;
}

ForcePlan earlier_plan() {
  auto plan = sample_plan();
  plan.scenario_hash = std::string(64, 'b');
  std::erase_if(plan.assignments, [](Assignment const& row) {
    return row.pledge.text() == "qmf-patrol" || row.pledge.text() == "qmj-drone";
  });
  assign(plan, "qmi-cap", "cap-south", 1, 20, 24);
  fill_from_assignments(sample_scenario(), plan);
  return plan;
}

Scenario unstated_scenario() {
  auto s = sample_scenario();
  s.header.kind = ScenarioKind::kCase;
  s.header.marking.clear();
  for (auto& pledge : s.pledges) {
    pledge.quantity.reset();
  }
  return s;
}

ForcePlan empty_plan() {
  ForcePlan plan;
  auto const s = unstated_scenario();
  plan.program_version = "0.1.0";
  plan.scenario_id = s.header.id.text();
  plan.scenario_hash = std::string(64, 'c');
  plan.status = PlanStatus::kEmpty;
  plan.reason = "no pledge states a quantity";
  fill_from_assignments(s, plan);
  for (auto const& line : s.requirements) {
    plan.gaps.push_back({line.id,
                         span(0, kHorizon),
                         static_cast<double>(line.quantity.count()),
                         GapReason::kNotStated,
                         "",
                         {}});
  }
  for (auto const& pledge : s.pledges) {
    plan.not_stated.push_back(pledge.id);
  }
  return plan;
}

Scenario crowded_scenario() {
  auto s = sample_scenario();
  s.header.title =
      "A very long title of a reassurance and monitoring force for the whole of "
      "Midland, its seas, its airspace and its approaches, in several stages";
  s.header.marking = "FOR THE EYES OF PLANNERS OF THE COALITION AND NOBODY ELSE AT ALL";
  auto const stretch = [](std::string& text, std::size_t columns) {
    while (text.size() < columns) {
      text += " and further " + text;
    }
    text.resize(columns);
  };
  for (auto& nation : s.nations) {
    if (nation.name[0] > 0) {
      stretch(nation.name, 50);
    }
  }
  for (auto& row : s.conditions) {
    stretch(row.title, 120);
    stretch(row.decider, 90);
  }
  for (auto& line : s.requirements) {
    stretch(line.title, 120);
    line.task = TaskId{line.task.text() + "-with-a-long-name-that-goes-on-" + line.id.text()};
  }
  for (auto& capability : s.capabilities) {
    stretch(capability.title, 90);
  }
  for (auto& row : s.contingencies) {
    stretch(row.title, 90);
  }
  auto const contingencies = s.contingencies;
  for (int i = 0; i < 8; ++i) {
    auto extra = contingencies[static_cast<std::size_t>(i) % contingencies.size()];
    extra.id = ContingencyId{fmt::format("extra-{}", i)};
    s.contingencies.push_back(extra);
    s.requirements[8].contingencies.push_back(extra.id);
    s.requirements[1].contingencies.push_back(extra.id);
  }
  return s;
}

ForcePlan crowded_plan() {
  auto plan = sample_plan();
  auto const s = crowded_scenario();
  for (auto const& pledge : s.pledges) {
    plan.not_stated.push_back(pledge.id);
  }
  for (auto& ask : plan.asks) {
    for (auto const& nation : s.nations) {
      ask.nations.push_back(nation.id);
    }
    for (auto const& line : s.requirements) {
      ask.closes.push_back(line.id);
    }
  }
  for (auto& comparison : plan.comparisons) {
    comparison.viable = true;
    for (auto const& line : s.requirements) {
      comparison.lines_lost.push_back(line.id);
    }
  }
  for (auto const& condition : s.conditions) {
    plan.world.assumed.emplace(condition.id, true);
  }
  plan.world.kind = WorldKind::kGiven;
  plan.provenance = {0.2, 0.3, 0.5};
  return plan;
}

}  // namespace guarantor::report
