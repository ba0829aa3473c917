#include "guarantor/serve/idempotency.h"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>
#include <string>
#include <thread>

namespace guarantor::serve {
namespace {

using namespace std::chrono_literals;

class IdempotencyTest : public ::testing::Test {
 protected:
  static Request request(std::string key, std::string body = "{}") {
    Request made{.method = "POST", .path = "/api/tokens", .body = std::move(body)};
    made.headers.set("Idempotency-Key", std::move(key));
    return made;
  }
  Response ask(Idempotency& memory, Request const& request, Caller const& caller) {
    return memory.answer(caller, request, [this] {
      calls_ += 1;
      return respond_json("answer " + std::to_string(calls_), 201);
    });
  }
  Response ask(Idempotency& memory, Request const& request) { return ask(memory, request, anna_); }

  model::Instant now_{*model::parse_instant("2026-11-29T12:00:00Z")};
  Idempotency memory_{{}, [this] { return now_; }};
  Caller anna_{
      .viewer = {policy::Role::kPlanner}, .account = "anna", .credential = Credential::kSession};
  int calls_{};
};

TEST_F(IdempotencyTest, TheSameIsAnsweredTheSameAndDoneOnce) {
  auto const first = ask(memory_, request("k"));
  auto const second = ask(memory_, request("k"));
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(second.status, 201);
  EXPECT_EQ(second.text(), "answer 1");
  EXPECT_EQ(second.headers.find("Idempotent-Replayed"), "true");
  EXPECT_EQ(ask(memory_, request("another")).text(), "answer 2");
}

TEST_F(IdempotencyTest, AKeyIsOfOneRequest) {
  EXPECT_EQ(ask(memory_, request("k")).status, 201);
  EXPECT_EQ(ask(memory_, request("k", R"({"other":1})")).status, 422);
  auto elsewhere = request("k");
  elsewhere.path = "/api/accounts";
  EXPECT_EQ(ask(memory_, elsewhere).status, 422);
  EXPECT_EQ(calls_, 1);
}

TEST_F(IdempotencyTest, AKeyIsOfOneCallerInOneRole) {
  Caller ben = anna_;
  ben.account = "ben";
  Caller other_role = anna_;
  other_role.viewer = {policy::Role::kDelegate, model::NationId{"XAB"}};
  EXPECT_EQ(ask(memory_, request("k")).text(), "answer 1");
  EXPECT_EQ(ask(memory_, request("k"), ben).text(), "answer 2");
  EXPECT_EQ(ask(memory_, request("k"), other_role).text(), "answer 3");
}

TEST_F(IdempotencyTest, WhileItIsAnsweredTheSameWaits) {
  std::promise<void> begun;
  std::promise<void> go;
  std::thread first{[&] {
    auto const response = memory_.answer(anna_, request("k"), [&] {
      begun.set_value();
      go.get_future().wait();
      return respond_json("{}");
    });
    EXPECT_EQ(response.status, 200);
  }};
  begun.get_future().wait();
  auto const second = ask(memory_, request("k"));
  go.set_value();
  first.join();
  EXPECT_EQ(second.status, 409);
  EXPECT_TRUE(second.headers.find("Retry-After"));
  EXPECT_EQ(calls_, 0);
}

TEST_F(IdempotencyTest, WhatFailedWithUsMayBeSentAgain) {
  for (int const status : {500, 503, 429}) {
    auto const failed =
        memory_.answer(anna_, request("k"), [&] { return respond_json("", status); });
    EXPECT_EQ(failed.status, status);
  }
  EXPECT_THROW(static_cast<void>(memory_.answer(
                   anna_, request("k"), []() -> Response { throw std::runtime_error("lost"); })),
               std::runtime_error);
  EXPECT_EQ(memory_.remembered(), 0U);
  EXPECT_EQ(ask(memory_, request("k")).status, 201);
}

TEST_F(IdempotencyTest, SecretsAreNotKept) {
  auto const secret = [] {
    auto response = respond_json("the password", 201);
    response.headers.set("Cache-Control", "no-store");
    return response;
  };
  EXPECT_EQ(memory_.answer(anna_, request("k"), secret).status, 201);
  auto const again = memory_.answer(anna_, request("k"), secret);
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.text().find("the password"), std::string_view::npos);
}

TEST_F(IdempotencyTest, ADayLaterItIsNew) {
  EXPECT_EQ(ask(memory_, request("k")).text(), "answer 1");
  now_ += 24h;
  EXPECT_EQ(ask(memory_, request("k")).text(), "answer 2");
  EXPECT_EQ(memory_.remembered(), 1U);
}

TEST_F(IdempotencyTest, MemoryHasAnEnd) {
  Idempotency small{{.most = 10, .most_of_one = 5, .most_bytes = 30}, [this] { return now_; }};
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(ask(small, request(std::to_string(i))).status, 201);
    EXPECT_LE(small.remembered(), 5U);
  }
  EXPECT_EQ(small.remembered(), 3U) << "of 9 bytes each";
  EXPECT_EQ(ask(small, request("49")).text(), "answer 50");
  EXPECT_EQ(ask(small, request("2")).text(), "answer 51") << "forgotten, so done again";
}

TEST_F(IdempotencyTest, OneWhoSendsMuchTakesNothingFromOthers) {
  Idempotency small{{.most = 100, .most_of_one = 2}, [this] { return now_; }};
  Caller ben = anna_;
  ben.account = "ben";
  EXPECT_EQ(ask(small, request("k"), ben).text(), "answer 1");
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(ask(small, request(std::to_string(i))).status, 201);
  }
  EXPECT_EQ(ask(small, request("k"), ben).text(), "answer 1");
  EXPECT_EQ(small.remembered(), 3U);
}

TEST_F(IdempotencyTest, KeysAreShortAndPlain) {
  EXPECT_EQ(ask(memory_, request("")).status, 400);
  EXPECT_EQ(ask(memory_, request("two words")).status, 400);
  EXPECT_EQ(ask(memory_, request(std::string(256, 'k'))).status, 400);
  EXPECT_EQ(ask(memory_, request(std::string(255, 'k'))).status, 201);
  EXPECT_EQ(ask(memory_, request("\xc3\xa9")).status, 400);
}

}  // namespace
}  // namespace guarantor::serve
