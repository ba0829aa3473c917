#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/serve/store_gate.h"
#include "guarantor/store/record.h"

namespace guarantor::serve {

/// A kept site plan as one viewer sees it.
struct SeenSites {
  std::string json;              ///< `report::to_json` of it, for others than planners without the
                                 ///< scenario's hash
  std::string version;           ///< planners: the SHA-256 of its body; others: of `json`
  std::string scenario_version;  ///< what it was made from; empty for others than planners
  store::Record record;          ///< as it was kept, with its body
};

/// The newest site plan of that name that the viewer may read; nothing where there is none. With a
/// scenario's version, the newest made from that. Errors: those of the store.
[[nodiscard]] model::Result<std::optional<SeenSites>> find_sites(
    StoreGate const& gate, policy::Viewer const& viewer, std::string_view name,
    std::string_view scenario_version = {});

}  // namespace guarantor::serve
