#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "guarantor/generate/instance.h"
#include "guarantor/model/error.h"

namespace guarantor::generate {

/// What is known of one component.
struct ComponentAnswer {
  std::vector<Start> starts;  ///< by the component's own options
  double objective{};
  double bound{};
  std::vector<float> prices;  ///< of its decomposition; nothing where none was made
};

/// Everything about a component that its answer depends on, as bytes: equal fingerprints, equal
/// answers, whatever the rest of the scenario looks like.
[[nodiscard]] std::string fingerprint(model::Scenario const& scenario, Instance const& component);

/// A number to draw a component's random stream by (FNV-1a of its fingerprint).
[[nodiscard]] std::uint64_t stream_number(std::string const& fingerprint);

/// Remembers components, so that solving a scenario again with one thing changed costs only what
/// the change touches: a component that is the same is not solved again, and one that changed
/// begins with the tours and prices it had. Not shared between threads.
class ComponentCache {
 public:
  [[nodiscard]] ComponentAnswer const* find(std::string const& fingerprint) const;
  void keep(std::string fingerprint, ComponentAnswer answer);

  /// Everything it holds, as bytes that only the same `version` of the program takes back.
  [[nodiscard]] std::string to_bytes(std::string const& version) const;
  /// Error kBadInput where the bytes are torn, or of another version.
  [[nodiscard]] static model::Result<ComponentCache> from_bytes(std::string const& bytes,
                                                                std::string const& version);

  /// A price of a pledge at a line in a month, or a number of its units that begin a tour there.
  template <class Value>
  using ByName = std::map<std::tuple<model::PledgeId, model::RequirementId, int>, Value>;

  /// Tours and prices by name, for components that are like a former one but not the same.
  ByName<int> tours;
  ByName<float> prices;

 private:
  std::map<std::string, ComponentAnswer> answers_;
};

}  // namespace guarantor::generate
