#include "guarantor/model/random_stream.h"

namespace guarantor::model {
namespace {

constexpr std::uint64_t kGoldenGamma = 0x9E3779B97F4A7C15ULL;

/// The finaliser of SplitMix64: a bijection that spreads every input bit over the output.
std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

}  // namespace

RandomStream::RandomStream(std::uint64_t seed, std::string_view purpose, std::uint64_t counter)
    : state_{mix(seed + kGoldenGamma)} {
  for (char const c : purpose) {
    state_ = mix((state_ ^ static_cast<unsigned char>(c)) + kGoldenGamma);
  }
  state_ = mix((state_ ^ counter) + kGoldenGamma);
}

std::uint64_t RandomStream::bits() {
  state_ += kGoldenGamma;
  return mix(state_);
}

double RandomStream::uniform() {
  constexpr double kUnit = 0x1.0p-53;
  return static_cast<double>(bits() >> 11U) * kUnit;
}

}  // namespace guarantor::model
