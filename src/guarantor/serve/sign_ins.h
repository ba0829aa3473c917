#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/serve/caller.h"
#include "guarantor/serve/http_message.h"
#include "guarantor/serve/store_gate.h"
#include "guarantor/store/accounts.h"

namespace guarantor::serve {

struct SignInRules {
  std::chrono::minutes idle{std::chrono::hours{2}};
  std::chrono::minutes longest{std::chrono::hours{12}};
  std::size_t most_sessions{10'000};
  store::AccountRules accounts{};
};

/// Who asks: by a session's cookie, an API token, or the word of a proxy that is trusted. Sessions
/// live as long as this program; what an account may is read anew with every request, so that a
/// lock or another role counts at once.
class SignIns {
 public:
  SignIns(StoreGate& gate, SignInRules rules, std::function<model::Instant()> now)
      : gate_{gate}, rules_{std::move(rules)}, now_{std::move(now)} {}

  /// The public where the request shows nothing. Error kRefused where it shows something that does
  /// not count, or no longer.
  [[nodiscard]] model::Result<Caller> identify(Request const& request);

  struct Opened {
    Caller caller;
    std::string cookie;  ///< the value of `Set-Cookie`
  };
  /// By password; a session that the request had before ends. Error kRefused, the same whatever was
  /// wrong.
  [[nodiscard]] model::Result<Opened> sign_in(std::string_view name, std::string_view password,
                                              Request const& request);
  /// Ends the caller's session; gives the `Set-Cookie` that takes the cookie back.
  [[nodiscard]] std::string sign_out(Caller const& caller, Request const& request);
  /// Ends every session of an account but one; an empty `but` ends all.
  void end(std::string_view account, std::string_view but = {});

 private:
  StoreGate& gate_;
  SignInRules rules_;
  std::function<model::Instant()> now_;
};

}  // namespace guarantor::serve
