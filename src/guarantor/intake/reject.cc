#include "guarantor/intake/reject.h"

#include <fmt/format.h>

#include <numeric>

#include "guarantor/intake/utf8.h"

namespace guarantor::intake {
namespace {

constexpr std::size_t kExcerptBytes = 40;
constexpr std::size_t kMessageBytes = 400;

std::size_t index(RejectReason reason) {
  return static_cast<std::size_t>(reason);
}

}  // namespace

std::string print(Reject const& reject) {
  return fmt::format("line {}{}{}: {}: {}", reject.line, reject.field.empty() ? "" : ", ",
                     reject.field, model::text(reject.reason), reject.message);
}

std::string excerpt(std::string_view text) {
  bool const longer = text.size() > kExcerptBytes;
  std::string shown{whole_characters(text.substr(0, kExcerptBytes))};
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < 0x20U || c == 0x7f) {
      c = '?';
    }
  }
  return longer ? shown + "..." : shown;
}

void RejectCounts::add(Reject const& reject) {
  ++counts_.at(index(reject.reason));
  std::vector<Reject>& examples = examples_.at(index(reject.reason));
  if (examples.size() < kExamples) {
    Reject& kept = examples.emplace_back(reject);
    kept.message = whole_characters(std::string_view{kept.message}.substr(0, kMessageBytes));
  }
}

void RejectCounts::add(RejectCounts const& other) {
  for (std::size_t i = 0; i < kRejectReasons; ++i) {
    counts_.at(i) += other.counts_.at(i);
    for (Reject const& reject : other.examples_.at(i)) {
      if (examples_.at(i).size() < kExamples) {
        examples_.at(i).push_back(reject);
      }
    }
  }
}

std::uint64_t RejectCounts::count(RejectReason reason) const {
  return counts_.at(index(reason));
}

std::uint64_t RejectCounts::total() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

std::vector<Reject> const& RejectCounts::examples(RejectReason reason) const {
  return examples_.at(index(reason));
}

}  // namespace guarantor::intake
