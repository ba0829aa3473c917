#include "guarantor/serve/watch_floor.h"

#include <algorithm>
#include <utility>

namespace guarantor::serve {

using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

namespace {

/// Whether observations are judged by both alike.
bool judge_alike(model::Scenario const& a, model::Scenario const& b) {
  return a.areas == b.areas && a.locations == b.locations && a.agreements == b.agreements &&
         a.positions == b.positions && a.clauses == b.clauses && a.sensors == b.sensors;
}

/// Whether anything was kept from a place on that a desk would have to know; what was erased counts
/// as never seen.
Result<bool> was_added(store::Store const& store, store::Position from) {
  bool found = false;
  for (auto const kind : {store::RecordKind::kObservation, store::RecordKind::kIncident,
                          store::RecordKind::kErasure}) {
    auto const visited = store.each(kind, from, [&](store::Record&&) {
      found = true;
      return false;
    });
    if (!visited.ok()) {
      return visited.error();
    }
  }
  return found;
}

}  // namespace

WatchFloor::WatchFloor(StoreGate& gate, ScenarioViews const& views, std::string scenario,
                       AssessmentPause pause)
    : gate_{gate},
      scenario_{std::move(scenario)},
      pause_{pause},
      views_{views},
      board_{gate},
      thread_{[this](std::stop_token const& stop) { run(stop); }} {}

WatchFloor::~WatchFloor() = default;

Result<IncidentBoard const*> WatchFloor::incidents() const {
  auto const done = board_.catch_up();
  return done.ok() ? Result<IncidentBoard const*>{&board_} : done.error();
}

Result<store::StoreLock> WatchFloor::hold() const {
  constexpr std::chrono::milliseconds kPatience{1000};
  auto lock = store::StoreLock::take_watch({gate_.file()}, kPatience);
  if (!lock.ok() && lock.error().kind == ErrorKind::kRefused) {
    return Error{ErrorKind::kLimit, "another process takes observations into this store",
                 "send them again when it has ended"};
  }
  return lock;
}

/// Has the desk know what the store holds and what the scenario says now.
Result<Done> WatchFloor::ready(store::SqliteStore& store, model::Scenario const& scenario) {
  auto const added = desk_ ? was_added(store, desk_end_) : Result<bool>{true};
  auto const end = added.ok() ? store.size() : added.error();
  if (!end.ok()) {
    return end.error();
  }
  if (added.value()) {
    desk_.reset();
    auto desk = monitor::WatchDesk::open(store, scenario);
    if (!desk.ok()) {
      return desk.error();
    }
    desk_ = std::move(desk).value();
  }
  desk_end_ = end.value();
  return Done{};
}

Result<monitor::TakenBatch> WatchFloor::take(std::span<model::Observation const> observations,
                                             store::Author const& author) {
  if (scenario_.empty()) {
    return Error{ErrorKind::kNotFound, "the store has no scenario to watch by",
                 "`guarantor store import` takes one in"};
  }
  std::scoped_lock const working{desk_mutex_};
  auto const view = views_.whole(scenario_);
  auto const alone = view.ok() ? hold() : view.error();
  if (!alone.ok()) {
    return alone.error();
  }
  if (desk_ && watched_->name != view.value()->name &&
      !judge_alike(watched_->scenario, view.value()->scenario)) {
    desk_.reset();
  }
  watched_ = view.value();
  auto batch = gate_.write([&](store::SqliteStore& store) -> Result<monitor::TakenBatch> {
    if (auto const is_ready = ready(store, watched_->scenario); !is_ready.ok()) {
      return is_ready.error();
    }
    auto taken = desk_->take(observations, author);
    if (taken.ok()) {
      desk_end_ = std::max(desk_end_, taken.value().receipt.end);
    } else {
      desk_.reset();  // it may know of what was not kept
    }
    return taken;
  });
  if (batch.ok()) {
    std::scoped_lock const lock{due_mutex_};
    last_due_ = std::chrono::steady_clock::now();
    first_due_ = due_ ? first_due_ : last_due_;
    due_ = author;
    due_changed_.notify_one();
  }
  return batch;
}

template <class Work>
std::invoke_result_t<Work, monitor::WatchDesk&> WatchFloor::with_desk(Work const& work) {
  std::scoped_lock const working{desk_mutex_};
  auto const alone = hold();
  if (!alone.ok()) {
    return alone.error();
  }
  return gate_.write(
      [&](store::SqliteStore& store) -> std::invoke_result_t<Work, monitor::WatchDesk&> {
        if (auto const is_ready = ready(store, watched_->scenario); !is_ready.ok()) {
          return is_ready.error();
        }
        auto result = work(*desk_);
        auto const end = result.ok() ? store.size() : result.error();
        if (!end.ok()) {
          desk_.reset();
          return end.error();
        }
        desk_end_ = end.value();
        return result;
      });
}

Result<std::vector<monitor::JudgedIncident>> WatchFloor::judge(
    monitor::WatchDesk const& desk, monitor::DueAssessment const& due) const {
  return gate_.read(
      [&](store::SqliteStore const& store) -> Result<std::vector<monitor::JudgedIncident>> {
        std::vector<monitor::JudgedIncident> different;
        monitor::Reassessment assessment{store, desk.assessment(), due.notices, due.changed};
        while (!assessment.finished()) {
          if (thread_.get_stop_token().stop_requested()) {
            return Error{ErrorKind::kLimit, "the server ends",
                         "whoever opens the store tests again"};
          }
          auto judged = assessment.next();
          if (!judged.ok()) {
            return judged.error();
          }
          for (monitor::JudgedIncident& one : judged.value()) {
            if (one.said != one.incident.allegations) {
              different.push_back(std::move(one));
            }
          }
        }
        return different;
      });
}

Result<std::vector<model::Incident>> WatchFloor::reassess(store::Author const& author) {
  std::scoped_lock const assessing{assessing_};
  std::shared_ptr<monitor::WatchDesk> desk;
  {
    std::scoped_lock const working{desk_mutex_};
    desk = desk_;
  }
  if (!desk) {
    return std::vector<model::Incident>{};
  }
  using Due = std::optional<monitor::DueAssessment>;
  auto const due = with_desk([&](monitor::WatchDesk& now) -> Result<Due> {
    desk = desk_;
    return now.take_due();
  });
  if (!due.ok() || !due.value()) {
    return due.ok() ? Result<std::vector<model::Incident>>{std::vector<model::Incident>{}}
                    : due.error();
  }
  auto const judged = judge(*desk, *due.value());
  return with_desk([&](monitor::WatchDesk& now) -> Result<std::vector<model::Incident>> {
    if (&now != desk.get() || !judged.ok()) {
      // Opened anew since: what was tested is to be tested by what holds now.
      now.assess_again(due.value()->changed);
      return judged.ok() ? Result<std::vector<model::Incident>>{std::vector<model::Incident>{}}
                         : judged.error();
    }
    return now.keep(judged.value(), author);
  });
}

void WatchFloor::run(std::stop_token const& stop) {
  std::unique_lock lock{due_mutex_};
  while (due_changed_.wait(lock, stop, [this] { return due_.has_value(); })) {
    auto const when = std::min(last_due_ + pause_.quiet, first_due_ + pause_.longest);
    due_changed_.wait_until(lock, stop, when, [] { return false; });
    if (stop.stop_requested()) {
      return;
    }
    if (std::chrono::steady_clock::now() <
        std::min(last_due_ + pause_.quiet, first_due_ + pause_.longest)) {
      continue;  // more came meanwhile
    }
    auto const author = *std::exchange(due_, std::nullopt);
    lock.unlock();
    // What fails now is tried again with what comes next, or when the store is opened anew.
    (void)reassess(author);
    lock.lock();
  }
}

}  // namespace guarantor::serve
