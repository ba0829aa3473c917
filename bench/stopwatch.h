#pragma once

#include <chrono>
#include <ctime>

namespace guarantor::bench {

/// What a stretch of work took: by the wall, and by the processor over all threads.
struct Lap {
  double seconds{};
  double processor_seconds{};
};

class Stopwatch {
 public:
  /// Since the last call, or since it was made.
  Lap lap() {
    auto const wall = std::chrono::steady_clock::now();
    std::clock_t const processor = std::clock();
    Lap const lap{std::chrono::duration<double>(wall - wall_).count(),
                  static_cast<double>(processor - processor_) / CLOCKS_PER_SEC};
    wall_ = wall;
    processor_ = processor;
    return lap;
  }

 private:
  std::chrono::steady_clock::time_point wall_{std::chrono::steady_clock::now()};
  std::clock_t processor_{std::clock()};
};

}  // namespace guarantor::bench
