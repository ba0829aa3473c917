#include "guarantor/serve/cursor_on_target_stream.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <utility>

#include "guarantor/serve/cot_text.h"
#include "guarantor/serve/incident_sight.h"

namespace guarantor::serve {

using model::Done;
using model::Result;

namespace {

constexpr std::chrono::seconds kPause{1};

bool is_shown(IncidentCard const& card, model::Instant now) {
  return card.place && card.from <= now && cot_stale(card) > now;
}

}  // namespace

CursorOnTargetStream::CursorOnTargetStream(StoreGate const& store, WatchFloor const& watch,
                                           policy::Viewer viewer,
                                           std::function<model::Instant()> now)
    : watch_{watch}, seen_{store}, viewer_{std::move(viewer)}, now_{std::move(now)} {}

void CursorOnTargetStream::start(std::function<void(std::string_view)> failed) {
  thread_ = std::jthread{[this, failed = std::move(failed)](std::stop_token const& stop) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    while (!stop.stop_requested()) {
      if (auto const looked = look(); !looked.ok()) {
        failed(looked.error().message);
      }
      std::unique_lock lock{mutex};
      stopped.wait_for(lock, stop, kPause, [] { return false; });
    }
  }};
}

void CursorOnTargetStream::stop() {
  thread_ = {};
  std::scoped_lock const lock{mutex_};
  for (auto const& one : clients_) {
    if (auto const client = one.lock()) {
      client->end();
    }
  }
}

std::shared_ptr<Subscription> CursorOnTargetStream::connect() {
  auto client = std::make_shared<StreamQueue>(kMostWaiting);
  std::scoped_lock const lock{mutex_};
  auto const now = now_();
  client->add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  for (auto const& [id, shown] : shown_) {
    if (shown.stale > now) {
      client->add(shown.event);
    }
  }
  clients_.push_back(client);
  return client;
}

Result<Done> CursorOnTargetStream::look() {
  auto const board = watch_.incidents();
  if (!board.ok()) {
    return board.error();
  }
  auto const now = now_();
  auto const cards = visible(*board.value(), now);
  if (!cards.ok()) {
    return cards.error();
  }
  std::scoped_lock const lock{mutex_};
  std::string text;
  for (auto at = shown_.begin(); at != shown_.end();) {
    // What is stale goes from the maps by itself.
    bool const stays = cards.value().contains(at->first);
    if (!stays && at->second.stale > now) {
      text += cot_deletion(at->first, now);
    }
    at = stays ? std::next(at) : shown_.erase(at);
  }
  for (auto const& [id, card] : cards.value()) {
    auto& shown = shown_[id];
    if (shown.card == card) {
      continue;
    }
    shown.card = card;
    // What changes nothing that is told is no event: that would show that something hidden came.
    if (auto state = cot_event(*card, {}); shown.state != state) {
      shown = {.card = card,
               .state = std::move(state),
               .stale = cot_stale(*card),
               .event = cot_event(*card, now)};
      text += shown.event;
    }
  }
  tell(text);
  return Done{};
}

Result<std::map<model::IncidentId, SharedCard>> CursorOnTargetStream::visible(
    IncidentBoard const& board, model::Instant now) const {
  std::map<model::IncidentId, SharedCard> cards;
  std::vector<SharedCard> mixed;
  board.each({}, [&](SharedCard const& card) {
    if (!sees_incident(viewer_, *card)) {
      mixed.push_back(card);
    } else if (is_shown(*card, now)) {
      cards.emplace(card->id, card);
    }
    return true;
  });
  for (SharedCard const& card : mixed) {
    auto const part = seen_.of(viewer_, card);
    if (!part.ok()) {
      return part.error();
    }
    if (part.value() && is_shown(*part.value(), now)) {
      cards.emplace(card->id, part.value());
    }
  }
  return cards;
}

void CursorOnTargetStream::tell(std::string const& text) {
  std::erase_if(clients_, [](auto const& one) { return one.expired(); });
  for (auto const& one : clients_) {
    if (auto const client = one.lock(); client && !text.empty()) {
      client->add(text);
    }
  }
}

}  // namespace guarantor::serve
