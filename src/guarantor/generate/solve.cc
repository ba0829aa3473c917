#include "guarantor/generate/solve.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <numeric>
#include <thread>
#include <utility>

#include "guarantor/generate/certificate.h"
#include "guarantor/generate/components.h"
#include "guarantor/generate/mip_model.h"
#include "guarantor/generate/timeline_search.h"
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
  std::string fingerprint;
  std::size_t tours{};
  std::vector<Start> starts;
  double objective{};
  double bound{};
  bool proven{};
  long iterations{};
};

class Search {
 public:
  Search(model::Scenario const& scenario, Request const& request, ComponentCache& cache,
         model::RunControl const& control)
      : scenario_{scenario},
        gap_{request.gap},
        seed_{request.seed},
        threads_{request.threads},
        cache_{cache},
        control_{control} {}

  model::Result<Solution> run(Instance const& instance) {
    for (Component& component : split(instance)) {
      parts_.push_back(lay_out(std::move(component)));
      tours_left_ += parts_.back().proven ? 0 : parts_.back().tours;
    }
    report("search");
    begin_all();
    for (std::size_t const place : smallest_first()) {
      Part& part = parts_[place];
      if (part.proven) {
        continue;
      }
      if (!control_.must_stop()) {
        if (auto improved = improve(part); !improved.ok()) {
          return improved.error();
        }
      }
      tours_left_ -= part.tours;
      report("proof");
    }
    return assemble();
  }

 private:
  [[nodiscard]] Part lay_out(Component component) const {
    Part part;
    part.fingerprint = fingerprint(scenario_, component.instance);
    part.tours = tours(component.instance);
    part.bound = trivial_bound(component.instance);
    part.component = std::move(component);
    if (auto const* known = cache_.find(part.fingerprint)) {
      part.starts = known->starts;
      part.objective = known->objective;
      part.bound = known->bound;
      part.proven = true;
    }
    return part;
  }

  /// A plan to begin with for every component, on all threads: each search depends on nothing but
  /// its own component, so their order does not matter.
  void begin_all() {
    std::vector<model::RunControl> slices;
    for (Part const& part : parts_) {
      slices.push_back(search_slice(part));
    }
    std::atomic<std::size_t> next{0};
    auto const work = [&] {
      for (std::size_t place = next++; place < parts_.size(); place = next++) {
        if (!parts_[place].proven) {
          begin(parts_[place], slices[place]);
        }
      }
    };
    std::vector<std::jthread> others;
    for (int thread = 1; thread < threads_ && thread < static_cast<int>(parts_.size()); ++thread) {
      others.emplace_back(work);
    }
    work();
  }

  /// At most a quarter of the component's share of the time.
  [[nodiscard]] model::RunControl search_slice(Part const& part) const {
    constexpr double kShare = 0.25;
    model::RunControl slice = share_of(part);
    slice.progress = nullptr;
    if (slice.time_limit) {
      double const now = control_.elapsed().count();
      slice.time_limit = model::Seconds{now + kShare * (slice.time_limit->count() - now)};
    }
    return slice;
  }

  void begin(Part& part, model::RunControl const& slice) const {
    part.starts =
        search_timelines(scenario_, part.component.instance,
                         {seed_, "timeline search", stream_number(part.fingerprint)}, slice);
    Certificate const certificate = certify(scenario_, part.component.instance, part.starts);
    if (certificate.broken_rules.empty() && certificate.objective > 0) {
      part.objective = certificate.objective;
    } else {
      part.starts.clear();
    }
    part.bound = std::max(part.objective, part.bound);
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
      step.share_done = share_done();
      control_.report(step);
    };
    return slice;
  }

  /// Tells how far the whole is.
  void report(char const* stage) const {
    control_.report({stage, total(&Part::objective), total(&Part::bound), share_done()});
  }

  [[nodiscard]] double share_done() const {
    return 1 - static_cast<double>(tours_left_) /
                   static_cast<double>(std::max<std::size_t>(1, all_tours()));
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

  model::Result<model::Done> improve(Part& part) {
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
    if (part.proven) {
      cache_.keep(part.fingerprint, {part.starts, part.objective, part.bound});
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
  std::uint64_t seed_;
  int threads_;
  ComponentCache& cache_;
  model::RunControl const& control_;
  std::vector<Part> parts_;
  std::size_t tours_left_{0};
};

}  // namespace

model::Result<Solution> solve(model::Scenario const& scenario, Instance const& instance,
                              Request const& request, ComponentCache& cache,
                              model::RunControl const& control) {
  return Search{scenario, request, cache, control}.run(instance);
}

}  // namespace guarantor::generate
