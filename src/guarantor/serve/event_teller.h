#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/serve/event_hub.h"
#include "guarantor/serve/scenario_views.h"
#include "guarantor/serve/store_gate.h"
#include "guarantor/serve/watch_floor.h"
#include "guarantor/store/record.h"
#include "guarantor/store/scenario_versions.h"

namespace guarantor::serve {

/// Tells what the store gained, each record once, in its order. What a scenario gained in several
/// steps since the last look is told as one change, as are the revisions of an incident. A change
/// of more than `kMostRows` rows, a new scenario and the return to an earlier version are told as
/// `scenario` alone, without their rows. For one thread.
class EventTeller {
 public:
  static constexpr std::size_t kMostRows = 500;

  EventTeller(StoreGate const& gate, ScenarioViews const& views, WatchFloor const& watch,
              EventHub& hub)
      : gate_{gate}, views_{views}, watch_{watch}, hub_{hub} {}

  /// Everything there is by now counts as told. Errors: those of the store.
  [[nodiscard]] model::Result<model::Done> begin();
  /// Tells what came since, and gives how much of the store was told. Errors: those of the store;
  /// then nothing was told, and the next call tries again.
  [[nodiscard]] model::Result<store::Position> tell();

 private:
  struct Found;

  [[nodiscard]] model::Result<std::vector<store::Record>> next_records() const;
  [[nodiscard]] model::Result<model::Done> take(store::Record const& record, Found& found) const;
  void add_scenarios(Found& found);
  void add_incidents(Found& found);

  StoreGate const& gate_;
  ScenarioViews const& views_;
  WatchFloor const& watch_;
  EventHub& hub_;
  store::Position next_{};
  /// As they were when they were last told, so that those who saw one hear that it is gone.
  std::unordered_map<model::IncidentId, SharedCard> cards_;
  bool has_cards_{};
  std::map<std::string, store::ScenarioVersion, std::less<>> current_;
};

}  // namespace guarantor::serve
