#include "guarantor/intake/json_parser.h"

#include <fmt/format.h>

#include <algorithm>

namespace guarantor::intake {

constexpr std::size_t kMostNesting = 64;
constexpr std::size_t kLeastCapacity = 1024;

std::optional<Reject> JsonParser::parse(std::string_view text, simdjson::dom::element& root) {
  if (parser_.capacity() < text.size() || parser_.capacity() == 0) {
    std::size_t const capacity = std::max(kLeastCapacity, 2 * text.size());
    if (parser_.allocate(capacity, kMostNesting) != simdjson::SUCCESS) {
      return Reject{RejectReason::kTooLong, 0, {}, "the text is too long to be parsed"};
    }
  }
  padded_ = text;
  padded_.append(simdjson::SIMDJSON_PADDING, '\0');
  auto const error = parser_.parse(padded_.data(), text.size(), false).get(root);
  if (error == simdjson::SUCCESS) {
    return std::nullopt;
  }
  if (error == simdjson::UTF8_ERROR) {
    return Reject{RejectReason::kNotUtf8, 0, {}, "bytes that are no UTF-8"};
  }
  return Reject{
      RejectReason::kBadSyntax, 0, {}, fmt::format("no JSON: {}", simdjson::error_message(error))};
}

}  // namespace guarantor::intake
