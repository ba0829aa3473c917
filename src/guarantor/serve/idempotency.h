#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "guarantor/ledger/digest.h"
#include "guarantor/model/instant.h"
#include "guarantor/serve/caller.h"
#include "guarantor/serve/http_message.h"

namespace guarantor::serve {

struct IdempotencyRules {
  std::chrono::hours kept{24};
  std::size_t most{20'000};                        ///< requests that are remembered
  std::size_t most_of_one{2'000};                  ///< of them, of one caller
  std::size_t most_bytes{std::size_t{64} << 20U};  ///< of their responses
};

/// What was answered to requests that had an `Idempotency-Key`, so that whoever sends one again,
/// not knowing whether it came through, is answered the same and nothing is done twice. Remembered
/// as long as this program runs, for a day at most. For any thread.
class Idempotency {
 public:
  Idempotency(IdempotencyRules rules, std::function<model::Instant()> now)
      : rules_{rules}, now_{std::move(now)} {}

  /// Answers a request, or answers it again. `answer` is called once for each key of a caller,
  /// however often and from how many threads it is sent. Problems: 409 while the first is being
  /// answered, or where its answer held a secret and was not kept; 422 where the key was used with
  /// another request; 400 for a key that is none. What failed with us, or came too often, may be
  /// sent again.
  [[nodiscard]] Response answer(Caller const& caller, Request const& request,
                                std::function<Response()> const& answer);
  /// Whether a request has a key, and its caller is somebody whose keys are remembered.
  [[nodiscard]] static bool applies(Caller const& caller, Request const& request);

  [[nodiscard]] std::size_t remembered() const;

 private:
  using Name = std::pair<std::string, std::string>;  ///< who, in which role; and the key
  struct Entry {
    ledger::Digest request;
    model::Instant at{};
    bool answered{};
    std::optional<Response> response{};  ///< nothing where it held a secret
  };

  [[nodiscard]] std::optional<Response> begin(Name const& name, ledger::Digest const& request);
  void end(Name const& name, Response const& response);
  /// Forgets the oldest, of a caller that has too many; false where all are being answered.
  [[nodiscard]] bool room_for(std::string const& caller);
  void forget_old(model::Instant now);
  void forget(std::map<Name, Entry>::iterator place);

  IdempotencyRules rules_;
  std::function<model::Instant()> now_;
  mutable std::mutex mutex_;
  std::map<Name, Entry> entries_;
  std::map<std::string, std::size_t> of_caller_;       ///< none has 0
  std::deque<std::pair<model::Instant, Name>> order_;  ///< those that were answered, oldest first
  std::size_t bytes_{};
};

}  // namespace guarantor::serve
