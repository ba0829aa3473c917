#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "guarantor/serve/http_message.h"
#include "guarantor/serve/idempotency.h"
#include "guarantor/serve/rates.h"
#include "guarantor/serve/router.h"
#include "guarantor/serve/sign_ins.h"

namespace guarantor::serve {

/// From a request to its response: who asks, whether they may, what is answered. Every endpoint is
/// behind it, so that none can forget to ask.
class Dispatcher {
 public:
  /// What is written down of each request, as fields of one line.
  struct Noted {
    std::string_view method;
    std::string_view path;
    std::string_view operation;  ///< empty: no route
    std::string_view account;
    std::string_view remote;
    int status{};
    double seconds{};
    std::size_t bytes{};
    std::string_view defect;  ///< what went wrong with us; never told to who asked
  };
  using Note = std::function<void(Noted const&)>;

  struct Rules {
    RateRules rates{};
    IdempotencyRules idempotency{};
    std::function<model::Instant()> now{};  ///< empty: the machine's clock
    Rates::Clock clock{};                   ///< empty: the machine's steady one
  };

  Dispatcher(Routes routes, SignIns& sign_ins, Note note)
      : Dispatcher(routes, sign_ins, note, {}) {}
  Dispatcher(Routes routes, SignIns& sign_ins, Note note, Rules rules);

  /// Never throws. For any thread.
  [[nodiscard]] Response answer(Request const& request);

  [[nodiscard]] Router const& router() const { return router_; }

 private:
  struct Answered {
    Response response;
    std::string_view operation;
    std::string account;
    std::string defect;
  };
  [[nodiscard]] Answered routed(Request const& request);
  [[nodiscard]] Answered called(Request const& request, Router::Match match);
  [[nodiscard]] Answered allowed(Call const& call, Route const& route);
  [[nodiscard]] model::Result<Caller> identify(Request const& request);
  /// Nothing where it is not too often; else how long to wait.
  [[nodiscard]] std::optional<std::chrono::seconds> too_often(Request const& request,
                                                              Caller const& caller,
                                                              std::string_view operation);

  Router router_;
  SignIns& sign_ins_;
  Note note_;
  Rates rates_;
  Idempotency idempotency_;
};

}  // namespace guarantor::serve
