#include "bench/http_load.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <utility>

namespace guarantor::bench {
namespace {

std::uint64_t number_at(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

HttpLoad::HttpLoad(std::uint16_t port) : port_{port}, poll_{epoll_create1(0)} {}

HttpLoad::~HttpLoad() {
  for (auto const& [socket, line] : lines_) {
    ::close(socket);
  }
  ::close(poll_);
}

HttpLoad::Line& HttpLoad::open(std::string unsent) {
  auto line = std::make_unique<Line>();
  line->socket = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port_);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr general{};
  std::memcpy(&general, &address, sizeof general);
  // To this machine a connection is there at once or not at all.
  static_cast<void>(connect(line->socket, &general, sizeof address));
  int const yes = 1;
  setsockopt(line->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  line->unsent = std::move(unsent);
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = line->socket;
  epoll_ctl(poll_, EPOLL_CTL_ADD, line->socket, &event);
  auto& kept = *lines_.emplace(line->socket, nullptr).first;
  kept.second = std::move(line);
  return *kept.second;
}

void HttpLoad::close(int socket) {
  ::close(socket);
  lines_.erase(socket);
}

void HttpLoad::ask(std::string request, std::function<void(Reply const&)> then) {
  ++unanswered_;
  Asked asked{std::move(request), std::move(then), Clock::now()};
  if (!idle_.empty()) {
    Line& line = *lines_.at(idle_.back());
    idle_.pop_back();
    begin(line, std::move(asked));
  } else if (asking_ < kMostLines) {
    ++asking_;
    begin(open({}), std::move(asked));
  } else {
    waiting_.push_back(std::move(asked));
  }
}

void HttpLoad::begin(Line& line, Asked asked) {
  line.unsent = asked.request;
  line.asked = std::move(asked);
  send(line);
}

void HttpLoad::send(Line& line) {
  while (!line.unsent.empty()) {
    auto const sent = ::send(line.socket, line.unsent.data(), line.unsent.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return;  // reading says that it ended
    }
    line.unsent.erase(0, static_cast<std::size_t>(sent));
  }
}

std::size_t HttpLoad::listen(std::string token) {
  listened_.push_back({.token = std::move(token), .ids = {}});
  streams_.push_back(-1);
  listen_again(listened_.size() - 1);
  return listened_.size() - 1;
}

void HttpLoad::listen_again(std::size_t listener) {
  auto const& listened = listened_[listener];
  // By HTTP/1.0 there are no chunks to put together.
  auto request = fmt::format("GET /api/events HTTP/1.0\r\nHost: x\r\nAuthorization: Bearer {}\r\n",
                             listened.token);
  if (listened.last) {
    request += fmt::format("Last-Event-ID: {}\r\n", *listened.last);
  }
  Line& line = open(request + "\r\n");
  line.listener = listener;
  streams_[listener] = line.socket;
  send(line);
}

void HttpLoad::come_back(std::size_t listener) {
  ++listened_[listener].comebacks;
  close(streams_[listener]);
  listen_again(listener);
}

void HttpLoad::run(std::chrono::milliseconds time, bool until_answered) {
  auto const end = Clock::now() + time;
  std::array<epoll_event, 256> events{};
  while (Clock::now() < end && !(until_answered && unanswered_ == 0)) {
    auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    int const count = epoll_wait(poll_, events.data(), static_cast<int>(events.size()),
                                 static_cast<int>(std::max<long>(0, left.count())));
    for (int i = 0; i < count; ++i) {
      auto const found = lines_.find(events.at(static_cast<std::size_t>(i)).data.fd);
      if (found != lines_.end()) {
        read(*found->second);
      }
    }
    if (left.count() <= 0) {
      return;
    }
  }
}

void HttpLoad::read(Line& line) {
  std::array<char, 65'536> piece{};
  auto const got = recv(line.socket, piece.data(), piece.size(), 0);
  line.unread.append(piece.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
  bool const ended = got <= 0;
  if (!line.listener) {
    take_reply(line, ended);
    return;
  }
  take_events(line);
  if (ended) {
    auto const listener = *line.listener;
    ++listened_[listener].comebacks;
    close(line.socket);
    listen_again(listener);
  }
}

void HttpLoad::take_events(Line& line) {
  auto& listened = listened_[*line.listener];
  for (auto end = line.unread.find("\n\n"); end != std::string::npos;
       end = line.unread.find("\n\n")) {
    std::string_view const event{line.unread.data(), end};
    auto const id = event.find("id: ");
    bool const numbered = id == 0 || (id != std::string_view::npos && event[id - 1] == '\n');
    bool const is_event = event.find("event: ") != std::string_view::npos;
    bool const begins = event.find("event: hello") != std::string_view::npos;
    bool const reset = event.find("event: reset") != std::string_view::npos;
    if (numbered) {
      listened.last = number_at(event.substr(id + 4));
    }
    if (numbered && is_event && !begins && !reset) {
      listened.ids.push_back(*listened.last);
    }
    listened.resets += reset ? 1 : 0;
    line.unread.erase(0, end + 2);
  }
}

void HttpLoad::take_reply(Line& line, bool ended) {
  auto const head_end = line.unread.find("\r\n\r\n");
  std::size_t length = 0;
  if (head_end != std::string::npos) {
    auto const field = line.unread.find("Content-Length: ");
    length = field < head_end ? number_at(std::string_view{line.unread}.substr(field + 16)) : 0;
  }
  bool const whole = head_end != std::string::npos && line.unread.size() >= head_end + 4 + length;
  if (!whole && !ended) {
    return;
  }
  auto asked = std::exchange(line.asked, std::nullopt);
  Reply reply;
  if (whole) {
    reply.status = static_cast<int>(number_at(std::string_view{line.unread}.substr(9, 3)));
    reply.head = line.unread.substr(0, head_end);
    reply.body = line.unread.substr(head_end + 4, length);
    line.unread.clear();
  }
  bool const stays = whole && !ended && reply.head.find("Connection: close") == std::string::npos;
  int const socket = line.socket;
  if (!stays) {
    --asking_;
    std::erase(idle_, socket);
    close(socket);
  }
  if (!waiting_.empty()) {
    auto next = std::move(waiting_.front());
    waiting_.pop_front();
    asking_ += stays ? 0U : 1U;
    begin(stays ? line : open({}), std::move(next));
  } else if (stays) {
    idle_.push_back(socket);
  }
  if (asked) {
    --unanswered_;
    reply.seconds = std::chrono::duration<double>{Clock::now() - asked->at}.count();
    asked->then(reply);
  }
}

}  // namespace guarantor::bench
