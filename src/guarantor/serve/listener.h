#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "guarantor/model/error.h"
#include "guarantor/serve/http_message.h"

/// HTTP/1.1 over TCP or TLS. The only files of ours that know the network library.
namespace guarantor::serve {

struct TlsFiles {
  std::filesystem::path certificate;  ///< PEM, the chain
  std::filesystem::path key;          ///< PEM
};

struct ListenerLimits {
  std::size_t header_bytes{16U << 10U};
  std::size_t body_bytes{std::size_t{64} << 20U};
  std::size_t connections{4'000};
  std::size_t unsent_bytes{std::size_t{1} << 20U};  ///< of a stream, before a slow client is let go
  std::chrono::seconds header_time{15};             ///< to send the header of a request
  std::chrono::seconds body_time{60};               ///< and its body
  std::chrono::seconds idle{75};                    ///< between requests
  std::chrono::seconds send_time{30};               ///< for a client to take what is sent
  std::chrono::seconds drain{5};  ///< for answers that were begun, once it is to stop
};

struct ListenerOptions {
  std::string address{"127.0.0.1"};
  std::uint16_t port{8080};  ///< 0: any that is free
  std::optional<TlsFiles> tls;
  bool behind_proxy{};  ///< the proxy on this machine says who asks, in `X-Forwarded-For` and
                        ///< `-Proto`
  ListenerLimits limits;
};

/// Takes requests in and sends responses out, on one thread; what answers is somewhere else.
class Listener {
 public:
  /// Answers a request by calling `send` once, on any thread, now or later.
  using Answerer = std::function<void(Request request, std::function<void(Response)> send)>;
  /// Told of what no answerer sees: malformed requests, and clients let go; for log and counts.
  using Watcher = std::function<void(std::string_view what, std::string const& remote)>;

  /// Errors: kUnwritable where the address is taken or not ours, kBadInput for a certificate or key
  /// that cannot be used.
  [[nodiscard]] static model::Result<std::unique_ptr<Listener>> open(ListenerOptions options,
                                                                     Answerer answerer,
                                                                     Watcher watcher = {});
  /// What a client is sent that asks nothing; null where there are too many.
  using Streamer = std::function<std::shared_ptr<Subscription>()>;
  /// The same address for a stream that begins at once and knows no HTTP. What a client says is
  /// read over. Errors as `open`.
  [[nodiscard]] static model::Result<std::unique_ptr<Listener>> open_stream(ListenerOptions options,
                                                                            Streamer streamer,
                                                                            Watcher watcher = {});
  Listener(Listener const&) = delete;
  Listener& operator=(Listener const&) = delete;
  ~Listener();

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::size_t connections() const;

  /// Serves until `stop` was called and every answer that was begun is sent, or its time is up.
  void run();
  /// From any thread: takes nothing new, ends streams, lets answers be sent.
  void stop();

 private:
  class Network;
  explicit Listener(std::unique_ptr<Network> network);
  [[nodiscard]] static model::Result<std::unique_ptr<Listener>> open(
      std::unique_ptr<Network> network);
  std::unique_ptr<Network> network_;
};

}  // namespace guarantor::serve
