#include "bench/case_maker.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "bench/case_rules.h"
#include "bench/draw.h"

namespace guarantor::bench {
namespace {

using namespace model;  // every line below names the model

constexpr int kLeadNations = 4;  // those that bring more than the others

std::string nation_code(int place) {
  return fmt::format("X{}{}", static_cast<char>('A' + place / 26),
                     static_cast<char>('A' + place % 26));
}

std::string vote_of(NationId const& nation) {
  std::string name = "vote-" + nation.text();
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name;
}

Expression expression(std::string const& text) {
  return std::get<Expression>(parse_expression(text));
}

/// The tables every conference has, one after the other, each from a stream of its own.
class CaseMaker {
 public:
  explicit CaseMaker(CaseRequest const& request) : request_{request}, size_{request.size} {}

  Scenario run() {
    add_header();
    add_nations();
    add_conditions();
    add_capabilities();
    for (int k = 0; k < size_.areas; ++k) {
      areas_.emplace_back(fmt::format("area-{:02}", k));
    }
    for (int k = 0; k < size_.pledges; ++k) {
      add_pledge(k);
    }
    for (int k = 0; k < size_.lines; ++k) {
      add_line(k);
    }
    return std::move(scenario_);
  }

 private:
  void add_header() {
    Header& header = scenario_.header;
    header.id = ScenarioId{request_.name};
    header.title = fmt::format("Synthetic case, seed {}", request_.seed);
    header.kind = ScenarioKind::kExercise;
    header.as_of = Date{std::chrono::year{2030} / 1 / 1};
    header.c_day = Date{std::chrono::year{2030} / 6 / 1};
    header.horizon = Months{size_.months};
    header.tier_weights = {100, 30, 10, 3};
  }

  void add_nations() {
    for (int k = 0; k < size_.nations; ++k) {
      auto const code = nation_code(k);
      scenario_.nations.push_back(
          {.id = NationId{code}, .name = code, .framework = k < kLeadNations});
    }
  }

  void add_conditions() {
    Draw draw{request_.seed, "bench conditions"};
    scenario_.conditions.push_back({.id = ConditionId{"ceasefire"},
                                    .title = "Ceasefire",
                                    .kind = ConditionKind::kCeasefire,
                                    .mode = ConditionMode::kNone,
                                    .probability = Probability{1}});
    scenario_.conditions.push_back(
        {.id = ConditionId{"mandate"},
         .title = "Mandate",
         .kind = ConditionKind::kMandate,
         .mode = ConditionMode::kNone,
         .probability = Probability{0.7},
         .decided_mode = Days{static_cast<double>(draw.between(0, 45))}});
    for (Nation const& nation : scenario_.nations) {
      auto const name = vote_of(nation.id);
      scenario_.conditions.push_back(
          {.id = ConditionId{name},
           .title = "Vote in " + nation.name,
           .kind = ConditionKind::kParliament,
           .mode = ConditionMode::kPriorVote,
           .decider = nation.id.text(),
           .probability = Probability{0.05 * draw.between(10, 19)},
           .given = {{expression("mandate"), Probability{0.95}}},
           .decided_mode = Days{static_cast<double>(draw.between(0, 60))}});
    }
  }

  void add_capabilities() {
    Draw draw{request_.seed, "bench capabilities"};
    std::vector<std::string> const domains{"land", "land", "air", "sea"};
    for (int k = 0; k < size_.capabilities; ++k) {
      scenario_.capabilities.push_back(
          {.id = CapabilityId{fmt::format("kind-{:02}", k)},
           .title = fmt::format("Units of kind {}", k),
           .kind = CapabilityKind::kPresence,
           .unit = "company",
           .domain = DomainId{domains[static_cast<std::size_t>(k) % 4]},
           .personnel = Personnel{std::int64_t{10} * draw.between(3, 18)}});
    }
    for (std::size_t k = 0; k + 1 < scenario_.capabilities.size(); ++k) {
      if (draw.chance(0.35)) {
        scenario_.substitutions.push_back(
            {.capability = scenario_.capabilities[k].id,
             .accepts = scenario_.capabilities[k + 1].id,
             .effectiveness = Effectiveness{draw.of<double>({0.5, 0.6, 0.75})}});
      }
    }
  }

  NationId nation_of_pledge(Draw& draw) {
    auto const lead = std::min<std::size_t>(kLeadNations, scenario_.nations.size());
    return scenario_
        .nations[draw.chance(0.25) ? draw.place_in(lead) : draw.place_in(scenario_.nations.size())]
        .id;
  }

  void add_pledge(int place) {
    Draw draw{request_.seed, fmt::format("bench pledge {}", place)};
    Pledge pledge;
    pledge.id = PledgeId{fmt::format("pledge-{:03}", place)};
    pledge.nation = nation_of_pledge(draw);
    pledge.capability = scenario_.capabilities[draw.place_in(scenario_.capabilities.size())].id;
    pledge.quantity = Units{draw.of<int>({1, 1, 2, 2, 3, 4, 6})};
    pledge.notice = Days{static_cast<double>(draw.of<int>({5, 10, 20, 30, 45}))};
    pledge.transit = Days{static_cast<double>(draw.between(4, 21))};
    if (draw.chance(0.4)) {
      pledge.from = Months{draw.between(0, size_.months / 4)};
    }
    pledge.tour = Months{draw.of<int>({3, 4, 6, 6})};
    pledge.dwell = Months{draw.of<int>({4, 6, 8, 12})};
    if (draw.chance(0.45)) {
      for (AreaId const& area : areas_) {
        if (draw.chance(0.5)) {
          pledge.areas.push_back(area);
        }
      }
    }
    if (draw.chance(0.6)) {
      pledge.conditions =
          expression(vote_of(pledge.nation) + (draw.chance(0.3) ? " & mandate" : ""));
    }
    pledge.status = draw.of<PledgeStatus>(
        {PledgeStatus::kAnnounced, PledgeStatus::kCabinet, PledgeStatus::kMandated});
    pledge.cost_per_unit_month = Money{0.25 * draw.between(2, 12)};
    scenario_.pledges.push_back(std::move(pledge));
  }

  void add_line(int place) {
    Draw draw{request_.seed, fmt::format("bench line {}", place)};
    Requirement line;
    line.id = RequirementId{fmt::format("line-{:03}", place)};
    line.title = fmt::format("Line {}", place);
    line.task = TaskId{draw.of<std::string>({"guard", "watch", "train"})};
    line.capability = scenario_.capabilities[draw.place_in(scenario_.capabilities.size())].id;
    line.quantity = Units{draw.between(1, 6)};
    line.area = areas_[draw.place_in(areas_.size())];
    line.from = Months{draw.chance(0.5) ? 0 : draw.between(1, size_.months / 3)};
    if (draw.chance(0.25)) {
      line.to = Months{draw.between(2 * size_.months / 3, size_.months)};
    }
    line.tier = draw.of<int>({1, 1, 2, 2, 3, 4});
    if (draw.chance(0.6)) {
      line.max_nations = draw.between(2, 3);
    }
    scenario_.requirements.push_back(std::move(line));
  }

  CaseRequest const& request_;
  CaseSize size_;
  std::vector<AreaId> areas_;
  Scenario scenario_;
};

}  // namespace

std::optional<CaseSize> preset_size(std::string_view name) {
  auto const found = std::find_if(kPresets.begin(), kPresets.end(),
                                  [&](Preset const& preset) { return preset.name == name; });
  return found == kPresets.end() ? std::nullopt : std::optional{found->size};
}

Scenario make_case(CaseRequest const& request) {
  Scenario scenario = CaseMaker{request}.run();
  if (request.rows == Rows::kAll) {
    add_optional_rows(scenario, request.seed);
  }
  return scenario;
}

}  // namespace guarantor::bench
