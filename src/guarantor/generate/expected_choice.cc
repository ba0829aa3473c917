#include "guarantor/generate/expected_choice.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "guarantor/generate/certificate.h"
#include "guarantor/generate/expected_jobs.h"

namespace guarantor::generate {
namespace {

/// Columns x beyond which the extensive form is not built.
constexpr std::size_t kMostExtensiveStarts = 6000;
/// Worlds whose own plans are tried as designations, likeliest first.
constexpr std::size_t kMostLikely = 3;

/// What has been found out about a group's designations.
struct Contest {
  std::vector<Component> nominal;
  double bound{};  ///< under perfect foresight
  Choice best;
  double value{};
  std::map<Place, int> used;  ///< most units in use at once, over the design worlds
};

class Chooser {
 public:
  Chooser(std::vector<Group> const& groups, SceneBook& book, model::RunControl const& control)
      : groups_{groups}, book_{book}, planner_{book.planner()}, control_{control} {}

  model::Result<std::vector<Choice>> run() {
    std::vector<std::vector<Designation>> nominal;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      contests_.push_back(open(g));
      nominal.push_back({book_.free_designation({g, groups_[g].nominal})});
    }
    constexpr double kFirst = 0.3;
    constexpr double kSecond = 0.5;
    if (auto error = hold(nominal, share_of(control_, kFirst))) {
      return *std::move(error);
    }
    auto rivals = add_rivals(share_of(control_, kFirst));
    if (!rivals.ok()) {
      return rivals.error();
    }
    if (auto error = hold(rivals.value(), share_of(control_, kSecond))) {
      return *std::move(error);
    }
    if (auto error = prove()) {
      return *std::move(error);
    }
    std::vector<Choice> choices;
    for (Contest& contest : contests_) {
      drop_idle(contest);
      choices.push_back(std::move(contest.best));
    }
    return choices;
  }

 private:
  [[nodiscard]] Contest open(std::size_t g) const {
    Contest contest;
    contest.nominal = components_in(planner_.scenario(), book_.world({g, groups_[g].nominal}));
    for (std::size_t j = 0; j < groups_[g].scenes.size(); ++j) {
      if (double const weight = groups_[g].scenes[j].design_weight; weight > 0) {
        contest.bound += weight * book_.free_bound({g, j});
      }
    }
    contest.value = -1;
    return contest;
  }

  [[nodiscard]] bool settled(Contest const& contest) const {
    return contest.value >= 0 && planner_.suffices(contest.value, contest.bound);
  }

  /// Whether a designation is a plan of the nominal world.
  [[nodiscard]] bool allowed(Contest const& contest, Designation const& designation) const {
    std::size_t placed = 0;
    for (Component const& component : contest.nominal) {
      auto const starts = starts_in(component.instance, designation);
      placed += starts.size();
      if (!certify(planner_.scenario(), component.instance, starts).broken_rules.empty()) {
        return false;
      }
    }
    return placed == designation.size();
  }

  /// Values each group's candidates over the design worlds and keeps the best, the first of equals.
  std::optional<model::Error> hold(std::vector<std::vector<Designation>> const& candidates,
                                   model::RunControl const& control) {
    std::vector<Trial> trials;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      for (Designation const& candidate : candidates[g]) {
        for (std::size_t j = 0; j < groups_[g].scenes.size(); ++j) {
          if (groups_[g].scenes[j].design_weight > 0) {
            trials.push_back({{g, j}, &candidate});
          }
        }
      }
    }
    auto values = book_.value(trials, control);
    if (!values.ok()) {
      return values.error();
    }
    for (std::size_t from = 0; from < trials.size();) {
      std::size_t to = from;
      while (to < trials.size() && trials[to].designation == trials[from].designation) {
        ++to;
      }
      enter(trials, values.value(), from, to);
      from = to;
    }
    return std::nullopt;
  }

  /// One candidate's trials are those from `from` to `to`.
  void enter(std::vector<Trial> const& trials, std::vector<SceneValue> const& values,
             std::size_t from, std::size_t to) {
    Contest& contest = contests_[trials[from].scene.group];
    double sum = 0;
    std::map<Place, int> used;
    for (std::size_t i = from; i < to; ++i) {
      SceneIndex const scene = trials[i].scene;
      sum += groups_[scene.group].scenes[scene.scene].design_weight * values[i].objective;
      for (auto const& [place, units] : values[i].used) {
        used[place] = std::max(used[place], units);
      }
    }
    constexpr double kLeast = 1e-9;
    if (contest.value < 0 || sum > contest.value + kLeast * std::max(1.0, std::abs(sum))) {
      contest.value = sum;
      contest.best.designation = *trials[from].designation;
      contest.used = std::move(used);
    }
  }

  /// Further candidates for groups that the nominal plan does not settle.
  model::Result<std::vector<std::vector<Designation>>> add_rivals(
      model::RunControl const& control) {
    std::vector<std::vector<Designation>> rivals(groups_.size());
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (settled(contests_[g])) {
        continue;
      }
      auto discounted = discounted_plan(g, share_of(control, 1.0 / 2));
      if (!discounted.ok()) {
        return discounted.error();
      }
      std::vector<Designation> all{std::move(discounted).value(),
                                   book_.free_designation({g, groups_[g].assured})};
      for (std::size_t const scene : likeliest(g)) {
        all.push_back(book_.free_designation({g, scene}));
      }
      for (Designation& candidate : all) {
        bool const known =
            candidate == contests_[g].best.designation ||
            std::find(rivals[g].begin(), rivals[g].end(), candidate) != rivals[g].end();
        if (!known && allowed(contests_[g], candidate)) {
          rivals[g].push_back(std::move(candidate));
        }
      }
    }
    return rivals;
  }

  [[nodiscard]] std::vector<std::size_t> likeliest(std::size_t g) const {
    auto const& scenes = groups_[g].scenes;
    std::vector<std::size_t> order;
    for (std::size_t j = 0; j < scenes.size(); ++j) {
      if (scenes[j].design_weight > 0) {
        order.push_back(j);
      }
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return scenes[a].design_weight > scenes[b].design_weight;
    });
    order.resize(std::min(order.size(), kMostLikely));
    return order;
  }

  /// The nominal world's plan if each unit counts only as often as its pledge holds: it provides
  /// against those that may stay away.
  model::Result<Designation> discounted_plan(std::size_t g, model::RunControl const& control) {
    std::map<std::size_t, double> chance;
    for (Scene const& scene : groups_[g].scenes) {
      for (std::size_t row = 0; row < scene.world.pledge_holds.size(); ++row) {
        chance[row] += scene.world.pledge_holds[row] ? scene.design_weight : 0;
      }
    }
    constexpr double kLeast = 0.01;
    Designation designation;
    for (Component const& component : contests_[g].nominal) {
      Instance discounted = component.instance;
      for (Option& option : discounted.options) {
        option.effectiveness *= std::max(kLeast, chance[discounted.pledges[option.pledge].row]);
      }
      auto plan = planner_.free_plan(discounted, control);
      if (!plan.ok()) {
        return plan.error();
      }
      book_.count(false);
      auto const part = designation_of(component.instance, plan.value().starts);
      designation.insert(designation.end(), part.begin(), part.end());
    }
    std::sort(designation.begin(), designation.end());
    return designation;
  }

  /// Solves the extensive forms of groups that no candidate settles.
  std::optional<model::Error> prove() {
    std::vector<std::vector<Designation>> better(groups_.size());
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      Contest& contest = contests_[g];
      if (settled(contest) || control_.must_stop()) {
        continue;
      }
      auto extensive = solve_extensive(groups_[g], &Scene::design_weight, contest.value,
                                       contest.bound, book_, share_of(control_, 1.0 / 2));
      if (!extensive.ok()) {
        return extensive.error();
      }
      if (!extensive.value()) {
        continue;
      }
      contest.best.bound = extensive.value()->bound;
      if (auto& designation = extensive.value()->better) {
        if (!allowed(contest, *designation)) {
          return model::Error{model::ErrorKind::kDefect,
                              "the designation found breaks a rule of the model", ""};
        }
        better[g].push_back(*std::move(designation));
      }
    }
    return hold(better, control_);
  }

  /// Takes back units that no design world uses where they are designated, as far as the rest may
  /// stand without them.
  void drop_idle(Contest& contest) const {
    std::map<Place, int> spare;
    std::map<std::pair<std::size_t, std::size_t>, std::pair<Instance const*, OptionIndex>>
        option_of;
    for (Component const& component : contest.nominal) {
      Instance const& instance = component.instance;
      for (std::size_t place = 0; place < instance.options.size(); ++place) {
        Option const& option = instance.options[OptionIndex{place}];
        option_of[{instance.pledges[option.pledge].row, instance.lines[option.line].row}] = {
            &instance, OptionIndex{place}};
      }
    }
    auto const months = [&](Posting const& posting, auto const& act) {
      auto const [instance, index] = option_of.at({posting.pledge, posting.line});
      int const end = instance->tour_end(instance->options[index], posting.month);
      for (int t = posting.month; t < end; ++t) {
        act(Place{posting.pledge, posting.line, t});
      }
    };
    Designation& designation = contest.best.designation;
    for (Posting const& posting : designation) {
      months(posting, [&](Place const& place) { spare[place] += posting.units; });
    }
    for (auto const& [place, units] : contest.used) {
      spare[place] -= units;
    }
    for (std::size_t i = designation.size(); i-- > 0;) {
      int idle = designation[i].units;
      months(designation[i], [&](Place const& place) { idle = std::min(idle, spare[place]); });
      if (idle <= 0) {
        continue;
      }
      Designation less = designation;
      less[i].units -= idle;
      if (less[i].units == 0) {
        less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
      }
      if (allowed(contest, less)) {
        months(designation[i], [&](Place const& place) { spare[place] -= idle; });
        designation = std::move(less);
      }
    }
  }

  std::vector<Group> const& groups_;
  SceneBook& book_;
  WorldPlanner const& planner_;
  model::RunControl const& control_;
  std::vector<Contest> contests_;
};

}  // namespace

model::Result<std::vector<Choice>> choose_designations(std::vector<Group> const& groups,
                                                       SceneBook& book,
                                                       model::RunControl const& control) {
  return Chooser{groups, book, control}.run();
}

model::Result<std::optional<WorldPlanner::Extensive>> solve_extensive(
    Group const& group, double Scene::* weight, double known_objective, double known_bound,
    SceneBook& book, model::RunControl const& control) {
  using Answer = std::optional<WorldPlanner::Extensive>;
  model::Scenario const& scenario = book.planner().scenario();
  auto const nominal = components_in(scenario, group.scenes[group.nominal].world);
  std::size_t starts = 0;
  for (Component const& component : nominal) {
    starts += count_starts(component.instance);
  }
  std::vector<std::vector<Component>> kept;
  std::vector<WeightedPart> parts;
  for (Scene const& scene : group.scenes) {
    if (scene.*weight <= 0) {
      continue;
    }
    kept.push_back(components_in(scenario, scene.world));
    for (Component const& component : kept.back()) {
      starts += count_starts(component.instance);
    }
    if (starts > kMostExtensiveStarts) {
      return Answer{};
    }
  }
  std::size_t place = 0;
  for (Scene const& scene : group.scenes) {
    if (scene.*weight > 0) {
      for (Component const& component : kept[place]) {
        parts.push_back({&component.instance, scene.*weight});
      }
      ++place;
    }
  }
  auto extensive =
      book.planner().best_designation(nominal, parts, known_objective, known_bound, control);
  if (!extensive.ok()) {
    return extensive.error();
  }
  book.count(extensive.value().limited);
  return Answer{std::move(extensive).value()};
}

}  // namespace guarantor::generate
