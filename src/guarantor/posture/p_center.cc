#include "guarantor/posture/p_center.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "guarantor/posture/service_question.h"

namespace guarantor::posture {
namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();

class CenterSearch {
 public:
  CenterSearch(CenterProblem const& problem, std::vector<SiteState> const& states,
               SitingRequest const& request, model::RunControl const& control)
      : problem_{problem}, states_{states}, request_{request}, control_{control} {}

  SitingAnswer run() {
    low_ = least_possible();
    spread_out();
    if (!best_ && !ask(kAny)) {
      return {.bound = stopped_ ? low_ : kAny,
              .proven = !stopped_,
              .work = work_,
              .reason = stopped_ ? "stopped before any answer was found" : reason_};
    }
    while (low_ < high_ && high_ - low_ > request_.gap * high_ && !stopped_) {
      double const limit = largest_within(low_ + (high_ - low_) / 2);
      control_.report({.stage = "bisecting", .objective = high_, .bound = low_});
      if (!ask(limit) && !stopped_) {
        low_ = smallest_beyond(limit);
      }
    }
    low_ = std::min(low_, high_);
    return {.open = *best_,
            .assigned = *nearest_open(problem_.costs, *best_),
            .objective = high_,
            .bound = low_,
            .feasible = true,
            .proven = high_ - low_ <= request_.gap * high_,
            .work = work_};
  }

 private:
  [[nodiscard]] double weight(std::size_t demand) const {
    return problem_.weights.empty() ? 1 : problem_.weights[demand];
  }

  /// Every demand at the best of all sites: nothing is better.
  [[nodiscard]] double least_possible() const {
    double least = 0;
    for (std::size_t i = 0; i < problem_.costs.demands(); ++i) {
      auto const offers = problem_.costs.offers(i);
      for (std::size_t k = 0; k < offers.site.size(); ++k) {
        if (states_[offers.site[k]] != SiteState::kClosed) {
          least = std::max(least, weight(i) * offers.cost[k]);
          break;
        }
      }
    }
    return least;
  }

  /// The largest cost that occurs, from the bound up to a value. REQUIRES: the bound occurs.
  [[nodiscard]] double largest_within(double value) const {
    double largest = low_;
    for (std::size_t i = 0; i < problem_.costs.demands(); ++i) {
      auto const costs = problem_.costs.offers(i).cost;
      double const scale = weight(i);
      auto const end = std::partition_point(costs.begin(), costs.end(),
                                            [&](double cost) { return scale * cost <= value; });
      if (end != costs.begin()) {
        largest = std::max(largest, scale * *(end - 1));
      }
    }
    return largest;
  }

  /// The smallest cost that occurs beyond a value; the best known where there is none.
  [[nodiscard]] double smallest_beyond(double value) const {
    double smallest = high_;
    for (std::size_t i = 0; i < problem_.costs.demands(); ++i) {
      auto const costs = problem_.costs.offers(i).cost;
      double const scale = weight(i);
      auto const end = std::partition_point(costs.begin(), costs.end(),
                                            [&](double cost) { return scale * cost <= value; });
      if (end != costs.end()) {
        smallest = std::min(smallest, scale * *end);
      }
    }
    return smallest;
  }

  void consider(std::vector<std::size_t> open) {
    auto const assigned = nearest_open(problem_.costs, open);
    if (!assigned) {
      return;
    }
    double greatest = 0;
    for (std::size_t i = 0; i < assigned->size(); ++i) {
      greatest = std::max(greatest, weight(i) * cost_at(problem_.costs, i, (*assigned)[i]));
    }
    if (!best_ || greatest < high_) {
      high_ = greatest;
      best_ = std::move(open);
    }
  }

  /// A first set of sites: again and again the best site of the demand served worst.
  void spread_out() {
    std::vector<char> taken(states_.size(), 0);
    std::vector<std::size_t> open;
    std::vector<double> now(problem_.costs.demands(), kAny);
    auto const take = [&](std::size_t site) {
      taken[site] = 1;
      open.push_back(site);
      for (std::size_t i = 0; i < now.size(); ++i) {
        auto const offers = problem_.costs.offers(i);
        for (std::size_t k = 0; k < offers.site.size() && weight(i) * offers.cost[k] < now[i];
             ++k) {
          if (offers.site[k] == site) {
            now[i] = weight(i) * offers.cost[k];
          }
        }
      }
    };
    for (std::size_t j = 0; j < states_.size(); ++j) {
      if (states_[j] == SiteState::kOpen) {
        take(j);
      }
    }
    while (open.size() < problem_.choice.count) {
      std::size_t site = states_.size();
      if (!now.empty()) {
        auto const worst =
            static_cast<std::size_t>(std::max_element(now.begin(), now.end()) - now.begin());
        for (std::uint32_t const j : problem_.costs.offers(worst).site) {
          if (states_[j] == SiteState::kFree && taken[j] == 0) {
            site = j;
            break;
          }
        }
      }
      for (std::size_t j = 0; site == states_.size(); ++j) {
        if (states_[j] == SiteState::kFree && taken[j] == 0) {
          site = j;
        }
      }
      take(site);
    }
    std::sort(open.begin(), open.end());
    consider(std::move(open));
  }

  /// Whether every demand can be served within a limit; if so the answer is considered.
  bool ask(double limit) {
    CoverQuestion const question =
        service_question(problem_.costs, problem_.weights, states_, problem_.choice.count, limit);
    long const left = request_.most_work > 0 ? request_.most_work - work_ : 0;
    stopped_ = stopped_ || control_.must_stop() || (request_.most_work > 0 && left <= 0);
    if (stopped_) {
      return false;
    }
    CoverAnswer answer = cover(question, left, control_);
    work_ += answer.work + 1;
    stopped_ = answer.verdict == CoverVerdict::kStopped;
    if (answer.verdict == CoverVerdict::kImpossible) {
      reason_ = why_unserved(question);
    }
    if (answer.verdict != CoverVerdict::kPossible) {
      return false;
    }
    consider(std::move(answer.open));
    return true;
  }

  CenterProblem const& problem_;
  std::vector<SiteState> const& states_;
  SitingRequest const& request_;
  model::RunControl const& control_;
  std::optional<std::vector<std::size_t>> best_;
  double low_{};
  double high_{};
  std::string reason_;
  long work_{};
  bool stopped_{};
};

}  // namespace

model::Result<SitingAnswer> p_center(CenterProblem const& problem, SitingRequest const& request,
                                     model::RunControl const& control) {
  if (auto const checked = check_weights(problem.weights, problem.costs.demands()); !checked) {
    return checked.error();
  }
  auto const states =
      site_states(problem.choice.existing, problem.choice.forbidden, problem.costs.sites());
  if (!states) {
    return states.error();
  }
  if (std::string reason = why_impossible(problem.choice, states.value()); !reason.empty()) {
    return SitingAnswer{.bound = kAny, .proven = true, .reason = std::move(reason)};
  }
  return CenterSearch{problem, states.value(), request, control}.run();
}

}  // namespace guarantor::posture
