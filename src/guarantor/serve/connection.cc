#include "guarantor/serve/connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <type_traits>
#include <variant>

#include "guarantor/serve/chunked_body.h"
#include "guarantor/serve/problem.h"
#include "guarantor/serve/request_head.h"
#include "guarantor/serve/response_text.h"
#include "guarantor/serve/security_headers.h"
#include "guarantor/serve/subscription.h"

namespace guarantor::serve {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Code = boost::system::error_code;
template <class T>
using Task = asio::awaitable<T>;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kReadAtOnce = std::size_t{64} << 10U;
constexpr std::size_t kSentAtOnce = std::size_t{256} << 10U;
constexpr std::size_t kMostBodyBytes = std::size_t{512} << 20U;
constexpr std::size_t kMostIgnored = std::size_t{1} << 20U;
constexpr std::chrono::milliseconds kLinger{2'000};
constexpr std::chrono::milliseconds kLastLinger{300};

auto into(Code& code) {
  return asio::redirect_error(asio::use_awaitable, code);
}

template <class Stream>
class Connection final : public AnyConnection,
                         public std::enable_shared_from_this<Connection<Stream>> {
 public:
  static constexpr bool kTls = !std::is_same_v<Stream, tcp::socket>;

  Connection(Stream stream, Shared& shared)
      : stream_{std::move(stream)},
        shared_{shared},
        deadline_{stream_.get_executor()},
        woken_{stream_.get_executor(), Clock::time_point::max()} {
    Code ignored;
    auto const peer = socket().remote_endpoint(ignored).address();
    loopback_ = peer.is_loopback();
    remote_ = peer.to_string(ignored);
    shared_.connections.insert(this);
    ++shared_.count;
  }
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;
  ~Connection() override {
    leave_stream();
    shared_.body_bytes -= body_bytes_;
    shared_.connections.erase(this);
    --shared_.count;
  }

  void stop() override {
    if (taking_in_) {
      cancel();
    }
    woken_.cancel();  // a stream looks whether it is to end
  }

  Task<void> serve() {
    if (co_await greet()) {
      if (shared_.streamer) {
        co_await serve_stream();
      } else {
        while (co_await serve_one()) {
        }
      }
      co_await part();
    }
    deadline_.cancel();
    Code ignored;
    socket().close(ignored);
  }

 private:
  tcp::socket& socket() {
    if constexpr (kTls) {
      return stream_.next_layer();
    } else {
      return stream_;
    }
  }
  void cancel() {
    Code ignored;
    socket().cancel(ignored);
  }

  /// What is done on the socket from now on ends by then.
  void within(std::chrono::milliseconds time) {
    late_ = false;
    deadline_.expires_after(time);
    deadline_.async_wait([weak = this->weak_from_this()](Code const& code) {
      auto const self = weak.lock();
      if (self && !code && self->deadline_.expiry() <= Clock::now()) {
        self->late_ = true;
        self->cancel();
      }
    });
  }

  Task<bool> greet() {
    Code code;
    socket().set_option(tcp::no_delay{true}, code);
    socket().set_option(asio::socket_base::keep_alive{true}, code);
    if constexpr (kTls) {
      within(shared_.options.limits.header_time);
      co_await stream_.async_handshake(asio::ssl::stream_base::server, into(code));
    }
    taking_in_ = false;
    co_return !code;
  }

  /// For clients that ask nothing.
  Task<void> serve_stream() {
    deadline_.cancel();
    stream_of_ = shared_.streamer();
    if (stream_of_) {
      co_await send_stream({});
      leave_stream();
    }
  }

  /// Reads more behind what is there. False where nothing more comes, or not in time.
  Task<bool> read_more() {
    if (late_) {
      co_return false;
    }
    Code code;
    std::size_t const read = co_await stream_.async_read_some(asio::buffer(piece_), into(code));
    buffer_.append(piece_.data(), read);
    co_return !code;
  }

  Task<std::optional<RequestHead>> next_head() {
    auto const& limits = shared_.options.limits;
    if (buffer_.empty()) {
      within(limits.idle);
      if (shared_.stopping || !co_await read_more()) {
        co_return std::nullopt;
      }
    }
    within(limits.header_time);
    std::size_t looked_at = 0;
    auto end = head_end(buffer_, 0);
    while (!end && buffer_.size() <= limits.header_bytes) {
      looked_at = buffer_.size();
      if (!co_await read_more()) {
        if (late_) {
          co_await refuse(408, "the request's head did not come in time");
        }
        co_return std::nullopt;
      }
      end = head_end(buffer_, looked_at);
    }
    if (!end || *end > limits.header_bytes) {
      co_await refuse(431, "the request's head is too long");
      co_return std::nullopt;
    }
    auto head = read_head(std::string_view{buffer_}.substr(0, *end));
    if (auto const* const problem = std::get_if<HeadProblem>(&head)) {
      co_await refuse(problem->status, problem->what);
      co_return std::nullopt;
    }
    buffer_.erase(0, *end);
    co_return std::get<RequestHead>(std::move(head));
  }

  /// Counts what bodies take of memory, over all clients.
  bool may_hold(std::size_t bytes) {
    if (shared_.body_bytes - body_bytes_ + bytes > kMostBodyBytes) {
      return false;
    }
    shared_.body_bytes = shared_.body_bytes - body_bytes_ + bytes;
    body_bytes_ = bytes;
    return true;
  }

  Task<bool> read_body(RequestHead const& head, std::string& body) {
    auto const& limits = shared_.options.limits;
    if (head.length > limits.body_bytes) {
      co_await refuse(413, "the body is too long");
      co_return false;
    }
    if (head.length == 0 && !head.chunked) {
      co_return true;
    }
    within(limits.body_time);
    if (head.waits_for_continue && buffer_.empty() &&
        !co_await write("HTTP/1.1 100 Continue\r\n\r\n")) {
      co_return false;
    }
    ChunkedBody chunks{limits.body_bytes};
    for (;;) {
      if (head.chunked) {
        buffer_.erase(0, chunks.take(buffer_, body));
      } else {
        auto const want = static_cast<std::size_t>(head.length) - body.size();
        auto const piece = std::min(want, buffer_.size());
        body.append(buffer_, 0, piece);
        buffer_.erase(0, piece);
      }
      if (head.chunked ? chunks.state() == ChunkedBody::State::kDone : body.size() == head.length) {
        co_return true;
      }
      if (head.chunked && chunks.state() != ChunkedBody::State::kMore) {
        bool const too_long = chunks.state() == ChunkedBody::State::kTooLong;
        co_await refuse(too_long ? 413 : 400,
                        too_long ? "the body is too long" : "the body's chunks are none");
        co_return false;
      }
      if (!may_hold(body.size())) {
        co_await refuse(503, "too many bodies at once");
        co_return false;
      }
      if (!co_await read_more()) {
        if (late_) {
          co_await refuse(408, "the request's body did not come in time");
        }
        co_return false;
      }
    }
  }

  /// One request and its response. False where the connection is to end.
  Task<bool> serve_one() {
    taking_in_ = true;
    auto head = co_await next_head();
    bool const whole = head && co_await read_body(*head, head->request.body);
    taking_in_ = false;
    if (!whole) {
      co_return false;
    }
    deadline_.cancel();
    Framing framing{.keep_alive = head->keep_alive,
                    .head_only = head->request.method == "HEAD",
                    .knows_chunks = head->knows_chunks};
    head->request.remote = remote_;
    head->request.secure = kTls;
    if (shared_.options.behind_proxy && loopback_) {
      believe_proxy(head->request);
    }
    Response const response = co_await answer(std::move(head->request));
    may_hold(0);
    framing.keep_alive =
        framing.keep_alive && !shared_.stopping && !(response.stream && !framing.knows_chunks);
    co_return co_await send(response, framing) && framing.keep_alive;
  }

  Task<Response> answer(Request request) {
    answer_.reset();
    std::string accepted{request.headers.find("Accept-Encoding").value_or("")};
    // What is called here runs on the thread that answers: the network's has no time to compress.
    shared_.answerer(std::move(request), [postbox = shared_.postbox, weak = this->weak_from_this(),
                                          accepted = std::move(accepted)](Response response) {
      compress(response, accepted);
      auto held = std::make_shared<Response>(std::move(response));
      postbox->post([weak, held] {
        if (auto const self = weak.lock()) {
          self->answer_ = std::move(*held);
          self->woken_.cancel();
        } else if (held->stream) {
          held->stream->close();
        }
      });
    });
    while (!answer_) {
      Code ignored;
      co_await woken_.async_wait(into(ignored));
    }
    Response response = *std::move(answer_);
    answer_.reset();
    co_return response;
  }

  Task<bool> send(Response const& response, Framing framing) {
    std::string text = head_text(response, framing);
    if (response.stream && has_body(response.status)) {
      stream_of_ = response.stream;
      bool sent = co_await write(text);
      if (sent && !framing.head_only) {
        sent = co_await send_stream(framing);
      }
      leave_stream();
      co_return sent&& framing.head_only;
    }
    std::string_view body =
        framing.head_only || !has_body(response.status) ? std::string_view{} : response.text();
    if (body.size() <= kReadAtOnce) {
      text += body;
      body = {};
    }
    co_return co_await write(text) && co_await write(body);
  }

  /// In pieces, each of which the client must take in time.
  Task<bool> write(std::string_view text) {
    while (!text.empty()) {
      auto const piece = text.substr(0, kSentAtOnce);
      text.remove_prefix(piece.size());
      within(shared_.options.limits.send_time);
      Code code;
      co_await asio::async_write(stream_, asio::buffer(piece.data(), piece.size()), into(code));
      if (code) {
        if (late_) {
          shared_.note("a client does not read", remote_);
        }
        co_return false;
      }
    }
    deadline_.cancel();
    co_return true;
  }

  /// False: nothing can follow a stream.
  Task<bool> send_stream(Framing framing) {
    begin_stream();
    bool sent = true;
    while (sent && !gone_ && !shared_.stopping) {
      called_->store(false);
      std::string text = stream_of_->take();
      if (text.size() > shared_.options.limits.unsent_bytes) {
        shared_.note("a client reads too slowly", remote_);
        sent = false;
      } else if (!text.empty()) {
        text = framing.knows_chunks ? chunk(text) : text;
        sent = co_await write(text);
      } else if (stream_of_->ended()) {
        break;
      } else if (!called_->load()) {
        Code ignored;
        co_await woken_.async_wait(into(ignored));
      }
    }
    if (sent && !gone_ && framing.knows_chunks) {
      co_await write(kLastChunk);
    }
    if (!gone_) {
      cancel();
    }
    while (reading_) {
      Code ignored;
      co_await woken_.async_wait(into(ignored));
    }
    co_return false;
  }

  void begin_stream() {
    reading_ = true;
    asio::co_spawn(stream_.get_executor(), notice_end(this->shared_from_this()),
                   [](std::exception_ptr const&) {});
    stream_of_->on_ready(
        [postbox = shared_.postbox, weak = this->weak_from_this(), called = called_] {
          if (!called->exchange(true)) {
            postbox->post([weak] {
              if (auto const self = weak.lock()) {
                self->woken_.cancel();
              }
            });
          }
        });
  }

  /// Reads beside a stream: a client says nothing meanwhile, so the end of its bytes is its end.
  Task<void> notice_end(std::shared_ptr<Connection> self) {
    std::array<char, 512> read{};
    std::size_t ignored_bytes = 0;
    Code code;
    while (!code && (shared_.streamer || ignored_bytes < kMostIgnored)) {
      ignored_bytes += co_await self->stream_.async_read_some(asio::buffer(read), into(code));
    }
    self->gone_ = code != asio::error::operation_aborted;
    self->reading_ = false;
    self->woken_.cancel();
  }

  void leave_stream() {
    if (stream_of_) {
      stream_of_->close();
      stream_of_.reset();
    }
  }

  Task<void> refuse(int status, std::string_view what) {
    shared_.note(what, remote_);
    late_ = false;
    auto response = problem(status, "request", "request not taken", what);
    response.headers.set("Cache-Control", "no-store");
    add_security_headers(response, kTls);
    co_await send(response, {});
  }

  /// Says that it is the end and waits until the client saw it, or it would lose what was sent
  /// last.
  Task<void> part() {
    Code code;
    within(shared_.stopping ? kLastLinger : kLinger);
    taking_in_ = !shared_.stopping;
    if constexpr (kTls) {
      if (!gone_) {
        co_await stream_.async_shutdown(into(code));
      }
    } else {
      socket().shutdown(tcp::socket::shutdown_send, code);
      std::size_t ignored_bytes = 0;
      while (!code && !late_ && !gone_ && ignored_bytes < shared_.options.limits.body_bytes) {
        ignored_bytes += co_await stream_.async_read_some(asio::buffer(piece_), into(code));
      }
    }
  }

  Stream stream_;
  Shared& shared_;
  asio::steady_timer deadline_;
  asio::steady_timer woken_;  ///< never ends by itself: cancelled when there is something to do
  std::string remote_;
  std::string buffer_;  ///< read, and not yet understood
  std::array<char, 16'384> piece_{};
  std::optional<Response> answer_;
  std::shared_ptr<Subscription> stream_of_;
  std::shared_ptr<std::atomic<bool>> called_{std::make_shared<std::atomic<bool>>()};
  std::size_t body_bytes_{};
  bool loopback_{};
  bool taking_in_{true};  ///< nothing is lost where it ends now
  bool late_{};
  bool reading_{};  ///< beside a stream
  bool gone_{};
};

template <class Stream>
void start(Stream stream, Shared& shared) {
  auto const executor = stream.get_executor();
  auto connection = std::make_shared<Connection<Stream>>(std::move(stream), shared);
  asio::co_spawn(
      executor,
      [connection]() -> Task<void> {
        // The frame of this function holds the connection as long as it is served.
        auto const held = connection;  // NOLINT(performance-unnecessary-copy-initialization)
        co_await held->serve();
      },
      [&shared](std::exception_ptr const& thrown) {
        if (thrown) {
          shared.note("a connection ended by an exception", {});
        }
      });
}

}  // namespace

void Postbox::post(std::function<void()> work) {
  std::scoped_lock const lock{mutex_};
  if (context_ != nullptr) {
    asio::post(*context_, std::move(work));
  }
}

void Postbox::shut() {
  std::scoped_lock const lock{mutex_};
  context_ = nullptr;
}

void serve_client(tcp::socket socket, asio::ssl::context* tls, Shared& shared) {
  if (tls != nullptr) {
    start(asio::ssl::stream<tcp::socket>{std::move(socket), *tls}, shared);
  } else {
    start(std::move(socket), shared);
  }
}

}  // namespace guarantor::serve
