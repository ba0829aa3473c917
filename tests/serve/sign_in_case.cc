#include "sign_in_case.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "guarantor/serve/routes.h"

namespace guarantor::serve {
namespace {

SignInRules cheap(SignInRules rules) {
  rules.accounts.cost = store::kCheapestPassword;
  rules.accounts.role = [](std::string_view role) -> model::Result<model::Done> {
    auto const viewer = policy::parse_viewer(role);
    if (!viewer.ok() || viewer.value().role == policy::Role::kPublic) {
      return model::Error{model::ErrorKind::kBadInput, "no role that signs in", ""};
    }
    return model::Done{};
  };
  return rules;
}

std::string_view query_of(std::string_view path) {
  auto const mark = path.find('?');
  return mark == std::string_view::npos ? std::string_view{} : path.substr(mark + 1);
}

std::unique_ptr<StoreGate> open(store::TemporaryStore& files, store::AccountRules const& rules) {
  store::Accounts accounts{files.store(), rules};
  std::uint8_t salt = 0;
  for (auto const& [name, role] :
       {std::pair{"anna", "planner"}, std::pair{"ben", "delegate:XAB"},
        std::pair{"carol", "controller"}, std::pair{"otto", "auditor"}}) {
    salt += 1;
    store::Accounts::NewPassword password{.text = SignInCase::kPassword};
    password.salt.fill(salt);
    if (auto const added = accounts.add(name, role, password, store::somebody()); !added.ok()) {
      throw std::runtime_error(added.error().message);
    }
  }
  auto gate = StoreGate::open(files.file(), files.key());
  if (!gate.ok()) {
    throw std::runtime_error(gate.error().message);
  }
  return std::move(gate).value();
}

}  // namespace

SignInCase::SignInCase(SignInRules rules)
    : rules_{cheap(std::move(rules))},
      gate_{open(files_, rules_.accounts)},
      views_{*gate_},
      sign_ins_{*gate_, rules_, [this] { return now_; }},
      jobs_{*events_, [this] { return now_; }},
      watch_{*gate_, views_, {}},
      services_{.store = *gate_,
                .views = views_,
                .events = *events_,
                .sign_ins = sign_ins_,
                .jobs = jobs_,
                .watch = watch_,
                .now = [this] { return now_; },
                .program_version = "test",
                .usual_scenario = "exercise"},
      dispatcher_{all_routes(services_), sign_ins_, {}} {}

Response SignInCase::ask(Browser& browser, std::string_view method, std::string_view path,
                         std::string body) {
  Request request{.method = std::string{method},
                  .path = std::string{path.substr(0, path.find('?'))},
                  .query = std::string{query_of(path)},
                  .body = std::move(body),
                  .remote = "127.0.0.1",
                  .secure = browser.secure};
  request.headers.set("Content-Type", "application/json");
  if (!browser.cookie.empty()) {
    request.headers.set("Cookie", browser.cookie);
  }
  if (!browser.csrf.empty()) {
    request.headers.set("X-CSRF-Token", browser.csrf);
  }
  auto response = dispatcher_.answer(request);
  if (auto const set = response.headers.find("Set-Cookie")) {
    browser.cookie = set->substr(0, set->find(';'));
  }
  return response;
}

Response SignInCase::ask_with_token(std::string_view token, std::string_view method,
                                    std::string_view path, std::string body) {
  Request request{.method = std::string{method},
                  .path = std::string{path},
                  .body = std::move(body),
                  .remote = "127.0.0.1"};
  request.headers.set("Content-Type", "application/json");
  request.headers.set("Authorization", "Bearer " + std::string{token});
  return dispatcher_.answer(request);
}

Response SignInCase::sign_in(Browser& browser, std::string const& name,
                             std::string const& password) {
  auto response = ask(browser, "POST", "/api/session",
                      nlohmann::json{{"name", name}, {"password", password}}.dump());
  if (response.status == 200) {
    browser.csrf = json_of(response)["csrf"];
  }
  return response;
}

SignInCase::Browser SignInCase::signed_in(std::string const& name, std::string const& password) {
  Browser browser;
  EXPECT_EQ(sign_in(browser, name, password).status, 200) << name;
  return browser;
}

nlohmann::json json_of(Response const& response) {
  auto json = nlohmann::json::parse(response.text(), nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << response.text();
  return json;
}

}  // namespace guarantor::serve
