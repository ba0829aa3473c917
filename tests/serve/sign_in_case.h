#pragma once

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "guarantor/serve/dispatcher.h"
#include "guarantor/serve/services.h"
#include "temporary_store.h"

namespace guarantor::serve {

/// A dispatcher over a temporary store with accounts `anna` (planner), `ben` (delegate:XAB),
/// `carol` (controller) and `otto` (auditor), who all have the same password; with a clock of its
/// own, and no socket.
class SignInCase {
 public:
  static constexpr char const* kPassword = "four quiet lanterns";

  explicit SignInCase(SignInRules rules = {});

  /// A browser, as far as it matters here: its cookie, and what its page sends.
  struct Browser {
    std::string cookie{};
    std::string csrf{};
    bool secure{};
  };
  /// The response; a cookie that it sets is kept.
  Response ask(Browser& browser, std::string_view method, std::string_view path,
               std::string body = {});
  /// The same with a token.
  Response ask_with_token(std::string_view token, std::string_view method, std::string_view path,
                          std::string body = {});
  /// A browser that has signed in; the test fails where it could not.
  [[nodiscard]] Browser signed_in(std::string const& name, std::string const& password = kPassword);
  Response sign_in(Browser& browser, std::string const& name, std::string const& password);

  /// What another program does with the store at the same time.
  template <class Work>
  auto beside(Work&& work) {
    store::Accounts accounts{files_.store(), rules_.accounts};
    return work(accounts, store::Author{.name = "another program", .at = now_});
  }

  void pass(std::chrono::seconds time) { now_ += time; }
  [[nodiscard]] model::Instant now() const { return now_; }
  [[nodiscard]] Dispatcher& dispatcher() { return dispatcher_; }
  [[nodiscard]] Services& services() { return services_; }
  [[nodiscard]] store::TemporaryStore& files() { return files_; }

 private:
  store::TemporaryStore files_;
  SignInRules rules_;
  model::Instant now_{*model::parse_instant("2026-11-29T12:00:00Z")};
  std::unique_ptr<StoreGate> gate_;
  std::shared_ptr<EventHub> events_{std::make_shared<EventHub>()};
  ScenarioViews views_;
  SignIns sign_ins_;
  Jobs jobs_;
  WatchFloor watch_;
  Services services_;
  Dispatcher dispatcher_;
};

/// The JSON of a response; the test fails where it has none.
[[nodiscard]] nlohmann::json json_of(Response const& response);

}  // namespace guarantor::serve
