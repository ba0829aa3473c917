#include "guarantor/serve/answer_threads.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <vector>

namespace guarantor::serve {
namespace {

Request asked(std::string method, std::string path, std::string query = {}) {
  return {.method = std::move(method), .path = std::move(path), .query = std::move(query)};
}

TEST(Lane, GoesByWhatTakesLong) {
  EXPECT_EQ(lane_of(asked("GET", "/api/incidents")), Lane::kUsual);
  EXPECT_EQ(lane_of(asked("GET", "/api/scenarios/e/tables/pledges")), Lane::kUsual);
  EXPECT_EQ(lane_of(asked("GET", "/api/scenarios/e/tables/pledges", "format=xlsx")), Lane::kLong);
  EXPECT_EQ(lane_of(asked("GET", "/api/scenarios/e/pot")), Lane::kLong);
  EXPECT_EQ(lane_of(asked("PUT", "/api/scenarios/e/tables/pledges/p1")), Lane::kChange);
  EXPECT_EQ(lane_of(asked("POST", "/api/observations")), Lane::kChange);
  EXPECT_EQ(lane_of(asked("PUT", "/api/scenarios/e/tables/pledges/p1", "format=csv")),
            Lane::kChange);
  EXPECT_EQ(lane_of(asked("PUT", "/api/scenarios/e/tables/pledges/pot")), Lane::kChange);
  EXPECT_EQ(lane_of(asked("POST", "/api/scenarios/e/pot/trial")), Lane::kLong);
  EXPECT_EQ(lane_of(asked("POST", "/api/watch/reports")), Lane::kLong);
  EXPECT_EQ(lane_of(asked("POST", "/api/session")), Lane::kPassword);
  EXPECT_EQ(lane_of(asked("DELETE", "/api/session")), Lane::kUsual);
  EXPECT_EQ(lane_of(asked("GET", "/healthz")), Lane::kLife);
}

/// Answers that wait until they are let go.
struct Gate {
  std::promise<void> let_go;
  std::shared_future<void> gone{let_go.get_future().share()};
};

TEST(AnswerThreads, WhatTakesLongKeepsNobodyElseWaiting) {
  Gate gate;
  AnswerThreads threads{[&](Request const& request) {
                          if (lane_of(request) != Lane::kUsual) {
                            gate.gone.wait();
                          }
                          return respond(200, kText, request.path);
                        },
                        1};
  std::promise<std::string> pot;
  std::promise<std::string> change;
  threads.add(asked("GET", "/api/scenarios/e/pot"),
              [&](Response const& r) { pot.set_value(std::string{r.text()}); });
  threads.add(asked("PUT", "/api/scenarios/e/tables/pledges/p"),
              [&](Response const& r) { change.set_value(std::string{r.text()}); });
  std::promise<std::string> usual;
  threads.add(asked("GET", "/api/incidents"),
              [&](Response const& r) { usual.set_value(std::string{r.text()}); });
  EXPECT_EQ(usual.get_future().get(), "/api/incidents");
  gate.let_go.set_value();
  EXPECT_EQ(pot.get_future().get(), "/api/scenarios/e/pot");
  EXPECT_EQ(change.get_future().get(), "/api/scenarios/e/tables/pledges/p");
}

TEST(AnswerThreads, ChangesAreTakenInTheOrderTheyCame) {
  std::vector<std::string> order;
  std::promise<void> last;
  {
    AnswerThreads threads{[&](Request const& request) {
                            order.push_back(request.path);
                            return no_content();
                          },
                          2};
    for (int i = 0; i < 100; ++i) {
      threads.add(asked("PUT", std::to_string(i)), [&, i](Response const&) {
        if (i == 99) {
          last.set_value();
        }
      });
    }
    last.get_future().wait();
  }
  ASSERT_EQ(order.size(), 100U);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(order[static_cast<std::size_t>(i)], std::to_string(i));
  }
}

TEST(AnswerThreads, TooManyAreRefusedAtOnce) {
  Gate gate;
  auto threads = std::make_unique<AnswerThreads>(
      [&](Request const&) {
        gate.gone.wait();
        return no_content();
      },
      1);
  int refused = 0;
  for (int i = 0; i < 6000; ++i) {
    threads->add(asked("GET", "/api/incidents"),
                 [&](Response const& r) { refused += r.status == 503 ? 1 : 0; });
  }
  int const at_once = refused;
  gate.let_go.set_value();
  threads.reset();
  EXPECT_GE(at_once, 990);
  EXPECT_EQ(refused, at_once);
}

}  // namespace
}  // namespace guarantor::serve
