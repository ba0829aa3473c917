#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "guarantor/intake/reject.h"

namespace guarantor::intake {

/// Where the lines of a text go.
struct LineReceiver {
  LineReceiver() = default;
  LineReceiver(LineReceiver const&) = default;
  LineReceiver& operator=(LineReceiver const&) = default;
  virtual ~LineReceiver() = default;

  /// Without its line end, not blank; valid for the call alone.
  virtual void line(std::string_view text, std::uint64_t number) = 0;
  virtual void bad_line(Reject const& reject) = 0;
};

/// Cuts a stream into lines that end with LF or CRLF; blank ones are passed over. A line longer
/// than `limit` bytes is rejected and passed over. Holds `limit` bytes. O(length).
class LineRecords {
 public:
  explicit LineRecords(std::size_t limit, std::uint64_t first_line = 1)
      : limit_{limit}, number_{first_line} {}

  void feed(std::string_view bytes, LineReceiver& receiver);
  void finish(LineReceiver& receiver);

 private:
  void deliver(std::string_view text, LineReceiver& receiver) const;
  void give_up(LineReceiver& receiver);

  std::size_t limit_;
  std::uint64_t number_;
  std::string pending_{};
  bool skips_line_{};
};

}  // namespace guarantor::intake
