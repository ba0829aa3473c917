#include "guarantor/watch/match_weights.h"

namespace guarantor::watch {
namespace {

constexpr std::string_view kLearnt = R"(part,name,other,value
)";

}  // namespace

MatchWeights const& default_match_weights() {
  static MatchWeights const kWeights =
      parse_match_weights(kLearnt, "default_match_weights.cc").value();
  return kWeights;
}

}  // namespace guarantor::watch
