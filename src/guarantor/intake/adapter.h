#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "guarantor/intake/reject.h"
#include "guarantor/model/instant.h"
#include "guarantor/model/observation.h"

/// One face for every format in which observations come.
namespace guarantor::intake {

/// What an adapter takes for plausible, and how long a record may be.
struct Limits {
  /// Observations that begin before, or end at or after, are `date-out-of-range`.
  model::Instant earliest{std::chrono::sys_days{std::chrono::year{1990} / 1 / 1}};
  model::Instant before{std::chrono::sys_days{std::chrono::year{2100} / 1 / 1}};
  std::size_t record_bytes{std::size_t{1} << 20U};
};

/// Where observations and rejects go.
struct Sink {
  Sink() = default;
  Sink(Sink const&) = default;
  Sink& operator=(Sink const&) = default;
  virtual ~Sink() = default;

  /// One observation; `line` is where its record begins, from 1.
  virtual void take(model::Observation&& observation, std::uint64_t line) = 0;
  virtual void reject(Reject const& reject) = 0;
};

/// Turns a stream of bytes into observations. Every record is either taken or rejected by reason,
/// and nothing stops at the first bad one. However the bytes are cut into pieces, the answers are
/// the same and come in the same order. Holds about two records' bytes, whatever the stream's
/// length. One adapter reads one stream.
class Adapter {
 public:
  Adapter() = default;
  Adapter(Adapter const&) = delete;
  Adapter& operator=(Adapter const&) = delete;
  virtual ~Adapter() = default;

  /// The next bytes, any number of them. O(bytes).
  virtual void feed(std::string_view bytes, Sink& sink) = 0;
  /// The stream has ended: what is left is a record, or rejected. Once, and no `feed` after it.
  virtual void finish(Sink& sink) = 0;
};

}  // namespace guarantor::intake
