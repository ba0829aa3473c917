#include "guarantor/generate/strict_tiers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include "guarantor/generate/certificate.h"

namespace guarantor::generate {
namespace {

/// How much more a tier counts than all that is below it, at first and each time that is too
/// little.
constexpr double kFirstFactor = 8;
constexpr double kLargerFactor = 16;
constexpr int kMostAttempts = 8;
/// What the arithmetic of a stage may lose of a figure.
constexpr double kTolerance = 1e-7;

double within(double figure) {
  return kTolerance * std::max(1.0, std::abs(figure));
}

/// An instance with what some of its lines are worth and cost multiplied.
class Scaled {
 public:
  explicit Scaled(Instance const& whole) : whole_{whole} {}

  /// `factor` by line; options for which `keep` is false are left out.
  template <class Factor, class Keep>
  void run(Factor factor, Keep keep) {
    instance = whole_;
    instance.options = {};
    std::vector<std::optional<OptionIndex>> moved(whole_.options.size());
    for (PlannedPledge& pledge : instance.pledges) {
      pledge.options.clear();
    }
    for (std::size_t r = 0; r < instance.lines.size(); ++r) {
      PlannedLine& line = instance.lines[LineIndex{r}];
      line.worth *= factor(LineIndex{r});
      line.nation_penalty *= factor(LineIndex{r});
      line.options.clear();
    }
    for (std::size_t place = 0; place < whole_.options.size(); ++place) {
      Option option = whole_.options[OptionIndex{place}];
      if (!keep(option)) {
        continue;
      }
      option.cost *= factor(option.line);
      OptionIndex const added = instance.options.add(option);
      moved[place] = added;
      original.push_back(OptionIndex{place});
      instance.pledges[option.pledge].options.push_back(added);
      instance.lines[option.line].options.push_back(added);
    }
    for (PlannedCeiling& ceiling : instance.ceilings) {
      std::vector<OptionIndex> kept;
      for (OptionIndex const option : ceiling.options) {
        if (moved[option.place]) {
          kept.push_back(*moved[option.place]);
        }
      }
      ceiling.options = std::move(kept);
    }
    std::erase_if(instance.ceilings,
                  [](PlannedCeiling const& ceiling) { return ceiling.options.empty(); });
  }

  Instance instance;
  std::vector<OptionIndex> original;  ///< by place of the instance's options

 private:
  Instance const& whole_;
};

class Tiers {
 public:
  Tiers(model::Scenario const& scenario, Instance const& instance, Request const& request,
        ComponentCache& cache, model::RunControl const& control)
      : scenario_{scenario},
        instance_{instance},
        request_{request},
        cache_{cache},
        control_{control} {
    std::set<int> tiers;
    for (PlannedLine const& line : instance.lines) {
      tiers.insert(scenario.requirements[line.row].tier_or_default());
    }
    tiers_.assign(tiers.begin(), tiers.end());
    for (std::size_t r = 0; r < instance.lines.size(); ++r) {
      int const tier = scenario.requirements[instance.lines[LineIndex{r}].row].tier_or_default();
      level_.push_back(static_cast<std::size_t>(std::ranges::find(tiers_, tier) - tiers_.begin()));
    }
    for (std::size_t level = 0; level < tiers_.size(); ++level) {
      Scaled alone{instance};
      alone.run([&](LineIndex line) { return level_[line.place] == level ? 1.0 : 0.0; },
                [](Option const&) { return true; });
      alone_.push_back(std::move(alone.instance));
    }
    proofs_.resize(tiers_.size());
    factors_.assign(tiers_.size(), kFirstFactor);
    has_ = figures(starts_);
  }

  model::Result<TieredSolution> run() {
    for (std::size_t level = 0; level < tiers_.size() && !control_.must_stop(); ++level) {
      if (auto done = fill(level); !done.ok()) {
        return done.error();
      }
    }
    return assemble();
  }

 private:
  /// What a stage proves: no plan is worth more than `bound` at these weights of the tiers before.
  struct Proof {
    double bound{};
    std::vector<double> weights;
  };

  /// The objective of each tier.
  [[nodiscard]] std::vector<double> figures(std::vector<Start> const& starts) const {
    std::vector<double> figures;
    for (Instance const& alone : alone_) {
      figures.push_back(certify(scenario_, alone, starts).objective);
    }
    return figures;
  }

  /// How often each tier before `level` counts.
  [[nodiscard]] std::vector<double> weights(std::size_t level) const {
    std::vector<double> weights(level);
    double weight = 1;
    for (std::size_t j = level; j-- > 0;) {
      weight *= factors_[j];
      weights[j] = weight;
    }
    return weights;
  }

  [[nodiscard]] static double priced(std::vector<double> const& weights,
                                     std::vector<double> const& figures) {
    double sum = 0;
    for (std::size_t j = 0; j < weights.size(); ++j) {
      sum += weights[j] * figures[j];
    }
    return sum;
  }

  /// The tiers up to `level`. Of those after it there is only what others may need beside them.
  [[nodiscard]] Scaled stage(std::size_t level, std::vector<double> const& weights) const {
    Scaled stage{instance_};
    stage.run(
        [&](LineIndex line) {
          std::size_t const own = level_[line.place];
          return own < level ? weights[own] : own == level ? 1.0 : 0.0;
        },
        [&](Option const& option) {
          return level_[option.line.place] <= level ||
                 instance_.pledges[option.pledge].stands_under_others;
        });
    return stage;
  }

  /// Each stage gets its share of the time left.
  [[nodiscard]] model::RunControl control_of(std::size_t level) const {
    model::RunControl control = control_;
    if (auto const left = control_.remaining()) {
      auto const stages = static_cast<double>(tiers_.size() - level);
      control.time_limit = model::Seconds{control_.elapsed().count() + left->count() / stages};
    }
    return control;
  }

  model::Result<model::Done> fill(std::size_t level) {
    model::RunControl const control = control_of(level);
    double const worth = most_worth(level);
    double narrower = 1;
    for (int attempt = 0; attempt < kMostAttempts && (attempt == 0 || !control.must_stop());
         ++attempt) {
      std::vector<double> const weights = this->weights(level);
      Scaled const part = stage(level, weights);
      Request request = request_;
      request.gap = request_.gap * narrower * std::max(1.0, worth) /
                    std::max(1.0, priced(weights, has_) + worth);
      auto solved = solve(scenario_, part.instance, request, cache_, control);
      if (!solved.ok()) {
        return solved.error();
      }
      work_ += solved.value().work;
      proofs_[level].push_back({solved.value().bound, weights});
      auto const lost = adopt(level, part, solved.value().starts);
      if (lost) {
        factors_[*lost] *= kLargerFactor;
      } else if (double const left = gap(level); left > request_.gap && solved.value().proven) {
        if (request_.gap <= 0) {
          break;  // the arithmetic's doing
        }
        narrower *= 0.5 * request_.gap / left;
      } else {
        break;
      }
    }
    return model::Done{};
  }

  /// Takes a stage's plan where tier after tier it is no worse, and says which tier before `level`
  /// it would take something from.
  std::optional<std::size_t> adopt(std::size_t level, Scaled const& part,
                                   std::vector<Start> starts) {
    for (Start& start : starts) {
      start.option = part.original[start.option.place];
    }
    std::vector<double> has = figures(starts);
    for (std::size_t j = 0; j <= level; ++j) {
      if (has[j] < has_[j] - within(has_[j])) {
        return j < level ? std::optional{j} : std::nullopt;
      }
      if (has[j] > has_[j] + within(has_[j])) {
        break;
      }
    }
    std::optional<std::size_t> lost;
    for (std::size_t j = level; j-- > 0;) {
      lost = has[j] < has_[j] - within(has_[j]) ? std::optional{j} : lost;
    }
    starts_ = std::move(starts);
    has_ = std::move(has);
    return lost;
  }

  /// The worth of all of a tier's lines, full all the time.
  [[nodiscard]] double most_worth(std::size_t level) const {
    double sum = 0;
    for (PlannedLine const& line : alone_[level].lines) {
      sum += line.options.empty() ? 0 : line.worth * line.quantity * (line.to - line.from);
    }
    return sum;
  }

  /// What no plan exceeds at this tier that gives those before it what they have.
  [[nodiscard]] double bound(std::size_t level) const {
    double bound = most_worth(level);
    double rounding = within(has_[level]);
    for (Proof const& proof : proofs_[level]) {
      double const kept = priced(proof.weights, has_);
      if (proof.bound - kept < bound) {
        bound = proof.bound - kept;
        constexpr double kSolverTolerance = 1e-8;
        rounding = std::max(within(has_[level]), kSolverTolerance * std::abs(kept));
      }
    }
    return bound - has_[level] <= rounding ? has_[level] : bound;
  }

  [[nodiscard]] double gap(std::size_t level) const {
    return (bound(level) - has_[level]) / std::max(1.0, std::abs(has_[level]));
  }

  [[nodiscard]] TieredSolution assemble() const {
    TieredSolution tiered;
    tiered.solution.starts = starts_;
    tiered.solution.proven = true;
    tiered.solution.work = work_;
    for (std::size_t level = 0; level < tiers_.size(); ++level) {
      tiered.tiers.push_back({tiers_[level], has_[level], bound(level), gap(level)});
      tiered.solution.objective += has_[level];
      tiered.solution.bound += bound(level);
      tiered.solution.proven = tiered.solution.proven && gap(level) <= request_.gap;
    }
    return tiered;
  }

  model::Scenario const& scenario_;
  Instance const& instance_;
  Request const& request_;
  ComponentCache& cache_;
  model::RunControl const& control_;
  std::vector<int> tiers_;          ///< by level
  std::vector<std::size_t> level_;  ///< by line
  std::vector<Instance> alone_;     ///< by level: what only that tier's lines are worth and cost
  std::vector<double> factors_;     ///< by level: how much more it counts than those below
  std::vector<std::vector<Proof>> proofs_;  ///< by level
  std::vector<Start> starts_;
  std::vector<double> has_;  ///< by level
  long work_{0};
};

}  // namespace

model::Result<TieredSolution> solve_tiers(model::Scenario const& scenario, Instance const& instance,
                                          Request const& request, ComponentCache& cache,
                                          model::RunControl const& control) {
  return Tiers{scenario, instance, request, cache, control}.run();
}

}  // namespace guarantor::generate
