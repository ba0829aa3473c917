#include "guarantor/serve/listener.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "guarantor/serve/subscription.h"
#include "raw_client.h"

namespace guarantor::serve {
namespace {

using Send = std::function<void(Response)>;

/// A listener on a free port, on a thread of its own.
class Running {
 public:
  explicit Running(Listener::Answerer answerer, ListenerOptions options = {}) {
    options.port = 0;
    auto opened = Listener::open(std::move(options), std::move(answerer),
                                 [this](std::string_view what, std::string const&) {
                                   std::scoped_lock const lock{mutex_};
                                   notes_.emplace_back(what);
                                 });
    EXPECT_TRUE(opened.ok());
    listener_ = std::move(opened).value();
    thread_ = std::jthread{[this] { listener_->run(); }};
  }
  Running(Running const&) = delete;
  Running& operator=(Running const&) = delete;
  ~Running() {
    if (thread_.joinable()) {
      stop();
    }
  }
  void stop() {
    listener_->stop();
    thread_.join();
  }
  [[nodiscard]] RawClient client() const { return RawClient{listener_->port()}; }
  [[nodiscard]] Listener const& listener() const { return *listener_; }
  [[nodiscard]] std::vector<std::string> notes() {
    std::scoped_lock const lock{mutex_};
    return notes_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> notes_;
  std::unique_ptr<Listener> listener_;
  std::jthread thread_;
};

/// Answers with what it was asked, so that a test sees what came through.
void echo(Request const& request, Send const& send) {
  send(respond(200, kText,
               request.method + " " + request.path + " [" + request.query + "] [" + request.body +
                   "] " + request.remote + (request.secure ? " secure" : "")));
}

std::string body_of(std::string const& response) {
  auto const at = response.find("\r\n\r\n");
  return at == std::string::npos ? "" : response.substr(at + 4);
}

/// A stream that a test fills by hand.
class Hand final : public Subscription {
 public:
  std::string take() override {
    std::scoped_lock const lock{mutex_};
    return std::exchange(waiting_, {});
  }
  bool ended() const override {
    std::scoped_lock const lock{mutex_};
    return ended_ && waiting_.empty();
  }
  void on_ready(std::function<void()> wake) override {
    std::scoped_lock const lock{mutex_};
    wake_ = std::move(wake);
    if (wake_ && (!waiting_.empty() || ended_)) {
      wake_();
    }
  }
  void close() override {
    closed_ = true;
    closed_.notify_all();
    on_ready(nullptr);
  }
  void give(std::string_view text) {
    std::scoped_lock const lock{mutex_};
    waiting_ += text;
    if (wake_) {
      wake_();
    }
  }
  void end() {
    std::scoped_lock const lock{mutex_};
    ended_ = true;
    if (wake_) {
      wake_();
    }
  }
  void wait_until_closed() const { closed_.wait(false); }

 private:
  mutable std::mutex mutex_;
  std::string waiting_;
  std::function<void()> wake_;
  bool ended_{};
  std::atomic<bool> closed_{};
};

Listener::Answerer stream_of(std::shared_ptr<Hand> const& hand) {
  return [hand](Request const&, Send const& send) {
    Response response = respond(200, "text/event-stream", {});
    response.stream = hand;
    send(std::move(response));
  };
}

TEST(Listener, AnswersOneRequestAfterTheOtherOnOneConnection) {
  Running running{echo};
  auto client = running.client();
  client.send("GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n");
  auto const first = client.read_response();
  EXPECT_TRUE(first.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_EQ(body_of(first), "GET /a [b=c] [] 127.0.0.1");
  client.send("PUT /b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(body_of(client.read_response()), "PUT /b [] [hello] 127.0.0.1");
}

TEST(Listener, AnswersRequestsThatComeInOnePacketInTheirOrder) {
  Running running{echo};
  auto client = running.client();
  client.send(
      "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\none"
      "POST /2 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n"
      "GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(body_of(client.read_response()), "POST /1 [] [one] 127.0.0.1");
  EXPECT_EQ(body_of(client.read_response()), "POST /2 [] [two] 127.0.0.1");
  auto const last = client.read_all();
  EXPECT_EQ(body_of(last), "GET /3 [] [] 127.0.0.1");
  EXPECT_NE(last.find("Connection: close"), std::string::npos);
}

TEST(Listener, TakesAHeadThatComesByteByByte) {
  Running running{echo};
  auto client = running.client();
  for (char const letter : std::string{"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"}) {
    client.send({&letter, 1});
  }
  EXPECT_EQ(body_of(client.read_response()), "GET /slow [] [] 127.0.0.1");
}

TEST(Listener, GivesALengthAndNoBodyToHead) {
  Running running{echo};
  auto client = running.client();
  client.send("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  auto const all = client.read_all();
  EXPECT_NE(all.find("Content-Length: 22\r\n"), std::string::npos) << all;
  EXPECT_TRUE(all.ends_with("\r\n\r\n"));
}

TEST(Listener, TellsAClientThatWaitsForItToSendItsBody) {
  Running running{echo};
  auto client = running.client();
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ok");
  EXPECT_EQ(body_of(client.read_response()), "POST / [] [ok] 127.0.0.1");
}

TEST(Listener, RefusesWhatIsTooLong) {
  ListenerOptions options;
  options.limits.header_bytes = 1'000;
  options.limits.body_bytes = 1'000;
  Running running{echo, options};
  auto const answer = [&](std::string const& bytes) {
    auto client = running.client();
    client.send(bytes);
    return client.read_all().substr(0, 12);
  };
  EXPECT_EQ(answer("GET /" + std::string(2'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"),
            "HTTP/1.1 431");
  EXPECT_EQ(answer("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n"), "HTTP/1.1 413");
  EXPECT_EQ(answer("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                   "200\r\n" +
                   std::string(512, 'x') + "\r\n200\r\n"),
            "HTTP/1.1 413");
  EXPECT_EQ(
      answer("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n" +
             std::string(1'000, 'x')),
      "HTTP/1.1 200");
  EXPECT_EQ(running.notes().size(), 3U);
}

TEST(Listener, RefusesWhatIsNoRequest) {
  Running running{echo};
  for (std::string const bytes :
       {"\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/2.0\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nNo colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nName : v\r\n\r\n", "\x16\x03\x01\r\n\r\n",
        "GET x HTTP/1.1\r\nHost: x\r\n\r\n", "GET /# HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\nx",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxx\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx"}) {
    auto client = running.client();
    client.send(bytes);
    auto const answer = client.read_all();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 50"))
        << bytes << " -> " << answer;
  }
}

TEST(Listener, LetsSlowClientsGo) {
  ListenerOptions options;
  options.limits.header_time = std::chrono::seconds{1};
  options.limits.body_time = std::chrono::seconds{1};
  options.limits.idle = std::chrono::seconds{1};
  Running running{echo, options};
  auto silent = running.client();
  auto half = running.client();
  auto body = running.client();
  half.send("GET / HT");
  body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
  EXPECT_EQ(silent.read_all(), "");
  EXPECT_TRUE(half.read_all().starts_with("HTTP/1.1 408"));
  EXPECT_TRUE(body.read_all().starts_with("HTTP/1.1 408"));
}

TEST(Listener, BelievesAProxyOnThisMachineAndNobodyElse) {
  std::string const asked =
      "GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 9.9.9.9, 10.1.2.3\r\n"
      "X-Forwarded-Proto: https\r\nConnection: close\r\n\r\n";
  {
    Running running{echo};
    auto client = running.client();
    client.send(asked);
    EXPECT_EQ(body_of(client.read_all()), "GET / [] [] 127.0.0.1");
  }
  ListenerOptions options;
  options.behind_proxy = true;
  Running running{echo, options};
  auto client = running.client();
  client.send(asked);
  EXPECT_EQ(body_of(client.read_all()), "GET / [] [] 10.1.2.3 secure");
}

TEST(Listener, SendsAStreamAsItComesAndEndsIt) {
  auto const hand = std::make_shared<Hand>();
  Running running{stream_of(hand)};
  auto client = running.client();
  client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_NE(client.read_until("\r\n\r\n").find("Transfer-Encoding: chunked"), std::string::npos);
  hand->give("one");
  EXPECT_EQ(client.read_until("one\r\n"), "3\r\none\r\n");
  hand->give("three");
  EXPECT_EQ(client.read_until("three\r\n"), "5\r\nthree\r\n");
  hand->end();
  EXPECT_EQ(client.read_all(), "0\r\n\r\n");
  hand->wait_until_closed();
}

TEST(Listener, NoticesThatTheClientOfAStreamIsGone) {
  auto const hand = std::make_shared<Hand>();
  Running running{stream_of(hand)};
  {
    auto client = running.client();
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    client.read_until("\r\n\r\n");
  }
  hand->wait_until_closed();
}

TEST(Listener, LetsAClientGoThatDoesNotReadItsStream) {
  ListenerOptions options;
  options.limits.send_time = std::chrono::seconds{1};
  auto const hand = std::make_shared<Hand>();
  Running running{stream_of(hand), options};
  auto client = running.client();
  client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  client.read_until("\r\n\r\n");
  // More than the buffers of both sides hold.
  for (int i = 0; i < 64; ++i) {
    hand->give(std::string(500'000, 'x'));
    std::this_thread::yield();
  }
  hand->wait_until_closed();
}

TEST(Listener, EndsStreamsAndSendsWhatItBeganWhenItStops) {
  auto const hand = std::make_shared<Hand>();
  Send later;
  std::atomic<bool> asked{};
  Running running{[&](Request request, Send send) {
    if (request.path == "/stream") {
      stream_of(hand)(std::move(request), std::move(send));
    } else {
      later = std::move(send);
      asked = true;
      asked.notify_all();
    }
  }};
  auto stream = running.client();
  stream.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  stream.read_until("\r\n\r\n");
  auto idle = running.client();
  auto client = running.client();
  client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
  asked.wait(false);
  std::jthread const answering{[&] {
    EXPECT_EQ(stream.read_all(), "0\r\n\r\n");
    EXPECT_EQ(idle.read_all(), "");
    later(respond(200, kText, "at last"));
    EXPECT_EQ(body_of(client.read_all()), "at last");
  }};
  running.stop();
  EXPECT_EQ(running.listener().connections(), 0U);
}

TEST(Listener, SaysWhenAnAddressIsTaken) {
  Running running{echo};
  ListenerOptions options;
  options.port = running.listener().port();
  auto const second = Listener::open(options, echo);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().kind, model::ErrorKind::kUnwritable);
  options.address = "no address";
  auto const third = Listener::open(options, echo);
  ASSERT_FALSE(third.ok());
  EXPECT_EQ(third.error().kind, model::ErrorKind::kBadInput);
}

TEST(Listener, AnswersAfterItsEndHurtNobody) {
  ListenerOptions options;
  options.limits.drain = std::chrono::seconds{0};
  Send later;
  std::atomic<bool> asked{};
  {
    Running running{[&](Request const&, Send send) {
                      later = std::move(send);
                      asked = true;
                      asked.notify_all();
                    },
                    options};
    auto client = running.client();
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    asked.wait(false);
  }
  later(respond(200, kText, "nobody hears it"));
}

}  // namespace
}  // namespace guarantor::serve
