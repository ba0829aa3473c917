#include "guarantor/serve/dispatcher.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "sign_in_case.h"

namespace guarantor::serve {
namespace {

using Browser = SignInCase::Browser;

/// A dispatcher with a few routes of its own.
class DispatcherTest : public ::testing::Test {
 protected:
  DispatcherTest() {
    auto const fine = [this](Call const&) -> model::Result<Response> {
      calls_ += 1;
      return respond_json("{}");
    };
    auto const throwing = [](Call const&) -> model::Result<Response> {
      throw std::runtime_error("a secret of ours");
    };
    Routes routes{
        {"GET", "/api/open", "open", anyone(), fine},
        {"GET", "/api/own", "own", signed_in(), fine},
        {"POST", "/api/own", "change", signed_in(), fine},
        {"GET", "/api/tables/{table}", "table", may_with_table(policy::Operation::kEdit), fine},
        {"GET", "/api/broken", "broken", anyone(), throwing}};
    dispatcher_.emplace(
        std::move(routes), case_.services().sign_ins,
        [this](Dispatcher::Noted const& noted) { defect_ = noted.defect; },
        Dispatcher::Rules{.rates = {.read = {5, 1}, .anyone = {3, 1}, .refused_token = {2, 1}},
                          .clock = [] { return std::chrono::nanoseconds{0}; }});
    browser_ = case_.signed_in("ben");
  }

  Request request(std::string_view method, std::string_view path) const {
    Request made{.method = std::string{method}, .path = std::string{path}, .remote = "192.0.2.1"};
    made.headers.set("Cookie", browser_.cookie);
    return made;
  }
  int status(Request const& request) { return dispatcher_->answer(request).status; }

  SignInCase case_;
  Browser browser_;
  std::optional<Dispatcher> dispatcher_;
  std::string defect_;
  int calls_{};
};

TEST_F(DispatcherTest, AsksTheTableBeforeTheEndpoint) {
  EXPECT_EQ(status(request("GET", "/api/own")), 200);
  EXPECT_EQ(status(request("GET", "/api/tables/requirements")), 403) << "a delegate edits none";
  EXPECT_EQ(status(request("GET", "/api/tables/nothing")), 404);
  Request const nobody{.path = "/api/own"};
  EXPECT_EQ(status(nobody), 401);
  EXPECT_EQ(calls_, 1);
}

TEST_F(DispatcherTest, TakesChangesFromThePagesOfTheSessionAlone) {
  auto change = request("POST", "/api/own");
  EXPECT_EQ(status(change), 403) << "no token";
  change.headers.set("X-CSRF-Token", browser_.csrf.substr(1));
  EXPECT_EQ(status(change), 403) << "another token";
  change.headers.set("X-CSRF-Token", browser_.csrf);
  EXPECT_EQ(status(change), 200);
  for (char const* const site : {"cross-site", "same-site", "SAME-ORIGIN", ""}) {
    change.headers.set("Sec-Fetch-Site", site);
    EXPECT_EQ(status(change), 403) << site;
  }
  change.headers.set("Sec-Fetch-Site", "same-origin");
  EXPECT_EQ(status(change), 200);
  auto read = request("GET", "/api/own");
  read.headers.set("Sec-Fetch-Site", "cross-site");
  EXPECT_EQ(status(read), 200) << "reading changes nothing, and SameSite keeps the cookie away";
}

TEST_F(DispatcherTest, ATokenNeedsNoWordOfAPage) {
  auto const text = store::token_text("ben", {7});
  ASSERT_TRUE(case_
                  .beside([&](auto& accounts, auto const& author) {
                    return accounts.add_token(
                        "ben", {.name = "script", .hash = store::token_hash(text)}, author);
                  })
                  .ok());
  Request change{.method = "POST", .path = "/api/own"};
  change.headers.set("Authorization", "Bearer " + text);
  EXPECT_EQ(status(change), 200);
  change.headers.set("Authorization", "bearer " + text);
  EXPECT_EQ(status(change), 200) << "the scheme's letters may be small";
}

TEST_F(DispatcherTest, EveryAnswerHasTheSecurityHeaders) {
  for (auto const& [method, path] :
       {std::pair{"GET", "/api/open"}, std::pair{"GET", "/nothing"},
        std::pair{"GET", "/api/broken"}, std::pair{"DELETE", "/api/open"},
        std::pair{"POST", "/api/own"}}) {
    auto asked = request(method, path);
    auto const response = dispatcher_->answer(asked);
    EXPECT_EQ(response.headers.find("X-Content-Type-Options"), "nosniff") << path;
    EXPECT_EQ(response.headers.find("X-Frame-Options"), "DENY") << path;
    EXPECT_TRUE(response.headers.find("Content-Security-Policy")) << path;
    EXPECT_TRUE(response.headers.find("Cache-Control")) << path;
    EXPECT_FALSE(response.headers.find("Strict-Transport-Security")) << path;
    asked.secure = true;
    EXPECT_TRUE(dispatcher_->answer(asked).headers.find("Strict-Transport-Security")) << path;
  }
}

TEST_F(DispatcherTest, AMistakeOfOursIsWrittenDownAndNotTold) {
  auto const response = dispatcher_->answer(request("GET", "/api/broken"));
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.text().find("secret"), std::string_view::npos);
  EXPECT_EQ(defect_, "a secret of ours");
}

TEST_F(DispatcherTest, WhoAsksTooOftenIsToldWhenToComeBack) {
  Request const nobody{.path = "/api/open", .remote = "192.0.2.9"};
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(status(nobody), 200);
  }
  auto const response = dispatcher_->answer(nobody);
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.headers.find("Retry-After"), "1");
  EXPECT_EQ(response.headers.find("Content-Type"), "application/problem+json");
  auto elsewhere = nobody;
  elsewhere.remote = "192.0.2.10";
  EXPECT_EQ(status(elsewhere), 200);
  auto known = request("GET", "/api/open");
  known.remote = "192.0.2.9";
  EXPECT_EQ(status(known), 200) << "an account is counted by itself";
}

TEST_F(DispatcherTest, WhoGuessesTokensIsNoLongerListenedTo) {
  auto guess = request("GET", "/api/open");
  guess.headers.set("Authorization", "Bearer gt1.ben." + std::string(64, '0'));
  EXPECT_EQ(status(guess), 401);
  EXPECT_EQ(status(guess), 401);
  EXPECT_EQ(status(guess), 429);
  EXPECT_EQ(status(request("GET", "/api/open")), 200) << "others behind the same address are";
}

TEST_F(DispatcherTest, DoesTheSameRequestOnce) {
  auto change = request("POST", "/api/own");
  change.headers.set("X-CSRF-Token", browser_.csrf);
  change.headers.set("Idempotency-Key", "k");
  EXPECT_EQ(status(change), 200);
  EXPECT_EQ(status(change), 200);
  EXPECT_EQ(calls_, 1);
  change.headers.set("X-CSRF-Token", "");
  EXPECT_EQ(status(change), 403) << "a kept answer is for who may have it";
}

}  // namespace
}  // namespace guarantor::serve
