#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "guarantor/serve/listener.h"

/// A listener's connections. For `listener.cc` alone.
namespace guarantor::serve {

/// Has work done on the network's thread, from any other, also when the network is gone by then.
class Postbox {
 public:
  explicit Postbox(boost::asio::io_context& context) : context_{&context} {}
  void post(std::function<void()> work);
  /// What is posted from now on is forgotten.
  void shut();

 private:
  std::mutex mutex_;
  boost::asio::io_context* context_;
};

/// One client, as the network sees it.
class AnyConnection {
 public:
  AnyConnection() = default;
  AnyConnection(AnyConnection const&) = delete;
  AnyConnection& operator=(AnyConnection const&) = delete;
  virtual ~AnyConnection() = default;

  /// Ends it once what was asked is answered.
  virtual void stop() = 0;
};

/// What the connections have in common. All but `count` is the network thread's.
struct Shared {
  ListenerOptions options;
  Listener::Answerer answerer;
  Listener::Streamer streamer;  ///< where there is one, clients ask nothing
  Listener::Watcher watcher;
  std::shared_ptr<Postbox> postbox{};
  std::unordered_set<AnyConnection*> connections{};
  std::atomic<std::size_t> count{};
  std::size_t body_bytes{};  ///< of requests that are being read or answered
  bool stopping{};

  void note(std::string_view what, std::string const& remote) const {
    if (watcher) {
      watcher(what, remote);
    }
  }
};

/// Serves a client that was accepted until it is gone; `tls` is null for plain TCP. REQUIRES: on
/// the network's thread; `shared` outlives the network's work.
void serve_client(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context* tls,
                  Shared& shared);

}  // namespace guarantor::serve
