#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace guarantor::serve {

/// A client that sends exactly the bytes it is told to. Everything waits 20 seconds at most.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  RawClient(RawClient const&) = delete;
  RawClient& operator=(RawClient const&) = delete;
  ~RawClient();

  /// False where the other side is gone.
  bool send(std::string_view bytes) const;
  /// What came up to and with `end`; all that came where the other side ended before.
  std::string read_until(std::string_view end);
  /// A head and as many bytes as it says follow.
  std::string read_response();
  /// All that comes until the other side ends.
  std::string read_all();
  void shut() const;

 private:
  bool read_more();

  int socket_;
  std::string unread_;
};

}  // namespace guarantor::serve
