#include "guarantor/store/accounts.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "guarantor/store/store_check.h"
#include "temporary_store.h"

namespace guarantor::store {
namespace {

using namespace std::chrono_literals;

constexpr char const* kGood = "four quiet lanterns";
constexpr char const* kOther = "seven loud harbours";

class AccountsTest : public testing::Test {
 protected:
  AccountsTest()
      : accounts_{store_.store(),
                  {.cost = kCheapestPassword,
                   .role = [](std::string_view role) -> model::Result<model::Done> {
                     if (role == "planner" || role == "controller" || role == "delegate:XAB") {
                       return model::Done{};
                     }
                     return model::Error{model::ErrorKind::kBadInput, "no role", ""};
                   }}} {}

  static Author at(std::chrono::seconds seconds, std::string name = "anna's desk") {
    return {std::move(name), model::Instant{std::chrono::hours{500'000}} + seconds};
  }
  static Accounts::NewPassword password(char const* text, bool one_time = false) {
    PasswordSalt salt{};
    salt[0] = static_cast<std::uint8_t>(text[0]);
    return {text, salt, one_time};
  }
  void add_anna() { ASSERT_TRUE(accounts_.add("anna", "planner", password(kGood), at(0s)).ok()); }
  SignIn sign_in(std::string_view name, std::string_view text, std::chrono::seconds when) {
    auto const answer = accounts_.sign_in(name, text, at(when));
    EXPECT_TRUE(answer.ok()) << answer.error().message;
    return answer.ok() ? answer.value() : SignIn{};
  }
  std::vector<Record> records(RecordKind kind, std::string_view key) {
    return store_.store().history(kind, key).value();
  }
  bool sound() {
    auto const report = check_store(store_.file(), {});
    EXPECT_TRUE(report.ok());
    if (report.ok() && report.value().finding) {
      ADD_FAILURE() << report.value().finding->what;
    }
    return report.ok() && report.value().sound() && accounts_.faults().value().empty();
  }

  TemporaryStore store_;
  Accounts accounts_;
};

TEST_F(AccountsTest, WhoKnowsThePasswordComesIn) {
  add_anna();
  auto const answer = sign_in("anna", kGood, 1s);
  ASSERT_TRUE(answer.account);
  EXPECT_EQ(answer.account->role, "planner");
  EXPECT_FALSE(answer.must_change);
  EXPECT_TRUE(records(RecordKind::kAccess, "anna").empty()) << "only what is refused is kept";
}

TEST_F(AccountsTest, ChangesAtOnceDoNotUndoEachOther) {
  add_anna();
  constexpr int kChanges = 25;
  store_.close();  // a connection is not taken along into another process
  pid_t const child = ::fork();
  auto const change = [&](auto const& one) {
    auto store = SqliteStore::open(store_.file(), store_.key());
    bool whole = store.ok();
    for (int i = 0; whole && i < kChanges; ++i) {
      Accounts accounts{*store.value(), {.cost = kCheapestPassword, .role = {}}};
      whole = one(accounts, i).ok();
    }
    return whole;
  };
  if (child == 0) {
    ::_exit(change([](Accounts& accounts, int i) {
      return accounts.add_token("anna", {.name = "t" + std::to_string(i)}, at(1s));
    })
                ? 0
                : 1);
  }
  EXPECT_TRUE(change([](Accounts& accounts, int i) {
    return accounts.set_password("anna", password(i % 2 == 0 ? kOther : kGood), at(1s));
  }));
  int status = 1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  auto const store = SqliteStore::open(store_.file());
  ASSERT_TRUE(store.ok());
  auto const last = store.value()->latest(RecordKind::kAccount, "anna").value();
  for (int i = 0; i < kChanges; ++i) {
    EXPECT_NE(last->body.find("\"t" + std::to_string(i) + "\""), std::string::npos) << i;
  }
  EXPECT_FALSE(check_store(store_.file(), {}).value().finding);
}

TEST_F(AccountsTest, AWrongPasswordIsRefusedAndKept) {
  add_anna();
  EXPECT_EQ(sign_in("anna", kOther, 1s).refused, "wrong password");
  auto const kept = records(RecordKind::kAccess, "anna");
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].body, R"({"account":"anna","why":"wrong password"})");
  EXPECT_EQ(kept[0].by, "anna's desk");
  EXPECT_TRUE(sound());
}

TEST_F(AccountsTest, WhatWasTypedForAnUnknownNameIsNotKept) {
  EXPECT_EQ(sign_in("four quiet lanterns", kGood, 1s).refused, "no such account");
  auto const kept = records(RecordKind::kAccess, "unknown");
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].body.find("lanterns"), std::string::npos);
  EXPECT_FALSE(accounts_.add("unknown", "planner", password(kGood), at(0s)).ok());
}

TEST_F(AccountsTest, NeitherPasswordNorVerifierIsInTheLedger) {
  add_anna();
  auto const verifier = store_.store().secret("anna").value();
  ASSERT_TRUE(verifier);
  auto const record = records(RecordKind::kAccount, "anna").back();
  EXPECT_EQ(record.body.find(kGood), std::string::npos);
  EXPECT_EQ(record.body.find(*verifier), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(record.body)["verifier_sha256"],
            ledger::hex(ledger::sha256(*verifier)));
}

TEST_F(AccountsTest, FiveRefusedPasswordsLockForAQuarterOfAnHour) {
  add_anna();
  for (auto const second : {10s, 11s, 12s, 13s}) {
    EXPECT_EQ(sign_in("anna", kOther, second).refused, "wrong password");
  }
  EXPECT_TRUE(sign_in("anna", kGood, 14s).account) << "four do not lock";
  EXPECT_EQ(sign_in("anna", kOther, 15s).refused, "wrong password");
  EXPECT_EQ(sign_in("anna", kGood, 16s).refused, "locked after refused passwords");
  EXPECT_EQ(sign_in("anna", kOther, 17s).refused, "locked after refused passwords")
      << "a lock does not tell right from wrong";
  EXPECT_EQ(accounts_.locked_until("anna", at(20s).at).value(), at(15s + 15min).at);
  EXPECT_TRUE(sign_in("anna", kGood, 15s + 15min).account);
  EXPECT_EQ(records(RecordKind::kAccess, "anna").size(), 7U) << "every refusal is kept";
  EXPECT_TRUE(sound());
}

TEST_F(AccountsTest, UnlockingForgetsRefusedPasswords) {
  add_anna();
  for (auto const second : {10s, 11s, 12s, 13s, 14s}) {
    sign_in("anna", kOther, second);
  }
  ASSERT_TRUE(accounts_.unlock("anna", at(15s, "root")).ok());
  EXPECT_TRUE(sign_in("anna", kGood, 16s).account);
}

TEST_F(AccountsTest, AnAdministratorsLockHoldsUntilItIsTakenBack) {
  add_anna();
  ASSERT_TRUE(accounts_.lock("anna", at(1s)).ok());
  EXPECT_EQ(sign_in("anna", kGood, 24h).refused, "locked by an administrator");
  ASSERT_TRUE(accounts_.unlock("anna", at(25h)).ok());
  EXPECT_TRUE(sign_in("anna", kGood, 26h).account);
}

TEST_F(AccountsTest, ThePasswordForOneUseMustBeChanged) {
  ASSERT_EQ(accounts_.add_first("controller", password(kGood), at(0s)).value(), true);
  EXPECT_EQ(accounts_.add_first("controller", password(kOther), at(1s)).value(), false)
      << "only where nobody can sign in yet";
  auto const first = sign_in("admin", kGood, 2s);
  ASSERT_TRUE(first.account);
  EXPECT_TRUE(first.must_change);
  EXPECT_FALSE(accounts_.change_password("admin", kOther, password(kOther), at(3s)).ok());
  EXPECT_FALSE(accounts_.change_password("admin", kGood, password(kGood), at(4s)).ok())
      << "the old one again";
  ASSERT_TRUE(accounts_.change_password("admin", kGood, password(kOther), at(5s)).ok());
  EXPECT_EQ(sign_in("admin", kGood, 6s).refused, "wrong password");
  auto const later = sign_in("admin", kOther, 7s);
  ASSERT_TRUE(later.account);
  EXPECT_FALSE(later.must_change);
  EXPECT_TRUE(sound());
}

TEST_F(AccountsTest, RolesAndNamesAndPasswordsAreChecked) {
  EXPECT_FALSE(accounts_.add("anna", "emperor", password(kGood), at(0s)).ok());
  EXPECT_FALSE(accounts_.add("Anna", "planner", password(kGood), at(0s)).ok());
  EXPECT_FALSE(accounts_.add("anna", "planner", password("short"), at(0s)).ok());
  add_anna();
  EXPECT_EQ(accounts_.add("anna", "planner", password(kGood), at(0s)).error().kind,
            model::ErrorKind::kRefused);
  EXPECT_FALSE(accounts_.set_role("anna", "emperor", at(1s)).ok());
  ASSERT_TRUE(accounts_.set_role("anna", "delegate:XAB", at(1s)).ok());
  EXPECT_EQ(sign_in("anna", kGood, 2s).account->role, "delegate:XAB");
  EXPECT_EQ(accounts_.set_role("bert", "planner", at(1s)).error().kind,
            model::ErrorKind::kNotFound);
}

TEST_F(AccountsTest, WhoIsRemovedStaysOutAndTheNameStaysTaken) {
  add_anna();
  ASSERT_TRUE(accounts_.remove("anna", at(1s)).ok());
  EXPECT_EQ(store_.store().secret("anna").value(), std::nullopt);
  EXPECT_EQ(sign_in("anna", kGood, 2s).refused, "no such account");
  EXPECT_TRUE(accounts_.list().value().empty());
  EXPECT_EQ(accounts_.add("anna", "planner", password(kGood), at(3s)).error().kind,
            model::ErrorKind::kRefused);
  EXPECT_TRUE(sound());
}

TEST_F(AccountsTest, ATokenLetsInUntilItExpiresOrIsRevoked) {
  add_anna();
  std::array<std::uint8_t, 32> bytes{};
  bytes[3] = 7;
  auto const text = token_text("anna", bytes);
  ASSERT_TRUE(accounts_
                  .add_token("anna",
                             {.name = "laptop", .hash = token_hash(text), .expires = at(100s).at},
                             at(0s))
                  .ok());
  for (Record const& record : records(RecordKind::kAccount, "anna")) {
    EXPECT_EQ(record.body.find(text), std::string::npos) << "only its hash is kept";
  }
  auto const with = [&](std::string_view token, std::chrono::seconds when) {
    return accounts_.sign_in_with_token(token, at(when)).value();
  };
  EXPECT_TRUE(with(text, 99s).account);
  EXPECT_EQ(with(text, 100s).refused, "token expired");
  auto other = text;
  other.back() = other.back() == '0' ? '1' : '0';
  EXPECT_EQ(with(other, 1s).refused, "no such token");
  EXPECT_EQ(with("gt1.bert." + std::string(64, '0'), 1s).refused, "no such token");
  EXPECT_EQ(with("anna", 1s).refused, "no such token");
  ASSERT_TRUE(accounts_.revoke_token("anna", "laptop", at(50s)).ok());
  EXPECT_EQ(with(text, 60s).refused, "token revoked");
  EXPECT_FALSE(accounts_.add_token("anna", {.name = "laptop"}, at(61s)).ok());
  EXPECT_FALSE(accounts_.revoke_token("anna", "phone", at(61s)).ok());
  EXPECT_TRUE(sound());
}

TEST_F(AccountsTest, RefusedPasswordsDoNotLockTokensOut) {
  add_anna();
  auto const text = token_text("anna", {});
  ASSERT_TRUE(
      accounts_.add_token("anna", {.name = "watch", .hash = token_hash(text)}, at(0s)).ok());
  for (auto const second : {1s, 2s, 3s, 4s, 5s}) {
    sign_in("anna", kOther, second);
  }
  EXPECT_TRUE(accounts_.sign_in_with_token(text, at(6s)).value().account)
      << "a guesser must not stop what runs";
  ASSERT_TRUE(accounts_.lock("anna", at(7s)).ok());
  EXPECT_EQ(accounts_.sign_in_with_token(text, at(8s)).value().refused,
            "locked by an administrator");
}

TEST_F(AccountsTest, AVerifierSomebodyPutInItsPlaceIsFoundAndLetsNobodyIn) {
  add_anna();
  auto const forged = make_verifier(kOther, {}, kCheapestPassword).value();
  std::vector<Draft> const nothing;
  std::array<Secret, 1> const secrets{Secret{"anna", forged}};
  ASSERT_TRUE(store_.store().append(nothing, somebody(), secrets).ok());
  EXPECT_EQ(accounts_.sign_in("anna", kOther, at(1s)).error().kind, model::ErrorKind::kCheckFailed);
  ASSERT_EQ(accounts_.faults().value().size(), 1U);
  EXPECT_NE(accounts_.faults().value()[0].find("is not what record"), std::string::npos);
  EXPECT_TRUE(check_store(store_.file(), {}).value().finding);

  std::array<Secret, 1> const gone{Secret{"anna", ""}};
  ASSERT_TRUE(store_.store().append(nothing, somebody(), gone).ok());
  EXPECT_NE(accounts_.faults().value()[0].find("is gone"), std::string::npos);
}

TEST(Account, StandsInABodyAndBack) {
  Account account{.name = "anna", .role = "delegate:XAB", .change = AccountChange::kTokenMade};
  account.one_time = true;
  account.locked = true;
  account.verifier = ledger::sha256("verifier");
  account.tokens = {{.name = "a", .hash = ledger::sha256("a"), .revoked = true},
                    {.name = "b",
                     .hash = ledger::sha256("b"),
                     .expires = model::parse_instant("2026-03-01T10:00:00Z")}};
  EXPECT_EQ(account_from_body(to_body(account)).value(), account);
  for (char const* const body :
       {"", "{}", "[]", R"({"account":1})", R"({"account":"a","role":"b","one_time":false,
        "locked":false,"removed":false,"change":"promoted","verifier_sha256":"00","tokens":[]})"}) {
    EXPECT_EQ(account_from_body(body).error().kind, model::ErrorKind::kCheckFailed) << body;
  }
}

TEST(ApiToken, SaysWhoseItIs) {
  auto const text = token_text("anna.b", {});
  EXPECT_EQ(account_of_token(text), "anna.b");
  for (std::string const& none :
       {std::string{}, std::string{"gt1."}, "gt2" + text.substr(3), text + "0",
        "gt1." + std::string(64, '0'), "gt1.Anna." + std::string(64, '0')}) {
    EXPECT_EQ(account_of_token(none), std::nullopt) << none;
  }
}

}  // namespace
}  // namespace guarantor::store
