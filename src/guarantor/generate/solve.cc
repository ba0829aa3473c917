#include "guarantor/generate/solve.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "guarantor/generate/certificate.h"
#include "guarantor/generate/components.h"
#include "guarantor/generate/greedy.h"
#include "guarantor/generate/mip_model.h"
#include "guarantor/solver/mip.h"

namespace guarantor::generate {
namespace {

/// No plan can be worth more: every line full in every month in which somebody can be there, nobody
/// paid for.
double trivial_bound(Instance const& instance) {
  double bound = 0;
  for (PlannedLine const& line : instance.lines) {
    int first = line.to;
    int last = line.from;
    for (OptionIndex const index : line.options) {
      first = std::min(first, instance.options[index].first);
      last = std::max(last, instance.options[index].until);
    }
    bound += line.worth * line.quantity * std::max(0, last - first);
  }
  return bound;
}

std::size_t tours(Instance const& instance) {
  std::size_t count = 0;
  for (Option const& option : instance.options) {
    count += static_cast<std::size_t>(option.last - option.first);
  }
  return count;
}

/// A component's plan so far.
struct Part {
  Component component;
  std::size_t tours{};
  std::vector<Start> starts;
  double objective{};
  double bound{};
  bool proven{};
  long iterations{};
};

class Search {
 public:
  Search(model::Scenario const& scenario, double gap, model::RunControl const& control)
      : scenario_{scenario}, gap_{gap}, control_{control} {}

  model::Result<Solution> run(Instance const& instance) {
    for (Component& component : split(instance)) {
      parts_.push_back(begin(std::move(component)));
      tours_left_ += parts_.back().tours;
    }
    for (std::size_t const place : smallest_first()) {
      Part& part = parts_[place];
      if (!control_.must_stop()) {
        if (auto improved = improve(part); !improved.ok()) {
          return improved.error();
        }
      }
      tours_left_ -= part.tours;
    }
    return assemble();
  }

 private:
  [[nodiscard]] Part begin(Component component) const {
    Part part;
    part.tours = tours(component.instance);
    part.starts = greedy_plan(scenario_, component.instance);
    Certificate const certificate = certify(scenario_, component.instance, part.starts);
    if (certificate.broken_rules.empty() && certificate.objective > 0) {
      part.objective = certificate.objective;
    } else {
      part.starts.clear();
    }
    part.bound = std::max(part.objective, trivial_bound(component.instance));
    part.component = std::move(component);
    return part;
  }

  [[nodiscard]] std::vector<std::size_t> smallest_first() const {
    std::vector<std::size_t> order(parts_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return parts_[a].tours < parts_[b].tours;
    });
    return order;
  }

  /// The control for one component: its share of the time left, and figures of the whole to report.
  [[nodiscard]] model::RunControl share_of(Part const& part) const {
    model::RunControl slice = control_;
    if (auto const left = control_.remaining()) {
      double const share = static_cast<double>(part.tours) / static_cast<double>(tours_left_);
      slice.time_limit = control_.elapsed() + *left * share;
    }
    double const objective = total(&Part::objective) - part.objective;
    double const bound = total(&Part::bound) - part.bound;
    slice.progress = [this, objective, bound, &part](model::Progress step) {
      step.objective = objective + step.objective.value_or(part.objective);
      step.bound = bound + std::min(step.bound.value_or(part.bound), part.bound);
      step.share_done = 1 - static_cast<double>(tours_left_) /
                                static_cast<double>(std::max<std::size_t>(1, all_tours()));
      control_.report(step);
    };
    return slice;
  }

  [[nodiscard]] double total(double Part::* figure) const {
    double sum = 0;
    for (Part const& part : parts_) {
      sum += part.*figure;
    }
    return sum;
  }

  [[nodiscard]] std::size_t all_tours() const {
    std::size_t count = 0;
    for (Part const& part : parts_) {
      count += part.tours;
    }
    return count;
  }

  model::Result<model::Done> improve(Part& part) const {
    Instance const& instance = part.component.instance;
    MipModel const mip = build_mip(scenario_, instance, Formulation::kTight);
    auto const answer =
        solver::solve(mip.program, {gap_, part.bound, part.objective}, share_of(part));
    if (!answer.ok()) {
      return answer.error();
    }
    solver::MipResult const& result = answer.value();
    if (!result.values.empty()) {
      std::vector<Start> starts = mip.starts_of(result.values);
      Certificate const certificate = certify(scenario_, instance, starts);
      if (!certificate.broken_rules.empty()) {
        return model::Error{model::ErrorKind::kDefect, "the plan found breaks a rule of the model",
                            certificate.broken_rules.front()};
      }
      if (certificate.objective > part.objective) {
        part.objective = certificate.objective;
        part.starts = std::move(starts);
      }
    }
    part.bound = std::max(part.objective, std::min(part.bound, result.bound));
    part.proven = result.proven;
    part.iterations = result.iterations;
    // What the solver's own tolerance leaves open is not a gap.
    constexpr double kSolverTolerance = 1e-6;
    if (part.proven && gap_ == 0 &&
        part.bound - part.objective <= kSolverTolerance * std::max(1.0, part.objective)) {
      part.bound = part.objective;
    }
    return model::Done{};
  }

  [[nodiscard]] Solution assemble() const {
    Solution solution;
    solution.proven = true;
    for (Part const& part : parts_) {
      solution.objective += part.objective;
      solution.bound += part.bound;
      solution.iterations += part.iterations;
      solution.proven = solution.proven && part.proven;
      for (Start start : part.starts) {
        start.option = part.component.original[start.option.place];
        solution.starts.push_back(start);
      }
    }
    // Limits may have cut single components short and the whole be within the gap all the same.
    solution.proven = solution.proven || solution.bound - solution.objective <=
                                             gap_ * std::max(1.0, std::abs(solution.objective));
    return solution;
  }

  model::Scenario const& scenario_;
  double gap_;
  model::RunControl const& control_;
  std::vector<Part> parts_;
  std::size_t tours_left_{0};
};

}  // namespace

model::Result<Solution> solve(model::Scenario const& scenario, Instance const& instance, double gap,
                              model::RunControl const& control) {
  return Search{scenario, gap, control}.run(instance);
}

}  // namespace guarantor::generate
