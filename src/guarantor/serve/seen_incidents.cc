#include "guarantor/serve/seen_incidents.h"

#include <algorithm>
#include <set>
#include <utility>

#include "guarantor/monitor/case_desk.h"
#include "guarantor/monitor/incident_json.h"
#include "guarantor/monitor/store_archive.h"
#include "guarantor/serve/incident_part.h"
#include "guarantor/serve/incident_sight.h"
#include "guarantor/watch/case_rules.h"

namespace guarantor::serve {

using model::Incident;
using model::Observation;
using model::ObservationId;
using model::Result;

namespace {

/// Reports as they stand, each read once; nothing for those that do not count for the viewer.
class CountedReports {
 public:
  CountedReports(store::Store const& store, policy::Viewer const& viewer)
      : archive_{store}, viewer_{viewer} {}

  Result<std::vector<Observation>> of(std::set<ObservationId> const& ids) {
    std::vector<Observation> counted;
    for (ObservationId const& id : ids) {
      auto found = known_.find(id);
      if (found == known_.end()) {
        auto report = archive_.observation(id);
        if (!report.ok()) {
          return report.error();
        }
        bool const counts = report.value() && counts_for(viewer_, {id, report.value()->owner,
                                                                   report.value()->releasable_to});
        hid_any_ = hid_any_ || (report.value() && !counts);
        found = known_.emplace(id, counts ? std::move(report).value() : std::nullopt).first;
      }
      if (found->second) {
        counted.push_back(*found->second);
      }
    }
    return counted;
  }

  /// Whether a report that was asked for does not count.
  [[nodiscard]] bool hid_any() const { return hid_any_; }

 private:
  bool hid_any_{};
  monitor::StoreArchive archive_;
  policy::Viewer const& viewer_;
  std::map<ObservationId, std::optional<Observation>> known_;
};

/// The reports of a revision, from those of the one before.
void follow(monitor::KeptIncident const& kept, std::set<ObservationId>& reports) {
  if (kept.all_listed()) {
    reports = {kept.incident.observations.begin(), kept.incident.observations.end()};
    return;
  }
  reports.insert(kept.incident.added.begin(), kept.incident.added.end());
  for (ObservationId const& id : kept.incident.removed) {
    reports.erase(id);
  }
}

/// Whether two revisions tell the viewer the same.
bool tell_the_same(Incident a, Incident const& b) {
  a.revision = b.revision;
  a.cause = b.cause;
  return a == b;
}

}  // namespace

Result<std::vector<SeenRevision>> seen_revisions(store::Store const& store,
                                                 policy::Viewer const& viewer,
                                                 model::IncidentId const& id) {
  auto const history = store.history(store::RecordKind::kIncident, id.text());
  if (!history.ok()) {
    return history.error();
  }
  CountedReports counted{store, viewer};
  std::set<ObservationId> reports;
  std::vector<SeenRevision> seen;
  std::vector<SeenRevision> whole;
  for (store::Record const& record : history.value()) {
    auto kept = monitor::parse_incident(record.body);
    if (!kept.ok()) {
      return kept.error();
    }
    follow(kept.value(), reports);
    auto const those = counted.of(reports);
    if (!those.ok()) {
      return those.error();
    }
    if (!counted.hid_any() && !monitor::has_ended(kept.value().incident)) {
      whole.push_back({kept.value().incident, record.position, record.at, record.by});
      whole.back().incident.observations.assign(reports.begin(), reports.end());
    }
    auto part = part_of(kept.value().incident, those.value());
    if (!part || (!seen.empty() && tell_the_same(*part, seen.back().incident))) {
      continue;
    }
    part->revision = static_cast<std::int64_t>(seen.size()) + 1;
    part->cause = seen.empty() ? model::RevisionCause::kOpened : part->cause;
    seen.push_back({*std::move(part), record.position, record.at, record.by});
  }
  return counted.hid_any() ? seen : whole;
}

Result<SharedCard> SeenIncidents::of(policy::Viewer const& viewer, SharedCard const& card) const {
  if (!reads_incident(viewer, *card)) {
    return SharedCard{};
  }
  if (sees_incident(viewer, *card)) {
    return card;
  }
  std::pair const key{policy::print(viewer), card->id};
  {
    std::scoped_lock const lock{mutex_};
    auto const found = kept_.find(key);
    if (found != kept_.end() && found->second.whole == card) {
      return found->second.part;
    }
  }
  auto part = make(viewer, *card);
  if (part.ok()) {
    std::scoped_lock const lock{mutex_};
    if (kept_.size() >= kMostKept) {
      kept_.clear();
    }
    kept_[key] = {card, part.value()};
  }
  return part;
}

Result<std::vector<SharedCard>> SeenIncidents::parts(policy::Viewer const& viewer,
                                                     IncidentBoard const& board) const {
  std::vector<SharedCard> mixed;
  board.each({}, [&](SharedCard const& card) {
    if (!sees_incident(viewer, *card)) {
      mixed.push_back(card);
    }
    return true;
  });
  std::vector<SharedCard> parts;
  for (SharedCard const& card : mixed) {
    auto part = of(viewer, card);
    if (!part.ok()) {
      return part.error();
    }
    if (part.value()) {
      parts.push_back(std::move(part).value());
    }
  }
  return parts;
}

Result<SharedCard> SeenIncidents::make(policy::Viewer const& viewer,
                                       IncidentCard const& card) const {
  return gate_.read([&](store::SqliteStore const& store) -> Result<SharedCard> {
    auto const revisions = seen_revisions(store, viewer, card.id);
    if (!revisions.ok()) {
      return revisions.error();
    }
    // Reports that counted may be gone by now.
    auto const last = monitor::kept_incident(store, card.id);
    if (!last.ok() || !last.value()) {
      return last.ok() ? Result<SharedCard>{SharedCard{}} : last.error();
    }
    CountedReports counted{store, viewer};
    auto const left =
        counted.of({last.value()->observations.begin(), last.value()->observations.end()});
    if (!left.ok()) {
      return left.error();
    }
    if (left.value().empty() || revisions.value().empty()) {
      return SharedCard{};
    }
    Incident const& incident = revisions.value().back().incident;
    auto part = std::make_shared<IncidentCard>(card_of(incident));
    part->owner = card.owner;
    part->releasable_to = card.releasable_to;
    part->steps = card.steps;
    part->attribution = card.attribution;
    if (card.steps > 0) {
      part->state = card.state;  // people's word
    }
    return SharedCard{std::move(part)};
  });
}

}  // namespace guarantor::serve
