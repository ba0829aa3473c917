#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "guarantor/posture/p_center.h"
#include "guarantor/posture/siting_evaluation.h"
#include "guarantor/posture/siting_goals.h"

namespace guarantor::posture {
namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();

/// Bisection over the hours that occur, each asking whether so many sites keep the rows and are
/// everywhere by then, whatever is lost.
class WorstTimeSearch {
 public:
  WorstTimeSearch(SitingModel const& model, SitingRequest const& request,
                  model::RunControl const& control)
      : model_{model}, request_{request}, control_{control} {}

  model::Result<SitingAnswer> run() {
    find_hours();
    low_ = 0;
    high_ = hours_.size();
    if (auto asked = ask(kAny); !asked) {
      return asked.error();
    }
    while (best_ && !stopped_ && !is_near()) {
      // The hours at `low_` and above are possible as far as is known; those at `high_` were met.
      std::size_t const middle = low_ + (high_ - low_) / 2;
      control_.report({.stage = "bisecting", .objective = worst_, .bound = bound()});
      auto const asked = ask(hours_[middle]);
      if (!asked) {
        return asked.error();
      }
      if (!asked.value() && !stopped_) {
        low_ = middle + 1;
      }
    }
    return answer();
  }

 private:
  /// The hours at which some demand is reached, from the least that all sites together allow.
  void find_hours() {
    double least = 0;
    for (std::size_t demand = 0; demand < model_.demands; ++demand) {
      auto const offers = model_.hours().offers(demand);
      std::size_t reached = 0;
      for (std::size_t k = 0; k < offers.site.size(); ++k) {
        if (model_.states[offers.site[k]] == SiteState::kClosed) {
          continue;
        }
        hours_.push_back(offers.cost[k]);
        if (reached++ == model_.problem.losses) {
          least = std::max(least, offers.cost[k]);
        }
      }
    }
    std::sort(hours_.begin(), hours_.end());
    hours_.erase(std::unique(hours_.begin(), hours_.end()), hours_.end());
    hours_.erase(hours_.begin(), std::lower_bound(hours_.begin(), hours_.end(), least));
  }

  [[nodiscard]] double bound() const {
    return hours_.empty() ? 0 : std::min(worst_, hours_[std::min(low_, hours_.size() - 1)]);
  }
  [[nodiscard]] bool is_near() const {
    return low_ >= high_ || worst_ - bound() <= request_.gap * worst_;
  }

  /// Whether so many sites will do within these hours; keeps the best.
  model::Result<bool> ask(double limit) {
    auto rows = model_.rows;
    for (std::size_t demand = 0; demand < model_.demands && limit < kAny; ++demand) {
      rows.push_back({.demand = demand,
                      .within = limit,
                      .need = static_cast<std::uint32_t>(model_.problem.losses + 1),
                      .sites = sites_within(model_, model_.hours(), demand, limit)});
    }
    std::stable_sort(rows.begin(), rows.end(), [](StandardRow const& a, StandardRow const& b) {
      return a.demand < b.demand;
    });
    SitingRequest question = request_;
    question.gap = 0;
    question.most_work = request_.most_work > 0 ? std::max(1L, request_.most_work - work_) : 0;
    auto found = few_enough(model_, rows, limit, question, control_);
    if (!found) {
      return found.error();
    }
    SitingAnswer& answer = found.value();
    work_ += answer.work;
    if (!answer.feasible) {
      stopped_ = !answer.proven;
      reason_ = answer.reason;
      return false;
    }
    stopped_ = control_.must_stop() || (request_.most_work > 0 && work_ >= request_.most_work);
    keep(std::move(answer.open));
    return true;
  }

  void keep(std::vector<std::size_t> open) {
    double const hours = model_.has_capacities() ? latest_share(open) : worst_hours(model_, open);
    if (!best_ || hours < worst_) {
      worst_ = hours;
      best_ = std::move(open);
      high_ = static_cast<std::size_t>(std::lower_bound(hours_.begin(), hours_.end(), worst_) -
                                       hours_.begin());
    }
  }

  /// The least hours within which open sites have room for all demands.
  [[nodiscard]] double latest_share(std::vector<std::size_t> const& open) const {
    auto const found = std::partition_point(hours_.begin(), hours_.end(), [&](double hours) {
      return !(shared_hours(model_, open, model_.all, hours) < kAny);
    });
    return found == hours_.end() ? 0 : *found;
  }

  SitingAnswer answer() {
    if (!best_) {
      return {.bound = stopped_ ? bound_at_stop() : kAny,
              .proven = !stopped_,
              .work = work_,
              .reason = reason_};
    }
    return {.open = *best_,
            .objective = worst_,
            .bound = low_ >= high_ ? worst_ : bound(),
            .feasible = true,
            .proven = is_near(),
            .work = work_};
  }
  [[nodiscard]] double bound_at_stop() const { return hours_.empty() ? 0 : hours_.front(); }

  SitingModel const& model_;
  SitingRequest const& request_;
  model::RunControl const& control_;
  std::vector<double> hours_;
  std::size_t low_{};
  std::size_t high_{};
  std::optional<std::vector<std::size_t>> best_;
  double worst_{kAny};
  bool stopped_{false};
  std::string reason_;
  long work_{0};
};

/// Whether nothing is asked for but times.
bool is_center(SitingModel const& model) {
  return model.problem.losses == 0 && !model.has_capacities() &&
         std::all_of(model.rows.begin(), model.rows.end(),
                     [](StandardRow const& row) { return !row.within; });
}

}  // namespace

model::Result<SitingAnswer> worst_time(SitingModel const& model, SitingRequest const& request,
                                       model::RunControl const& control) {
  if (is_center(model)) {
    return p_center({model.hours(), {}, {model.most_open, model.problem.existing, model.closed}},
                    request, control);
  }
  return WorstTimeSearch{model, request, control}.run();
}

}  // namespace guarantor::posture
