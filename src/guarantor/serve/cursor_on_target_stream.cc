#include "guarantor/serve/cursor_on_target_stream.h"

#include <fmt/format.h>

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

std::string state_of(IncidentCard const& card) {
  return fmt::format("{} {} {}", card.record, model::text(card.state), card.steps);
}

}  // namespace

CursorOnTargetStream::CursorOnTargetStream(WatchFloor const& watch, policy::Viewer viewer,
                                           std::function<model::Instant()> now)
    : watch_{watch}, viewer_{std::move(viewer)}, now_{std::move(now)} {}

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
  std::scoped_lock const lock{mutex_};
  std::string text;
  for (auto at = shown_.begin(); at != shown_.end();) {
    // What is stale goes from the maps by itself.
    bool const stays = cards.contains(at->first);
    if (!stays && at->second.stale > now) {
      text += cot_deletion(at->first, now);
    }
    at = stays ? std::next(at) : shown_.erase(at);
  }
  for (auto const& [id, card] : cards) {
    auto& shown = shown_[id];
    if (auto state = state_of(*card); shown.state != state) {
      shown = {
          .state = std::move(state), .stale = cot_stale(*card), .event = cot_event(*card, now)};
      text += shown.event;
    }
  }
  tell(text);
  return Done{};
}

std::map<model::IncidentId, SharedCard> CursorOnTargetStream::visible(IncidentBoard const& board,
                                                                      model::Instant now) const {
  std::map<model::IncidentId, SharedCard> cards;
  board.each({}, [&](SharedCard const& card) {
    if (card->place && card->from <= now && cot_stale(*card) > now &&
        sees_incident(viewer_, *card)) {
      cards.emplace(card->id, card);
    }
    return true;
  });
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
