#include "guarantor/serve/event_hub.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "guarantor/serve/stream_queue.h"

namespace guarantor::serve {

/// One stream.
class EventHub::Listener final : public StreamQueue {
 public:
  Listener(std::shared_ptr<EventHub> hub, Listening listening, std::size_t most)
      : StreamQueue{most},
        hub_{std::move(hub)},
        listening_{std::move(listening)},
        viewer_{policy::print(listening_.viewer)} {}

  void close() override {
    StreamQueue::close();
    hub_->forget(this);
  }

  [[nodiscard]] bool wants(Event const& event) const {
    auto const& types = listening_.types;
    return types.empty() || std::ranges::find(types, event.type) != types.end();
  }
  [[nodiscard]] Listening const& listening() const { return listening_; }
  [[nodiscard]] std::string const& viewer() const { return viewer_; }
  [[nodiscard]] Clock::time_point begun() const { return begun_; }

 private:
  std::shared_ptr<EventHub> hub_;
  Listening listening_;
  std::string viewer_;
  Clock::time_point begun_{Clock::now()};
};

namespace {

/// As it is told to the viewer; nothing where it may not know of it.
std::optional<std::string> text_for(Event const& event, policy::Viewer const& viewer) {
  if (!event.visible || !event.visible(viewer)) {
    return std::nullopt;
  }
  auto const data = event.data_for ? event.data_for(viewer) : event.data;
  return event.id == 0 ? fmt::format("event: {}\ndata: {}\n\n", event.type, data)
                       : fmt::format("id: {}\nevent: {}\ndata: {}\n\n", event.id, event.type, data);
}

constexpr std::string_view kRetry = "retry: 2000\n\n";
constexpr int kRoundsWithoutLock = 8;

std::string begin_text(std::string_view type, std::uint64_t id) {
  return fmt::format("{}id: {}\nevent: {}\ndata: {{}}\n\n", kRetry, id, type);
}

}  // namespace

EventHub::~EventHub() = default;

void EventHub::publish(Event event) {
  auto const kept = std::make_shared<Event const>(std::move(event));
  std::scoped_lock const lock{mutex_};
  // Each viewer is asked once, however many listen with the same eyes.
  std::map<std::string_view, std::optional<std::string>> texts;
  std::vector<std::shared_ptr<Listener>> told;
  for (auto const& one : listeners_) {
    auto listener = one.lock();
    if (!listener || !listener->wants(*kept)) {
      continue;
    }
    told.push_back(listener);
    auto const [at, is_new] = texts.try_emplace(listener->viewer());
    if (is_new) {
      at->second = text_for(*kept, listener->listening().viewer);
    }
    if (at->second) {
      listener->add(*at->second);
    }
  }
  if (kept->id != 0) {
    last_ = kept->id;
    kept_.push_back(kept);
    if (kept_.size() > limits_.kept) {
      forgotten_ = kept_.front()->id;
      kept_.pop_front();
    }
  }
}

std::shared_ptr<Subscription> EventHub::listen(Listening listening) {
  auto const after = listening.after;
  auto listener =
      std::make_shared<Listener>(shared_from_this(), std::move(listening), limits_.waiting);
  std::unique_lock lock{mutex_};
  std::erase_if(listeners_, [](auto const& one) { return one.expired(); });
  if (listeners_.size() >= limits_.listeners) {
    return nullptr;
  }
  auto const now = Clock::now();
  std::erase_if(recent_, [&](auto const& one) { return now - one.second.last > limits_.recently; });
  auto const [recent, is_new] =
      recent_.try_emplace(listener->viewer(), Recent{listener->listening().viewer, now});
  recent->second.last = now;
  // The first line says where this stream begins: who is cut off before the first event still
  // knows from where on to ask.
  listener->add(after ? replay(*listener, *after, !is_new, lock) : begin_text("hello", last_));
  listeners_.push_back(listener);
  return listener;
}

std::string EventHub::replay(Listener const& listener, std::uint64_t after, bool known,
                             std::unique_lock<std::mutex>& lock) const {
  if (after > last_) {
    return begin_text("reset", last_);
  }
  std::string text{kRetry};
  for (int round = 0;; ++round) {
    auto const first =
        std::ranges::upper_bound(kept_, after, {}, [](auto const& e) { return e->id; });
    std::vector<Kept> const missed{first, kept_.end()};
    bool const too_many = !known && missed.size() > limits_.worked_out_anew;
    if (after < forgotten_ || too_many || text.size() > limits_.waiting / 2) {
      return begin_text("reset", last_);
    }
    if (missed.empty()) {
      return text;
    }
    // To see what a viewer may know can take a while, in which others are told what happens.
    bool const unlocked = round < kRoundsWithoutLock;
    if (unlocked) {
      lock.unlock();
    }
    for (auto const& event : missed) {
      if (listener.wants(*event)) {
        text += text_for(*event, listener.listening().viewer).value_or("");
      }
    }
    after = missed.back()->id;
    if (unlocked) {
      lock.lock();
    }
  }
}

void EventHub::begin_after(std::uint64_t id) {
  std::scoped_lock const lock{mutex_};
  last_ = id;
  forgotten_ = id;
}

std::uint64_t EventHub::last() const {
  std::scoped_lock const lock{mutex_};
  return last_;
}

std::size_t EventHub::listeners() const {
  std::scoped_lock const lock{mutex_};
  return static_cast<std::size_t>(
      std::ranges::count_if(listeners_, [](auto const& one) { return !one.expired(); }));
}

std::vector<policy::Viewer> EventHub::viewers() const {
  std::scoped_lock const lock{mutex_};
  std::vector<policy::Viewer> viewers;
  for (auto const& [text, recent] : recent_) {
    viewers.push_back(recent.viewer);
  }
  return viewers;
}

void EventHub::beat() {
  std::scoped_lock const lock{mutex_};
  auto const now = Clock::now();
  auto const text = fmt::format("id: {}\n: beat\n\n", last_);
  for (auto const& one : listeners_) {
    if (auto const listener = one.lock()) {
      recent_.insert_or_assign(listener->viewer(), Recent{listener->listening().viewer, now});
      listener->add(text);
      if (now - listener->begun() > limits_.longest) {
        listener->end();
      }
    }
  }
}

void EventHub::end(std::string const& account) {
  std::scoped_lock const lock{mutex_};
  for (auto const& one : listeners_) {
    auto const listener = one.lock();
    if (listener && (account.empty() || listener->listening().account == account)) {
      listener->end();
    }
  }
}

void EventHub::forget(Listener const* listener) {
  std::scoped_lock const lock{mutex_};
  std::erase_if(listeners_, [&](auto const& one) {
    auto const held = one.lock();
    return !held || held.get() == listener;
  });
}

}  // namespace guarantor::serve
