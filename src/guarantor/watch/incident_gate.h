#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>

#include "guarantor/model/incident.h"
#include "guarantor/model/observation.h"
#include "guarantor/model/quantity.h"

/// When two reports are of one incident.
namespace guarantor::watch {

using Span = std::chrono::microseconds;

/// How far apart in place and time reports of a class may be.
struct Gate {
  model::Metres distance;
  Span pause{};  ///< between the end of one and the beginning of the other
};

struct FusionRules {
  /// By `model::IncidentClass`. An hour's pause ends a shelling, as the Joint Forces Operation
  /// counted them.
  std::array<Gate, 8> gates{{{model::Metres{1'000}, std::chrono::hours{1}},
                             {model::Metres{1'500}, std::chrono::hours{12}},
                             {model::Metres{20'000}, std::chrono::minutes{30}},
                             {model::Metres{2'000}, std::chrono::hours{24}},
                             {model::Metres{5'000}, std::chrono::hours{6}},
                             {model::Metres{1'000}, std::chrono::hours{1}},
                             {model::Metres{5'000}, std::chrono::minutes{30}},
                             {model::Metres{1'000}, std::chrono::hours{6}}}};
  model::Metres precise{1'000};              ///< a report placed worse than this only confirms
  Span precise_span{std::chrono::hours{6}};  ///< and one of a longer span
  model::Metres vaguest{5'000};              ///< a worse place counts as this
  std::size_t resident{200'000};             ///< reports kept at hand; the others are looked up
  /// The sector of a place, where reports may tell that alone. Nothing: none of them is found.
  std::function<model::SectorId(model::Position)> sector_of{};
  std::size_t outlines{150'000};  ///< incidents known by where they are, once looked up
};

/// The longest span that counts; of a longer one the beginning.
inline constexpr Span kLongestSpan = std::chrono::days{31};

/// A report as the gates see it.
struct GatedReport {
  std::array<double, 3> place{};  ///< metres from the middle of the earth
  double precision{};             ///< metres
  Span from{};                    ///< since the epoch
  Span to{};
  model::IncidentClass what{model::IncidentClass::kOther};
  bool precise{};          ///< makes incidents; others confirm, and make them where there is none
  bool placeless{};        ///< is anywhere in its sector
  std::uint64_t sector{};  ///< a number for its name; 0: none is known
};

/// The report of an event. A report without a place stands at one of its own for each sector or
/// source, out of the world; one of a sector is vague. REQUIRES: `model::incident_class` of its
/// kind.
[[nodiscard]] GatedReport gated(model::Observation const& observation, FusionRules const& rules);

/// What decides whether two reports are of one incident, 1 at the edge of the gate: the square of
/// their distance over the sum of the squares of the class's distance and both precisions; above 1
/// too where their spans are further apart than the pause. Heat and fire pass the gate of fire. A
/// report of a sector and a precise one with a place in it: the share of the pause between them.
[[nodiscard]] double strangeness(GatedReport const& a, GatedReport const& b,
                                 FusionRules const& rules);

/// Whether a vague report may confirm an incident of the other's class.
[[nodiscard]] bool may_confirm(model::IncidentClass vague, model::IncidentClass precise);

/// The furthest any report may be from this one and still be of its incident, in metres.
[[nodiscard]] double furthest(GatedReport const& report, FusionRules const& rules);

}  // namespace guarantor::watch
