#include "guarantor/serve/jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ranges>
#include <utility>

namespace guarantor::serve {

using model::Result;

Jobs::Jobs(EventHub& events, std::function<model::Instant()> now)
    : events_{events},
      now_{std::move(now)},
      thread_{[this](std::stop_token const& stop) { run(stop); }} {}

Jobs::~Jobs() {
  stop();
}

Result<std::string> Jobs::start(std::string kind, std::string title, Caller const& caller,
                                Work work) {
  auto entry = std::make_shared<Entry>();
  entry->job.kind = std::move(kind);
  entry->job.title = std::move(title);
  entry->job.account = caller.account;
  entry->job.asked = now_();
  entry->work = std::move(work);
  Job told;
  {
    std::scoped_lock const lock{mutex_};
    auto const waiting = std::ranges::count_if(
        entries_, [](auto const& one) { return one->job.state == JobState::kWaiting; });
    if (static_cast<std::size_t>(waiting) >= kMostWaiting) {
      return model::Error{model::ErrorKind::kLimit,
                          fmt::format("{} jobs wait already", kMostWaiting),
                          "wait until some have ended, or cancel one"};
    }
    entry->job.id = fmt::format("j-{}", next_++);
    told = entry->job;
    entries_.push_back(std::move(entry));
    if (entries_.size() > kMostKept && entries_.front()->job.ended) {
      entries_.pop_front();
    }
  }
  changed_.notify_all();
  tell(told);
  return told.id;
}

std::optional<Job> Jobs::find(std::string_view id) const {
  std::scoped_lock const lock{mutex_};
  auto const found =
      std::ranges::find_if(entries_, [&](auto const& one) { return one->job.id == id; });
  return found == entries_.end() ? std::nullopt : std::optional{(*found)->job};
}

std::vector<Job> Jobs::list() const {
  std::scoped_lock const lock{mutex_};
  std::vector<Job> jobs;
  for (auto const& entry : entries_ | std::views::reverse) {
    jobs.push_back(entry->job);
  }
  return jobs;
}

bool Jobs::cancel(std::string_view id) {
  std::optional<Job> told;
  {
    std::scoped_lock const lock{mutex_};
    auto const found =
        std::ranges::find_if(entries_, [&](auto const& one) { return one->job.id == id; });
    if (found == entries_.end() || (*found)->job.ended) {
      return false;
    }
    (*found)->cancel.request_stop();
    Job& job = (*found)->job;
    if (job.state == JobState::kWaiting) {
      job.state = JobState::kCancelled;
      job.ended = now_();
      told = job;
    }
  }
  if (told) {
    tell(*told);
  }
  return true;
}

void Jobs::stop() {
  {
    std::scoped_lock const lock{mutex_};
    for (auto const& entry : entries_) {
      entry->cancel.request_stop();
    }
  }
  thread_.request_stop();
  if (thread_.joinable()) {
    thread_.join();
  }
}

void Jobs::run(std::stop_token const& stop) {
  while (!stop.stop_requested()) {
    std::shared_ptr<Entry> entry;
    Job told;
    {
      std::unique_lock lock{mutex_};
      auto const next = [&] {
        return std::ranges::find_if(
            entries_, [](auto const& one) { return one->job.state == JobState::kWaiting; });
      };
      if (!changed_.wait(lock, stop, [&] { return next() != entries_.end(); })) {
        return;
      }
      entry = *next();
      entry->job.state = JobState::kRunning;
      entry->job.begun = now_();
      told = entry->job;
    }
    tell(told);
    auto const begun = std::chrono::steady_clock::now();
    model::RunControl control;
    control.cancel = entry->cancel.get_token();
    control.elapsed = [begun] {
      std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begun;
      return model::Seconds{took.count()};
    };
    control.progress = [&](model::Progress const& step) {
      Job now;
      {
        std::scoped_lock const lock{mutex_};
        entry->job.progress = step;
        now = entry->job;
      }
      tell(now);
    };
    auto result = entry->work(control);
    {
      std::scoped_lock const lock{mutex_};
      Job& job = entry->job;
      job.ended = now_();
      job.state = entry->cancel.stop_requested() ? JobState::kCancelled
                  : result.ok()                  ? JobState::kDone
                                                 : JobState::kFailed;
      if (result.ok()) {
        job.result = std::move(result).value();
      } else {
        job.error = result.error();
      }
      entry->work = nullptr;
      told = job;
    }
    tell(told);
  }
}

void Jobs::tell(Job const& job) {
  // Plans are made from everything there is: who may not see all of it is not told how far they
  // are.
  events_.publish(
      {.id = 0, .type = "job", .data = to_json(job), .visible = [](policy::Viewer const& viewer) {
         return policy::sees_everything(viewer);
       }});
}

std::string to_json(Job const& job) {
  using Json = nlohmann::ordered_json;
  auto const time = [](std::optional<model::Instant> const& at) {
    return at ? Json(model::print(*at)) : Json(nullptr);
  };
  auto const number = [](std::optional<double> const& value) {
    return value ? Json(*value) : Json(nullptr);
  };
  Json json{{"id", job.id},
            {"kind", job.kind},
            {"title", job.title},
            {"by", job.account},
            {"state", model::text(job.state)},
            {"asked", model::print(job.asked)},
            {"begun", time(job.begun)},
            {"ended", time(job.ended)},
            {"progress",
             {{"stage", job.progress.stage},
              {"share", job.progress.share_done},
              {"objective", number(job.progress.objective)},
              {"bound", number(job.progress.bound)}}}};
  json["result"] = job.result.empty() ? Json(nullptr) : Json::parse(job.result);
  if (job.error) {
    json["error"] = {{"kind", model::text(job.error->kind)},
                     {"detail", job.error->message},
                     {"hint", job.error->hint}};
  }
  return json.dump();
}

}  // namespace guarantor::serve
