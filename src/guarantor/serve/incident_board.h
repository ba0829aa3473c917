#pragma once

#include <atomic>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/monitor/incident_json.h"
#include "guarantor/serve/incident_card.h"
#include "guarantor/serve/store_gate.h"

namespace guarantor::serve {

/// Where an incident stands in lists: the newest first.
struct BoardPlace {
  model::Instant from{};
  model::IncidentId id;

  friend bool operator==(BoardPlace const&, BoardPlace const&) = default;
  friend std::strong_ordering operator<=>(BoardPlace const& a, BoardPlace const& b) {
    auto const later = b.from <=> a.from;
    return later != 0 ? later : a.id <=> b.id;
  }
};

/// All incidents that are left, as they stand, with how far people have come with each. It follows
/// the store, whichever process writes to it. For any thread.
class IncidentBoard {
 public:
  explicit IncidentBoard(StoreGate const& gate) : gate_{gate} {}

  /// Reads what was kept since the last time; what was kept before the call is on the board after
  /// it. Errors: those of the store. O(new records), the first time O(incidents + observations).
  [[nodiscard]] model::Result<model::Done> catch_up();

  /// Nothing where it never was, or nothing is left of it.
  [[nodiscard]] SharedCard find(model::IncidentId const& id) const;
  /// Into which one that is gone was taken; nothing where it was not.
  [[nodiscard]] std::optional<model::IncidentId> taken_into(model::IncidentId const& id) const;
  /// Calls with one after the other, the newest first, from behind `after`, until `visit` gives
  /// false. It must not ask the board again.
  template <class Visit>
  void each(std::optional<BoardPlace> const& after, Visit&& visit) const {
    std::shared_lock const lock{mutex_};
    auto at = after ? ordered_.upper_bound(*after) : ordered_.begin();
    for (; at != ordered_.end() && visit(at->second); ++at) {
    }
  }
  [[nodiscard]] std::size_t size() const;
  /// Rises with every record that changes what was watched: the monitors' own work, and what keeps
  /// them from it.
  [[nodiscard]] std::uint64_t work() const { return work_; }
  /// Rises with every record that changes what a report says.
  [[nodiscard]] std::uint64_t changes() const { return changes_; }

 private:
  using Owned = std::unordered_map<model::ObservationId, OwnedReport>;

  /// What catching up has found, before others see it.
  struct News;
  [[nodiscard]] model::Result<model::Done> read(store::SqliteStore const& store,
                                                store::Position end);
  [[nodiscard]] model::Result<model::Done> read_observations(store::SqliteStore const& store,
                                                             store::Position end);
  [[nodiscard]] model::Result<model::Done> read_incidents(store::SqliteStore const& store,
                                                          store::Position end, News& news);
  [[nodiscard]] model::Result<model::Done> read_incident(store::SqliteStore const& store,
                                                         store::Record const& record, News& news);
  [[nodiscard]] model::Result<IncidentCard> make_card(store::SqliteStore const& store,
                                                      store::Record const& record,
                                                      monitor::KeptIncident kept,
                                                      SharedCard const& before) const;
  [[nodiscard]] model::Result<model::Done> read_cases(store::SqliteStore const& store,
                                                      store::Position end, News& news);
  void take_over(News news);

  StoreGate const& gate_;
  std::atomic<std::uint64_t> work_{};
  std::atomic<std::uint64_t> changes_{};
  std::mutex catching_;  ///< held by whoever reads the store; guards the two below
  store::Position seen_{};
  Owned owned_;

  mutable std::shared_mutex mutex_;  ///< guards what follows; held for a short while only
  std::map<BoardPlace, SharedCard> ordered_;
  std::unordered_map<model::IncidentId, SharedCard> cards_;
  std::unordered_map<model::IncidentId, model::IncidentId> gone_;  ///< and into what, if anything
  std::set<model::IncidentId> with_case_;  ///< of which a step is kept, or of what they took in
};

}  // namespace guarantor::serve
