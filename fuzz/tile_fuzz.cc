#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "guarantor/ledger/tile.h"
#include "guarantor/ledger/tree.h"

/// Paths, tiles, bundles and right edges that are read are the bytes that would be written.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace guarantor::ledger;
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  if (auto const tile = parse_tile_path(text); tile && tile_path(tile.value()) != text) {
    std::abort();
  }
  if (auto const frontier = Frontier::parse(text)) {
    (void)frontier.value().root();
    if (frontier.value().serialise() != text) {
      std::abort();
    }
  }
  if (size == 0) {
    return 0;
  }
  int const width = 1 + data[0];
  std::string_view const bytes = text.substr(1);
  if (auto const hashes = decode_tile(bytes, width);
      hashes && encode_tile(hashes.value()) != bytes) {
    std::abort();
  }
  auto const entries = decode_entries(bytes, width);
  if (entries && encode_entries(entries.value()) != bytes) {
    std::abort();
  }
  return 0;
}
