#pragma once

#include <filesystem>
#include <string>

namespace guarantor::bench {

/// The machine in a line: processor, cores, memory, system. What it does not tell is left out.
[[nodiscard]] std::string describe_machine();

/// The most memory that this process has had resident at once.
[[nodiscard]] double peak_mib();

/// The memory it has resident now.
[[nodiscard]] double resident_mib();

/// Begins to count the peak anew, for `recent_peak_mib`; before Linux 4.0 nothing happens.
void forget_peak();

/// The most memory resident at once since `forget_peak`.
[[nodiscard]] double recent_peak_mib();

/// The folder this program stands in.
[[nodiscard]] std::filesystem::path own_folder();

}  // namespace guarantor::bench
