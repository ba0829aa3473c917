#pragma once

#include <vector>

#include "guarantor/geo/routing_graph.h"
#include "guarantor/model/error.h"
#include "guarantor/model/run_control.h"

namespace guarantor::geo {

/// The nodes of a graph in the order in which a hierarchy contracts them: nested dissection, so
/// that small separators come last and the parts they leave apart first. Every separator is the
/// best of several directions. The order does not depend on `threads`. A limit or a cancelled run
/// is an error of kind limit. O(n^1.5) for graphs like maps.
[[nodiscard]] model::Result<std::vector<NodeIndex>> dissection_order(
    RoutingGraph const& graph, int threads, model::RunControl const& control);

}  // namespace guarantor::geo
