#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The objects within a block of an OSM PBF file.
namespace guarantor::tables {

struct OsmTag {
  std::string_view key;
  std::string_view value;
};

struct OsmWay {
  std::int64_t id{};
  std::vector<OsmTag> tags;
  std::vector<std::int64_t> nodes;  ///< in order

  /// The value of a tag; empty where there is none.
  [[nodiscard]] std::string_view operator[](std::string_view key) const;
};

struct OsmNode {
  std::int64_t id{};
  std::int64_t longitude{};  ///< in 1e-9 degrees
  std::int64_t latitude{};
  bool on_earth{};  ///< whether there is such a position
};

/// Shows the ways of a block, in order; other objects are passed over. Answers what is wrong with
/// the block and in which way of it, or nothing. Never reads past the block, whatever it holds;
/// texts are views into it. O(block).
[[nodiscard]] std::optional<std::string> for_each_way(
    std::string_view block, std::function<void(OsmWay const&)> const& show);

/// The same for nodes, without their tags.
[[nodiscard]] std::optional<std::string> for_each_node(
    std::string_view block, std::function<void(OsmNode const&)> const& show);

}  // namespace guarantor::tables
