#include "siting_promises.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stop_token>

namespace guarantor::posture {
namespace {

double rounding(SitingCase const& one) {
  return 1e-8 * std::max(1.0, std::abs(one.best.value_or(0)));
}

/// How much better than `b` an objective or bound of `a` is.
double better(SitingCase const& one, double a, double b) {
  return one.most ? a - b : b - a;
}

/// What holds however early the search ended.
void expect_truth(SitingCase const& one, SitingAnswer const& answer) {
  if (one.best) {
    EXPECT_GE(better(one, answer.bound, *one.best), -rounding(one));
  }
  if (!answer.feasible) {
    EXPECT_FALSE(answer.reason.empty());
    return;
  }
  ASSERT_TRUE(one.best.has_value());
  EXPECT_TRUE(std::is_sorted(answer.open.begin(), answer.open.end()));
  EXPECT_EQ(std::adjacent_find(answer.open.begin(), answer.open.end()), answer.open.end());
  auto const value = one.value(answer);
  ASSERT_TRUE(value.has_value());
  EXPECT_NEAR(*value, answer.objective, rounding(one));
  EXPECT_LE(better(one, answer.objective, *one.best), rounding(one));
  EXPECT_GE(better(one, answer.bound, answer.objective), 0);
}

}  // namespace

void expect_best(SitingCase const& one) {
  SitingAnswer const answer = one.solve({}, {});
  ASSERT_EQ(answer.feasible, one.best.has_value()) << answer.reason;
  EXPECT_TRUE(answer.proven);
  expect_truth(one, answer);
  if (one.best) {
    EXPECT_NEAR(answer.objective, *one.best, rounding(one));
    EXPECT_NEAR(answer.bound, *one.best, rounding(one));
  }
}

bool expect_truth_when_stopped(SitingCase const& one) {
  std::stop_source stop;
  stop.request_stop();
  model::RunControl control;
  control.cancel = stop.get_token();
  SitingAnswer const answer = one.solve({}, control);
  expect_truth(one, answer);
  return !answer.proven;
}

bool expect_truth_after_work(SitingCase const& one, long work) {
  SitingAnswer const answer = one.solve({.most_work = work}, {});
  expect_truth(one, answer);
  return !answer.proven;
}

void expect_within_gap(SitingCase const& one, double gap) {
  SitingAnswer const answer = one.solve({.gap = gap}, {});
  ASSERT_EQ(answer.feasible, one.best.has_value()) << answer.reason;
  expect_truth(one, answer);
  EXPECT_TRUE(answer.proven);
  if (one.best) {
    EXPECT_LE(std::abs(answer.bound - answer.objective),
              gap * std::abs(answer.objective) + rounding(one));
  }
}

void expect_same_twice(SitingCase const& one) {
  SitingAnswer const first = one.solve({}, {});
  SitingAnswer const second = one.solve({}, {});
  EXPECT_EQ(first.open, second.open);
  EXPECT_EQ(first.assigned, second.assigned);
  EXPECT_EQ(first.work, second.work);
  EXPECT_EQ(first.bound, second.bound);
}

bool expect_progress(SitingCase const& one) {
  int reports = 0;
  model::RunControl control;
  control.progress = [&](model::Progress const& step) {
    ++reports;
    if (step.objective && step.bound) {
      EXPECT_GE(better(one, *step.bound, *step.objective), 0);
    }
  };
  one.solve({}, control);
  return reports > 0;
}

}  // namespace guarantor::posture
