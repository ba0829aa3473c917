#pragma once

#include <filesystem>
#include <string>

namespace guarantor::bench {

/// The machine in a line: processor, cores, memory, system. What it does not tell is left out.
[[nodiscard]] std::string describe_machine();

/// The most memory that this process has had resident at once.
[[nodiscard]] double peak_mib();

/// The folder this program stands in.
[[nodiscard]] std::filesystem::path own_folder();

}  // namespace guarantor::bench
