#pragma once

#include <memory>

#include "guarantor/intake/adapter.h"

namespace guarantor::intake {

/// Reads our own form: one JSON object a line, as `to_json` writes it.
[[nodiscard]] std::unique_ptr<Adapter> observation_lines(Limits const& limits = {});

}  // namespace guarantor::intake
