#include "guarantor/generate/explain.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "guarantor/generate/instance.h"

namespace guarantor::generate {
namespace {

using model::GapReason;

/// Simplex iterations spent on explaining, all re-solves together: a few seconds, and the same
/// explanation on every machine.
constexpr long kMostWork = 40'000;
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
        usual_work_{solved.iterations},
        work_left_{kMostWork} {
    control_.progress = nullptr;
    progress_ = control;
  }

  void run() {
    add_comparisons();
    add_unlocks();
    add_asks();
  }

  [[nodiscard]] std::optional<model::Error> const& error() const { return error_; }

 private:
  /// The plan with a change made, or nothing when work or time is up.
  std::optional<model::ForcePlan> solve_again(model::Scenario const& scenario,
                                              Request const& request) {
    // A re-solve costs about what the plan itself did; one that would burst the budget is not
    // begun.
    if (error_ || control_.must_stop() || work_left_ < usual_work_) {
      return std::nullopt;
    }
    auto result = solve_plan(scenario, request, cache_, control_);
    if (!result.ok()) {
      error_ = result.error();
      return std::nullopt;
    }
    ++solves_;
    progress_.report(
        {"explain, solve " + std::to_string(solves_), plan_.objective, plan_.bound, 1});
    constexpr long kFixedCost = 100;
    work_left_ -= result.value().iterations + kFixedCost;
    model::ForcePlan& other = result.value().plan;
    return other.stopped_by_limit ? std::nullopt : std::optional{std::move(other)};
  }

  void compare(std::string label, model::ConditionId without, Request const& request) {
    auto const other = solve_again(scenario_, request);
    if (!other) {
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
    Request assured = request_;
    assured.world.kind = model::WorldKind::kAssured;
    compare("assured", {}, assured);
    for (model::ConditionId const& id : relied_on()) {
      Request without = request_;
      without.world.kind = model::WorldKind::kGiven;
      auto const [place, fresh] = without.world.assumed.insert({id, false});
      if (fresh || place->second) {
        place->second = false;
        compare("without " + id.text(), id, without);
      }
    }
  }

  struct Change {
    std::string kind;
    std::string what;
    friend auto operator<=>(Change const&, Change const&) = default;
  };

  /// The single changes that could move what stands in a gap's way.
  [[nodiscard]] static std::vector<Change> changes_for(model::Gap const& gap) {
    static std::map<GapReason, std::string> const kKinds{
        {GapReason::kUncounted, "count-offer"},      {GapReason::kCondition, "condition"},
        {GapReason::kCaveat, "lift-caveat"},         {GapReason::kRulesOfEngagement, "widen-roe"},
        {GapReason::kLate, "earlier-and-longer"},    {GapReason::kNotStated, "state-quantity"},
        {GapReason::kCeiling, "raise-ceiling"},      {GapReason::kRotation, "one-more-unit"},
        {GapReason::kMaxNations, "one-more-nation"}, {GapReason::kMinFill, "drop-min-fill"}};
    auto const kind = kKinds.find(gap.reason);
    if (kind == kKinds.end()) {
      return {};
    }
    if (gap.reason == GapReason::kMaxNations || gap.reason == GapReason::kMinFill) {
      return {{kind->second, gap.requirement.text()}};
    }
    std::vector<Change> changes;
    for (std::size_t from = 0; from < gap.by.size();) {
      std::size_t const end = std::min(gap.by.find(' ', from), gap.by.size());
      changes.push_back({kind->second, gap.by.substr(from, end - from)});
      from = end + 1;
    }
    return changes;
  }

  /// Makes the change; false where there is nothing of that name to change.
  bool make(Change const& change, model::Gap const& gap, model::Scenario& scenario,
            Request& request) const {
    if (change.kind == "condition") {
      model::ConditionId const id{change.what};
      bool const exists =
          std::any_of(scenario.conditions.begin(), scenario.conditions.end(),
                      [&](model::Condition const& condition) { return condition.id == id; });
      request.world.assumed[id] = true;
      return exists;
    }
    for (model::Pledge& pledge : scenario.pledges) {
      if (pledge.id.text() == change.what) {
        return make_pledge_change(change, gap, pledge);
      }
    }
    for (model::Requirement& line : scenario.requirements) {
      if (line.id.text() != change.what) {
        continue;
      }
      if (change.kind == "one-more-nation" && line.max_nations) {
        ++*line.max_nations;
        return true;
      }
      line.min_fill.reset();
      return change.kind == "drop-min-fill";
    }
    auto const removed = std::erase_if(scenario.ceilings, [&](model::Ceiling const& ceiling) {
      return change.kind == "raise-ceiling" && ceiling.id.text() == change.what;
    });
    return removed > 0;
  }

  bool make_pledge_change(Change const& change, model::Gap const& gap,
                          model::Pledge& pledge) const {
    if (change.kind == "count-offer") {
      pledge.status = model::PledgeStatus::kAnnounced;
    } else if (change.kind == "lift-caveat") {
      pledge.areas.clear();
      pledge.tasks.clear();
      pledge.not_areas.clear();
      pledge.not_tasks.clear();
    } else if (change.kind == "widen-roe") {
      pledge.roe = model::RulesOfEngagement::kAssistHost;
    } else if (change.kind == "earlier-and-longer") {
      pledge.notice.reset();
      pledge.transit.reset();
      pledge.from.reset();
      pledge.until.reset();
    } else if (change.kind == "state-quantity") {
      pledge.quantity = enough_for(gap, pledge);
    } else if (change.kind == "one-more-unit" && pledge.quantity) {
      *pledge.quantity += model::Units{1};
    } else {
      return false;
    }
    return true;
  }

  /// Units of a pledge that would fill the gap's line for as long as its rotation allows.
  [[nodiscard]] model::Units enough_for(model::Gap const& gap, model::Pledge const& pledge) const {
    for (model::Requirement const& line : scenario_.requirements) {
      if (line.id == gap.requirement) {
        double const counts = effectiveness(scenario_, pledge, line).value_or(1);
        return model::Units{static_cast<std::int64_t>(
            std::ceil(static_cast<double>(line.quantity.count()) / counts))};
      }
    }
    return model::Units{1};
  }

  struct Effect {
    double gain{};
    Cover cover;
  };

  void add_unlocks() {
    std::map<std::pair<Change, model::RequirementId>, std::optional<Effect>> tried;
    for (model::Gap& gap : plan_.gaps) {
      for (Change const& change : changes_for(gap)) {
        // Stating a quantity depends on the line it is to fill; the other changes do not.
        bool const by_line = change.kind == "state-quantity";
        auto const [place, fresh] = tried.try_emplace(
            {change, by_line ? gap.requirement : model::RequirementId{}}, std::nullopt);
        if (fresh) {
          place->second = try_change(change, gap);
        }
        if (place->second && place->second->gain > least_gain_ &&
            closes(place->second->cover, gap)) {
          gap.unlocks.push_back({change.kind, change.what, place->second->gain});
        }
      }
      std::stable_sort(gap.unlocks.begin(), gap.unlocks.end(),
                       [](auto const& a, auto const& b) { return a.gain > b.gain; });
    }
  }

  std::optional<Effect> try_change(Change const& change, model::Gap const& gap) {
    model::Scenario changed = scenario_;
    Request request = request_;
    if (!make(change, gap, changed, request)) {
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
  };

  void add_asks() {
    std::map<std::pair<model::CapabilityId, model::AreaId>, Shortage> shortages;
    for (model::Gap const& gap : plan_.gaps) {
      if (gap.reason == GapReason::kPhaseDropped) {
        continue;
      }
      auto const line = std::find_if(scenario_.requirements.begin(), scenario_.requirements.end(),
                                     [&](auto const& row) { return row.id == gap.requirement; });
      auto const [place, fresh] =
          shortages.try_emplace({line->capability, line->area}, Shortage{gap.months, gap.short_by});
      if (!fresh) {
        Shortage& shortage = place->second;
        shortage.months = {std::min(shortage.months.from, gap.months.from),
                           std::max(shortage.months.to, gap.months.to)};
        shortage.units = std::max(shortage.units, gap.short_by);
      }
    }
    for (auto const& [where, shortage] : shortages) {
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
  long usual_work_;
  long work_left_;
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
