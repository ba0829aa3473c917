#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "guarantor/intake/adapter.h"
#include "guarantor/intake/observation_json.h"

/// What must hold for any bytes in any adapter.
namespace guarantor::intake {

/// Small, so that what is too long is met.
inline Limits fuzz_limits() {
  return {.record_bytes = 2000};
}

/// All answers as one text. Whatever is taken goes through our own form unchanged.
class WrittenSink final : public Sink {
 public:
  void take(model::Observation&& observation, std::uint64_t line) override {
    std::string const json = to_json(observation);
    auto const again = parse_observation(json, fuzz_limits());
    if (!again || again.value() != observation) {
      std::abort();
    }
    written += std::to_string(line) + json + '\n';
  }
  void reject(Reject const& reject) override {
    counts.add(reject);
    written += print(reject) + '\n';
  }

  std::string written{};
  RejectCounts counts{};
};

/// Reads the text whole and in pieces: the answers are the same.
/// REQUIRES: both adapters are made alike.
inline void check_cuts(std::unique_ptr<Adapter> whole, std::unique_ptr<Adapter> cut,
                       std::string_view text, std::size_t piece) {
  WrittenSink first;
  whole->feed(text, first);
  whole->finish(first);
  WrittenSink second;
  while (!text.empty()) {
    cut->feed(text.substr(0, piece), second);
    text.remove_prefix(std::min(piece, text.size()));
  }
  cut->finish(second);
  if (first.written != second.written || !(first.counts == second.counts)) {
    std::abort();
  }
}

/// The first byte of an input says how long the pieces are.
inline std::pair<std::size_t, std::string_view> piece_and_text(std::uint8_t const* data,
                                                               std::size_t size) {
  if (size == 0) {
    return {1, {}};
  }
  return {1U + data[0] % 16U, {reinterpret_cast<char const*>(data) + 1, size - 1}};
}

}  // namespace guarantor::intake
