#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "guarantor/intake/adapter.h"

namespace guarantor::intake {

/// All that an adapter gave, in order.
struct Recorded {
  std::vector<std::pair<std::uint64_t, model::Observation>> taken;
  std::vector<Reject> rejects;
  RejectCounts counts;

  friend bool operator==(Recorded const&, Recorded const&) = default;
};

class RecordedSink final : public Sink {
 public:
  void take(model::Observation&& observation, std::uint64_t line) override {
    recorded.taken.emplace_back(line, std::move(observation));
  }
  void reject(Reject const& reject) override {
    recorded.rejects.push_back(reject);
    recorded.counts.add(reject);
  }

  Recorded recorded{};
};

/// Counts alone.
class CountingSink final : public Sink {
 public:
  void take(model::Observation&& /*observation*/, std::uint64_t /*line*/) override { ++taken; }
  void reject(Reject const& reject) override { counts.add(reject); }

  std::uint64_t taken{};
  RejectCounts counts{};
};

/// Feeds a whole stream in pieces of `piece` bytes.
inline Recorded read_all(std::unique_ptr<Adapter> adapter, std::string_view text,
                         std::size_t piece = 1 << 16) {
  RecordedSink sink;
  while (!text.empty()) {
    adapter->feed(text.substr(0, piece), sink);
    text.remove_prefix(std::min(piece, text.size()));
  }
  adapter->finish(sink);
  return std::move(sink.recorded);
}

}  // namespace guarantor::intake
