#include "guarantor/watch/incident_fusion.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "guarantor/watch/fusion_groups.h"
#include "guarantor/watch/incident_summary.h"
#include "guarantor/watch/membership_filter.h"
#include "guarantor/watch/report_pool.h"
#include "guarantor/watch/text_number.h"

namespace guarantor::watch {
namespace {

using model::Done;
using model::IncidentId;
using model::Observation;
using model::ObservationId;
using model::Result;

constexpr std::size_t kFilterBits = std::size_t{1} << 27U;
/// What stays at hand after some had to go: not much less, or they would go all the time.
constexpr double kKept = 0.8;

/// What names of two sorts are kept apart by in one filter.
std::uint64_t seen_number(ObservationId const& id) {
  return number_of("o " + id.text());
}
std::uint64_t seen_number(IncidentId const& id) {
  return number_of("i " + id.text());
}

}  // namespace

bool supersedes(Observation const& later, Observation const& earlier) {
  if (later == earlier) {
    return false;
  }
  // Taken back is taken back: a source that says no moments could not take anything back otherwise.
  auto const taken_back = [](Observation const& o) { return o.withdrawn && !o.reported; };
  if (taken_back(later) != taken_back(earlier)) {
    return taken_back(later);
  }
  if (later.reported != earlier.reported) {
    return later.reported > earlier.reported;
  }
  // Said at the same moment: any order does that does not depend on which came first.
  auto const place = [](Observation const& o) {
    return o.place ? std::pair{o.place->longitude.count(), o.place->latitude.count()}
                   : std::pair{1000.0, 1000.0};
  };
  auto const order = [&](Observation const& o) {
    return std::tuple{o.withdrawn,   o.from,     o.to,     o.precision,    o.number(), o.kind,
                      place(o),      o.text,     o.weapon, o.category,     o.actor,    o.live_fire,
                      o.blast,       o.calibre,  o.sense,  o.sector,       o.observer, o.source,
                      o.probability, o.evidence, o.owner,  o.releasable_to};
  };
  return order(later) > order(earlier);
}

/// The state, and one step's work on it.
class IncidentFusion::Work {
 public:
  Work(FusionRules rules, IncidentArchive* archive)
      : rules_{rules},
        archive_{archive},
        groups_{rules, [this](IncidentId const& id) { return last_revision(id); }} {}

  // The groups call back.
  Work(Work const&) = delete;
  Work& operator=(Work const&) = delete;

  void remember_mark(std::uint64_t mark) { groups_.pool().set_elsewhere(mark); }
  void remember_observation(ObservationId const& id) { seen_.add(seen_number(id)); }
  void remember_incident(IncidentId const& id) { seen_.add(seen_number(id)); }
  [[nodiscard]] std::size_t resident() const { return groups_.pool().size(); }

  Result<std::int64_t> revise(IncidentId const& id) {
    if (FusionGroup* const group = groups_.find(id)) {
      return ++group->revision;
    }
    return revise_kept(id);
  }

  Result<FusionStep> fold(std::span<Observation const> observations) {
    // Only now, since what the last step gave out points to reports.
    evict();
    FusionStep step;
    when_.clear();
    overtaken_ = 0;
    for (std::size_t i = 0; i < observations.size(); ++i) {
      auto const taken = take(observations[i]);
      if (!taken.ok()) {
        return taken.error();
      }
      if (taken.value()) {
        step.taken.push_back(i);
      }
    }
    if (failure_) {
      return *failure_;
    }
    step.revisions = give_out();
    step.when = when_;
    step.overtaken = overtaken_;
    return step;
  }

 private:
  /// Whether it was new, or stands in place of an earlier version.
  Result<bool> take(Observation const& observation) {
    auto const earlier = version_of(observation.id);
    if (!earlier.ok()) {
      return earlier.error();
    }
    if (earlier.value() && !supersedes(observation, *earlier.value())) {
      note_change(observation);
      overtaken_ += observation == *earlier.value() ? 0U : 1U;
      return false;
    }
    bool corrects = false;
    if (earlier.value()) {
      note_change(*earlier.value());
      auto const removed = remove(*earlier.value());
      if (!removed.ok()) {
        return removed.error();
      }
      corrects = true;
    }
    remember_observation(observation.id);
    note_change(observation);
    if (observation.withdrawn || !model::incident_class(observation.kind)) {
      others_[observation.id] = observation;
      return true;
    }
    others_.erase(observation.id);
    GatedReport const gate = gated(observation, rules_);
    if (auto const whole = make_whole(gate); !whole.ok()) {
      return whole.error();
    }
    ReportHandle const report = groups_.pool().add(observation, gate);
    groups_.place(report);
    groups_.pool().at(report).group->corrected |= corrects;
    return true;
  }

  void note_change(Observation const& report) {
    if (auto const what = model::incident_class(report.kind)) {
      note_change(*what, report.from, report.to);
    }
  }
  void note_change(model::IncidentClass what, model::Instant from, model::Instant to) {
    auto& when = when_.try_emplace(what, from, to).first->second;
    when = {std::min(when.from, from), std::max(when.to, to)};
  }

  /// The version of an observation that stands so far.
  Result<std::optional<Observation>> version_of(ObservationId const& id) {
    if (ReportHandle const here = groups_.pool().find(id); here != kNoReport) {
      return std::optional{groups_.pool().at(here).observation};
    }
    if (auto const found = others_.find(id); found != others_.end()) {
      return std::optional{found->second};
    }
    if (archive_ == nullptr || !seen_.may_hold(seen_number(id))) {
      return std::optional<Observation>{};
    }
    return archive_->observation(id);
  }

  Result<Done> make_whole(GatedReport const& gate) {
    for (std::uint64_t const mark : groups_.pool().missing_near(gate)) {
      if (archive_ != nullptr) {
        auto const marked = archive_->marked(mark);
        if (!marked.ok()) {
          return marked.error();
        }
        for (IncidentId const& id : marked.value()) {
          if (auto const loaded = load(id); !loaded.ok()) {
            return loaded;
          }
        }
      }
      groups_.pool().set_whole(mark);
    }
    for (IncidentId const& id : groups_.pool().absent_near(gate)) {
      if (auto const loaded = load(id); !loaded.ok()) {
        return loaded;
      }
    }
    return Done{};
  }

  Result<Done> load(IncidentId const& id) {
    // One that ended in this step is still among the groups.
    if (groups_.find(id) != nullptr) {
      return Done{};
    }
    auto const found = archive_->incident(id);
    if (!found.ok()) {
      return found.error();
    }
    groups_.pool().forget_absent(id);
    if (!found.value() || found.value()->reports.empty()) {
      return Done{};
    }
    std::vector<ReportHandle> reports;
    for (Observation const& report : found.value()->reports) {
      reports.push_back(groups_.pool().add(report, gated(report, rules_)));
    }
    groups_.bring(id, found.value()->revision, reports);
    return Done{};
  }

  Result<Done> remove(Observation const& earlier) {
    if (earlier.withdrawn || !model::incident_class(earlier.kind)) {
      return Done{};
    }
    if (auto const whole = make_whole(gated(earlier, rules_)); !whole.ok()) {
      return whole;
    }
    ReportHandle const handle = groups_.pool().find(earlier.id);
    if (handle == kNoReport) {
      return model::Error{model::ErrorKind::kCheckFailed,
                          "observation " + earlier.id.text() + " belongs to no incident", ""};
    }
    for (ReportHandle const guest : groups_.guests_of(handle)) {
      // A copy: what is brought in may move the pool's reports.
      GatedReport const gate = groups_.pool().at(guest).gate;
      if (auto const whole = make_whole(gate); !whole.ok()) {
        return whole;
      }
    }
    groups_.remove(handle);
    return Done{};
  }

  [[nodiscard]] std::vector<Observation const*> sorted(
      std::vector<ReportHandle> const& reports) const {
    std::vector<Observation const*> list;
    list.reserve(reports.size());
    for (ReportHandle const report : reports) {
      list.push_back(&groups_.pool().at(report).observation);
    }
    std::ranges::sort(list, {}, [](Observation const* o) -> ObservationId const& { return o->id; });
    return list;
  }

  [[nodiscard]] static model::RevisionCause cause_of(FusionGroup const& group) {
    using enum model::RevisionCause;
    return !group.absorbed_by.empty() ? kAbsorbed
           : group.empty()            ? kEmptied
           : !group.split.empty()     ? kSplit
           : !group.merged.empty()    ? kMerged
           : group.revision == 0      ? kOpened
           : group.corrected          ? kCorrected
                                      : kGrew;
  }

  IncidentRevision revision_of(FusionGroup& group) {
    IncidentRevision revision;
    model::Incident& incident = revision.incident;
    if (!group.empty()) {
      std::vector<ReportHandle> all = group.core;
      all.insert(all.end(), group.guests.begin(), group.guests.end());
      revision.reports = sorted(all);
      incident = summary(sorted(group.core), revision.reports);
      std::set<std::uint64_t> marks;
      for (ReportHandle const report : all) {
        auto const own = groups_.pool().marks_of(groups_.pool().at(report).gate);
        marks.insert(own.begin(), own.end());
      }
      std::ranges::set_difference(marks, group.marked, std::back_inserter(revision.marks));
      group.marked.insert(marks.begin(), marks.end());
      note_change(incident.what, incident.from, incident.to);
    }
    incident.cause = cause_of(group);
    incident.id = group.id;
    incident.revision = ++group.revision;
    remember_incident(group.id);
    std::set<IncidentId> others = group.split;
    others.insert(group.merged.begin(), group.merged.end());
    if (!group.absorbed_by.empty()) {
      others = {final_name(group.absorbed_by)};
    }
    incident.others.assign(others.begin(), others.end());
    for (auto const& [id, by] : group.change) {
      (by > 0 ? incident.added : incident.removed).push_back(id);
    }
    return revision;
  }

  /// Who took an incident in, where that one was taken in itself within the same step.
  [[nodiscard]] IncidentId final_name(IncidentId id) const {
    for (FusionGroup const* found = groups_.find(id);
         found != nullptr && !found->absorbed_by.empty(); found = groups_.find(id)) {
      id = found->absorbed_by;
    }
    return id;
  }

  std::vector<IncidentRevision> give_out() {
    std::vector<IncidentRevision> revisions;
    for (FusionGroup* const group : groups_.changed()) {
      revisions.push_back(revision_of(*group));
      if (archive_ == nullptr && group->empty()) {
        ended_[group->id] = group->revision;
      }
    }
    groups_.forget_changes();
    return revisions;
  }

  Result<std::int64_t> revise_kept(IncidentId const& id) {
    Result<std::optional<ArchivedIncident>> const found =
        archive_ == nullptr ? std::optional<ArchivedIncident>{} : archive_->incident(id);
    if (!found.ok()) {
      return found.error();
    }
    if (!found.value()) {
      return model::Error{model::ErrorKind::kNotFound, "there is no incident " + id.text(), ""};
    }
    return found.value()->revision + 1;
  }

  void evict() {
    if (archive_ == nullptr) {
      return;
    }
    if (groups_.pool().size() > rules_.resident) {
      groups_.evict(static_cast<std::size_t>(kKept * static_cast<double>(rules_.resident)));
    }
    if (others_.size() > rules_.resident) {
      others_.clear();
    }
  }

  /// Of an incident that ended and is opened again; nothing for one that stands.
  std::optional<std::int64_t> last_revision(IncidentId const& id) {
    if (archive_ == nullptr) {
      auto const found = ended_.find(id);
      return found == ended_.end() ? 0 : found->second;
    }
    if (!seen_.may_hold(seen_number(id))) {
      return 0;
    }
    auto const found = archive_->incident(id);
    if (!found.ok()) {
      failure_ = found.error();
      return 0;
    }
    if (!found.value()) {
      return 0;
    }
    return found.value()->reports.empty() ? std::optional{found.value()->revision} : std::nullopt;
  }

  FusionRules rules_;
  IncidentArchive* archive_;
  FusionGroups groups_;
  std::unordered_map<IncidentId, std::int64_t> ended_;  ///< where there is no archive
  std::optional<model::Error> failure_;
  std::unordered_map<ObservationId, Observation> others_;  ///< withdrawn, or monitors' own work
  MembershipFilter seen_{kFilterBits};
  std::map<model::IncidentClass, model::Interval<model::Instant>> when_;  ///< of this step
  std::size_t overtaken_{};
};

IncidentFusion::IncidentFusion(FusionRules rules, IncidentArchive* archive)
    : work_{std::make_unique<Work>(rules, archive)} {}
IncidentFusion::~IncidentFusion() = default;
IncidentFusion::IncidentFusion(IncidentFusion&&) noexcept = default;
IncidentFusion& IncidentFusion::operator=(IncidentFusion&&) noexcept = default;

void IncidentFusion::remember_mark(std::uint64_t mark) {
  work_->remember_mark(mark);
}

void IncidentFusion::remember_observation(ObservationId const& id) {
  work_->remember_observation(id);
}

void IncidentFusion::remember_incident(IncidentId const& id) {
  work_->remember_incident(id);
}

Result<std::int64_t> IncidentFusion::revise(IncidentId const& id) {
  return work_->revise(id);
}

Result<FusionStep> IncidentFusion::fold(std::span<Observation const> observations) {
  return work_->fold(observations);
}

std::size_t IncidentFusion::resident() const {
  return work_->resident();
}

}  // namespace guarantor::watch
