#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "guarantor/tables/toml_scalars.h"

/// Scalars that read without an error, written and read again, are the same.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace guarantor::tables;
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  Limits const limits;
  Diagnostics log{limits.diagnostics};
  FaultyCells faulty;
  auto const header = read_scalars(read_toml(text, "fuzz.toml", limits, log).scalars, log, faulty);
  bool const good = !log.has_errors();
  (void)log.take("fuzz.toml");
  if (!good) {
    return 0;
  }
  std::string const written = write_toml(header);
  auto const again =
      read_scalars(read_toml(written, "again.toml", limits, log).scalars, log, faulty);
  if (log.has_errors() || again != header) {
    std::abort();
  }
  return 0;
}
