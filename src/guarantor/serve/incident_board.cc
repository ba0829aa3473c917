#include "guarantor/serve/incident_board.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <unordered_set>
#include <utility>

#include "guarantor/monitor/case_desk.h"
#include "guarantor/monitor/store_archive.h"

namespace guarantor::serve {

using model::Done;
using model::IncidentId;
using model::Result;
using store::RecordKind;

namespace {

constexpr std::array kSteps{RecordKind::kFinding, RecordKind::kReply, RecordKind::kDecision};

/// Calls with what was kept of a kind in [begin, end), until `visit` gives an error.
template <class Visit>
Result<Done> each_new(store::Store const& store, RecordKind kind, store::Position begin,
                      store::Position end, Visit const& visit) {
  Result<Done> done{Done{}};
  auto const visited = store.each(kind, begin, [&](store::Record&& record) {
    if (record.position >= end) {
      return false;
    }
    done = visit(std::move(record));
    return done.ok();
  });
  return visited.ok() ? done : visited;
}

/// The steps of one incident count for all that took it in since, and for what these were taken
/// into. Adds them, and it.
Result<Done> add_heirs(store::Store const& store, IncidentId const& first,
                       std::set<IncidentId>& heirs) {
  std::vector<IncidentId> waiting{first};
  while (!waiting.empty()) {
    IncidentId const id = std::move(waiting.back());
    waiting.pop_back();
    if (!heirs.insert(id).second) {
      continue;
    }
    auto const history = store.history(RecordKind::kIncident, id.text());
    if (!history.ok()) {
      return history.error();
    }
    for (store::Record const& record : history.value()) {
      auto const kept = monitor::parse_incident(record.body);
      if (kept.ok() && kept.value().incident.cause == model::RevisionCause::kAbsorbed) {
        auto const& into = kept.value().incident.others;
        waiting.insert(waiting.end(), into.begin(), into.end());
      }
    }
  }
  return Done{};
}

/// The incident that an erased step was of, or nothing.
std::optional<IncidentId> erased_step(store::Record const& erasure) {
  auto const body = nlohmann::json::parse(erasure.body, nullptr, false);
  if (!body.is_object() || !body.contains("kind") || !body.contains("key")) {
    return std::nullopt;
  }
  auto const kind = model::parse<RecordKind>(body.at("kind").get<std::string>());
  return kind && std::ranges::find(kSteps, *kind) != kSteps.end()
             ? std::optional{IncidentId{body.at("key").get<std::string>()}}
             : std::nullopt;
}

bool changes_what_is_watched(store::Record const& record) {
  auto const seen = record.erased ? Result<model::Observation>{model::Observation{}}
                                  : monitor::kept_observation(record);
  return seen.ok() && (model::is_monitors_work(seen.value().kind) ||
                       seen.value().kind == model::EventKind::kRestriction ||
                       seen.value().kind == model::EventKind::kJamming);
}

}  // namespace

struct IncidentBoard::News {
  std::unordered_map<IncidentId, SharedCard> cards;  ///< a null one: nothing is left of it
  std::unordered_map<IncidentId, IncidentId> gone;
  std::set<IncidentId> with_case;
};

Result<Done> IncidentBoard::catch_up() {
  std::scoped_lock const catching{catching_};
  return gate_.read([&](store::SqliteStore const& store) -> Result<Done> {
    auto const end = store.size();
    if (!end.ok()) {
      return end.error();
    }
    return end.value() == seen_ ? Result<Done>{Done{}} : read(store, end.value());
  });
}

Result<Done> IncidentBoard::read(store::SqliteStore const& store, store::Position end) {
  News news;
  auto done = read_observations(store, end);
  done = done.ok() ? read_incidents(store, end, news) : done;
  done = done.ok() ? read_cases(store, end, news) : done;
  if (done.ok()) {
    take_over(std::move(news));
    seen_ = end;
  }
  return done;
}

/// Reports that are a nation's: few, and to be known before the incidents that rest on them.
Result<Done> IncidentBoard::read_observations(store::SqliteStore const& store,
                                              store::Position end) {
  return each_new(store, RecordKind::kObservation, seen_, end,
                  [&](store::Record&& record) -> Result<Done> {
                    changes_ = std::max(changes_.load(), record.position + 1);
                    if (changes_what_is_watched(record)) {
                      work_ = std::max(work_.load(), record.position + 1);
                    }
                    model::ObservationId id{std::move(record.key)};
                    if (record.owner.empty()) {
                      owned_.erase(id);
                    } else {
                      owned_[id] = {.id = id,
                                    .owner = std::move(record.owner),
                                    .releasable_to = std::move(record.releasable_to)};
                    }
                    return Done{};
                  });
}

Result<Done> IncidentBoard::read_incidents(store::SqliteStore const& store, store::Position end,
                                           News& news) {
  if (seen_ > 0) {
    return each_new(store, RecordKind::kIncident, seen_, end,
                    [&](store::Record&& record) { return read_incident(store, record, news); });
  }
  Result<Done> done{Done{}};
  auto const visited =
      store.each_latest(RecordKind::kIncident, "", end, [&](store::Record&& record) {
        done = read_incident(store, record, news);
        return done.ok();
      });
  return visited.ok() ? done : visited;
}

Result<Done> IncidentBoard::read_incident(store::SqliteStore const& store,
                                          store::Record const& record, News& news) {
  if (record.erased) {
    return Done{};
  }
  changes_ = std::max(changes_.load(), record.position + 1);
  auto kept = monitor::parse_incident(record.body);
  if (!kept.ok()) {
    return Done{};  // another program's; it keeps nothing else from being seen
  }
  model::Incident const& incident = kept.value().incident;
  IncidentId const id = incident.id;
  if (monitor::has_ended(incident)) {
    news.cards[id] = nullptr;
    news.gone[id] = incident.others.empty() ? IncidentId{} : incident.others.front();
    return Done{};
  }
  bool const inherits = incident.cause == model::RevisionCause::kMerged &&
                        std::ranges::any_of(incident.others, [&](IncidentId const& other) {
                          return with_case_.contains(other) || news.with_case.contains(other);
                        });
  if (inherits || with_case_.contains(id)) {
    news.with_case.insert(id);
  }
  auto const found = news.cards.find(id);
  auto card = make_card(store, record, std::move(kept).value(),
                        found != news.cards.end() ? found->second : find(id));
  if (!card.ok()) {
    return card.error();
  }
  news.cards[id] = std::make_shared<IncidentCard const>(std::move(card).value());
  return Done{};
}

Result<IncidentCard> IncidentBoard::make_card(store::SqliteStore const& store,
                                              store::Record const& record,
                                              monitor::KeptIncident kept,
                                              SharedCard const& before) const {
  bool const follows = before && before->revision + 1 == kept.incident.revision && owned_.empty();
  if (!kept.all_listed() && !follows) {
    auto whole = monitor::whole_incident(store, record);
    if (!whole.ok()) {
      return whole.error();
    }
    kept.incident = std::move(whole).value();
  }
  IncidentCard card = card_of(kept.incident);
  if (!kept.all_listed()) {
    // Too many to be listed in every revision: from what there was before.
    card.sources = before->sources;
    card.reports = kept.reports;
    for (model::ObservationId const& id : kept.incident.added) {
      count_source(card, source_of(id), true);
    }
    for (model::ObservationId const& id : kept.incident.removed) {
      count_source(card, source_of(id), false);
    }
  }
  if (!owned_.empty()) {
    for (model::ObservationId const& id : kept.incident.observations) {
      if (auto const found = owned_.find(id); found != owned_.end()) {
        card.owned.push_back(found->second);
      }
    }
  }
  card.record = record.position;
  card.owner = record.owner;
  card.releasable_to = record.releasable_to;
  return card;
}

Result<Done> IncidentBoard::read_cases(store::SqliteStore const& store, store::Position end,
                                       News& news) {
  std::unordered_set<IncidentId> changed;
  auto const published =
      each_new(store, RecordKind::kReport, seen_, end, [&](store::Record&& record) -> Result<Done> {
        changes_ = std::max(changes_.load(), record.position + 1);
        return Done{};
      });
  if (!published.ok()) {
    return published;
  }
  for (RecordKind const kind : kSteps) {
    auto const read =
        each_new(store, kind, seen_, end, [&](store::Record&& record) -> Result<Done> {
          changes_ = std::max(changes_.load(), record.position + 1);
          changed.emplace(std::move(record.key));
          return Done{};
        });
    if (!read.ok()) {
      return read;
    }
  }
  auto const erased = each_new(store, RecordKind::kErasure, seen_, end,
                               [&](store::Record&& record) -> Result<Done> {
                                 changes_ = std::max(changes_.load(), record.position + 1);
                                 work_ = std::max(work_.load(), record.position + 1);
                                 if (auto id = erased_step(record)) {
                                   changed.insert(*std::move(id));
                                 }
                                 return Done{};
                               });
  if (!erased.ok()) {
    return erased;
  }
  for (IncidentId const& id : changed) {
    if (auto const added = add_heirs(store, id, news.with_case); !added.ok()) {
      return added;
    }
  }
  for (IncidentId const& id : news.with_case) {
    auto const found = news.cards.find(id);
    SharedCard const card = found != news.cards.end() ? found->second : find(id);
    if (!card) {
      continue;
    }
    auto const file = monitor::case_of(store, id);
    if (!file.ok()) {
      if (file.error().kind == model::ErrorKind::kNotFound ||
          file.error().kind == model::ErrorKind::kCheckFailed) {
        continue;  // it has ended since, and the next time says so; or a step cannot be read
      }
      return file.error();
    }
    auto with_case = std::make_shared<IncidentCard>(*card);
    add_case(*with_case, file.value());
    news.cards[id] = std::move(with_case);
  }
  return Done{};
}

void IncidentBoard::take_over(News news) {
  std::unique_lock const lock{mutex_};
  for (auto& [id, card] : news.cards) {
    if (auto const found = cards_.find(id); found != cards_.end()) {
      ordered_.erase({found->second->from, id});
      cards_.erase(found);
    }
    if (card) {
      gone_.erase(id);
      ordered_.emplace(BoardPlace{card->from, id}, card);
      cards_.emplace(id, std::move(card));
    }
  }
  for (auto& [id, into] : news.gone) {
    if (!cards_.contains(id)) {
      gone_[id] = std::move(into);
    }
  }
  with_case_.merge(news.with_case);
}

SharedCard IncidentBoard::find(IncidentId const& id) const {
  std::shared_lock const lock{mutex_};
  auto const found = cards_.find(id);
  return found == cards_.end() ? nullptr : found->second;
}

std::optional<IncidentId> IncidentBoard::taken_into(IncidentId const& id) const {
  std::shared_lock const lock{mutex_};
  auto const found = gone_.find(id);
  return found == gone_.end() || found->second.empty() ? std::nullopt
                                                       : std::optional{found->second};
}

std::size_t IncidentBoard::size() const {
  std::shared_lock const lock{mutex_};
  return cards_.size();
}

}  // namespace guarantor::serve
