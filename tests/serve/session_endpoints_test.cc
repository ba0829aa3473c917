#include "guarantor/serve/session_endpoints.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "guarantor/store/accounts.h"
#include "sign_in_case.h"

namespace guarantor::serve {
namespace {

using namespace std::chrono_literals;
using Browser = SignInCase::Browser;

class SessionEndpoints : public ::testing::Test {
 protected:
  nlohmann::json who(Browser& browser) {
    return json_of(case_.ask(browser, "GET", "/api/session"));
  }
  std::size_t records(store::RecordKind kind, std::string const& key) {
    return case_.files().store().history(kind, key).value().size();
  }
  SignInCase case_;
};

TEST_F(SessionEndpoints, ThePublicIsSomebodyToo) {
  Browser browser;
  auto const answer = who(browser);
  EXPECT_TRUE(answer["account"].is_null());
  EXPECT_EQ(answer["role"], "public");
  EXPECT_TRUE(answer["csrf"].is_null());
  EXPECT_EQ(answer["scenario"], "exercise");
  EXPECT_TRUE(answer["may"].contains("read"));
  EXPECT_FALSE(answer["may"].contains("edit"));
}

TEST_F(SessionEndpoints, SaysWhoOneIsAndWhatOneMay) {
  auto browser = case_.signed_in("ben");
  auto const answer = who(browser);
  EXPECT_EQ(answer["account"], "ben");
  EXPECT_EQ(answer["viewer"], "delegate:XAB");
  EXPECT_EQ(answer["nation"], "XAB");
  EXPECT_EQ(answer["must_change"], false);
  EXPECT_EQ(answer["csrf"], browser.csrf);
  auto const offers = answer["may"]["offer"].get<std::vector<std::string>>();
  EXPECT_NE(std::ranges::find(offers, "pledges"), offers.end());
  EXPECT_FALSE(answer["may"].contains("plan"));
}

TEST_F(SessionEndpoints, TheCookieIsForThisHostAndForNoScript) {
  Browser plain;
  auto const over_http = case_.sign_in(plain, "anna", SignInCase::kPassword);
  auto const cookie = std::string{*over_http.headers.find("Set-Cookie")};
  EXPECT_TRUE(cookie.starts_with("guarantor=")) << cookie;
  EXPECT_TRUE(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict")) << cookie;
  Browser browser{.secure = true};
  auto const over_tls = case_.sign_in(browser, "anna", SignInCase::kPassword);
  auto const secure = std::string{*over_tls.headers.find("Set-Cookie")};
  EXPECT_TRUE(secure.starts_with("__Host-guarantor=")) << secure;
  EXPECT_TRUE(secure.ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure")) << secure;
  // What was set without TLS, perhaps by somebody on the way, counts for nothing over TLS.
  plain.secure = true;
  EXPECT_TRUE(who(plain)["account"].is_null());
}

TEST_F(SessionEndpoints, EachSignInHasASecretOfItsOwn) {
  Browser browser{.cookie = "guarantor=chosen-by-somebody-else"};
  ASSERT_EQ(case_.sign_in(browser, "anna", SignInCase::kPassword).status, 200);
  EXPECT_EQ(browser.cookie.find("chosen"), std::string::npos);
  Browser before = browser;
  ASSERT_EQ(case_.sign_in(browser, "anna", SignInCase::kPassword).status, 200);
  EXPECT_NE(browser.cookie, before.cookie);
  EXPECT_TRUE(who(before)["account"].is_null()) << "the session before has ended";
  EXPECT_EQ(who(browser)["account"], "anna");
  EXPECT_EQ(case_.services().sign_ins.sessions(), 1U);
}

TEST_F(SessionEndpoints, SignsOut) {
  auto browser = case_.signed_in("anna");
  Browser copied = browser;
  auto const response = case_.ask(browser, "DELETE", "/api/session");
  EXPECT_EQ(response.status, 204);
  EXPECT_NE(response.headers.find("Set-Cookie")->find("Max-Age=0"), std::string_view::npos);
  EXPECT_TRUE(who(copied)["account"].is_null());
  EXPECT_EQ(case_.ask(browser, "DELETE", "/api/session").status, 204) << "twice does no harm";
}

TEST_F(SessionEndpoints, AllRefusalsLookTheSame) {
  Browser browser;
  auto const wrong = case_.sign_in(browser, "anna", "not her password at all");
  auto const nobody = case_.sign_in(browser, "nobody", SignInCase::kPassword);
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(nobody.status, 401);
  EXPECT_EQ(wrong.text(), nobody.text());
  EXPECT_FALSE(wrong.headers.find("Set-Cookie"));
  EXPECT_EQ(records(store::RecordKind::kAccess, "anna"), 1U);
  EXPECT_EQ(records(store::RecordKind::kAccess, "unknown"), 1U);
}

TEST_F(SessionEndpoints, FiveRefusedPasswordsLockTheAccountForAWhile) {
  Browser browser;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(case_.sign_in(browser, "anna", "not her password at all").status, 401);
    case_.pass(1min);
  }
  EXPECT_EQ(case_.sign_in(browser, "anna", SignInCase::kPassword).status, 401);
  case_.pass(14min);
  EXPECT_EQ(case_.sign_in(browser, "anna", SignInCase::kPassword).status, 200);
}

TEST_F(SessionEndpoints, ASessionEndsWhenItIsIdleAndInAnyCaseInTheEnd) {
  auto browser = case_.signed_in("anna");
  for (int hour = 0; hour < 11; ++hour) {
    case_.pass(1h);
    EXPECT_EQ(who(browser)["account"], "anna") << hour;
  }
  case_.pass(1h);
  EXPECT_TRUE(who(browser)["account"].is_null()) << "after 12 hours";
  auto idle = case_.signed_in("anna");
  case_.pass(2h);
  EXPECT_TRUE(who(idle)["account"].is_null()) << "after 2 hours of nothing";
}

TEST_F(SessionEndpoints, WhatHappensToTheAccountCountsAtOnce) {
  auto browser = case_.signed_in("anna");
  ASSERT_TRUE(case_
                  .beside([](auto& accounts, auto const& author) {
                    return accounts.set_role("anna", "delegate:XAB", author);
                  })
                  .ok());
  EXPECT_EQ(who(browser)["viewer"], "delegate:XAB");
  ASSERT_TRUE(
      case_.beside([](auto& accounts, auto const& author) { return accounts.lock("anna", author); })
          .ok());
  EXPECT_TRUE(who(browser)["account"].is_null());
  auto ben = case_.signed_in("ben");
  ASSERT_TRUE(
      case_
          .beside([](auto& accounts, auto const& author) { return accounts.remove("ben", author); })
          .ok());
  EXPECT_TRUE(who(ben)["account"].is_null());
  auto otto = case_.signed_in("otto");
  ASSERT_TRUE(case_
                  .beside([](auto& accounts, auto const& author) {
                    store::Accounts::NewPassword const other{"seven loud harbours", {}, true};
                    return accounts.set_password("otto", other, author);
                  })
                  .ok());
  EXPECT_TRUE(who(otto)["account"].is_null()) << "another password ends what the old one opened";
}

TEST_F(SessionEndpoints, ChangesNeedWhatThePageKnows) {
  auto browser = case_.signed_in("anna");
  auto const body = nlohmann::json{{"old", SignInCase::kPassword}, {"new", "seven loud harbours"}};
  for (std::string const& csrf : {std::string{}, std::string{"guessed"}}) {
    Browser forged{.cookie = browser.cookie, .csrf = csrf};
    auto const response = case_.ask(forged, "POST", "/api/session/password", body.dump());
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(json_of(response)["type"], "urn:guarantor:csrf");
  }
  EXPECT_EQ(case_.ask(browser, "POST", "/api/session/password", body.dump()).status, 200);
}

TEST_F(SessionEndpoints, AnotherPasswordEndsEveryOtherSession) {
  auto browser = case_.signed_in("anna");
  auto elsewhere = case_.signed_in("anna");
  auto const change = [&](std::string const& old, std::string const& chosen) {
    return case_.ask(browser, "POST", "/api/session/password",
                     nlohmann::json{{"old", old}, {"new", chosen}}.dump());
  };
  EXPECT_EQ(change("not her password at all", "seven loud harbours").status, 401);
  EXPECT_EQ(change(SignInCase::kPassword, "short").status, 400);
  EXPECT_EQ(change(SignInCase::kPassword, SignInCase::kPassword).status, 400);
  auto const old_cookie = browser.cookie;
  auto const changed = change(SignInCase::kPassword, "seven loud harbours");
  ASSERT_EQ(changed.status, 200) << changed.text();
  EXPECT_NE(browser.cookie, old_cookie);
  EXPECT_EQ(who(browser)["account"], "anna");
  EXPECT_TRUE(who(elsewhere)["account"].is_null());
  static_cast<void>(case_.signed_in("anna", "seven loud harbours"));
}

TEST_F(SessionEndpoints, APasswordForOneUseIsChangedBeforeAnythingElse) {
  ASSERT_TRUE(case_
                  .beside([](auto& accounts, auto const& author) {
                    store::Accounts::NewPassword const other{"seven loud harbours", {}, true};
                    return accounts.set_password("anna", other, author);
                  })
                  .ok());
  auto browser = case_.signed_in("anna", "seven loud harbours");
  EXPECT_EQ(who(browser)["must_change"], true);
  EXPECT_EQ(case_.ask(browser, "GET", "/api/schema").status, 403);
  auto const body =
      nlohmann::json{{"old", "seven loud harbours"}, {"new", "nine empty granaries"}}.dump();
  auto const changed = case_.ask(browser, "POST", "/api/session/password", body);
  EXPECT_EQ(json_of(changed)["must_change"], false);
  EXPECT_EQ(case_.ask(browser, "GET", "/api/schema").status, 200);
}

TEST_F(SessionEndpoints, ATokenCountsUntilItDoesNot) {
  auto const text = store::token_text("anna", {7});
  store::ApiToken const token{
      .name = "script", .hash = store::token_hash(text), .expires = case_.now() + 1h};
  ASSERT_TRUE(case_
                  .beside([&](auto& accounts, auto const& author) {
                    return accounts.add_token("anna", token, author);
                  })
                  .ok());
  auto const answer = case_.ask_with_token(text, "GET", "/api/session");
  EXPECT_EQ(json_of(answer)["account"], "anna");
  EXPECT_TRUE(json_of(answer)["csrf"].is_null());
  case_.pass(1h);
  auto const expired = case_.ask_with_token(text, "GET", "/api/session");
  EXPECT_EQ(expired.status, 401);
  EXPECT_TRUE(expired.headers.find("WWW-Authenticate"));
}

TEST_F(SessionEndpoints, AFloodOfBadTokensIsNotAFloodOfRecords) {
  for (std::uint8_t i = 0; i < 25; ++i) {
    EXPECT_EQ(case_.ask_with_token(store::token_text("anna", {i}), "GET", "/api/session").status,
              401);
    EXPECT_EQ(case_.ask_with_token("gt1.nonsense", "GET", "/api/session").status, 401);
  }
  EXPECT_EQ(records(store::RecordKind::kAccess, "anna"), 1U);
  EXPECT_EQ(records(store::RecordKind::kAccess, "unknown"), 1U);
  case_.pass(1min);
  EXPECT_EQ(case_.ask_with_token("gt1.nonsense", "GET", "/api/session").status, 401);
  EXPECT_EQ(records(store::RecordKind::kAccess, "unknown"), 2U);
}

TEST_F(SessionEndpoints, TheOldestSessionMakesRoom) {
  SignInCase small{{.most_sessions = 2}};
  auto first = small.signed_in("anna");
  small.pass(1s);
  auto second = small.signed_in("anna");
  small.pass(1s);
  auto third = small.signed_in("anna");
  EXPECT_EQ(small.services().sign_ins.sessions(), 2U);
  EXPECT_TRUE(json_of(small.ask(first, "GET", "/api/session"))["account"].is_null());
  EXPECT_EQ(json_of(small.ask(second, "GET", "/api/session"))["account"], "anna");
  EXPECT_EQ(json_of(small.ask(third, "GET", "/api/session"))["account"], "anna");
}

TEST_F(SessionEndpoints, WhoCannotWaitIsToldToComeBack) {
  SignInCase full{{.most_waiting = 0}};
  Browser browser;
  auto const response = full.sign_in(browser, "anna", SignInCase::kPassword);
  EXPECT_EQ(response.status, 503);
  EXPECT_TRUE(response.headers.find("Retry-After"));
}

TEST_F(SessionEndpoints, BodiesThatAreNoneAreRefusedPolitely) {
  Browser browser;
  for (std::string const& body :
       {std::string{}, std::string{"{"}, std::string{"[]"}, std::string{R"({"name":"anna"})"},
        std::string{R"({"name":1,"password":2})"}, std::string{"{\"name\":\"\xff\"}"},
        std::string(20'000, ' ')}) {
    auto const response = case_.ask(browser, "POST", "/api/session", body);
    EXPECT_EQ(response.status, 400) << body;
    EXPECT_EQ(*response.headers.find("Content-Type"), "application/problem+json");
  }
}

}  // namespace
}  // namespace guarantor::serve
