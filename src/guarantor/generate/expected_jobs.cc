#include "guarantor/generate/expected_jobs.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace guarantor::generate {

model::RunControl share_of(model::RunControl const& control, double share) {
  model::RunControl slice = control;
  if (auto const left = control.remaining()) {
    slice.time_limit =
        model::Seconds{control.elapsed().count() + std::max(0.0, left->count()) * share};
  }
  return slice;
}

std::optional<model::Error> run_jobs(std::size_t count, int threads, std::string const& stage,
                                     model::RunControl const& control, Job const& job) {
  std::atomic<std::size_t> next{0};
  std::vector<std::optional<model::Error>> errors(count);
  std::mutex telling;
  std::size_t done = 0;
  auto const work = [&] {
    for (std::size_t place = next++; place < count; place = next++) {
      auto const rounds = std::max(1.0, static_cast<double>(count - place) / threads);
      model::RunControl slice = share_of(control, 1 / rounds);
      slice.progress = nullptr;
      if (auto const result = job(place, slice); !result.ok()) {
        errors[place] = result.error();
      }
      std::scoped_lock const lock{telling};
      ++done;
      control.report({stage, std::nullopt, std::nullopt,
                      static_cast<double>(done) / static_cast<double>(count)});
    }
  };
  {
    std::vector<std::jthread> others;
    for (int thread = 1; thread < threads && static_cast<std::size_t>(thread) < count; ++thread) {
      others.emplace_back(work);
    }
    work();
  }
  auto const failed =
      std::find_if(errors.begin(), errors.end(), [](auto const& error) { return error; });
  return failed == errors.end() ? std::nullopt : *failed;
}

}  // namespace guarantor::generate
