#pragma once

#include <filesystem>
#include <string>

#include "guarantor/model/error.h"

namespace guarantor::bench {

/// The content of a file; one compressed by gzip is opened. Errors kNotFound where it cannot be
/// read, kBadInput where it ends early or is damaged, kLimit above 1 GiB of content.
[[nodiscard]] model::Result<std::string> read_maybe_gzip(std::filesystem::path const& path);

}  // namespace guarantor::bench
