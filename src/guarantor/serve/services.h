#pragma once

#include <functional>
#include <memory>
#include <string>

#include "guarantor/model/instant.h"
#include "guarantor/serve/event_hub.h"
#include "guarantor/serve/jobs.h"
#include "guarantor/serve/metrics.h"
#include "guarantor/serve/scenario_views.h"
#include "guarantor/serve/sign_ins.h"
#include "guarantor/serve/store_gate.h"
#include "guarantor/serve/watch_floor.h"
#include "guarantor/store/store.h"

namespace guarantor::serve {

/// What endpoints work with. Everything in it may be used on any thread, and outlives them.
struct Services {
  StoreGate& store;
  ScenarioViews& views;
  EventHub& events;
  SignIns& sign_ins;
  Jobs& jobs;
  WatchFloor& watch;
  std::function<model::Instant()> now;
  std::string program_version;
  std::string usual_scenario;  ///< the id of the scenario that pages begin with; may be empty
  std::shared_ptr<Metrics> metrics{std::make_shared<Metrics>()};

  /// Who has something kept, and when.
  [[nodiscard]] store::Author author(Caller const& caller) const {
    return {.name = caller.account, .at = now()};
  }
};

}  // namespace guarantor::serve
