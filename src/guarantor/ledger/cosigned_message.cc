#include "guarantor/ledger/cosigned_message.h"

#include <fmt/format.h>

#include <algorithm>

#include "guarantor/ledger/big_endian.h"

namespace guarantor::ledger {
namespace {

constexpr std::size_t kTimeBytes = 8;

}  // namespace

std::optional<TimedSignature> parse_timed_signature(std::string_view bytes) {
  TimedSignature timed;
  if (bytes.size() != kTimeBytes + timed.signature.size()) {
    return std::nullopt;
  }
  timed.time = read_big_endian(bytes.substr(0, kTimeBytes));
  std::copy(bytes.begin() + kTimeBytes, bytes.end(), timed.signature.begin());
  return timed.time >> 63U == 0 ? std::optional{timed} : std::nullopt;
}

std::string timed_signature_bytes(TimedSignature const& timed) {
  std::string bytes;
  append_big_endian(bytes, timed.time, kTimeBytes);
  bytes.append(timed.signature.begin(), timed.signature.end());
  return bytes;
}

std::string cosigned_message(std::uint64_t time, std::string_view body) {
  return fmt::format("cosignature/v1\ntime {}\n{}", time, body);
}

}  // namespace guarantor::ledger
