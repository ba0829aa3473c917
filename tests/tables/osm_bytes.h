#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// OSM PBF files by the byte, for what no honest program would write.
namespace guarantor::tables::osm_bytes {

/// A block with its length and header, its content not deflated.
[[nodiscard]] std::string block(std::string_view type, std::string_view content);

/// The block that a file begins with.
[[nodiscard]] std::string header(std::vector<std::string> const& required_features);

/// A blob that says nothing of itself but one field with some bytes in it.
[[nodiscard]] std::string blob(std::uint32_t field, std::string_view bytes, std::int32_t raw_size);

/// A block with its length and header around a ready blob; `claimed` stands for its size.
[[nodiscard]] std::string framed(std::string_view type, std::string_view blob,
                                 std::int32_t claimed);

struct Objects {
  std::vector<std::string> texts{"", "highway", "primary"};
  std::vector<std::pair<std::uint32_t, std::uint32_t>> tags{{1, 2}};  ///< of the way, as texts
  std::vector<std::int64_t> nodes{1, 2};                              ///< of the way
  std::vector<std::int64_t> ids{1, 2};                                ///< of all nodes
  std::vector<std::int64_t> latitudes{471'000'000, 471'000'100};
  std::vector<std::int64_t> longitudes{95'000'000, 95'000'100};
  std::int32_t granularity{100};
  std::int64_t latitude_offset{0};
  bool way_has_id{true};
  std::uint32_t extra_keys{0};  ///< of the way, beyond its values
  bool dense{true};
};

/// The content of a block with some nodes and way 7; by default all is well.
[[nodiscard]] std::string content(Objects const& objects);

/// A whole file with that content.
[[nodiscard]] std::string file(Objects const& objects);

}  // namespace guarantor::tables::osm_bytes
