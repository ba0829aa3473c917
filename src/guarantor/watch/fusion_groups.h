#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "guarantor/watch/fusion_group.h"
#include "guarantor/watch/incident_gate.h"
#include "guarantor/watch/report_pool.h"

namespace guarantor::watch {

/// Which reports at hand are of one incident: groups that merge and come apart as reports come and
/// go. What a change may have to do with must be in the pool before it.
class FusionGroups {
 public:
  /// Which revision an incident of a name that is not at hand was given out with last; 0: none;
  /// nothing where it still stands, so that the name is taken.
  using LastRevision = std::function<std::optional<std::int64_t>(model::IncidentId const&)>;

  FusionGroups(FusionRules const& rules, LastRevision last_revision)
      : rules_{rules}, last_revision_{std::move(last_revision)}, pool_{rules} {}

  [[nodiscard]] ReportPool& pool() { return pool_; }
  [[nodiscard]] ReportPool const& pool() const { return pool_; }
  [[nodiscard]] FusionGroup* find(model::IncidentId const& id) const;

  /// Brings an incident back as it was given out.
  void bring(model::IncidentId const& id, std::int64_t revision,
             std::vector<ReportHandle> const& reports);
  /// Puts a report that belongs to no group where it belongs.
  void place(ReportHandle handle);
  /// The vague reports that confirm this one.
  [[nodiscard]] std::vector<ReportHandle> guests_of(ReportHandle handle) const;
  /// Takes a report out of its group and of the pool; those that confirmed it are placed anew.
  void remove(ReportHandle handle);

  /// The groups that changed since they were told last, in order of name. Those that are empty are
  /// gone after `forget_changes`.
  [[nodiscard]] std::vector<FusionGroup*> changed();
  void forget_changes();
  /// Takes the groups used least recently out until no more than `kept` reports are left.
  void evict(std::size_t kept);

 private:
  [[nodiscard]] ReportHandle best_host(ReportHandle report,
                                       std::vector<ReportHandle> const& hosts) const;
  [[nodiscard]] bool fits_better(ReportHandle vague, ReportHandle host, ReportHandle than) const;
  FusionGroup& new_group(model::IncidentId const& id);
  FusionGroup& open(ReportHandle founder);
  void touch(FusionGroup& group);
  void attach(FusionGroup& group, ReportHandle handle, ReportHandle host, bool changes = true);
  void detach(ReportHandle handle);
  static void count_change(FusionGroup& group, model::ObservationId const& id, int by);
  void place_precise(ReportHandle handle);
  void take_guests(ReportHandle handle);
  void place_vague(ReportHandle handle);
  /// One group out of those linked by a report; a new one, named after it, out of none.
  FusionGroup& merged(std::vector<FusionGroup*>& linked, ReportHandle by);
  void absorb(FusionGroup& kept, FusionGroup& other);
  static void end_in(FusionGroup& kept, FusionGroup& other);
  /// The reports of a core that are still linked with a first one.
  [[nodiscard]] std::vector<ReportHandle> linked_with(ReportHandle first) const;
  /// Splits a group whose core has come apart.
  void part(FusionGroup& group);
  void move_out(FusionGroup& group, std::vector<ReportHandle> const& reports);

  FusionRules rules_;
  LastRevision last_revision_;
  ReportPool pool_;
  std::unordered_map<model::IncidentId, std::unique_ptr<FusionGroup>> groups_;
  std::list<FusionGroup*> recent_;  ///< most recently used first
  std::vector<FusionGroup*> touched_;
};

}  // namespace guarantor::watch
