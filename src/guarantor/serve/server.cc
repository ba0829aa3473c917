#include "guarantor/serve/server.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>
#include <utility>
#include <vector>

#include "guarantor/serve/answer_threads.h"
#include "guarantor/serve/cursor_on_target_stream.h"
#include "guarantor/serve/dispatcher.h"
#include "guarantor/serve/event_hub.h"
#include "guarantor/serve/feed.h"
#include "guarantor/serve/jobs.h"
#include "guarantor/serve/routes.h"
#include "guarantor/serve/scenario_views.h"
#include "guarantor/serve/services.h"
#include "guarantor/serve/store_gate.h"
#include "guarantor/serve/watch_floor.h"
#include "guarantor/store/scenario_versions.h"

namespace guarantor::serve {

using model::Result;

namespace {

/// The scenario that was named, or the one there is, or the first.
Result<std::string> usual_scenario(StoreGate const& gate, std::string const& named) {
  if (!named.empty()) {
    auto const found =
        gate.read([&](auto const& store) { return store::find_version(store, named); });
    return found.ok() ? Result<std::string>{named} : found.error();
  }
  auto const all = gate.read([](auto const& store) { return store::list_scenarios(store); });
  if (!all.ok()) {
    return all.error();
  }
  return all.value().empty() ? std::string{} : all.value().front().scenario;
}

}  // namespace

class Server::Parts {
 public:
  Parts(ServerOptions options, std::unique_ptr<StoreGate> gate, std::string scenario)
      : options_{std::move(options)},
        gate_{std::move(gate)},
        views_{*gate_},
        sign_ins_{*gate_, options_.sign_ins, options_.now},
        jobs_{*events_, options_.now},
        watch_{*gate_, views_, scenario},
        services_{.store = *gate_,
                  .views = views_,
                  .events = *events_,
                  .sign_ins = sign_ins_,
                  .jobs = jobs_,
                  .watch = watch_,
                  .now = options_.now,
                  .program_version = options_.program_version,
                  .usual_scenario = scenario},
        dispatcher_{all_routes(services_),
                    sign_ins_,
                    [this](Dispatcher::Noted const& noted) { write_down(noted); },
                    {.now = options_.now}},
        feed_{*gate_, views_, watch_, *events_,
              [this](std::string_view what) { write_down(what, {}); }},
        threads_{[this](Request const& request) { return dispatcher_.answer(request); },
                 options_.answer_threads},
        cot_{*gate_, watch_, options_.cot.viewer, options_.now} {}

  Parts(Parts const&) = delete;
  Parts& operator=(Parts const&) = delete;
  ~Parts() {
    for (auto const& one : cot_listeners_) {
      one->stop();
    }
    jobs_.stop();  // it may still keep something, of which the feed wants to know
  }

  [[nodiscard]] Result<model::Done> listen() {
    if (auto const begun = feed_.begin(); !begun.ok()) {
      return begun;
    }
    auto listener = Listener::open(
        options_.listener,
        [this](Request request, std::function<void(Response)> send) {
          threads_.add(std::move(request), std::move(send));
        },
        [this](std::string_view what, std::string const& remote) { write_down(what, remote); });
    if (!listener.ok()) {
      return listener.error();
    }
    listener_ = std::move(listener).value();
    add_gauges();
    return listen_for_cot();
  }

  [[nodiscard]] Listener& listener() { return *listener_; }
  [[nodiscard]] std::vector<std::uint16_t> cot_ports() const {
    std::vector<std::uint16_t> ports;
    for (auto const& one : cot_listeners_) {
      ports.push_back(one->port());
    }
    return ports;
  }
  void stop() {
    for (auto const& one : cot_listeners_) {
      one->stop();
    }
    cot_.stop();
    listener_->stop();
    jobs_.stop();
    feed_.stop();
  }

 private:
  [[nodiscard]] Result<model::Done> listen_for_cot() {
    for (ListenerOptions const& options : options_.cot.listeners) {
      auto listener = Listener::open_stream(
          options, [this] { return cot_.connect(); },
          [this](std::string_view what, std::string const& remote) { write_down(what, remote); });
      if (!listener.ok()) {
        return listener.error();
      }
      cot_listeners_.push_back(std::move(listener).value());
    }
    if (!cot_listeners_.empty()) {
      cot_.start([this](std::string_view what) { write_down(what, {}); });
    }
    for (auto const& one : cot_listeners_) {
      cot_threads_.emplace_back([&listener = *one] { listener.run(); });
    }
    return model::Done{};
  }
  void add_gauges() {
    auto& metrics = *services_.metrics;
    auto const count = [](auto number) { return static_cast<double>(number); };
    metrics.add_gauge("connections", "Clients that are connected",
                      [this, count] { return count(listener_->connections()); });
    metrics.add_gauge("listeners", "Streams of events that are open",
                      [this, count] { return count(events_->listeners()); });
    metrics.add_gauge("last_event", "The number of the last event that was told",
                      [this, count] { return count(events_->last()); });
    metrics.add_gauge("store_records", "Records ever kept: the size of the ledger", [this, count] {
      auto const size = gate_->read([](auto const& store) { return store.size(); });
      return size.ok() ? count(size.value()) : -1.0;
    });
    metrics.add_gauge("jobs_open", "Jobs that wait or run", [this, count] {
      auto const jobs = jobs_.list();
      return count(std::ranges::count_if(jobs, [](Job const& job) { return !job.ended; }));
    });
    metrics.add_gauge("requests_waiting", "Requests that wait for a thread to answer them",
                      [this, count] { return count(threads_.waiting()); });
    metrics.add_gauge("resident_bytes", "Memory that the process holds", resident_bytes);
  }
  void write_down(Dispatcher::Noted const& noted) const {
    services_.metrics->count_request(noted.operation, noted.status, noted.seconds, noted.bytes);
    nlohmann::ordered_json line{{"at", model::print(options_.now())},
                                {"what", "request"},
                                {"method", noted.method},
                                {"path", noted.path},
                                {"operation", noted.operation},
                                {"account", noted.account},
                                {"remote", noted.remote},
                                {"status", noted.status},
                                {"seconds", noted.seconds},
                                {"bytes", noted.bytes}};
    if (!noted.defect.empty()) {
      line["defect"] = noted.defect;
    }
    log(line);
  }
  void write_down(std::string_view what, std::string const& remote) const {
    services_.metrics->count_event(what);
    log({{"at", model::print(options_.now())}, {"what", what}, {"remote", remote}});
  }
  void log(nlohmann::ordered_json const& line) const {
    if (options_.log) {
      options_.log(line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    }
  }

  ServerOptions options_;
  std::unique_ptr<StoreGate> gate_;
  std::shared_ptr<EventHub> events_{std::make_shared<EventHub>()};
  ScenarioViews views_;
  SignIns sign_ins_;
  Jobs jobs_;
  WatchFloor watch_;
  Services services_;
  Dispatcher dispatcher_;
  Feed feed_;
  AnswerThreads threads_;
  std::unique_ptr<Listener> listener_;
  CursorOnTargetStream cot_;
  std::vector<std::unique_ptr<Listener>> cot_listeners_;
  std::vector<std::jthread> cot_threads_;
};

Result<std::unique_ptr<Server>> Server::open(ServerOptions options, ledger::SigningKey const& key) {
  auto gate = StoreGate::open(options.store, key);
  if (!gate.ok()) {
    return gate.error();
  }
  auto scenario = usual_scenario(*gate.value(), options.scenario);
  if (!scenario.ok()) {
    return scenario.error();
  }
  auto parts = std::make_unique<Parts>(std::move(options), std::move(gate).value(),
                                       std::move(scenario).value());
  if (auto const listening = parts->listen(); !listening.ok()) {
    return listening.error();
  }
  return std::unique_ptr<Server>{new Server{std::move(parts)}};
}

Server::Server(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}

Server::~Server() = default;

std::uint16_t Server::port() const {
  return parts_->listener().port();
}

std::vector<std::uint16_t> Server::cot_ports() const {
  return parts_->cot_ports();
}

void Server::run() {
  parts_->listener().run();
}

void Server::stop() {
  parts_->stop();
}

}  // namespace guarantor::serve
