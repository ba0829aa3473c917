#pragma once

#include <string>
#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/model/incident.h"

/// An incident's revision as a store keeps it.
namespace guarantor::monitor {

/// More reports than this are not listed in every revision; they follow from what was added and
/// removed since the first.
inline constexpr std::size_t kMostListed = 100;

/// A JSON object: the same incident is the same bytes. Reports are listed where there are no more
/// than `most_listed`. O(size).
[[nodiscard]] std::string to_json(model::Incident const& incident,
                                  std::size_t most_listed = kMostListed);
/// For people, who want to see all of them.
inline constexpr std::size_t kAllListed = static_cast<std::size_t>(-1);

/// Reads what `to_json` wrote; `observations` stays empty where they were not listed, and
/// `reports` says how many there are. Errors: kCheckFailed for anything else.
struct KeptIncident {
  model::Incident incident;
  std::size_t reports{};
  [[nodiscard]] bool all_listed() const { return incident.observations.size() == reports; }
};
[[nodiscard]] model::Result<KeptIncident> parse_incident(std::string_view text);

}  // namespace guarantor::monitor
