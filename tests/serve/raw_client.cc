#include "raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <utility>

namespace guarantor::serve {

RawClient::RawClient(std::uint16_t port) : socket_{::socket(AF_INET, SOCK_STREAM, 0)} {
  timeval const longest{.tv_sec = 20, .tv_usec = 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &longest, sizeof longest);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr general{};
  std::memcpy(&general, &address, sizeof general);
  connect(socket_, &general, sizeof address);
}

RawClient::~RawClient() {
  close(socket_);
}

bool RawClient::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawClient::read_more() {
  std::array<char, 65'536> piece{};
  auto const read = recv(socket_, piece.data(), piece.size(), 0);
  unread_.append(piece.data(), read > 0 ? static_cast<std::size_t>(read) : 0);
  return read > 0;
}

std::string RawClient::read_until(std::string_view end) {
  auto at = unread_.find(end);
  while (at == std::string::npos && read_more()) {
    at = unread_.find(end);
  }
  auto const length = at == std::string::npos ? unread_.size() : at + end.size();
  auto text = unread_.substr(0, length);
  unread_.erase(0, length);
  return text;
}

std::string RawClient::read_response() {
  auto text = read_until("\r\n\r\n");
  std::string_view const field = "Content-Length: ";
  std::size_t length = 0;
  if (auto const at = text.find(field); at != std::string::npos) {
    std::from_chars(text.data() + at + field.size(), text.data() + text.size(), length);
  }
  while (unread_.size() < length && read_more()) {
  }
  text += unread_.substr(0, length);
  unread_.erase(0, length);
  return text;
}

std::string RawClient::read_all() {
  while (read_more()) {
  }
  return std::exchange(unread_, {});
}

void RawClient::shut() const {
  shutdown(socket_, SHUT_WR);
}

}  // namespace guarantor::serve
