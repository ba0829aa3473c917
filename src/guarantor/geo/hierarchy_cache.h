#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "guarantor/geo/customisable_hierarchy.h"
#include "guarantor/model/error.h"

namespace guarantor::geo {

/// A prepared hierarchy as bytes, so that the next run need not prepare it: version, the graph's
/// fingerprint, order and tree, and a checksum at the end. The graph itself and travel times are
/// not in it. The same hierarchy gives the same bytes. O(rows of the hierarchy).
[[nodiscard]] std::string write_cache(Hierarchy const& hierarchy);

/// The hierarchy that `write_cache` wrote for this graph. Check failed: the bytes are cut short,
/// changed, or not such a cache at all. Refused: a cache of another version of the format or of
/// another graph, to be prepared again. Never reads past the bytes, whatever they are.
[[nodiscard]] model::Result<std::shared_ptr<Hierarchy const>> read_cache(
    std::string_view bytes, std::shared_ptr<RoutingGraph const> graph);

}  // namespace guarantor::geo
