#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/ledger/signing_key.h"
#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/serve/listener.h"
#include "guarantor/serve/sign_ins.h"

/// The server: a store and everything that is done with it, for browsers and other programs.
namespace guarantor::serve {

/// Where incidents are streamed as Cursor on Target.
struct CotOptions {
  std::vector<ListenerOptions> listeners{};
  policy::Viewer viewer{};  ///< whoever connects sees what it sees; the public, unless it is said
};

struct ServerOptions {
  std::filesystem::path store;
  std::string scenario;  ///< its id; empty: the one there is, or the first
  ListenerOptions listener;
  CotOptions cot{};
  SignInRules sign_ins;
  int answer_threads{2};
  std::string program_version;
  std::function<model::Instant()> now;
  /// A line of JSON for each thing that is written down.
  std::function<void(std::string_view line)> log;
};

class Server {
 public:
  /// Opens the store and the address. Errors: those of the store and of `Listener::open`; kNotFound
  /// for a scenario that the store does not have.
  [[nodiscard]] static model::Result<std::unique_ptr<Server>> open(ServerOptions options,
                                                                   ledger::SigningKey const& key);
  Server(Server const&) = delete;
  Server& operator=(Server const&) = delete;
  ~Server();

  [[nodiscard]] std::uint16_t port() const;
  /// Those of `cot`, in their order.
  [[nodiscard]] std::vector<std::uint16_t> cot_ports() const;
  /// Serves until `stop`.
  void run();
  /// From any thread: ends work and streams, lets answers be sent; `run` returns.
  void stop();

 private:
  class Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace guarantor::serve
