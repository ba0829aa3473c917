#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "guarantor/intake/adapter.h"
#include "guarantor/model/error.h"

/// One observation as one line of JSON: our own form, in streams, files and stores.
namespace guarantor::intake {

/// A JSON object without blanks or line breaks: id, source, kind, from, to and sense always, the
/// others where they are given, always in the same order. The same observation is the same bytes.
/// O(length), about 1 µs.
/// REQUIRES: texts are UTF-8, numbers finite.
[[nodiscard]] std::string to_json(model::Observation const& observation);
/// The same, appended.
void append_json(model::Observation const& observation, std::string& text);

/// Reads observations from JSON objects, one after the other, with the same buffers. Strict: each
/// member once, no unknown ones, words from their lists. What `to_json` wrote comes back equal.
class ObservationReader {
 public:
  explicit ObservationReader(Limits const& limits = {});
  ObservationReader(ObservationReader&&) noexcept;
  ObservationReader& operator=(ObservationReader&&) noexcept;
  ~ObservationReader();

  /// Why the text is no observation, without its line, or nothing; `observation` is empty before.
  /// Nesting is bounded, nothing recurses. O(length).
  [[nodiscard]] std::optional<Reject> read(std::string_view text, model::Observation& observation);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  Limits limits_;
};

/// One observation, where there is just one. Errors: bad input, with the reject's reason and field.
[[nodiscard]] model::Result<model::Observation> parse_observation(std::string_view text,
                                                                  Limits const& limits = {});

}  // namespace guarantor::intake
