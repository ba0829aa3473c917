#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Many clients of one server on this machine, on one thread.
namespace guarantor::bench {

struct Reply {
  int status{};      ///< 0: the connection ended before
  double seconds{};  ///< since it was asked, waiting for a free connection included
  std::string head;
  std::string body;
};

/// What one stream of events brought.
struct Listened {
  std::string token;
  std::vector<std::uint64_t> ids;  ///< of its events, as they came
  std::optional<std::uint64_t> last{};
  std::size_t comebacks{};
  std::size_t resets{};
};

class HttpLoad {
 public:
  explicit HttpLoad(std::uint16_t port);
  HttpLoad(HttpLoad const&) = delete;
  HttpLoad& operator=(HttpLoad const&) = delete;
  ~HttpLoad();

  /// Asks over one of the connections that are kept open; `request` is all of it but `Host`.
  void ask(std::string request, std::function<void(Reply const&)> then);
  /// Opens a stream of events; gives its number.
  std::size_t listen(std::string token);
  /// Cuts a stream off, wherever it stands, and comes back with the last id it read.
  void come_back(std::size_t listener);
  /// Does what there is to do for that long, or until nothing is asked any more.
  void run(std::chrono::milliseconds time, bool until_answered = false);

  [[nodiscard]] std::vector<Listened> const& listened() const { return listened_; }
  [[nodiscard]] std::size_t unanswered() const { return unanswered_; }

 private:
  using Clock = std::chrono::steady_clock;
  struct Asked {
    std::string request;
    std::function<void(Reply const&)> then;
    Clock::time_point at;
  };
  struct Line {
    int socket{-1};
    std::string unsent;
    std::string unread;
    std::optional<Asked> asked{};
    std::optional<std::size_t> listener{};
  };

  static constexpr std::size_t kMostLines = 256;

  Line& open(std::string unsent);
  void close(int socket);
  void begin(Line& line, Asked asked);
  void send(Line& line);
  void read(Line& line);
  void take_reply(Line& line, bool ended);
  void take_events(Line& line);
  void listen_again(std::size_t listener);

  std::uint16_t port_;
  int poll_;
  std::map<int, std::unique_ptr<Line>> lines_;
  std::vector<int> idle_;
  std::deque<Asked> waiting_;
  std::vector<Listened> listened_;
  std::vector<int> streams_;  ///< the socket of each listener
  std::size_t asking_{};      ///< connections that requests take
  std::size_t unanswered_{};
};

}  // namespace guarantor::bench
