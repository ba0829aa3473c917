#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "guarantor/model/observation.h"
#include "guarantor/watch/incident_gate.h"
#include "guarantor/watch/membership_filter.h"
#include "guarantor/watch/report_grid.h"

namespace guarantor::watch {

struct FusionGroup;

/// A report in a pool, for as long as it is in it.
using ReportHandle = std::uint32_t;
inline constexpr ReportHandle kNoReport = ~ReportHandle{0};

struct PooledReport {
  model::Observation observation;
  GatedReport gate;
  FusionGroup* group{};
  std::size_t place_in_group{};
  ReportHandle host{kNoReport};  ///< the precise report that a vague one confirms
};

/// Reports at hand, found by place and time. Which parts of the world are whole in it, it knows;
/// the others must be brought in before they are asked about.
class ReportPool {
 public:
  explicit ReportPool(FusionRules const& rules);

  ReportHandle add(model::Observation observation, GatedReport const& gate);
  void remove(ReportHandle report);
  /// Takes out a report that may be brought in again: its places are no longer whole.
  void evict(ReportHandle report);

  [[nodiscard]] PooledReport& at(ReportHandle report) { return reports_[report]; }
  [[nodiscard]] PooledReport const& at(ReportHandle report) const { return reports_[report]; }
  [[nodiscard]] ReportHandle find(model::ObservationId const& id) const;
  [[nodiscard]] std::size_t size() const { return by_id_.size(); }

  /// Precise reports of the same incident as this one, if there were no others; rising.
  [[nodiscard]] std::vector<ReportHandle> precise_near(GatedReport const& gate) const;
  /// Vague reports that might confirm a precise one, or be of one incident with a vague one.
  [[nodiscard]] std::vector<ReportHandle> vague_near(GatedReport const& gate) const;

  /// The marks under which reports of this kind, place and time are found again.
  [[nodiscard]] std::vector<std::uint64_t> marks_of(GatedReport const& gate) const;
  /// The marks of all reports that this one could have to do with which are not whole here.
  [[nodiscard]] std::vector<std::uint64_t> missing_near(GatedReport const& gate) const;
  void set_whole(std::uint64_t mark) { regions_[mark].whole = true; }
  /// Something that is not here has this mark.
  void set_elsewhere(std::uint64_t mark) { elsewhere_.add(mark); }

 private:
  static constexpr std::size_t kClasses = 8;
  static constexpr std::size_t kFilterBits = std::size_t{1} << 26U;

  struct Region {
    std::vector<ReportHandle> precise;
    std::vector<ReportHandle> vague;
    bool whole{};
  };

  [[nodiscard]] ReportGrid const& region_grid(model::IncidentClass what) const;
  [[nodiscard]] double reach_of(GatedReport const& gate, bool to_vague) const;
  [[nodiscard]] Region& region(std::uint64_t mark);
  void take_out(ReportHandle report, bool elsewhere);

  FusionRules rules_;
  std::array<ReportGrid, kClasses> fine_;  ///< of precise reports alone
  std::array<ReportGrid, kClasses> regions_of_;
  std::unordered_map<std::uint64_t, std::vector<ReportHandle>> cells_;
  std::unordered_map<std::uint64_t, Region> regions_;
  MembershipFilter elsewhere_{kFilterBits};
  std::vector<PooledReport> reports_;
  std::vector<ReportHandle> free_;
  std::unordered_map<model::ObservationId, ReportHandle> by_id_;
};

}  // namespace guarantor::watch
