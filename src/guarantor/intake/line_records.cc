#include "guarantor/intake/line_records.h"

#include <fmt/format.h>

#include "guarantor/intake/utf8.h"

namespace guarantor::intake {

void LineRecords::feed(std::string_view bytes, LineReceiver& receiver) {
  while (!bytes.empty()) {
    std::size_t const end = bytes.find('\n');
    bool const whole = end != std::string_view::npos;
    std::string_view const part = whole ? bytes.substr(0, end) : bytes;
    bytes.remove_prefix(whole ? end + 1 : bytes.size());
    if (!skips_line_ && pending_.size() + part.size() > limit_) {
      give_up(receiver);
    }
    if (!whole) {
      if (!skips_line_) {
        pending_ += part;
      }
      return;
    }
    if (!skips_line_ && pending_.empty()) {
      deliver(part, receiver);
    } else if (!skips_line_) {
      pending_ += part;
      deliver(pending_, receiver);
    }
    pending_.clear();
    skips_line_ = false;
    ++number_;
  }
}

void LineRecords::finish(LineReceiver& receiver) {
  deliver(pending_, receiver);
  pending_.clear();
}

void LineRecords::give_up(LineReceiver& receiver) {
  receiver.bad_line({RejectReason::kTooLong,
                     number_,
                     {},
                     fmt::format("the line is longer than {} bytes", limit_)});
  pending_.clear();
  skips_line_ = true;
}

void LineRecords::deliver(std::string_view text, LineReceiver& receiver) const {
  if (std::string_view const line = trimmed(text); !line.empty()) {
    receiver.line(line, number_);
  }
}

}  // namespace guarantor::intake
