#include "guarantor/serve/event_hub.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace guarantor::serve {

/// One stream. Its text is put together where the event is told, so that a slow client costs bytes
/// and no time.
class EventHub::Listener final : public Subscription {
 public:
  Listener(std::shared_ptr<EventHub> hub, Listening listening, std::size_t most)
      : hub_{std::move(hub)}, listening_{std::move(listening)}, most_{most} {}

  std::string take() override {
    std::scoped_lock const lock{mutex_};
    return std::exchange(waiting_, {});
  }
  bool ended() const override {
    std::scoped_lock const lock{mutex_};
    return ended_ && waiting_.empty();
  }
  void on_ready(std::function<void()> wake) override {
    std::function<void()> now;
    {
      std::scoped_lock const lock{mutex_};
      wake_ = std::move(wake);
      if (!waiting_.empty() || ended_) {
        now = wake_;
      }
    }
    if (now) {
      now();
    }
  }
  void close() override {
    on_ready(nullptr);
    hub_->forget(this);
  }

  [[nodiscard]] bool wants(Event const& event) const {
    auto const& types = listening_.types;
    return types.empty() || std::ranges::find(types, event.type) != types.end();
  }
  void add(std::string_view text) {
    std::function<void()> wake;
    {
      std::scoped_lock const lock{mutex_};
      if (ended_) {
        return;
      }
      if (waiting_.size() + text.size() > most_) {
        ended_ = true;  // it comes back and says what it had
      } else {
        waiting_ += text;
      }
      wake = wake_;
    }
    if (wake) {
      wake();
    }
  }
  void end() {
    std::function<void()> wake;
    {
      std::scoped_lock const lock{mutex_};
      ended_ = true;
      wake = wake_;
    }
    if (wake) {
      wake();
    }
  }
  [[nodiscard]] Listening const& listening() const { return listening_; }

 private:
  std::shared_ptr<EventHub> hub_;
  Listening listening_;
  std::size_t most_;
  mutable std::mutex mutex_;
  std::string waiting_;
  std::function<void()> wake_;
  bool ended_{};
};

namespace {

std::string text_of(Event const& event) {
  return event.id == 0
             ? fmt::format("event: {}\ndata: {}\n\n", event.type, event.data)
             : fmt::format("id: {}\nevent: {}\ndata: {}\n\n", event.id, event.type, event.data);
}

}  // namespace

EventHub::~EventHub() = default;

void EventHub::publish(Event event) {
  std::string const text = text_of(event);
  std::vector<std::shared_ptr<Listener>> told;
  {
    std::scoped_lock const lock{mutex_};
    // Each viewer is asked once, however many listen with the same eyes.
    std::map<std::string, bool> seen;
    for (auto const& one : listeners_) {
      auto listener = one.lock();
      if (!listener || !listener->wants(event)) {
        continue;
      }
      auto const& viewer = listener->listening().viewer;
      auto const [at, is_new] = seen.try_emplace(policy::print(viewer), false);
      if (is_new) {
        at->second = event.visible && event.visible(viewer);
      }
      if (at->second) {
        told.push_back(std::move(listener));
      }
    }
    for (auto const& listener : told) {
      listener->add(text);
    }
    if (event.id != 0) {
      last_ = event.id;
      kept_.push_back(std::move(event));
      if (kept_.size() > limits_.kept) {
        forgotten_ = kept_.front().id;
        kept_.pop_front();
      }
    }
  }
}

std::shared_ptr<Subscription> EventHub::listen(Listening listening) {
  std::scoped_lock const lock{mutex_};
  std::erase_if(listeners_, [](auto const& one) { return one.expired(); });
  if (listeners_.size() >= limits_.listeners) {
    return nullptr;
  }
  auto const after = listening.after;
  auto listener =
      std::make_shared<Listener>(shared_from_this(), std::move(listening), limits_.waiting);
  // A first line with the place where this stream begins: who is cut off before the first event
  // still knows from where on to ask.
  std::string greeting = fmt::format("retry: 2000\nid: {}\nevent: hello\ndata: {{}}\n\n", last_);
  if (after && (*after < forgotten_ || *after > last_)) {
    greeting += fmt::format("id: {}\nevent: reset\ndata: {{}}\n\n", last_);
  } else if (after) {
    greeting = "retry: 2000\n\n";
    auto const& viewer = listener->listening().viewer;
    for (Event const& event : kept_) {
      if (event.id > *after && listener->wants(event) && event.visible && event.visible(viewer)) {
        greeting += text_of(event);
      }
    }
  }
  listener->add(greeting);
  listeners_.push_back(listener);
  return listener;
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

void EventHub::beat() {
  std::scoped_lock const lock{mutex_};
  for (auto const& one : listeners_) {
    if (auto const listener = one.lock()) {
      listener->add(": beat\n\n");
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
