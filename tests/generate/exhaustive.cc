#include "exhaustive.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace guarantor::generate {
namespace {

using model::Pledge;
using model::Requirement;
using model::Scenario;

/// One group of units at a line, months in place [from, to), not free again before `free`.
struct Tour {
  std::size_t pledge;
  std::size_t line;
  int from;
  int to;
  int free;
  int units;
  double effectiveness;
};
using Plan = std::vector<Tour>;

class World {
 public:
  World(Scenario const& scenario, model::WorldRequest const& request)
      : scenario_{scenario}, request_{request} {
    std::size_t const pledges = scenario.pledges.size();
    bool const least = request.kind == model::WorldKind::kAssured;
    // Every subset of pledges that agrees with itself is a fixed point; take the largest or
    // smallest.
    std::optional<std::vector<bool>> best;
    for (std::size_t code = 0; code < (std::size_t{1} << pledges); ++code) {
      std::vector<bool> in(pledges);
      for (std::size_t p = 0; p < pledges; ++p) {
        in[p] = ((code >> p) & 1U) != 0;
      }
      bool consistent = true;
      for (std::size_t p = 0; p < pledges && consistent; ++p) {
        consistent =
            in[p] == (counted(scenario.pledges[p]) && certain(scenario.pledges[p].conditions, in));
      }
      auto const size = [](auto const& set) { return std::count(set.begin(), set.end(), true); };
      if (consistent && (!best || (least ? size(in) < size(*best) : size(in) > size(*best)))) {
        best = in;
      }
    }
    holds = best.value();
    viable = certain(scenario.header.viable_if, holds);
  }

  [[nodiscard]] bool phase_begins(model::Phase const& phase) const {
    return certain(phase.begins_if, holds);
  }

  std::vector<bool> holds;
  bool viable{};

 private:
  [[nodiscard]] bool counted(Pledge const& pledge) const {
    return pledge.status != model::PledgeStatus::kWithdrawn &&
           (request_.include_indicated || pledge.status != model::PledgeStatus::kIndicated);
  }

  [[nodiscard]] std::set<std::string> nations_in(std::vector<bool> const& in,
                                                 std::string const& domain) const {
    std::set<std::string> nations;
    for (std::size_t p = 0; p < in.size(); ++p) {
      Pledge const& pledge = scenario_.pledges[p];
      for (model::Capability const& capability : scenario_.capabilities) {
        if (in[p] && capability.id == pledge.capability && pledge.quantity != model::Units{0} &&
            capability.kind == model::CapabilityKind::kPresence &&
            (domain.empty() || capability.domain.text() == domain)) {
          nations.insert(pledge.nation.text());
        }
      }
    }
    return nations;
  }

  /// True under every completion of the conditions that are not known.
  [[nodiscard]] bool certain(model::Expression const& expression,
                             std::vector<bool> const& in) const {
    std::size_t const count = scenario_.conditions.size();
    for (std::size_t code = 0; code < (std::size_t{1} << count); ++code) {
      std::map<std::string, bool> truth;
      bool possible = true;
      for (std::size_t c = 0; c < count; ++c) {
        model::Condition const& condition = scenario_.conditions[c];
        bool const value = ((code >> c) & 1U) != 0;
        truth[condition.id.text()] = value;
        auto const assumed = request_.assumed.find(condition.id);
        if (assumed != request_.assumed.end()) {
          possible = possible && value == assumed->second;
        } else if (request_.kind != model::WorldKind::kAssured ||
                   condition.probability == model::Probability{1}) {
          possible = possible && value;
        }
      }
      auto const atom_truth = [&](model::Atom const& atom) {
        if (auto const* named = std::get_if<model::ConditionAtom>(&atom)) {
          return truth.at(named->condition.text());
        }
        if (auto const* joins = std::get_if<model::JoinsAtom>(&atom)) {
          return nations_in(in, "").contains(joins->nation.text());
        }
        auto const& joined = std::get<model::JoinedAtom>(atom);
        return static_cast<int>(nations_in(in, joined.domain.text()).size()) >= joined.at_least;
      };
      if (possible && !expression.evaluate(atom_truth)) {
        return false;
      }
    }
    return true;
  }

  Scenario const& scenario_;
  model::WorldRequest const& request_;
};

class Exhaustive {
 public:
  Exhaustive(Scenario const& scenario, World const& world)
      : scenario_{scenario}, world_{world}, horizon_{scenario.header.horizon.count()} {}

  /// Hands every plan that breaks no rule to `act`, with its worth; false where there are too many.
  bool run(std::size_t most_plans, std::function<void(Plan const&, double)> const& act) {
    std::vector<std::vector<Plan>> plans;
    std::size_t product = 1;
    for (std::size_t p = 0; p < scenario_.pledges.size(); ++p) {
      plans.push_back(plans_of(p, most_plans));
      product *= plans.back().size();
      if (product > most_plans) {
        return false;
      }
    }
    Plan all;
    combine(plans, 0, all, act);
    return true;
  }

 private:
  void combine(std::vector<std::vector<Plan>> const& plans, std::size_t p, Plan& all,
               std::function<void(Plan const&, double)> const& act) {
    if (p == plans.size()) {
      if (auto const worth = worth_of(all)) {
        act(all, *worth);
      }
      return;
    }
    for (Plan const& plan : plans[p]) {
      all.insert(all.end(), plan.begin(), plan.end());
      combine(plans, p + 1, all, act);
      all.resize(all.size() - plan.size());
    }
  }

  /// Every way to use the units of one pledge.
  std::vector<Plan> plans_of(std::size_t p, std::size_t most) {
    std::vector<Tour> choices;
    Pledge const& pledge = scenario_.pledges[p];
    if (world_.holds[p] && pledge.quantity) {
      for (std::size_t r = 0; r < scenario_.requirements.size(); ++r) {
        for (int s = 0; s < horizon_; ++s) {
          add_choice(p, r, s, choices);
        }
      }
    }
    std::vector<Plan> plans;
    Plan now;
    extend(choices, 0, now, plans, most);
    return plans;
  }

  void extend(std::vector<Tour> const& choices, std::size_t i, Plan& now, std::vector<Plan>& plans,
              std::size_t most) {
    if (plans.size() > most) {
      return;
    }
    if (i == choices.size()) {
      plans.push_back(now);
      return;
    }
    extend(choices, i + 1, now, plans, most);
    for (int units = 1; units <= choices[i].units; ++units) {
      now.push_back(choices[i]);
      now.back().units = units;
      if (within_quantity(now)) {
        extend(choices, i + 1, now, plans, most);
      }
      now.pop_back();
    }
  }

  [[nodiscard]] bool within_quantity(Plan const& plan) const {
    for (int t = 0; t < horizon_; ++t) {
      std::int64_t busy = 0;
      for (Tour const& tour : plan) {
        busy += tour.from <= t && t < tour.free ? tour.units : 0;
      }
      if (busy > scenario_.pledges[plan.front().pledge].quantity->count()) {
        return false;
      }
    }
    return true;
  }

  void add_choice(std::size_t p, std::size_t r, int s, std::vector<Tour>& choices) const {
    Pledge const& pledge = scenario_.pledges[p];
    Requirement const& line = scenario_.requirements[r];
    double counts = pledge.capability == line.capability ? 1 : 0;
    for (model::Substitution const& entry : scenario_.substitutions) {
      if (entry.capability == line.capability && entry.accepts == pledge.capability) {
        counts = entry.effectiveness.count();
      }
    }
    auto const has = [](auto const& list, auto const& name) {
      return std::find(list.begin(), list.end(), name) != list.end();
    };
    bool const allowed = (pledge.areas.empty() || has(pledge.areas, line.area)) &&
                         (pledge.tasks.empty() || has(pledge.tasks, line.task)) &&
                         !has(pledge.not_areas, line.area) && !has(pledge.not_tasks, line.task);
    int const own_rules =
        static_cast<int>(pledge.roe.value_or(model::RulesOfEngagement::kSelfDefence));
    int const line_rules = static_cast<int>(line.roe.value_or(model::RulesOfEngagement::kObserve));
    if (counts <= 0 || !allowed || own_rules < line_rules || dropped(line)) {
      return;
    }
    int const line_from = line.from ? line.from->count() : 0;
    int const line_to = std::min(line.to ? line.to->count() : horizon_, horizon_);
    int const until = std::min(pledge.until ? pledge.until->count() : horizon_, horizon_);
    int const last = std::min(line_to, until);
    if (s < first(pledge, line) || s < line_from || s >= last) {
      return;
    }
    int tour = pledge.tour ? pledge.tour->count() : horizon_;
    int dwell = pledge.dwell ? pledge.dwell->count() : 0;
    auto const kind = pledge.quantity_is.value_or(model::QuantityIs::kPool);
    if (kind == model::QuantityIs::kSustained) {
      tour = horizon_;
      dwell = 0;
    }
    int const end = std::min(s + tour, last);
    int const free = kind == model::QuantityIs::kOnce ? horizon_ : end + dwell;
    auto const most = std::min<std::int64_t>(
        pledge.quantity->count(),
        static_cast<std::int64_t>(std::ceil(static_cast<double>(line.quantity.count()) / counts)));
    choices.push_back({p, r, s, end, free, static_cast<int>(most), counts});
  }

  [[nodiscard]] model::Phase const* phase_of(Requirement const& line) const {
    double const day = 30.0 * (line.from ? line.from->count() : 0);
    for (model::Phase const& phase : scenario_.phases) {
      if (phase.days.from.count() <= day && day < phase.days.to.count()) {
        return phase.begins_if.empty() ? nullptr : &phase;
      }
    }
    return nullptr;
  }

  [[nodiscard]] bool dropped(Requirement const& line) const {
    auto const* phase = phase_of(line);
    return phase != nullptr && !world_.phase_begins(*phase);
  }

  [[nodiscard]] int first(Pledge const& pledge, Requirement const& line) const {
    double wait = 0;
    for (model::Condition const& condition : scenario_.conditions) {
      auto const named = pledge.conditions.conditions();
      if (std::find(named.begin(), named.end(), condition.id) != named.end() &&
          condition.decided_mode) {
        wait = std::max(wait, condition.decided_mode->count());
      }
    }
    if (auto const* phase = phase_of(line)) {
      wait = std::max(wait, phase->days.from.count());
    }
    wait += (pledge.notice ? pledge.notice->count() : 0) +
            (pledge.transit ? pledge.transit->count() : 0);
    return std::max(static_cast<int>(std::ceil(wait / 30)), pledge.from ? pledge.from->count() : 0);
  }

  [[nodiscard]] double personnel(Pledge const& pledge) const {
    for (model::Capability const& capability : scenario_.capabilities) {
      if (capability.id == pledge.capability) {
        return capability.personnel ? static_cast<double>(capability.personnel->count()) : 0;
      }
    }
    return 0;
  }

  /// The objective of a plan, or nothing if it breaks a rule.
  [[nodiscard]] std::optional<double> worth_of(Plan const& plan) const {
    double worth = 0;
    for (Tour const& tour : plan) {
      Pledge const& pledge = scenario_.pledges[tour.pledge];
      double const cost = pledge.cost_per_unit_month ? pledge.cost_per_unit_month->count() : 0;
      worth -= scenario_.header.cost_weight * cost * (tour.to - tour.from) * tour.units;
    }
    for (int t = 0; t < horizon_; ++t) {
      Plan present;
      for (Tour const& tour : plan) {
        if (tour.from <= t && t < tour.to) {
          present.push_back(tour);
        }
      }
      if (!ceilings_keep(present, t) || !bundles_keep(present)) {
        return std::nullopt;
      }
      for (std::size_t r = 0; r < scenario_.requirements.size(); ++r) {
        auto const line_worth = month_worth(present, r, t);
        if (!line_worth) {
          return std::nullopt;
        }
        worth += *line_worth;
      }
    }
    return worth;
  }

  [[nodiscard]] std::optional<double> month_worth(Plan const& present, std::size_t r, int t) const {
    Requirement const& line = scenario_.requirements[r];
    int const from = line.from ? line.from->count() : 0;
    int const to = std::min(line.to ? line.to->count() : horizon_, horizon_);
    if (t < from || t >= to) {
      return 0;
    }
    double least = 1;
    for (model::Substitution const& entry : scenario_.substitutions) {
      if (entry.capability == line.capability) {
        least = std::min(least, entry.effectiveness.count());
      }
    }
    auto const quantity = static_cast<double>(line.quantity.count());
    double cover = 0;
    std::map<std::string, int> nations;
    for (Tour const& tour : present) {
      if (tour.line == r) {
        cover += tour.effectiveness * tour.units;
        nations[scenario_.pledges[tour.pledge].nation.text()] += tour.units;
      }
    }
    for (auto const& [nation, units] : nations) {
      if (units > std::ceil(quantity / least)) {
        return std::nullopt;
      }
    }
    if ((line.max_nations && static_cast<int>(nations.size()) > *line.max_nations) ||
        (!line.framework_nation.empty() && !nations.empty() &&
         !nations.contains(line.framework_nation.text()))) {
      return std::nullopt;
    }
    if (cover < line.min_fill.value_or(0) * quantity - 1e-9) {
      cover = 0;
    }
    double const weight = line.weight ? *line.weight : to - from;
    double const tier =
        scenario_.header.tier_weights[static_cast<std::size_t>(line.tier.value_or(1) - 1)];
    return weight * tier / (to - from) * std::min(cover, quantity) / quantity -
           scenario_.header.nation_penalty * static_cast<double>(nations.size());
  }

  [[nodiscard]] bool ceilings_keep(Plan const& present, int t) const {
    for (model::Ceiling const& ceiling : scenario_.ceilings) {
      if ((ceiling.from && t < ceiling.from->count()) || (ceiling.to && t >= ceiling.to->count())) {
        continue;
      }
      double people = 0;
      for (Tour const& tour : present) {
        Pledge const& pledge = scenario_.pledges[tour.pledge];
        Requirement const& line = scenario_.requirements[tour.line];
        std::map<model::CeilingScope, std::string> const scoped{
            {model::CeilingScope::kAll, ceiling.of},
            {model::CeilingScope::kNation, pledge.nation.text()},
            {model::CeilingScope::kArea, line.area.text()},
            {model::CeilingScope::kTask, line.task.text()}};
        people += scoped.at(ceiling.scope) == ceiling.of ? personnel(pledge) * tour.units : 0;
      }
      if (people > static_cast<double>(ceiling.personnel.count())) {
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] bool bundles_keep(Plan const& present) const {
    for (Tour const& tour : present) {
      for (model::PledgeId const& needed : scenario_.pledges[tour.pledge].requires_pledges) {
        bool const beside = std::any_of(present.begin(), present.end(), [&](Tour const& other) {
          return scenario_.pledges[other.pledge].id == needed &&
                 scenario_.requirements[other.line].area == scenario_.requirements[tour.line].area;
        });
        if (!beside) {
          return false;
        }
      }
    }
    return true;
  }

  Scenario const& scenario_;
  World const& world_;
  int horizon_;
};

}  // namespace

std::optional<ExhaustiveAnswer> exhaustive_optimum(Scenario const& scenario,
                                                   model::WorldRequest const& request,
                                                   std::size_t most_plans) {
  World const world{scenario, request};
  if (!world.viable) {
    return ExhaustiveAnswer{false, 0};
  }
  double best = 0;
  bool const all = Exhaustive{scenario, world}.run(
      most_plans, [&](Plan const&, double worth) { best = std::max(best, worth); });
  return all ? std::optional{ExhaustiveAnswer{true, best}} : std::nullopt;
}

std::optional<std::vector<ExhaustivePlan>> exhaustive_plans(Scenario const& scenario,
                                                            model::WorldRequest const& request,
                                                            std::size_t most_plans) {
  World const world{scenario, request};
  std::vector<ExhaustivePlan> plans;
  if (!world.viable) {
    plans.emplace_back();
    return plans;
  }
  bool const all = Exhaustive{scenario, world}.run(most_plans, [&](Plan const& plan, double worth) {
    ExhaustivePlan entry{worth, {}};
    for (Tour const& tour : plan) {
      for (int t = tour.from; t < tour.to; ++t) {
        entry.present[{tour.pledge, tour.line, t}] += tour.units;
      }
    }
    plans.push_back(std::move(entry));
  });
  return all ? std::optional{std::move(plans)} : std::nullopt;
}

}  // namespace guarantor::generate
