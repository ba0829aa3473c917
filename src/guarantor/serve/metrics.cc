#include "guarantor/serve/metrics.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace guarantor::serve {
namespace {

void describe(std::string& text, std::string_view name, std::string_view type,
              std::string_view help) {
  fmt::format_to(std::back_inserter(text), "# HELP guarantor_{} {}\n# TYPE guarantor_{} {}\n", name,
                 help, name, type);
}

std::string escaped(std::string_view label) {
  std::string text;
  for (char const letter : label) {
    if (letter == '\\' || letter == '"') {
      text += '\\';
    }
    text += letter == '\n' ? ' ' : letter;
  }
  return text;
}

}  // namespace

void Metrics::count_request(std::string_view operation, int status, double seconds,
                            std::size_t bytes) {
  std::scoped_lock const lock{mutex_};
  auto found = requests_.find(operation);
  if (found == requests_.end()) {
    found = requests_.emplace(std::string{operation}, Requests{}).first;
  }
  Requests& requests = found->second;
  ++requests.by_status[status];
  auto const bound = std::ranges::lower_bound(kBounds, seconds);
  ++requests.took.at(static_cast<std::size_t>(bound - kBounds.begin()));
  requests.seconds += seconds;
  requests.bytes += bytes;
}

void Metrics::count_event(std::string_view what) {
  std::scoped_lock const lock{mutex_};
  auto const found = events_.find(what);
  if (found == events_.end()) {
    events_.emplace(std::string{what}, 1);
  } else {
    ++found->second;
  }
}

void Metrics::add_gauge(std::string name, std::string help, std::function<double()> value) {
  gauges_.push_back({std::move(name), std::move(help), std::move(value)});
}

std::string Metrics::text() const {
  std::string text;
  for (Gauge const& gauge : gauges_) {
    describe(text, gauge.name, "gauge", gauge.help);
    fmt::format_to(std::back_inserter(text), "guarantor_{} {}\n", gauge.name, gauge.value());
  }
  std::scoped_lock const lock{mutex_};
  describe(text, "notes_total", "counter", "What was written down beside requests");
  for (auto const& [what, count] : events_) {
    fmt::format_to(std::back_inserter(text), "guarantor_notes_total{{what=\"{}\"}} {}\n",
                   escaped(what), count);
  }
  write_requests(text);
  return text;
}

void Metrics::write_requests(std::string& text) const {
  auto const out = std::back_inserter(text);
  describe(text, "requests_total", "counter", "Requests answered, by operation and status");
  for (auto const& [operation, requests] : requests_) {
    for (auto const& [status, count] : requests.by_status) {
      fmt::format_to(out, "guarantor_requests_total{{operation=\"{}\",status=\"{}\"}} {}\n",
                     escaped(operation), status, count);
    }
  }
  describe(text, "response_bytes_total", "counter", "Bytes of answers, before compression");
  for (auto const& [operation, requests] : requests_) {
    fmt::format_to(out, "guarantor_response_bytes_total{{operation=\"{}\"}} {}\n",
                   escaped(operation), requests.bytes);
  }
  describe(text, "request_seconds", "histogram",
           "How long answers took, from the whole request on");
  for (auto const& [operation, requests] : requests_) {
    auto const name = escaped(operation);
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
      so_far += requests.took.at(i);
      fmt::format_to(out, "guarantor_request_seconds_bucket{{operation=\"{}\",le=\"{}\"}} {}\n",
                     name, kBounds.at(i), so_far);
    }
    so_far += requests.took.back();
    fmt::format_to(out,
                   "guarantor_request_seconds_bucket{{operation=\"{0}\",le=\"+Inf\"}} {1}\n"
                   "guarantor_request_seconds_sum{{operation=\"{0}\"}} {2}\n"
                   "guarantor_request_seconds_count{{operation=\"{0}\"}} {1}\n",
                   name, so_far, requests.seconds);
  }
}

double resident_bytes() {
  std::ifstream file{"/proc/self/statm"};
  double whole = 0;
  double resident = 0;
  file >> whole >> resident;
  return file ? resident * static_cast<double>(sysconf(_SC_PAGESIZE)) : 0;
}

}  // namespace guarantor::serve
