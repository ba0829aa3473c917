#include "guarantor/serve/listener.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <vector>

#include "guarantor/serve/connection.h"

namespace guarantor::serve {

using model::Error;
using model::ErrorKind;
using model::Result;

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Code = boost::system::error_code;

constexpr std::chrono::milliseconds kBreath{100};
constexpr char const* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL";

/// Each client takes a file descriptor; the usual soft limit is 1024.
void raise_open_files() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

Result<std::unique_ptr<asio::ssl::context>> open_tls(TlsFiles const& files) {
  auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context->native_handle(), kCiphers);
  SSL_CTX_set_options(context->native_handle(),
                      SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  // Thousands of quiet clients would else hold 32 KiB each for nothing.
  SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  Code wrong;
  wrong = context->use_certificate_chain_file(files.certificate.string(), wrong);
  if (wrong) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("{}: {}", files.certificate.string(), wrong.message()),
                 "give a certificate chain in PEM, the server's own first"};
  }
  wrong = context->use_private_key_file(files.key.string(), asio::ssl::context::pem, wrong);
  if (wrong) {
    return Error{ErrorKind::kBadInput, fmt::format("{}: {}", files.key.string(), wrong.message()),
                 "give the certificate's private key in PEM, without a password"};
  }
  return context;
}

}  // namespace

class Listener::Network {
 public:
  Network(ListenerOptions options, Answerer answerer, Streamer streamer, Watcher watcher)
      : shared_{.options = std::move(options),
                .answerer = std::move(answerer),
                .streamer = std::move(streamer),
                .watcher = std::move(watcher)} {
    shared_.postbox = std::make_shared<Postbox>(context_);
  }
  Network(Network const&) = delete;
  Network& operator=(Network const&) = delete;
  ~Network() { shared_.postbox->shut(); }

  Result<model::Done> open() {
    raise_open_files();
    auto const& options = shared_.options;
    if (options.tls) {
      auto tls = open_tls(*options.tls);
      if (!tls.ok()) {
        return tls.error();
      }
      tls_ = std::move(tls).value();
    }
    Code wrong;
    auto const address = asio::ip::make_address(options.address, wrong);
    if (wrong) {
      return Error{ErrorKind::kBadInput, fmt::format("`{}` is no address", options.address),
                   "give an IP address, e.g. 127.0.0.1, or 0.0.0.0 for all of this machine's"};
    }
    tcp::endpoint const endpoint{address, options.port};
    auto& acceptor = acceptor_.emplace(context_);
    wrong = acceptor.open(endpoint.protocol(), wrong);
    if (!wrong) {
      wrong = acceptor.set_option(tcp::acceptor::reuse_address{true}, wrong);
    }
    if (!wrong) {
      wrong = acceptor.bind(endpoint, wrong);
    }
    if (!wrong) {
      wrong = acceptor.listen(asio::socket_base::max_listen_connections, wrong);
    }
    if (wrong) {
      return Error{ErrorKind::kUnwritable,
                   fmt::format("{}:{}: {}", options.address, options.port, wrong.message()),
                   "choose another address or port"};
    }
    port_ = acceptor.local_endpoint().port();
    asio::co_spawn(context_, accept(), [](std::exception_ptr const&) {});
    return model::Done{};
  }

  void run() {
    for (;;) {
      try {
        context_.run();
        return;
      } catch (std::exception const& wrong) {
        shared_.note(wrong.what(), {});
      }
    }
  }

  void stop() {
    shared_.postbox->post([this] {
      if (shared_.stopping) {
        return;
      }
      shared_.stopping = true;
      Code ignored;
      ignored = acceptor_->close(ignored);
      breath_.cancel();
      for (auto* const connection :
           std::vector<AnyConnection*>{shared_.connections.begin(), shared_.connections.end()}) {
        connection->stop();
      }
      drained_.expires_after(shared_.options.limits.drain);
      drained_.async_wait([this](Code const& code) {
        if (!code) {
          context_.stop();
        }
      });
      end_when_empty();
    });
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::size_t connections() const { return shared_.count; }

 private:
  asio::awaitable<void> accept() {
    while (!shared_.stopping) {
      Code code;
      tcp::socket socket =
          co_await acceptor_->async_accept(asio::redirect_error(asio::use_awaitable, code));
      if (shared_.stopping) {
        break;
      }
      if (code) {
        // Out of file descriptors, most likely: others must leave first.
        breath_.expires_after(kBreath);
        co_await breath_.async_wait(asio::redirect_error(asio::use_awaitable, code));
      } else if (shared_.count >= shared_.options.limits.connections) {
        shared_.note("too many connections", {});
      } else {
        serve_client(std::move(socket), tls_.get(), shared_);
      }
    }
  }

  /// Looks again until nobody is left.
  void end_when_empty() {
    if (shared_.connections.empty()) {
      drained_.cancel();
      return;
    }
    breath_.expires_after(std::chrono::milliseconds{10});
    breath_.async_wait([this](Code const&) { end_when_empty(); });
  }

  std::unique_ptr<asio::ssl::context> tls_;
  Shared shared_;
  asio::io_context context_{1};  // its end is that of connections, which need what is above
  std::optional<tcp::acceptor> acceptor_;
  asio::steady_timer breath_{context_};
  asio::steady_timer drained_{context_};
  std::uint16_t port_{};
};

Result<std::unique_ptr<Listener>> Listener::open(ListenerOptions options, Answerer answerer,
                                                 Watcher watcher) {
  return open(std::make_unique<Network>(std::move(options), std::move(answerer), Streamer{},
                                        std::move(watcher)));
}

Result<std::unique_ptr<Listener>> Listener::open_stream(ListenerOptions options, Streamer streamer,
                                                        Watcher watcher) {
  return open(std::make_unique<Network>(std::move(options), Answerer{}, std::move(streamer),
                                        std::move(watcher)));
}

Result<std::unique_ptr<Listener>> Listener::open(std::unique_ptr<Network> network) {
  if (auto const opened = network->open(); !opened.ok()) {
    return opened.error();
  }
  return std::unique_ptr<Listener>{new Listener{std::move(network)}};
}

Listener::Listener(std::unique_ptr<Network> network) : network_{std::move(network)} {}

Listener::~Listener() = default;

std::uint16_t Listener::port() const {
  return network_->port();
}

std::size_t Listener::connections() const {
  return network_->connections();
}

void Listener::run() {
  network_->run();
}

void Listener::stop() {
  network_->stop();
}

}  // namespace guarantor::serve
