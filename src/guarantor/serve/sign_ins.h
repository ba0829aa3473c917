#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "guarantor/ledger/digest.h"
#include "guarantor/ledger/random_bytes.h"
#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/serve/caller.h"
#include "guarantor/serve/http_message.h"
#include "guarantor/serve/store_gate.h"
#include "guarantor/store/accounts.h"

namespace guarantor::serve {

class ProxyWord;

struct SignInRules {
  std::chrono::minutes idle{std::chrono::hours{2}};
  std::chrono::minutes longest{std::chrono::hours{12}};
  std::size_t most_sessions{10'000};
  std::size_t most_at_once{2};    ///< passwords tried at the same time: each takes its memory
  std::size_t most_waiting{100};  ///< for their turn; more are refused
  store::AccountRules accounts{};
  std::shared_ptr<ProxyWord> proxy{};  ///< whose word counts beside accounts; null: nobody's
};

/// Who asks: by a session's cookie, an API token, or the word of a proxy that is trusted. Sessions
/// live as long as this program; what an account may is read anew with every request, so that a
/// lock, another role, another password or the account's end counts at once, whoever kept it. For
/// any thread.
class SignIns {
 public:
  SignIns(StoreGate& gate, SignInRules rules, std::function<model::Instant()> now)
      : gate_{gate}, rules_{std::move(rules)}, now_{std::move(now)} {}

  /// The public where the request shows nothing, or the cookie of a session that is over. Error
  /// kRefused where it shows a token that does not count, or no longer. A token in the header
  /// `Authorization` comes before a session, and that before `X-Forwarded-Access-Token`.
  [[nodiscard]] model::Result<Caller> identify(Request const& request);

  struct Opened {
    Caller caller;
    std::string cookie;  ///< the value of `Set-Cookie`
  };
  /// By password; a session that the request had before ends. Takes half a second, and holds
  /// nothing that others need. Errors: kRefused, the same whatever was wrong; kLimit where too many
  /// wait.
  [[nodiscard]] model::Result<Opened> sign_in(std::string_view name, std::string_view password,
                                              Request const& request);
  /// Ends the caller's session; gives the `Set-Cookie` that takes the cookie back.
  [[nodiscard]] std::string sign_out(Caller const& caller, Request const& request);
  /// Leaves another password, ends every session of the account and opens a new one. Errors: those
  /// of `sign_in`; kBadInput where the new password is weak or the old one again.
  [[nodiscard]] model::Result<Opened> change_password(Caller const& caller, std::string_view old,
                                                      std::string_view chosen,
                                                      Request const& request);
  /// What is kept of a new password, when its turn has come. Errors: kBadInput, kLimit.
  [[nodiscard]] model::Result<store::Accounts::PreparedPassword> prepare(
      std::string_view account, store::Accounts::NewPassword const& password);
  /// Ends every session of an account but one; an empty `but` ends all.
  void end(std::string_view account, std::string_view but = {});

  [[nodiscard]] store::AccountRules const& account_rules() const { return rules_.accounts; }
  [[nodiscard]] std::size_t sessions() const;

 private:
  struct Session {
    std::string id;
    std::string account;
    std::string csrf;
    ledger::Digest verifier;  ///< of the password it was opened with: another one ends it
    model::Instant begun{};
    model::Instant used{};
  };
  /// A turn at trying passwords.
  class Turn;

  [[nodiscard]] model::Result<Caller> by_token(std::string_view token, Request const& request);
  [[nodiscard]] model::Result<Caller> by_proxy(std::string_view token);
  [[nodiscard]] model::Result<Caller> by_session(std::string_view secret);
  /// The session of that secret as it is used now; nothing where it is over.
  [[nodiscard]] std::optional<Session> use(ledger::Digest const& secret);
  [[nodiscard]] Opened open(store::Account const& account, policy::Viewer viewer,
                            Request const& request);
  void make_room();
  void forget(Request const& request);
  /// Whether a refused token of that account is put down: once a minute, however many there are.
  [[nodiscard]] bool worth_a_record(std::string const& account, model::Instant now);

  StoreGate& gate_;
  SignInRules rules_;
  std::function<model::Instant()> now_;
  ledger::Digest own_secret_{ledger::draw_random_bytes()};  ///< of this process, for proxied pages
  mutable std::mutex mutex_;
  std::map<ledger::Digest, Session> sessions_;  ///< by the SHA-256 of the secret
  std::map<std::string, model::Instant> noted_;
  std::mutex turns_;
  std::condition_variable turned_;
  std::size_t trying_{};
  std::size_t waiting_{};
};

}  // namespace guarantor::serve
