#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guarantor::serve {

/// What the server counts of itself, as Prometheus reads it (text format 0.0.4). Nothing in it
/// depends on what is in a record. For any thread.
class Metrics {
 public:
  /// A request was answered. `operation` is empty where no route took it.
  void count_request(std::string_view operation, int status, double seconds, std::size_t bytes);
  /// Something that went wrong with a client before there was a request, or with us.
  void count_event(std::string_view what);
  /// A value that is asked for when somebody looks. `name` without the prefix `guarantor_`.
  /// REQUIRES: before others use it.
  void add_gauge(std::string name, std::string help, std::function<double()> value);

  [[nodiscard]] std::string text() const;

  static constexpr std::array kBounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                      0.1,   0.25,   0.5,   1.0,  2.5,   10.0};

 private:
  struct Requests {
    std::map<int, std::uint64_t> by_status;
    std::array<std::uint64_t, kBounds.size() + 1> took{};  ///< the last: longer than any bound
    double seconds{};
    std::uint64_t bytes{};
  };
  struct Gauge {
    std::string name;
    std::string help;
    std::function<double()> value;
  };

  void write_requests(std::string& text) const;

  mutable std::mutex mutex_;
  std::map<std::string, Requests, std::less<>> requests_;
  std::map<std::string, std::uint64_t, std::less<>> events_;
  std::vector<Gauge> gauges_;
};

/// Memory that the process holds now, in bytes; 0 where the system does not say.
[[nodiscard]] double resident_bytes();

}  // namespace guarantor::serve
