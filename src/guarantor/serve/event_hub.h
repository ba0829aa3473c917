#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/policy/viewer.h"
#include "guarantor/serve/subscription.h"

/// Who is told what happens, as server-sent events.
namespace guarantor::serve {

/// Something that happened.
struct Event {
  /// Rises; the place of the record that it tells of, plus one. 0: told to those who listen now and
  /// never again, e.g. how far a job has come.
  std::uint64_t id{};
  std::string type;  ///< e.g. `scenario`, `incident`, `job`
  std::string data;  ///< JSON on one line; holds nothing that one who may see it may not know
  /// Who may know of it. Asked once for each viewer.
  std::function<bool(policy::Viewer const&)> visible;
  /// What is told instead of `data`, where that depends on whom it is told to.
  std::function<std::string(policy::Viewer const&)> data_for{};
};

/// What a listener asks for.
struct Listening {
  policy::Viewer viewer;
  std::string account;
  std::vector<std::string> types{};      ///< empty: all
  std::optional<std::uint64_t> after{};  ///< what it has had already: `Last-Event-ID`
};

struct HubLimits {
  std::size_t kept{20'000};  ///< events that can be told again
  std::size_t waiting{std::size_t{1}
                      << 20U};  ///< bytes before a listener that does not read is let go
  std::size_t listeners{4'000};
  /// Events that one may be told again who has not listened lately: what it may see of them is
  /// worked out for it alone.
  std::size_t worked_out_anew{200};
  std::chrono::minutes recently{10};
  /// A stream ends after that long. Who comes back is asked again who it is.
  std::chrono::minutes longest{30};
};

/// Every event once to each who may know of it, in order of id, also across reconnections. One who
/// comes back after more events than are kept is sent the event `reset` instead: it reads anew what
/// it shows.
class EventHub : public std::enable_shared_from_this<EventHub> {
 public:
  explicit EventHub(HubLimits limits = {}) : limits_{limits} {}
  ~EventHub();

  /// REQUIRES: the id is 0, or above all ids before it.
  void publish(Event event);
  /// Nothing where there are too many listeners. `begins` is the id that stands before the first
  /// event that will be told.
  [[nodiscard]] std::shared_ptr<Subscription> listen(Listening listening);
  /// Ids up to this one were told, or were before this program began.
  void begin_after(std::uint64_t id);
  [[nodiscard]] std::uint64_t last() const;
  [[nodiscard]] std::size_t listeners() const;
  /// With whose eyes somebody listens, or did recently.
  [[nodiscard]] std::vector<policy::Viewer> viewers() const;
  /// A line that keeps connections open through proxies, for all, with how far everything was told.
  void beat();
  /// Ends every listener's stream, e.g. of an account that was locked; an empty name: all.
  void end(std::string const& account);

 private:
  class Listener;
  using Clock = std::chrono::steady_clock;
  using Kept = std::shared_ptr<Event const>;

  void forget(Listener const* listener);
  /// Everything it missed, or `reset`; leaves the lock held, and no event between.
  [[nodiscard]] std::string replay(Listener const& listener, std::uint64_t after, bool known,
                                   std::unique_lock<std::mutex>& lock) const;

  HubLimits limits_;
  mutable std::mutex mutex_;
  std::deque<Kept> kept_;
  std::uint64_t last_{};
  std::uint64_t forgotten_{};  ///< ids up to this one can no longer be told
  std::vector<std::weak_ptr<Listener>> listeners_;
  struct Recent {
    policy::Viewer viewer;
    Clock::time_point last;
  };
  std::map<std::string, Recent, std::less<>> recent_;  ///< by the viewer's text
};

}  // namespace guarantor::serve
