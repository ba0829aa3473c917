#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "guarantor/model/error.h"
#include "guarantor/serve/services.h"
#include "guarantor/store/record.h"

namespace guarantor::serve {

/// How much of a record somebody may read.
enum class Reading {
  kNothing,  ///< not even what it is a record of
  kPart,     ///< what `ReadRecord::body` says
  kWhole,    ///< every byte, so that it can be held against the ledger
};

struct ReadRecord {
  Reading reading{Reading::kNothing};
  store::Record record;
  std::string body;  ///< JSON; empty where it was erased
};

/// A record as the viewer reads it. Rows and versions of scenarios are read through the scenario,
/// plans through the plan: here they are the planners' and auditors'. Errors: those of the store.
[[nodiscard]] model::Result<ReadRecord> read_record(Services& services,
                                                    policy::Viewer const& viewer,
                                                    store::Record record);

/// Whether the viewer reads a published report.
[[nodiscard]] bool sees_published(policy::Viewer const& viewer, store::Record const& record);
/// Takes from a report's JSON the hash of a scenario that the viewer does not know by it, with what
/// it goes into. False where there was none to take.
bool keep_seen_hashes(Services& services, policy::Viewer const& viewer,
                      nlohmann::ordered_json& report);

}  // namespace guarantor::serve
