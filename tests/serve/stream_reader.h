#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "guarantor/serve/subscription.h"

namespace guarantor::serve {

/// One event as a client reads it.
struct Told {
  std::uint64_t id{};
  std::string type;
  std::string data;

  friend bool operator==(Told const&, Told const&) = default;
};

/// The events of a text, and the last id that stood in it, in an event or not.
struct ReadStream {
  std::vector<Told> events;
  std::optional<std::uint64_t> last{};
};

inline ReadStream read_stream(std::string const& text) {
  ReadStream read;
  Told told;
  bool has_data = false;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("id: ")) {
      told.id = std::stoull(line.substr(4));
      read.last = told.id;
    } else if (line.starts_with("event: ")) {
      told.type = line.substr(7);
    } else if (line.starts_with("data: ")) {
      told.data = line.substr(6);
      has_data = true;
    } else if (line.empty()) {
      if (has_data) {
        read.events.push_back(told);
      }
      told = {};
      has_data = false;
    }
  }
  return read;
}

}  // namespace guarantor::serve
