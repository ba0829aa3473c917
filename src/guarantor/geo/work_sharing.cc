#include "guarantor/geo/work_sharing.h"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace guarantor::geo {

void share_work(std::size_t count, int threads, std::function<void(std::size_t)> const& task) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failing;
  auto const work = [&] {
    try {
      for (std::size_t place = next++; place < count; place = next++) {
        task(place);
      }
    } catch (...) {
      std::scoped_lock const lock{failing};
      failure = failure ? failure : std::current_exception();
      next = count;
    }
  };
  {
    std::vector<std::jthread> others;
    for (int thread = 1; thread < threads && static_cast<std::size_t>(thread) < count; ++thread) {
      others.emplace_back(work);
    }
    work();
  }
  if (failure) {
    std::rethrow_exception(failure);
  }
}

}  // namespace guarantor::geo
