#pragma once

#include <vector>

#include "guarantor/generate/instance.h"

namespace guarantor::generate {

/// A part of an instance that shares no pledge, line, ceiling or bundle with the rest, as an
/// instance of its own.
struct Component {
  Instance instance;
  std::vector<OptionIndex> original;  ///< by place of the component's options
};

/// The connected components of the graph of pledges and lines, in order of their first pledge.
/// Lines nobody can serve are in none. O(options).
[[nodiscard]] std::vector<Component> split(Instance const& instance);

}  // namespace guarantor::generate
