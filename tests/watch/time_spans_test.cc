#include "guarantor/watch/time_spans.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace guarantor::watch {
namespace {

constexpr int kLength = 24;

model::Instant at(int moment) {
  return model::Instant{std::chrono::microseconds{moment}};
}

std::vector<TimeSpan> any_spans() {
  std::vector<TimeSpan> spans(*rc::gen::inRange<std::size_t>(0, 6));
  for (TimeSpan& span : spans) {
    span.from = at(*rc::gen::inRange(0, kLength));
    span.to = at(*rc::gen::inRange(0, kLength));
  }
  return spans;
}

bool in_any(std::vector<TimeSpan> const& spans, int moment) {
  bool found = false;
  for (TimeSpan const& span : spans) {
    found = found || span.contains(at(moment));
  }
  return found;
}

RC_GTEST_PROP(TimeSpans, AreSetsOfMoments, ()) {
  auto const first = any_spans();
  auto const second = any_spans();
  TimeSpans const a{first};
  TimeSpans const b{second};
  int length = 0;
  for (int moment = -1; moment <= kLength; ++moment) {
    bool const in_a = in_any(first, moment);
    bool const in_b = in_any(second, moment);
    length += in_a ? 1 : 0;
    RC_ASSERT(a.contains(at(moment)) == in_a);
    RC_ASSERT(a.united(b).contains(at(moment)) == (in_a || in_b));
    RC_ASSERT(a.within(b).contains(at(moment)) == (in_a && in_b));
    RC_ASSERT(a.without(b).contains(at(moment)) == (in_a && !in_b));
  }
  RC_ASSERT(a.length().count() == length);
  for (auto const& set : {a, a.united(b), a.within(b), a.without(b)}) {
    for (std::size_t i = 0; i < set.spans().size(); ++i) {
      RC_ASSERT(!set.spans()[i].empty());
      RC_ASSERT((i == 0 || set.spans()[i - 1].to < set.spans()[i].from));
    }
  }
}

}  // namespace
}  // namespace guarantor::watch
