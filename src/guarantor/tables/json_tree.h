#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "guarantor/tables/diagnostics.h"

/// JSON in which every value knows where it stood, so that what is wrong can be pointed at.
namespace guarantor::tables {

struct JsonNode;
using JsonArray = std::vector<JsonNode>;
using JsonObject = std::vector<std::pair<std::string, JsonNode>>;

/// 24 bytes a value: maps are mostly numbers.
struct JsonNode {
  using Value = std::variant<std::nullptr_t, bool, std::int64_t, std::uint64_t, double,
                             std::unique_ptr<std::string>, std::unique_ptr<JsonArray>,
                             std::unique_ptr<JsonObject>>;
  std::size_t offset{};  ///< bytes from the beginning of the text
  Value value;

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::nullptr_t>(value); }
  [[nodiscard]] std::string const* string() const;
  [[nodiscard]] JsonArray const* array() const;
  [[nodiscard]] JsonObject const* object() const;
  [[nodiscard]] std::optional<double> number() const;
  /// The member of an object, or null.
  [[nodiscard]] JsonNode const* member(std::string_view name) const;
};

/// Tells where the byte at an offset stands.
using Placer = std::function<Place(std::size_t)>;

/// Reads JSON; what is none, nests deeper than allowed or names a member twice is an error.
/// O(length), without recursion.
[[nodiscard]] std::optional<JsonNode> read_json(std::string_view text, int deepest,
                                                Placer const& place, Diagnostics& log);

/// A text as a JSON string; what is not UTF-8 is replaced.
[[nodiscard]] std::string print_json_string(std::string_view text);

/// True where `text` is JSON.
[[nodiscard]] bool is_json(std::string_view text);

/// The value as compact JSON text that reads back the same.
[[nodiscard]] std::string print(JsonNode const& node);

}  // namespace guarantor::tables
