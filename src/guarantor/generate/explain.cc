#include "guarantor/generate/explain.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "guarantor/generate/single_change.h"

namespace guarantor::generate {
namespace {

using model::GapReason;

/// Elementary steps spent on explaining, all re-solves together, and on any one of them: a few
/// seconds, and the same explanation on every machine. Comparisons, unlocks and asks have a third
/// each, and what those before them leave.
constexpr long kMostWork = 60'000'000;
constexpr long kMostWorkOfOne = kMostWork / 24;
constexpr std::size_t kMostAsks = 40;
constexpr double kTolerance = 1e-6;

/// Mean share of the lines' unit-months covered, each line-month counting the same.
double mean_fill(model::ForcePlan const& plan) {
  double sum = 0;
  for (model::Fill const& fill : plan.fill) {
    sum += fill.covered / static_cast<double>(fill.required.count());
  }
  return plan.fill.empty() ? 0 : sum / static_cast<double>(plan.fill.size());
}

using Cover = std::map<std::pair<model::RequirementId, int>, double>;

Cover cover_of(model::ForcePlan const& plan) {
  Cover cover;
  for (model::Fill const& fill : plan.fill) {
    cover[{fill.requirement, fill.month.count()}] = fill.covered;
  }
  return cover;
}

/// The lines that have more unit-months covered in `more` than in `less`.
std::vector<model::RequirementId> lines_better(model::ForcePlan const& plan, Cover const& more,
                                               Cover const& less) {
  std::map<model::RequirementId, double> difference;
  std::vector<model::RequirementId> order;
  for (model::Fill const& fill : plan.fill) {
    auto const key = std::pair{fill.requirement, fill.month.count()};
    auto const [place, fresh] = difference.try_emplace(fill.requirement, 0);
    auto const value = [&](Cover const& cover) {
      auto const found = cover.find(key);
      return found == cover.end() ? 0.0 : found->second;
    };
    place->second += value(more) - value(less);
    if (fresh) {
      order.push_back(fill.requirement);
    }
  }
  std::erase_if(order, [&](auto const& id) { return difference[id] <= kTolerance; });
  return order;
}

class Explainer {
 public:
  Explainer(model::Scenario const& scenario, Request const& request, ComponentCache& cache,
            model::RunControl const& control, SolvedPlan& solved)
      : scenario_{scenario},
        request_{request},
        cache_{cache},
        control_{control},
        plan_{solved.plan},
        cover_{cover_of(plan_)},
        // A gain within the plan's own gap could be the search's doing.
        least_gain_{plan_.bound - plan_.objective + kTolerance},
        fixed_work_{fixed_work(scenario, request)} {
    control_.progress = nullptr;
    request_.package.reset();
    request_.most_work = kMostWorkOfOne;
    progress_ = control;
  }

  void run() {
    work_left_ = kMostWork / 3;
    add_comparisons();
    work_left_ += kMostWork / 3;
    add_unlocks();
    work_left_ += kMostWork / 3;
    add_asks();
  }

  [[nodiscard]] std::optional<model::Error> const& error() const { return error_; }

 private:
  /// The plan with a change made, or nothing when work or time is up.
  std::optional<model::ForcePlan> solve_again(model::Scenario const& scenario,
                                              Request const& request) {
    if (error_ || control_.must_stop() || work_left_ <= 0) {
      return std::nullopt;
    }
    // Each begins from the plan itself, not from what the one before it changed.
    ComponentCache cache = cache_;
    auto result = solve_plan(scenario, request, cache, control_);
    if (!result.ok()) {
      error_ = result.error();
      return std::nullopt;
    }
    ++solves_;
    progress_.report(
        {"explain, solve " + std::to_string(solves_), plan_.objective, plan_.bound, 1});
    work_left_ -= result.value().work + fixed_work_;
    return std::move(result).value().plan;
  }

  /// What solving again costs beside the search: the instance is built anew. In the expected world
  /// many worlds are solved.
  static long fixed_work(model::Scenario const& scenario, Request const& request) {
    constexpr long kEach = 50;
    constexpr long kLeast = 100'000;
    auto const pairs = static_cast<long>(scenario.pledges.size() * scenario.requirements.size());
    return request.world.kind == model::WorldKind::kExpected ? kMostWorkOfOne
                                                             : kLeast + kEach * pairs;
  }

  void compare(std::string label, model::ConditionId without, Request const& request) {
    auto const other = solve_again(scenario_, request);
    if (!other || other->stopped_by_limit) {
      return;
    }
    model::Comparison comparison;
    comparison.label = std::move(label);
    comparison.without = std::move(without);
    comparison.viable = other->reason != "not viable";
    comparison.objective = other->objective;
    comparison.bound = other->bound;
    comparison.fill = mean_fill(*other);
    comparison.lines_lost = lines_better(plan_, cover_, cover_of(*other));
    plan_.comparisons.push_back(std::move(comparison));
  }

  /// Conditions that some pledge in play names, and every backstop.
  [[nodiscard]] std::vector<model::ConditionId> relied_on() const {
    std::set<model::ConditionId> named;
    for (model::Pledge const& pledge : scenario_.pledges) {
      if (pledge.status != model::PledgeStatus::kWithdrawn) {
        auto const conditions = pledge.conditions.conditions();
        named.insert(conditions.begin(), conditions.end());
      }
    }
    std::vector<model::ConditionId> order;
    for (model::Condition const& condition : scenario_.conditions) {
      if (named.contains(condition.id) || condition.kind == model::ConditionKind::kBackstop) {
        order.push_back(condition.id);
      }
    }
    return order;
  }

  void add_comparisons() {
    if (plan_.world.kind == model::WorldKind::kAssured) {
      Request nominal = request_;
      nominal.world.kind = model::WorldKind::kNominal;
      compare("nominal", {}, nominal);
      return;
    }
    bool const expected = plan_.world.kind == model::WorldKind::kExpected;
    if (expected) {
      Request nominal = request_;
      nominal.world.kind = model::WorldKind::kNominal;
      compare("nominal", {}, nominal);
    }
    Request assured = request_;
    assured.world.kind = model::WorldKind::kAssured;
    compare("assured", {}, assured);
    for (model::ConditionId const& id : relied_on()) {
      Request without = request_;
      without.world.kind = expected ? model::WorldKind::kExpected : model::WorldKind::kGiven;
      auto const [place, fresh] = without.world.assumed.insert({id, false});
      if (fresh || place->second) {
        place->second = false;
        compare("without " + id.text(), id, without);
      }
    }
  }

  struct Effect {
    double gain{};
    Cover cover;
  };

  /// A change, and the line it is made for where that makes a difference.
  using Candidate = std::pair<SingleChange, model::RequirementId>;

  static Candidate candidate(SingleChange const& change, model::Gap const& gap) {
    // Stating a quantity depends on the line it is to fill; the other changes do not.
    bool const by_line = change.kind == "state-quantity";
    return {change, by_line ? gap.requirement : model::RequirementId{}};
  }

  /// The worth of what a gap is short of: closing it can add no more.
  [[nodiscard]] double worth_of(model::Gap const& gap) const {
    auto const line =
        std::ranges::find(scenario_.requirements, gap.requirement, &model::Requirement::id);
    int const length = line->months(scenario_.header.horizon).length().count();
    auto const tier = static_cast<std::size_t>(line->tier_or_default() - 1);
    return line->weight.value_or(length) * scenario_.header.tier_weights.at(tier) / length *
           gap.short_by / static_cast<double>(line->quantity.count()) * gap.months.length().count();
  }

  /// Changes in the order in which they are worth trying: first those that could close most.
  [[nodiscard]] std::vector<std::pair<SingleChange, model::Gap const*>> ranked_changes() const {
    std::map<Candidate, double> promise;
    std::vector<std::pair<SingleChange, model::Gap const*>> order;
    for (model::Gap const& gap : plan_.gaps) {
      for (SingleChange const& change : changes_for(gap)) {
        auto const [place, fresh] = promise.try_emplace(candidate(change, gap), 0);
        place->second += worth_of(gap);
        if (fresh) {
          order.emplace_back(change, &gap);
        }
      }
    }
    std::ranges::stable_sort(order, std::greater{}, [&](auto const& entry) {
      return promise.at(candidate(entry.first, *entry.second));
    });
    return order;
  }

  void add_unlocks() {
    std::map<Candidate, Effect> effects;
    for (auto const& [change, gap] : ranked_changes()) {
      if (auto effect = try_change(change, *gap); effect && effect->gain > least_gain_) {
        effects.emplace(candidate(change, *gap), *std::move(effect));
      }
    }
    for (model::Gap& gap : plan_.gaps) {
      for (SingleChange const& change : changes_for(gap)) {
        auto const effect = effects.find(candidate(change, gap));
        if (effect != effects.end() && closes(effect->second.cover, gap)) {
          gap.unlocks.push_back({change.kind, change.what, effect->second.gain});
        }
      }
      std::stable_sort(gap.unlocks.begin(), gap.unlocks.end(),
                       [](auto const& a, auto const& b) { return a.gain > b.gain; });
    }
  }

  std::optional<Effect> try_change(SingleChange const& change, model::Gap const& gap) {
    model::Scenario changed = scenario_;
    Request request = request_;
    if (!make_change(change, gap, changed, request)) {
      return std::nullopt;
    }
    auto const other = solve_again(changed, request);
    if (!other) {
      return std::nullopt;
    }
    return Effect{other->objective - plan_.objective, cover_of(*other)};
  }

  [[nodiscard]] bool closes(Cover const& cover, model::Gap const& gap) const {
    double more = 0;
    for (int t = gap.months.from.count(); t < gap.months.to.count(); ++t) {
      std::pair const key{gap.requirement, t};
      more += cover.at(key) - cover_.at(key);
    }
    return more > kTolerance;
  }

  /// What is short of one capability in one area.
  struct Shortage {
    model::Interval<model::Months> months;
    double units{};
    double worth{};
  };

  void add_asks() {
    std::map<std::pair<model::CapabilityId, model::AreaId>, Shortage> shortages;
    for (model::Gap const& gap : plan_.gaps) {
      if (gap.reason == GapReason::kPhaseDropped) {
        continue;
      }
      auto const line = std::find_if(scenario_.requirements.begin(), scenario_.requirements.end(),
                                     [&](auto const& row) { return row.id == gap.requirement; });
      auto const [place, fresh] = shortages.try_emplace({line->capability, line->area},
                                                        Shortage{gap.months, gap.short_by, 0});
      Shortage& shortage = place->second;
      shortage.worth += worth_of(gap);
      if (!fresh) {
        shortage.months = {std::min(shortage.months.from, gap.months.from),
                           std::max(shortage.months.to, gap.months.to)};
        shortage.units = std::max(shortage.units, gap.short_by);
      }
    }
    using Entry = std::pair<std::pair<model::CapabilityId, model::AreaId>, Shortage>;
    std::vector<Entry> order{shortages.begin(), shortages.end()};
    std::ranges::stable_sort(order, std::greater{},
                             [](Entry const& entry) { return entry.second.worth; });
    for (auto const& [where, shortage] : order) {
      add_ask(where.first, where.second, shortage);
    }
    std::stable_sort(plan_.asks.begin(), plan_.asks.end(),
                     [](model::Ask const& a, model::Ask const& b) { return a.worth > b.worth; });
    if (plan_.asks.size() > kMostAsks) {
      plan_.asks.resize(kMostAsks);
    }
  }

  /// Asks for one unit, or, where one is below the least useful share, for all that is short.
  void add_ask(model::CapabilityId const& capability, model::AreaId const& area,
               Shortage const& shortage) {
    auto const all = static_cast<std::int64_t>(std::ceil(shortage.units - kTolerance));
    for (std::int64_t const units : std::set<std::int64_t>{1, std::max<std::int64_t>(1, all)}) {
      auto const other =
          solve_again(with_offer(capability, area, shortage.months, units), request_);
      if (!other || other->objective - plan_.objective <= least_gain_) {
        continue;
      }
      // A gain that closes nothing only relieves somebody else: no reason to ask.
      auto closes = lines_better(plan_, cover_of(*other), cover_);
      if (closes.empty()) {
        continue;
      }
      model::Ask ask;
      ask.capability = capability;
      ask.area = area;
      ask.months = shortage.months;
      ask.units = model::Units{units};
      ask.worth = other->objective - plan_.objective;
      ask.nations = whom_to_ask(capability);
      ask.closes = std::move(closes);
      plan_.asks.push_back(std::move(ask));
      return;
    }
  }

  /// The scenario with an offer from nobody in particular.
  [[nodiscard]] model::Scenario with_offer(model::CapabilityId const& capability,
                                           model::AreaId const& area,
                                           model::Interval<model::Months> months,
                                           std::int64_t units) const {
    model::Scenario changed = scenario_;
    model::Pledge offer;
    // Capitals and a blank are no identifier, so neither can meet a name of the scenario.
    offer.id = model::PledgeId{"ASKED FOR"};
    offer.nation = model::NationId{"SOMEBODY"};
    offer.capability = capability;
    offer.quantity = model::Units{units};
    offer.quantity_is = model::QuantityIs::kSustained;
    offer.from = months.from;
    offer.until = months.to;
    if (!area.empty()) {
      offer.areas = {area};
    }
    offer.roe = model::RulesOfEngagement::kAssistHost;
    changed.pledges.push_back(std::move(offer));
    return changed;
  }

  /// Nations that have offered it or what stands for it: first those that have not said how much.
  [[nodiscard]] std::vector<model::NationId> whom_to_ask(
      model::CapabilityId const& capability) const {
    std::vector<model::NationId> not_stated;
    std::vector<model::NationId> stated;
    for (model::Pledge const& pledge : scenario_.pledges) {
      bool const fits =
          pledge.capability == capability ||
          std::any_of(scenario_.substitutions.begin(), scenario_.substitutions.end(),
                      [&](model::Substitution const& entry) {
                        return entry.capability == capability && entry.accepts == pledge.capability;
                      });
      if (fits && pledge.status != model::PledgeStatus::kWithdrawn) {
        (pledge.quantity ? stated : not_stated).push_back(pledge.nation);
      }
    }
    std::vector<model::NationId> nations;
    not_stated.insert(not_stated.end(), stated.begin(), stated.end());
    for (model::NationId& nation : not_stated) {
      if (std::find(nations.begin(), nations.end(), nation) == nations.end()) {
        nations.push_back(std::move(nation));
      }
    }
    return nations;
  }

  model::Scenario const& scenario_;
  Request request_;
  ComponentCache& cache_;
  model::RunControl control_;   ///< for solving again, which nobody watches
  model::RunControl progress_;  ///< the caller's own
  model::ForcePlan& plan_;
  Cover cover_;
  double least_gain_;
  long fixed_work_;
  long work_left_{0};
  int solves_{0};
  std::optional<model::Error> error_;
};

}  // namespace

model::Result<model::Done> explain(model::Scenario const& scenario, Request const& request,
                                   ComponentCache& cache, model::RunControl const& control,
                                   SolvedPlan& solved) {
  Explainer explainer{scenario, request, cache, control, solved};
  explainer.run();
  if (explainer.error()) {
    return *explainer.error();
  }
  return model::Done{};
}

}  // namespace guarantor::generate
