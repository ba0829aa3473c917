#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/generate/instance.h"

namespace guarantor::generate {

/// The proven answer for one component.
struct ComponentAnswer {
  std::vector<Start> starts;  ///< by the component's own options
  double objective{};
  double bound{};
};

/// Everything about a component that its answer depends on, as bytes: equal fingerprints, equal
/// answers, whatever the rest of the scenario looks like.
[[nodiscard]] std::string fingerprint(model::Scenario const& scenario, Instance const& component);

/// A number to draw a component's random stream by (FNV-1a of its fingerprint).
[[nodiscard]] std::uint64_t stream_number(std::string const& fingerprint);

/// Remembers proven components, so that solving a scenario again with one thing changed costs only
/// what the change touches. Not shared between threads.
class ComponentCache {
 public:
  [[nodiscard]] ComponentAnswer const* find(std::string const& fingerprint) const;
  void keep(std::string fingerprint, ComponentAnswer answer);

 private:
  std::map<std::string, ComponentAnswer> answers_;
};

}  // namespace guarantor::generate
