#include "guarantor/watch/time_spans.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace guarantor::watch {

TimeSpans::TimeSpans(std::vector<TimeSpan> spans) {
  std::sort(spans.begin(), spans.end(),
            [](TimeSpan const& a, TimeSpan const& b) { return a.from < b.from; });
  for (TimeSpan const& span : spans) {
    if (span.empty()) {
      continue;
    }
    if (!spans_.empty() && span.from <= spans_.back().to) {
      spans_.back().to = std::max(spans_.back().to, span.to);
    } else {
      spans_.push_back(span);
    }
  }
}

std::chrono::microseconds TimeSpans::length() const {
  std::chrono::microseconds sum{};
  for (TimeSpan const& span : spans_) {
    sum += span.length();
  }
  return sum;
}

bool TimeSpans::contains(model::Instant moment) const {
  auto const after =
      std::upper_bound(spans_.begin(), spans_.end(), moment,
                       [](model::Instant at, TimeSpan const& span) { return at < span.from; });
  return after != spans_.begin() && (after - 1)->contains(moment);
}

TimeSpans TimeSpans::united(TimeSpans const& other) const {
  auto all = spans_;
  all.insert(all.end(), other.spans_.begin(), other.spans_.end());
  return TimeSpans{std::move(all)};
}

TimeSpans TimeSpans::within(TimeSpans const& other) const {
  TimeSpans both;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < spans_.size() && j < other.spans_.size()) {
    auto const common = spans_[i].intersection(other.spans_[j]);
    if (!common.empty()) {
      both.spans_.push_back(common);
    }
    (spans_[i].to < other.spans_[j].to ? i : j)++;
  }
  return both;
}

TimeSpans TimeSpans::within(TimeSpan span) const {
  return within(TimeSpans{{span}});
}

TimeSpans TimeSpans::without(TimeSpans const& other) const {
  TimeSpans rest;
  std::size_t j = 0;
  for (TimeSpan span : spans_) {
    while (j < other.spans_.size() && other.spans_[j].to <= span.from) {
      ++j;
    }
    for (std::size_t k = j; k < other.spans_.size() && other.spans_[k].from < span.to; ++k) {
      if (span.from < other.spans_[k].from) {
        rest.spans_.push_back({span.from, other.spans_[k].from});
      }
      span.from = std::min(span.to, other.spans_[k].to);
    }
    if (!span.empty()) {
      rest.spans_.push_back(span);
    }
  }
  return rest;
}

}  // namespace guarantor::watch
