#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
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

/// What is left at hand of an incident whose reports were taken out: whereabouts they are, so that
/// it is brought back only where that may matter.
struct AbsentIncident {
  model::IncidentClass what{model::IncidentClass::kOther};
  std::array<double, 3> middle{};
  double radius{};     ///< metres, within which all its reports are placed
  double precision{};  ///< of the vaguest
  bool heat{};         ///< some of them are of heat
  bool placeless{};    ///< some of them name a sector alone
  Span from{};
  Span to{};
  std::vector<std::uint64_t> marks;
};

/// Reports at hand, found by place and time. What is not at hand it knows: incidents one by one, as
/// far as they fit, and beyond them parts of the world that are not whole and must be brought in
/// before they are asked about.
class ReportPool {
 public:
  explicit ReportPool(FusionRules const& rules);

  ReportHandle add(model::Observation observation, GatedReport const& gate);
  void remove(ReportHandle report);
  /// Takes out the reports of an incident, all of them, which may be brought in again.
  void evict(model::IncidentId const& incident, std::vector<ReportHandle> const& reports);

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
  /// The absent incidents that this report might have to do with.
  [[nodiscard]] std::vector<model::IncidentId> absent_near(GatedReport const& gate) const;
  /// An absent incident is brought in, or has ended.
  void forget_absent(model::IncidentId const& incident);
  /// Something that is not here has this mark.
  void set_elsewhere(std::uint64_t mark) { elsewhere_.add(mark); }

 private:
  static constexpr std::size_t kClasses = 8;
  static constexpr std::size_t kFilterBits = std::size_t{1} << 26U;

  /// Those absent by name, each with its place in the order in which they went.
  struct Gone;
  using AbsentEntry = std::pair<model::IncidentId const, Gone>;
  using Order = std::list<AbsentEntry const*>;
  struct Gone {
    AbsentIncident incident;
    Order::const_iterator order;
  };

  struct Region {
    std::vector<ReportHandle> precise;
    std::vector<ReportHandle> vague;
    std::vector<AbsentEntry const*> absent;
    bool whole{};

    [[nodiscard]] bool empty() const { return precise.empty() && vague.empty() && absent.empty(); }
  };

  [[nodiscard]] ReportGrid const& region_grid(model::IncidentClass what) const;
  [[nodiscard]] double reach_of(GatedReport const& gate, bool to_vague) const;
  /// The marks of a sector, those of reports with a place in it apart from those without.
  void each_sector_mark(GatedReport const& gate, bool placeless, Span from, Span to,
                        std::function<void(std::uint64_t)> const& visit) const;
  /// Every mark of what a report could have to do with.
  void each_mark_near(GatedReport const& gate, bool to_vague,
                      std::function<void(std::uint64_t)> const& visit) const;
  [[nodiscard]] Region& region(std::uint64_t mark);
  [[nodiscard]] bool may_concern(AbsentIncident const& absent, GatedReport const& gate) const;
  void add_absent(model::IncidentId const& id, AbsentIncident incident);
  void drop_absent(model::IncidentId const& incident, bool elsewhere);

  FusionRules rules_;
  std::array<ReportGrid, kClasses> fine_;  ///< of precise reports alone
  std::array<ReportGrid, kClasses> regions_of_;
  std::unordered_map<std::uint64_t, std::vector<ReportHandle>> cells_;
  std::unordered_map<std::uint64_t, Region> regions_;
  MembershipFilter elsewhere_{kFilterBits};
  std::unordered_map<model::IncidentId, Gone> absent_;
  Order absent_order_;  ///< oldest first
  std::vector<PooledReport> reports_;
  std::vector<ReportHandle> free_;
  std::unordered_map<model::ObservationId, ReportHandle> by_id_;
};

}  // namespace guarantor::watch
