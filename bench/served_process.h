#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "guarantor/model/error.h"

namespace guarantor::bench {

/// A server in a process of its own, over a store.
class ServedProcess {
 public:
  /// Waits until it listens. What it says goes to `log`. Errors: kNotFound where it does not start,
  /// kDefect where it says no port.
  [[nodiscard]] static model::Result<std::unique_ptr<ServedProcess>> start(
      std::string const& program, std::filesystem::path const& store,
      std::filesystem::path const& log);
  ServedProcess(ServedProcess const&) = delete;
  ServedProcess& operator=(ServedProcess const&) = delete;
  ~ServedProcess();

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// The memory it has resident now.
  [[nodiscard]] double resident_mib() const;
  /// Tells it to end; how long that took, in seconds.
  double stop();

 private:
  ServedProcess(pid_t child, std::uint16_t port) : child_{child}, port_{port} {}

  pid_t child_;
  std::uint16_t port_;
};

}  // namespace guarantor::bench
