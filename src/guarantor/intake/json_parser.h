#pragma once

#include <simdjson.h>

#include <optional>
#include <string>
#include <string_view>

#include "guarantor/intake/reject.h"

namespace guarantor::intake {

/// Parses one JSON text after another into the same buffers: simdjson's document, which neither
/// recurses nor nests deeper than 64. Included by sources alone.
class JsonParser {
 public:
  /// What is wrong with the text, without a line, or nothing; `root` is valid until the next call.
  [[nodiscard]] std::optional<Reject> parse(std::string_view text, simdjson::dom::element& root);

 private:
  simdjson::dom::parser parser_{};
  std::string padded_{};
};

}  // namespace guarantor::intake
