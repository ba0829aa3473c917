#include "bench/machine.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <thread>

namespace guarantor::bench {
namespace {

/// What stands behind the colon of the first line that begins with `key`.
std::string line_of(char const* file, std::string const& key) {
  std::ifstream in{file};
  for (std::string line; std::getline(in, line);) {
    auto const colon = line.find(':');
    if (line.starts_with(key) && colon != std::string::npos) {
      auto const first = line.find_first_not_of(" \t", colon + 1);
      return first == std::string::npos ? std::string{} : line.substr(first);
    }
  }
  return {};
}

/// A line of this process's status, which tells KiB.
double status_mib(std::string const& key) {
  constexpr double kKibInMib = 1024;
  return std::strtod(line_of("/proc/self/status", key).c_str(), nullptr) / kKibInMib;
}

}  // namespace

std::string describe_machine() {
  auto const processor = line_of("/proc/cpuinfo", "model name");
  std::string out = processor.empty() ? "processor not named" : processor;
  out += fmt::format(", {} cores", std::thread::hardware_concurrency());
  constexpr double kPageMib = 1024.0 * 1024.0;
  auto const pages = static_cast<double>(sysconf(_SC_PHYS_PAGES));
  auto const page = static_cast<double>(sysconf(_SC_PAGE_SIZE));
  out += fmt::format(", {:.1f} GiB", pages * page / kPageMib / 1024);
  utsname system{};
  if (uname(&system) == 0) {
    out += fmt::format(", {} {}", system.sysname, system.machine);
  }
  return out;
}

double peak_mib() {
  constexpr double kKibInMib = 1024;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / kKibInMib;
}

double resident_mib() {
  return status_mib("VmRSS");
}

void forget_peak() {
  std::ofstream{"/proc/self/clear_refs"} << 5;
}

double recent_peak_mib() {
  return status_mib("VmHWM");
}

std::filesystem::path own_folder() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

}  // namespace guarantor::bench
