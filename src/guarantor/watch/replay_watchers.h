#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/instant.h"
#include "guarantor/model/observation.h"
#include "guarantor/watch/replay.h"
#include "guarantor/watch/replay_ground.h"
#include "guarantor/watch/replay_play.h"

namespace guarantor::watch {

/// A stretch of time at a sector.
struct WatchedSpan {
  model::SectorId sector;
  model::Instant from{};
  model::Instant to{};
};

/// What watches when, and what keeps it from it: drawn before anything happens. The ground must
/// outlive it.
class ReplayWatchers {
 public:
  ReplayWatchers(ReplayGround const& ground, ReplayRequest const& request);

  /// The monitors' own records of it all.
  [[nodiscard]] std::vector<model::Observation> const& records() const { return records_; }
  /// Jamming, and refusals to patrols: incidents of their own.
  [[nodiscard]] std::vector<WatchedSpan> const& jammed() const { return jammed_; }
  [[nodiscard]] std::vector<WatchedSpan> const& refused() const { return refused_; }

  /// Why a sensor does not see an event of a play; empty: it watches.
  [[nodiscard]] std::string blind(std::size_t sensor, Play const& play,
                                  PlayedEvent const& event) const;
  /// The part of an event that a sensor sees which is not blind to it: of what lasts, what lies
  /// within its task or pass.
  [[nodiscard]] PlayedEvent seen(std::size_t sensor, Play const& play,
                                 PlayedEvent const& event) const;

 private:
  void draw_sky();
  void draw_jamming();
  void draw_outages(std::size_t sensor);
  void draw_tasks(std::size_t sensor);
  void draw_task(std::size_t sensor, model::Instant from, ReplayDraw& draw);
  model::Observation& record(std::string const& source, model::EventKind kind, WatchedSpan span);
  [[nodiscard]] bool reaches(model::Sensor const& sensor, Play const& play) const;
  [[nodiscard]] std::optional<model::Instant> last_pass(model::Sensor const& sensor,
                                                        PlayedEvent const& event) const;
  [[nodiscard]] bool cloudy(model::SectorId const& sector, model::Instant at) const;
  [[nodiscard]] std::string hindrance(std::size_t sensor, model::SectorId const& sector,
                                      PlayedEvent const& event) const;

  ReplayGround const& ground_;
  ReplayRequest request_;
  model::Instant begin_{};
  std::map<model::SectorId, std::vector<int>> cloud_;  ///< per cent, by day
  std::vector<WatchedSpan> jammed_;
  std::vector<WatchedSpan> refused_;
  std::vector<std::vector<WatchedSpan>> outages_;  ///< by sensor
  std::vector<std::vector<WatchedSpan>> tasks_;
  std::map<std::string, int> numbers_;
  std::vector<model::Observation> records_;
};

}  // namespace guarantor::watch
