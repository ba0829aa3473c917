#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/monitor/watch_desk.h"
#include "guarantor/serve/incident_board.h"
#include "guarantor/serve/scenario_views.h"
#include "guarantor/serve/store_gate.h"
#include "guarantor/store/store_files.h"

namespace guarantor::serve {

/// How long observations wait to be tested against what counts over many of them.
struct AssessmentPause {
  std::chrono::milliseconds quiet{1'500};     ///< after the last one
  std::chrono::milliseconds longest{60'000};  ///< in a stream that does not end
};

/// The watch floor of the store: the incidents as they stand, and one desk that makes them of
/// observations, opened when it is first needed, and opened anew when the scenario it judges by has
/// changed or another process has taken observations in. For any thread.
class WatchFloor {
 public:
  WatchFloor(StoreGate& gate, ScenarioViews const& views, std::string scenario,
             AssessmentPause pause = {});
  WatchFloor(WatchFloor const&) = delete;
  WatchFloor& operator=(WatchFloor const&) = delete;
  ~WatchFloor();

  /// The scenario that is watched by; empty: the store has none.
  [[nodiscard]] std::string const& scenario() const { return scenario_; }

  /// The incidents as they stand in the store now. Errors: those of the store.
  [[nodiscard]] model::Result<IncidentBoard const*> incidents() const;

  /// Takes observations in, as `monitor::WatchDesk::take`: when it returns they are on disk with
  /// the incidents. What counts over many is tested a moment later. Errors: those of the store and
  /// of `WatchDesk::open`; kNotFound without a scenario; kLimit while another process takes in.
  [[nodiscard]] model::Result<monitor::TakenBatch> take(
      std::span<model::Observation const> observations, store::Author const& author);
  /// Tests now what would be tested a moment later. Errors as `take`.
  [[nodiscard]] model::Result<std::vector<model::Incident>> reassess(store::Author const& author);

 private:
  [[nodiscard]] model::Result<store::StoreLock> hold() const;
  [[nodiscard]] model::Result<model::Done> ready(store::SqliteStore& store,
                                                 model::Scenario const& scenario);
  /// Those of which something else is to be said, tested while others may take in.
  [[nodiscard]] model::Result<std::vector<monitor::JudgedIncident>> judge(
      monitor::WatchDesk const& desk, monitor::DueAssessment const& due) const;
  /// Calls `work(desk)` with a desk that knows what the store holds, while nobody else takes in.
  template <class Work>
  [[nodiscard]] std::invoke_result_t<Work, monitor::WatchDesk&> with_desk(Work const& work);
  void run(std::stop_token const& stop);

  StoreGate& gate_;
  std::string scenario_;
  AssessmentPause pause_;
  ScenarioViews const& views_;
  mutable IncidentBoard board_;

  std::mutex assessing_;   ///< held by whoever tests anew
  std::mutex desk_mutex_;  ///< guards what follows; held while the desk works
  SharedView watched_;     ///< what the desk was opened with
  std::shared_ptr<monitor::WatchDesk> desk_;
  store::Position desk_end_{};  ///< what was kept before it the desk knows

  std::mutex due_mutex_;  ///< guards what follows
  std::condition_variable_any due_changed_;
  std::optional<store::Author> due_;  ///< whose observations wait to be tested
  std::chrono::steady_clock::time_point first_due_;
  std::chrono::steady_clock::time_point last_due_;
  std::jthread thread_;
};

}  // namespace guarantor::serve
