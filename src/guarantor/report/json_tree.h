#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "guarantor/model/error.h"

namespace guarantor::report {

struct JsonMember;

/// A JSON value that remembers where in the text it stood, so that a reader can say so.
struct JsonTree {
  using Members = std::vector<JsonMember>;
  using Items = std::vector<JsonTree>;

  std::variant<std::nullptr_t, bool, std::int64_t, std::uint64_t, double, std::string, Items,
               Members>
      value;
  std::size_t begin{};  ///< its first byte

  /// The member of that name, or nothing. O(members).
  [[nodiscard]] JsonTree const* member(std::string const& name) const;
};

/// A key and what stands under it.
struct JsonMember {
  std::string name;
  JsonTree value;
};

struct JsonLimits {
  std::size_t bytes{std::size_t{256} << 20U};
  std::size_t depth{32};
  std::size_t members{10000};  ///< of one object; lists are bounded by the bytes alone
};

/// Reads a JSON text (RFC 8259). Error kBadInput as `line:column: ...` for text that is none, that
/// repeats a key, or that exceeds a limit.
[[nodiscard]] model::Result<JsonTree> parse_json(std::string const& text, JsonLimits limits = {});

/// `line:column` of a byte, both counted from 1. O(offset).
[[nodiscard]] std::string position_in(std::string const& text, std::size_t offset);

}  // namespace guarantor::report
