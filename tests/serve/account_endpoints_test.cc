#include "guarantor/serve/account_endpoints.h"

#include <gtest/gtest.h>

#include <string>

#include "sign_in_case.h"

namespace guarantor::serve {
namespace {

using namespace std::chrono_literals;
using Browser = SignInCase::Browser;

class AccountEndpoints : public ::testing::Test {
 protected:
  int change(Browser& browser, std::string const& account, nlohmann::json const& body) {
    return case_.ask(browser, "PATCH", "/api/accounts/" + account, body.dump()).status;
  }
  nlohmann::json account(std::string const& name) {
    auto const page = json_of(case_.ask(carol_, "GET", "/api/accounts"));
    for (auto const& item : page["items"]) {
      if (item["account"] == name) {
        return item;
      }
    }
    return nullptr;
  }

  SignInCase case_;
  Browser carol_{case_.signed_in("carol")};
};

TEST_F(AccountEndpoints, AreReadByAuditorsAndChangedByTheController) {
  Browser nobody;
  auto anna = case_.signed_in("anna");
  auto otto = case_.signed_in("otto");
  EXPECT_EQ(case_.ask(nobody, "GET", "/api/accounts").status, 401);
  EXPECT_EQ(case_.ask(anna, "GET", "/api/accounts").status, 403);
  EXPECT_EQ(case_.ask(otto, "GET", "/api/accounts").status, 200);
  auto const body = R"({"account":"dora","role":"monitor"})";
  EXPECT_EQ(case_.ask(otto, "POST", "/api/accounts", body).status, 403);
  EXPECT_EQ(change(otto, "anna", {{"locked", true}}), 403);
  EXPECT_EQ(case_.ask(otto, "POST", "/api/accounts/anna/password").status, 403);
  EXPECT_EQ(case_.ask(anna, "POST", "/api/accounts/anna/password").status, 403);
}

TEST_F(AccountEndpoints, ListsNoSecret) {
  auto const listed = case_.ask(carol_, "GET", "/api/accounts?limit=2");
  auto const page = json_of(listed);
  ASSERT_EQ(page["items"].size(), 2U);
  EXPECT_EQ(page["items"][0]["account"], "anna");
  EXPECT_EQ(page["items"][1]["nation"], "XAB");
  EXPECT_EQ(page["items"][0].size(), 7U)
      << "account, role, nation, locked, until, one time, tokens";
  EXPECT_TRUE(listed.headers.find("Link"));
  auto const path = "/api/accounts?after=" + page["next"].get<std::string>();
  auto const rest = json_of(case_.ask(carol_, "GET", path));
  EXPECT_EQ(rest["items"][0]["account"], "carol");
  EXPECT_TRUE(rest["next"].is_null());
}

TEST_F(AccountEndpoints, AddsOneWithAPasswordForOneUse) {
  auto const added =
      case_.ask(carol_, "POST", "/api/accounts", R"({"account":"dora","role":"delegate:XAC"})");
  ASSERT_EQ(added.status, 201) << added.text();
  auto const json = json_of(added);
  EXPECT_EQ(json["one_time"], true);
  auto dora = case_.signed_in("dora", json["password"]);
  EXPECT_EQ(json_of(case_.ask(dora, "GET", "/api/session"))["must_change"], true);
  EXPECT_EQ(
      case_.ask(carol_, "POST", "/api/accounts", R"({"account":"dora","role":"monitor"})").status,
      403);
  for (char const* const wrong :
       {R"({"account":"Dora!","role":"monitor"})", R"({"account":"eva","role":"queen"})",
        R"({"account":"eva","role":"public"})", R"({"account":"eva"})", "{}"}) {
    EXPECT_EQ(case_.ask(carol_, "POST", "/api/accounts", wrong).status, 400) << wrong;
  }
}

TEST_F(AccountEndpoints, AnotherRoleAndALockCountAtOnce) {
  auto anna = case_.signed_in("anna");
  EXPECT_EQ(change(carol_, "anna", {{"role", "auditor"}}), 200);
  EXPECT_EQ(case_.ask(anna, "GET", "/api/accounts").status, 200);
  EXPECT_EQ(change(carol_, "anna", {{"locked", true}}), 200);
  EXPECT_EQ(account("anna")["locked"], true);
  EXPECT_EQ(case_.ask(anna, "GET", "/api/accounts").status, 401);
  EXPECT_EQ(change(carol_, "anna", {{"locked", false}}), 200);
  EXPECT_EQ(account("anna")["locked"], false);
  EXPECT_EQ(change(carol_, "anna", {{"role", "queen"}, {"locked", true}}), 400);
  EXPECT_EQ(account("anna")["locked"], false) << "all of it or nothing";
  EXPECT_EQ(change(carol_, "anna", {{"name", "anne"}}), 400);
  EXPECT_EQ(change(carol_, "nobody", {{"locked", true}}), 404);
}

TEST_F(AccountEndpoints, UnlockingForgetsRefusedPasswords) {
  Browser browser;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(case_.sign_in(browser, "anna", "not her password at all").status, 401);
  }
  EXPECT_FALSE(account("anna")["locked_until"].is_null());
  EXPECT_EQ(change(carol_, "anna", {{"locked", false}}), 200);
  EXPECT_TRUE(account("anna")["locked_until"].is_null());
  EXPECT_EQ(case_.sign_in(browser, "anna", SignInCase::kPassword).status, 200);
}

TEST_F(AccountEndpoints, NobodyLocksHimselfOut) {
  EXPECT_EQ(change(carol_, "carol", {{"locked", true}}), 403);
  EXPECT_EQ(change(carol_, "carol", {{"role", "planner"}}), 403);
}

TEST_F(AccountEndpoints, AResetEndsWhatTheOldPasswordOpened) {
  auto anna = case_.signed_in("anna");
  auto const reset = case_.ask(carol_, "POST", "/api/accounts/anna/password");
  ASSERT_EQ(reset.status, 200);
  EXPECT_TRUE(json_of(case_.ask(anna, "GET", "/api/session"))["account"].is_null());
  static_cast<void>(case_.signed_in("anna", json_of(reset)["password"]));
  EXPECT_EQ(case_.ask(carol_, "POST", "/api/accounts/nobody/password").status, 404);
}

class TokenEndpoints : public ::testing::Test {
 protected:
  SignInCase case_;
  Browser anna_{case_.signed_in("anna")};
};

TEST_F(TokenEndpoints, AreMadeListedAndRevoked) {
  auto const body =
      nlohmann::json{{"token", "laptop"}, {"expires", model::print(case_.now() + 24h)}};
  auto const made = case_.ask(anna_, "POST", "/api/tokens", body.dump());
  ASSERT_EQ(made.status, 201) << made.text();
  std::string const text = json_of(made)["text"];
  EXPECT_EQ(json_of(case_.ask_with_token(text, "GET", "/api/session"))["account"], "anna");
  auto const listed = case_.ask(anna_, "GET", "/api/tokens");
  EXPECT_EQ(listed.text().find(text), std::string_view::npos);
  EXPECT_EQ(json_of(listed)["items"][0]["token"], "laptop");
  EXPECT_EQ(json_of(listed)["items"][0]["counts"], true);
  EXPECT_EQ(case_.ask(anna_, "DELETE", "/api/tokens/laptop").status, 204);
  EXPECT_EQ(case_.ask_with_token(text, "GET", "/api/session").status, 401);
  EXPECT_EQ(json_of(case_.ask(anna_, "GET", "/api/tokens"))["items"][0]["revoked"], true);
  EXPECT_EQ(case_.ask(anna_, "DELETE", "/api/tokens/phone").status, 404);
}

TEST_F(TokenEndpoints, AreOnesOwn) {
  ASSERT_EQ(case_.ask(anna_, "POST", "/api/tokens", R"({"token":"laptop"})").status, 201);
  auto ben = case_.signed_in("ben");
  EXPECT_TRUE(json_of(case_.ask(ben, "GET", "/api/tokens"))["items"].empty());
  EXPECT_EQ(case_.ask(ben, "DELETE", "/api/tokens/laptop").status, 404);
  Browser nobody;
  EXPECT_EQ(case_.ask(nobody, "GET", "/api/tokens").status, 401);
}

TEST_F(TokenEndpoints, MakeNoOthers) {
  std::string const text =
      json_of(case_.ask(anna_, "POST", "/api/tokens", R"({"token":"laptop"})"))["text"];
  EXPECT_EQ(case_.ask_with_token(text, "POST", "/api/tokens", R"({"token":"more"})").status, 403);
}

TEST_F(TokenEndpoints, RefusesWhatIsNone) {
  for (char const* const wrong : {"{}", R"({"token":7})", R"({"token":"Not A Name"})",
                                  R"({"token":"old","expires":"2020-01-01T00:00:00Z"})",
                                  R"({"token":"x","expires":"soon"})"}) {
    EXPECT_EQ(case_.ask(anna_, "POST", "/api/tokens", wrong).status, 400) << wrong;
  }
}

TEST_F(TokenEndpoints, AreNotWithoutNumber) {
  for (int i = 0; i < 50; ++i) {
    auto const body = nlohmann::json{{"token", "t" + std::to_string(i)}}.dump();
    ASSERT_EQ(case_.ask(anna_, "POST", "/api/tokens", body).status, 201) << i;
  }
  EXPECT_EQ(case_.ask(anna_, "POST", "/api/tokens", R"({"token":"one-more"})").status, 403);
}

}  // namespace
}  // namespace guarantor::serve
