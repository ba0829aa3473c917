#include "random_scenario.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/model/random_stream.h"
#include "random_network_tables.h"
#include "random_releases.h"
#include "random_siting.h"

namespace guarantor::tables {
namespace {

using namespace model;

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_{seed, "random scenario"} {}

  Scenario make() {
    make_header();
    make_names();
    make_coalition();
    make_capabilities();
    make_places();
    make_requirements();
    make_pledges();
    add_random_siting(scenario_, random_, [this] { return text(); }, [this] { return row(); });
    make_sources();
    add_random_releases(scenario_, random_, [this] { return text(); });
    return std::move(scenario_);
  }

 private:
  std::size_t below(std::size_t limit) { return random_.bits() % limit; }
  bool chance(double probability) { return random_.uniform() < probability; }
  int whole(int from, int to) {
    return from + static_cast<int>(below(static_cast<std::size_t>(to - from)));
  }

  template <class T>
  std::optional<T> maybe(T value) {
    return chance(0.5) ? std::optional<T>{value} : std::nullopt;
  }
  template <class Enum>
  Enum word() {
    return static_cast<Enum>(below(kWords<Enum>.size()));
  }
  template <class Name>
  Name name_of(std::vector<Name> const& names) {
    return names.empty() ? Name{} : names[below(names.size())];
  }
  template <class Name>
  Name maybe_name_of(std::vector<Name> const& names) {
    return chance(0.5) ? name_of(names) : Name{};
  }
  template <class Name>
  std::vector<Name> some_of(std::vector<Name> const& names) {
    std::vector<Name> some;
    for (Name const& name : names) {
      if (chance(0.3)) {
        some.push_back(name);
      }
    }
    return some;
  }

  /// A number whose text may need all its digits.
  double number(double most) {
    switch (below(5)) {
      case 0:
        return 0;
      case 1:
        return std::floor(random_.uniform() * most);
      case 2:
        return std::floor(random_.uniform() * 100) / 100 * std::min(most, 1.0);
      case 3:
        return random_.uniform() * most * 1e-9;
      default:
        return random_.uniform() * most;
    }
  }
  std::int64_t count() {
    constexpr std::int64_t kLarge = 9'007'199'254'740'993;  // not a double
    return chance(0.05) ? kLarge : whole(0, 5000);
  }

  Date date() {
    constexpr int kDays = 40'000;
    return Date{std::chrono::days{whole(-kDays, 2 * kDays)}};  // 1860 to 2189
  }

  std::string text() {
    static std::array<std::string, 34> const texts{
        "",
        "plain",
        "two words",
        "Київ, Одеса",
        "a,b",
        "\"quoted\"",
        "say \"no\"",
        "line\nbreak",
        "\nfirst",
        "last\n",
        " lead",
        "trail ",
        "  ",
        "007",
        "1e5",
        "1.0",
        "TRUE",
        "no",
        "=SUM(A1)",
        "+1",
        "-",
        "@x",
        "'apostrophe",
        "2026-01-06",
        "2026/01/06",
        "_x0041_",
        "_x000D_",
        "a\tb",
        "<b>&amp;</b>",
        "é 😀 ё",
        "nan",
        "\\n \\\" #",
        "https://e.example/?a=1&b=2",
        ";;",
    };
    return chance(0.03) ? std::string(3000, 'x') + text() : texts.at(below(texts.size()));
  }
  std::string given_text() {
    std::string const value = text();
    return value.empty() ? "x" : value;
  }

  Provenance provenance() {
    if (chance(0.4)) {
      return {};
    }
    return {text(), maybe(date()), maybe(word<Confidence>()), text()};
  }
  std::vector<Extra> extras() {
    std::vector<Extra> extras;
    for (char const* const column : {"extra, one", "cranes_m", "\"x\"", "інше"}) {
      std::string value = chance(0.1) ? text() : "";
      if (!value.empty()) {
        extras.push_back({column, std::move(value)});
      }
    }
    std::sort(extras.begin(), extras.end(),
              [](Extra const& a, Extra const& b) { return a.column < b.column; });
    return extras;
  }
  Row row() { return {provenance(), extras()}; }

  /// An expression without coalition atoms where `coalition` is false.
  Expression expression(bool coalition, std::vector<ConditionId> const& conditions, int depth = 3) {
    std::vector<Expression::Item> items;
    append(items, coalition, conditions, depth);
    return Expression{std::move(items)};
  }
  void append(std::vector<Expression::Item>& items, bool coalition,
              std::vector<ConditionId> const& conditions, int depth) {
    std::size_t const kind = depth == 0 ? 0 : below(4);
    if (kind == 0) {
      items.emplace_back(atom(coalition, conditions));
    } else if (kind == 1) {
      // Only conditions may stand under a negation.
      append(items, false, conditions, depth - 1);
      items.emplace_back(Operator::kNot);
    } else {
      append(items, coalition, conditions, depth - 1);
      append(items, coalition, conditions, depth - 1);
      items.emplace_back(kind == 2 ? Operator::kAnd : Operator::kOr);
    }
  }
  Atom atom(bool coalition, std::vector<ConditionId> const& conditions) {
    if (coalition && chance(0.2)) {
      return JoinsAtom{name_of(nations_)};
    }
    if (coalition && chance(0.2)) {
      return JoinedAtom{DomainId{"land"}, whole(0, 4)};
    }
    if (!conditions.empty() && chance(0.8)) {
      return ConditionAtom{name_of(conditions)};
    }
    return Constant{chance(0.5)};
  }
  Expression maybe_expression(bool coalition) {
    return chance(0.5) ? expression(coalition, conditions_) : Expression{};
  }

  void make_header() {
    Header& header = scenario_.header;
    header.id = ScenarioId{"case-" + std::to_string(below(100))};
    header.title = given_text();
    header.kind = word<ScenarioKind>();
    header.marking = text();
    header.as_of = date();
    header.c_day = date();
    header.horizon = Months{whole(1, 121)};
    header.currency = chance(0.5) ? "EUR" : "XTS";
    header.tier_weights.assign(1 + below(5), 0);
    std::generate(header.tier_weights.begin(), header.tier_weights.end(),
                  [&] { return number(1e6); });
    header.nation_penalty = number(3);
    header.cost_weight = number(1);
    header.reassign_cost = number(1);
  }

  void make_names() {
    for (std::size_t i = 0; i < 1 + below(5); ++i) {
      nations_.push_back(NationId{std::string{"XA"} + static_cast<char>('A' + i)});
    }
    for (std::size_t i = 0; i < below(5); ++i) {
      conditions_.push_back(ConditionId{"vote." + std::to_string(i)});
      meetings_.push_back(MeetingId{"00" + std::to_string(i)});
      contingencies_.push_back(ContingencyId{"1e" + std::to_string(i)});
    }
    for (std::size_t i = 0; i < below(4); ++i) {
      areas_.push_back(AreaId{"area_" + std::to_string(i)});
      tasks_.push_back(TaskId{"task-" + std::to_string(i)});
      locations_.push_back(LocationId{"loc" + std::to_string(i)});
    }
  }

  void make_coalition() {
    Scenario& s = scenario_;
    int day = 0;
    for (int i = 0; i < whole(0, 3); ++i) {
      Interval<Days> const days{Days{static_cast<double>(day)}, Days{day + 30.5}};
      day += 31;
      s.phases.push_back(
          {PhaseId{"phase" + std::to_string(i)}, text(), days, maybe_expression(true), row()});
    }
    for (NationId const& id : nations_) {
      s.nations.push_back({id, text(), maybe(chance(0.5)), maybe(chance(0.5)), maybe(chance(0.5)),
                           maybe(Personnel{count()}), row()});
    }
    for (MeetingId const& id : meetings_) {
      s.meetings.push_back({id, text(), maybe(date()), text(), text(), row()});
      for (NationId const& nation : some_of(nations_)) {
        s.attendance.push_back({id, nation, maybe(word<AttendanceMode>()), text(), row()});
      }
    }
    std::vector<ConditionId> earlier;
    for (ConditionId const& id : conditions_) {
      s.conditions.push_back(condition(id, earlier));
      earlier.push_back(id);
      for (int i = 0; i < whole(0, 3); ++i) {
        double const low = random_.uniform();
        s.assessments.push_back({id,
                                 "assessor " + std::to_string(i),
                                 maybe(date()),
                                 Probability{low},
                                 maybe(Probability{low}),
                                 maybe(Probability{1}),
                                 {},
                                 row()});
      }
    }
    s.header.viable_if = maybe_expression(true);
  }

  Condition condition(ConditionId const& id, std::vector<ConditionId> const& earlier) {
    Condition condition;
    condition.id = id;
    condition.title = text();
    condition.kind = maybe(word<ConditionKind>());
    condition.mode = maybe(word<ConditionMode>());
    condition.decider = text();
    condition.probability = maybe(Probability{number(1)});
    for (int i = 0; i < whole(0, 3); ++i) {
      condition.given.push_back({expression(false, earlier, 2), Probability{random_.uniform()}});
    }
    double const first = number(100);
    condition.decided_min = maybe(Days{first});
    condition.decided_mode = maybe(Days{first + 1});
    condition.decided_max = maybe(Days{first + 2.25});
    condition.valid = maybe(Months{whole(1, 40)});
    condition.revoke_per_month = maybe(Probability{random_.uniform()});
    condition.row = row();
    return condition;
  }

  void make_capabilities() {
    for (std::size_t i = 0; i < 1 + below(4); ++i) {
      Capability capability;
      capability.id = CapabilityId{"land.inf." + std::to_string(i)};
      capability.title = text();
      // A measure allows no more than one unit, so it is left to its own case.
      capability.kind = static_cast<CapabilityKind>(below(3));
      capability.unit = text();
      capability.domain = DomainId{"land"};
      capability.movement = text();
      capability.personnel = maybe(Personnel{whole(0, 2000)});
      capability.tonnes = maybe(Tonnes{number(1e4)});
      capability.lane_metres = maybe(LaneMetres{number(1e4)});
      capability.seats = maybe(Seats{count()});
      capability.sidc = text();
      capability.row = row();
      capabilities_.push_back(capability.id);
      scenario_.capabilities.push_back(std::move(capability));
    }
    for (std::size_t i = 1; i < capabilities_.size(); ++i) {
      scenario_.substitutions.push_back(
          {capabilities_[i], capabilities_[0], Effectiveness{0.001 + number(19)}, row()});
    }
    if (chance(0.3)) {
      scenario_.rates.push_back({"GBP", 0.5 + number(3), maybe(date()), row()});
    }
  }

  Position position() {
    return {Degrees{random_.uniform() * 360 - 180}, Degrees{std::floor(random_.uniform() * 90)}};
  }
  Part part(std::size_t kind) {
    if (kind == 0) {
      return Point{position()};
    }
    if (kind == 1) {
      return Line{{position(), position(), position()}};
    }
    double const west = whole(-170, 160);
    double const south = random_.uniform() * 80;
    auto const at = [&](double x, double y) {
      return Position{Degrees{west + x}, Degrees{south + y}};
    };
    Polygon polygon{{{at(0, 0), at(8, 0), at(8, 8.5), at(0, 8), at(0, 0)}}};
    if (chance(0.3)) {
      polygon.rings.push_back({at(1, 1), at(2, 1), at(2, 2.125), at(1, 1)});
    }
    return polygon;
  }

  void make_places() {
    if (chance(0.7)) {
      for (AreaId const& id : areas_) {
        Area area{.id = id, .title = text(), .many = chance(0.3), .row = {provenance(), {}}};
        // Blank text counts as not given in a map's properties.
        std::size_t const kind = below(3);
        for (std::size_t i = 0; i < (area.many ? 1 + below(3) : 1); ++i) {
          area.parts.push_back(part(kind));
        }
        if (kind == 1) {
          area.kind = maybe(chance(0.5) ? AreaKind::kBorder : AreaKind::kLineOfContact);
          area.sector_length = area.many ? std::nullopt : maybe(Kilometres{0.5 + number(1e3)});
        }
        if (chance(0.5)) {
          area.row.extras = {{"ranks", "[1,2.5,\"x\",null]"}, {"ключ", "{\"a\":{\"b\":true}}"}};
        }
        scenario_.areas.push_back(std::move(area));
      }
    }
    for (LocationId const& id : locations_) {
      Location location;
      location.id = id;
      location.name = text();
      location.kind = text();
      location.country = chance(0.5) ? "UKR" : "";
      if (chance(0.5)) {
        location.latitude = Degrees{number(90)};
        location.longitude = Degrees{-number(180)};
      }
      location.area = maybe_name_of(areas_);
      location.controlled_by = chance(0.3) ? "XAA" : "";
      location.row = row();
      scenario_.locations.push_back(std::move(location));
    }
    add_network(scenario_, random_.bits());
  }

  std::pair<std::optional<Months>, std::optional<Months>> window() {
    int const from = whole(0, 20);
    return {maybe(Months{from}), maybe(Months{from + whole(1, 20)})};
  }

  void make_requirements() {
    for (ContingencyId const& id : contingencies_) {
      auto const [from, to] = window();
      scenario_.contingencies.push_back({id, text(), maybe(Days{number(60)}), from, to, row()});
    }
    int const tiers = static_cast<int>(scenario_.header.tier_weights.size());
    for (int i = 0; i < whole(0, 6); ++i) {
      Requirement line;
      line.id = RequirementId{"r-" + std::to_string(i)};
      line.title = text();
      line.task = maybe_name_of(tasks_);
      line.capability = name_of(capabilities_);
      line.quantity = Units{count() + 1};
      line.min_fill = maybe(random_.uniform());
      line.location = maybe_name_of(locations_);
      line.area = maybe_name_of(areas_);
      std::tie(line.from, line.to) = window();
      line.tier = maybe(whole(1, tiers + 1));
      line.weight = maybe(number(1e3));
      for (int k = 0; k < whole(0, 3); ++k) {
        line.standard_hours.push_back(Hours{0.5 + number(72)});
      }
      line.roe = maybe(word<RulesOfEngagement>());
      line.max_nations = maybe(whole(1, 4));
      line.framework_nation = maybe_name_of(nations_);
      line.contingencies = some_of(contingencies_);
      line.row = row();
      scenario_.requirements.push_back(std::move(line));
    }
    if (chance(0.5)) {
      auto const [from, to] = window();
      scenario_.ceilings.push_back(
          {CeilingId{"all"}, CeilingScope::kAll, "", from, to, Personnel{count()}, row()});
      scenario_.ceilings.push_back({CeilingId{"one"}, CeilingScope::kNation,
                                    name_of(nations_).text(), from, to, Personnel{count()}, row()});
    }
  }

  void make_pledges() {
    for (int i = 0; i < whole(0, 8); ++i) {
      scenario_.pledges.push_back(pledge(i));
    }
    for (Pledge const& pledge : scenario_.pledges) {
      if (chance(0.3)) {
        scenario_.offers.push_back({pledge.id, maybe(date()), maybe_name_of(meetings_),
                                    maybe(word<PledgeStatus>()), maybe(Units{count()}), row()});
      }
      if (chance(0.3)) {
        scenario_.deliveries.push_back({pledge.id, maybe(date()), word<DeliveryKind>(),
                                        maybe(Units{count()}), text(), text(), row()});
      }
    }
    for (NationId const& nation : some_of(nations_)) {
      auto const [from, to] = window();
      scenario_.force_claims.push_back(
          {nation, name_of(capabilities_), maybe(Units{whole(0, 9)}), from, to, text(), {}, row()});
    }
  }

  Pledge pledge(int number_in_table) {
    Pledge pledge;
    pledge.id = PledgeId{"p." + std::to_string(number_in_table)};
    pledge.nation = name_of(nations_);
    pledge.capability = name_of(capabilities_);
    pledge.quantity = maybe(Units{whole(0, 3000)});
    pledge.quantity_is = maybe(word<QuantityIs>());
    pledge.home = maybe_name_of(locations_);
    pledge.notice = maybe(Days{number(90)});
    pledge.transit = maybe(Days{number(20)});
    std::tie(pledge.from, pledge.until) = window();
    pledge.tour = maybe(Months{whole(1, 12)});
    pledge.dwell = maybe(Months{whole(0, 24)});
    pledge.areas = some_of(areas_);
    pledge.tasks = some_of(tasks_);
    pledge.not_areas = some_of(areas_);
    pledge.not_tasks = some_of(tasks_);
    pledge.roe = maybe(word<RulesOfEngagement>());
    if (number_in_table > 0 && chance(0.3)) {
      pledge.requires_pledges = {PledgeId{"p.0"}};
    }
    pledge.conditions = maybe_expression(true);
    pledge.status = word<PledgeStatus>();
    pledge.readiness = maybe(word<Readiness>());
    pledge.lift = text();
    pledge.cost_per_unit_month = maybe(Money{number(1e3)});
    pledge.row = row();
    return pledge;
  }

  void make_sources() {
    for (NationId const& nation : some_of(nations_)) {
      scenario_.sources.push_back({"nations", nation.text(), "personnel", text(), given_text(),
                                   maybe(date()), text(), maybe(word<Confidence>()), extras()});
    }
  }

  RandomStream random_;
  Scenario scenario_;
  std::vector<NationId> nations_;
  std::vector<ConditionId> conditions_;
  std::vector<MeetingId> meetings_;
  std::vector<ContingencyId> contingencies_;
  std::vector<AreaId> areas_;
  std::vector<TaskId> tasks_;
  std::vector<LocationId> locations_;
  std::vector<CapabilityId> capabilities_;
};

}  // namespace

Scenario random_scenario(std::uint64_t seed) {
  return Maker{seed}.make();
}

}  // namespace guarantor::tables
