#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

#include "guarantor/posture/p_median.h"
#include "guarantor/posture/siting_evaluation.h"
#include "guarantor/posture/siting_goals.h"
#include "guarantor/posture/siting_program.h"

namespace guarantor::posture {
namespace {

constexpr double kAny = std::numeric_limits<double>::infinity();
constexpr double kRounding = 1e-9;  ///< of the hours: below which two sums are the same

/// Sites for the least weighted hours where rows, losses or capacities come on top of the p-median:
/// a program over the losses met so far, whose sites show the next one (Scaparra and Church, "A
/// bilevel mixed-integer program for critical infrastructure protection planning", Computers &
/// Operations Research 35, 2008, has the kind of problem; the worst losses are found by trying
/// all).
class MeanTimeSearch {
 public:
  MeanTimeSearch(SitingModel const& model, SitingRequest const& request,
                 model::RunControl const& control)
      : model_{model}, request_{request}, control_{control} {}

  model::Result<SitingAnswer> run() {
    auto start = few_enough(model_, model_.rows, kAny, request_, control_);
    if (!start || !start.value().feasible) {
      return start;
    }
    work_ = start.value().work;
    if (auto relaxed = median(); relaxed && relaxed->feasible) {
      work_ += relaxed->work;
      bound_ = relaxed->bound;
      if (keeps_all(relaxed->open)) {
        consider(relaxed->open);
      }
    }
    consider(filled(std::move(start.value().open)));
    exchange();
    if (auto done = search(); !done) {
      return done.error();
    }
    bool const near = proven_ || is_near();
    bool const exact = near && request_.gap <= 0;
    return SitingAnswer{.open = best_,
                        .objective = best_total_,
                        .bound = exact ? best_total_ : std::min(bound_, best_total_),
                        .feasible = true,
                        .proven = near,
                        .work = work_};
  }

 private:
  /// What the hours are at least: rows, losses and capacities only add to them.
  std::optional<SitingAnswer> median() {
    auto found = p_median(
        {model_.hours(), model_.weight, {model_.most_open, model_.problem.existing, model_.closed}},
        request_, control_);
    return found ? std::optional{std::move(found).value()} : std::nullopt;
  }

  [[nodiscard]] WorstLoss total_of(std::vector<std::size_t> const& open) const {
    return model_.has_capacities() ? WorstLoss{shared_hours(model_, open, model_.all, kAny), {}}
                                   : worst_loss(model_, open);
  }

  [[nodiscard]] bool keeps_all(std::vector<std::size_t> const& open) const {
    return std::all_of(model_.rows.begin(), model_.rows.end(),
                       [&](StandardRow const& row) { return keeps(row, open); });
  }

  /// Takes sites that keep every row where they are better. True if they are.
  bool consider(std::vector<std::size_t> const& open) { return consider(open, total_of(open)); }
  bool consider(std::vector<std::size_t> const& open, WorstLoss worst) {
    if (worst.total < best_total_) {
      best_total_ = worst.total;
      best_ = open;
      losses_.insert(std::move(worst.lost));
      return true;
    }
    return false;
  }

  /// As many sites as may be open: more never take longer.
  [[nodiscard]] std::vector<std::size_t> filled(std::vector<std::size_t> open) const {
    while (open.size() < model_.most_open) {
      double least = kAny;
      std::vector<std::size_t> best;
      for (std::size_t site = 0; site < model_.sites; ++site) {
        if (model_.states[site] != SiteState::kFree ||
            std::binary_search(open.begin(), open.end(), site)) {
          continue;
        }
        auto more = open;
        more.insert(std::upper_bound(more.begin(), more.end(), site), site);
        double const total = control_.must_stop() ? 0 : total_of(more).total;
        if (best.empty() || total < least) {
          least = total;
          best = std::move(more);
        }
      }
      open = std::move(best);
    }
    return open;
  }

  /// One site out, one in, as long as that saves hours.
  void exchange() {
    for (bool again = best_total_ < kAny; again;) {
      again = false;
      for (std::size_t out = 0; out < best_.size() && !again; ++out) {
        again = exchange_one(best_[out]);
      }
    }
  }

  bool exchange_one(std::size_t out) {
    for (std::size_t in = 0; in < model_.sites && model_.states[out] == SiteState::kFree; ++in) {
      if (model_.states[in] != SiteState::kFree ||
          std::binary_search(best_.begin(), best_.end(), in)) {
        continue;
      }
      if (control_.must_stop() || (request_.most_work > 0 && ++work_ >= request_.most_work)) {
        return false;
      }
      auto open = best_;
      open.erase(std::find(open.begin(), open.end(), out));
      open.insert(std::upper_bound(open.begin(), open.end(), in), in);
      if (keeps_all(open) && consider(open)) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool must_stop() const {
    return control_.must_stop() || (request_.most_work > 0 && work_ >= request_.most_work);
  }

  /// A program over the losses known; its sites are the best against those, and show a loss that is
  /// worse, or are the best.
  model::Result<model::Done> search() {
    if (losses_.empty()) {
      losses_.insert({});
    }
    while (!must_stop() && !is_near()) {
      SitingRequest request = request_;
      request.most_work = request_.most_work > 0 ? request_.most_work - work_ : 0;
      auto const found = program().solve(-best_total_, -bound_, request, control_);
      if (!found) {
        return found.error();
      }
      auto const& better = found.value();
      work_ += std::max(1L, better.work);
      bound_ = std::max(bound_, std::min(-better.bound, best_total_));
      control_.report({.stage = "losses", .objective = best_total_, .bound = bound_});
      if (better.open.empty()) {
        proven_ = better.proven;
        break;
      }
      auto const worst = total_of(better.open);
      bool const is_new = losses_.insert(worst.lost).second;
      consider(better.open, worst);
      if (!is_new) {  // these sites are as good as the program said
        proven_ = better.proven;
        break;
      }
    }
    return model::Done{};
  }

  [[nodiscard]] bool is_near() const {
    return best_total_ - bound_ <= std::max(kRounding * best_total_, request_.gap * best_total_);
  }

  [[nodiscard]] SitingProgram program() const {
    SitingProgram made{model_};
    made.limit_count();
    for (StandardRow const& row : needed_rows(model_.rows)) {
      made.require(row);
    }
    auto const hours = made.pay_for_hours(best_total_);
    for (auto const& lost : losses_) {
      made.share_out({.lost = lost,
                      .hours = hours,
                      .within_capacity = model_.has_capacities(),
                      .within = kAny});
    }
    return made;
  }

  SitingModel const& model_;
  SitingRequest const& request_;
  model::RunControl const& control_;
  std::vector<std::size_t> best_;
  double best_total_{kAny};
  double bound_{0};
  std::set<std::vector<std::size_t>> losses_;
  bool proven_{false};
  long work_{0};
};

/// Whether nothing is asked for but times.
bool is_median(SitingModel const& model) {
  return model.problem.losses == 0 && !model.has_capacities() &&
         std::all_of(model.rows.begin(), model.rows.end(),
                     [](StandardRow const& row) { return !row.within; });
}

}  // namespace

model::Result<SitingAnswer> mean_time(SitingModel const& model, SitingRequest const& request,
                                      model::RunControl const& control) {
  auto found = is_median(model)
                   ? p_median({model.hours(),
                               model.weight,
                               {model.most_open, model.problem.existing, model.closed}},
                              request, control)
                   : MeanTimeSearch{model, request, control}.run();
  double const weight = std::accumulate(model.weight.begin(), model.weight.end(), 0.0);
  if (found && weight > 0) {
    found.value().objective /= weight;
    found.value().bound /= weight;
  }
  return found;
}

}  // namespace guarantor::posture
