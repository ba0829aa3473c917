#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/agreement.h"
#include "guarantor/model/incident.h"
#include "guarantor/model/observation.h"

/// What the parts of the replay hand to each other.
namespace guarantor::watch {

/// A part of a play that is reported for itself: one salvo, one pass, one damaged house.
struct PlayedEvent {
  model::EventKind kind{model::EventKind::kOther};
  model::Instant from{};
  model::Instant to{};
  std::int64_t count{1};
};

/// An incident as it is played.
struct Play {
  std::string story;
  std::size_t number{};
  model::IncidentClass what{model::IncidentClass::kOther};
  model::Position place;
  bool placed{true};              ///< false: it has no place, as a call to arms
  model::SectorId sector;         ///< played at this stretch; empty: at no line
  model::Kilometres from_line{};  ///< how far off
  std::string weapon;
  std::optional<model::Millimetres> calibre;
  std::string actor;
  std::string category;
  bool live_fire{};
  std::vector<PlayedEvent> events;
  model::Instant from{};
  model::Instant to{};
  std::string reporter;  ///< who reports it beside what watches, e.g. the ship; empty: nobody
  std::optional<model::Observation> notice;
  bool alone{};  ///< nothing of its kind is about, so that vague reports can only mean this
};

/// A report as it stands in the end, and how it came to.
struct Testimony {
  std::size_t play{};
  model::Observation report;
  std::optional<model::Observation> earlier;  ///< what the source said first
  bool taken_back{};
};

}  // namespace guarantor::watch
