#pragma once

#include <memory>

#include "guarantor/intake/adapter.h"
#include "guarantor/intake/mapping.h"

namespace guarantor::intake {

/// Reads any table in CSV by a mapping.
[[nodiscard]] std::unique_ptr<Adapter> mapped_csv(Mapping mapping, Limits const& limits = {});

}  // namespace guarantor::intake
