#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "guarantor/model/date.h"
#include "guarantor/model/error.h"
#include "guarantor/model/interval.h"
#include "guarantor/model/watched_count.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/serve/seen_incidents.h"
#include "guarantor/serve/services.h"

namespace guarantor::serve {

/// What happened in each sector on each day, beside for how long it was watched. What was watched
/// is kept until monitors' work changes; counts follow from the incidents as they stand. For any
/// thread.
class WatchCalendar {
 public:
  explicit WatchCalendar(Services& services) : services_{services}, seen_{services.store} {}

  /// `{"sectors":[…],"days":[…],"cells":[…]}`: null where nobody watched and nothing was seen.
  /// REQUIRES: the viewer reads every incident. Errors: those of the store and of the scenario's
  /// lines.
  [[nodiscard]] model::Result<nlohmann::ordered_json> of(policy::Viewer const& viewer,
                                                         model::Interval<model::Date> days);

 private:
  /// How long a sector was watched on a day.
  struct Watched {
    model::WatchedTime any;
    model::WatchedTime fire;  ///< by what can tell explosions, bursts and shots
    std::vector<model::BlindTime> why_not;
  };
  struct Coverage {
    std::vector<model::SectorId> sectors;  ///< in the order of the lines
    std::map<std::pair<model::SectorId, model::Date>, Watched> watched;
  };
  struct Counted {
    std::int64_t incidents{};
    std::int64_t alleged{};
    std::int64_t munitions{};
  };
  using SharedCoverage = std::shared_ptr<Coverage const>;
  using Counts = std::map<std::pair<model::SectorId, model::Date>, Counted>;

  [[nodiscard]] model::Result<SharedCoverage> coverage(policy::Viewer const& viewer,
                                                       model::Interval<model::Date> days,
                                                       std::uint64_t work);
  [[nodiscard]] model::Result<SharedCoverage> work_out(policy::Viewer const& viewer,
                                                       model::Interval<model::Date> days,
                                                       model::Instant until) const;
  [[nodiscard]] model::Result<Counts> count(policy::Viewer const& viewer,
                                            model::Interval<model::Date> days,
                                            IncidentBoard const& board, Coverage const& coverage);
  /// Munitions by day of an incident whose reports are of several.
  [[nodiscard]] model::Result<std::map<model::Date, std::int64_t>> by_day(SharedCard const& card);

  static constexpr std::size_t kMostKept = 24;

  Services& services_;
  SeenIncidents seen_;
  std::mutex mutex_;  ///< guards what follows
  std::map<std::string, SharedCoverage> kept_;
  struct Spread {
    std::int64_t revision{};
    std::map<model::Date, std::int64_t> munitions;
  };
  std::map<model::IncidentId, Spread> spread_;
};

}  // namespace guarantor::serve
