#pragma once

#include <span>
#include <string_view>

namespace guarantor::serve {

/// A file of the web pages, inside the program.
struct WebAsset {
  std::string_view path;  ///< e.g. `/index.html`, `/assets/Pot-DpEWIiX7.js`
  std::string_view type;
  std::string_view etag;
  std::string_view bytes;
  bool gzipped{};
};

/// All of them. The build makes the table: cmake/web_assets.cmake.
[[nodiscard]] std::span<WebAsset const> web_assets();

}  // namespace guarantor::serve
