#include <cstddef>
#include <cstdint>

#include "adapter_check.h"
#include "guarantor/intake/mapped_csv.h"

/// A mapping, a line of three percent signs, and a table that it reads.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace guarantor::intake;
  constexpr std::string_view kBetween = "\n%%%\n";
  auto const [piece, text] = piece_and_text(data, size);
  std::size_t const end = text.find(kBetween);
  MappingReading const reading = Mapping::parse(text.substr(0, end));
  if (reading.mapping.has_value() != reading.problems.empty()) {
    std::abort();
  }
  if (reading.mapping && end != std::string_view::npos) {
    check_cuts(mapped_csv(*reading.mapping, fuzz_limits()),
               mapped_csv(*reading.mapping, fuzz_limits()), text.substr(end + kBetween.size()),
               piece);
  }
  return 0;
}
