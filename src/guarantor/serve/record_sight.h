#pragma once

#include <span>
#include <string>

#include "guarantor/model/id.h"
#include "guarantor/policy/operation.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/store/record.h"

namespace guarantor::serve {

/// Whether the viewer may know of a record of that kind: the operation table says whether it reads
/// all of them, those of its nation, those that were released to it, or none.
[[nodiscard]] bool sees(policy::Viewer const& viewer, policy::Record kind,
                        model::NationId const& owner, std::span<std::string const> releasable_to);

/// The same of a record as it was kept; false for kinds that no table names.
[[nodiscard]] bool sees(policy::Viewer const& viewer, store::Record const& record);

}  // namespace guarantor::serve
