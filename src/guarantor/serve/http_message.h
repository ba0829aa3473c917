#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Requests and responses as endpoints see them, without a socket.
namespace guarantor::serve {

/// Names with values in the order they came. Few, so looked up one after the other.
class Fields {
 public:
  void set(std::string name, std::string value);
  void add(std::string name, std::string value);
  /// The first value of that name, whatever its letters' case; nothing where there is none.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> const& all() const {
    return fields_;
  }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

/// What somebody asks.
struct Request {
  std::string method{"GET"};
  std::string path{"/"};  ///< as it was sent, still percent-encoded, without the query
  std::string query;      ///< what follows `?`, still percent-encoded
  Fields headers;
  std::string body;
  std::string remote;  ///< the address it came from
  bool secure{};       ///< over TLS, here or at a proxy that is trusted

  /// A parameter of the query, decoded; nothing where it is not there. The first counts.
  [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
  /// The value of a cookie; nothing where it is not there.
  [[nodiscard]] std::optional<std::string> cookie(std::string_view name) const;
};

class Subscription;

/// What is answered. Text that many are given is kept once.
struct Response {
  int status{200};
  Fields headers;
  std::shared_ptr<std::string const> body{};
  /// The answer goes on: what the subscription gives follows, until one of the two ends it.
  std::shared_ptr<Subscription> stream{};

  [[nodiscard]] std::string_view text() const {
    return body ? std::string_view{*body} : std::string_view{};
  }
};

/// A response of that type with that text.
[[nodiscard]] Response respond(int status, std::string_view type, std::string text);
[[nodiscard]] Response respond_json(std::string text, int status = 200);
[[nodiscard]] Response no_content();

inline constexpr std::string_view kJson = "application/json";
inline constexpr std::string_view kGeoJson = "application/geo+json";
inline constexpr std::string_view kCsv = "text/csv; charset=utf-8; header=present";
inline constexpr std::string_view kXlsx =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
inline constexpr std::string_view kHtml = "text/html; charset=utf-8";
inline constexpr std::string_view kText = "text/plain; charset=utf-8";

/// Text with `%XX` decoded, and `+` as a blank in a query; nothing where an escape is none.
[[nodiscard]] std::optional<std::string> decode_percent(std::string_view text, bool in_query);
/// Text as it may stand in a path or a query: all but letters, digits and `-._~` escaped.
[[nodiscard]] std::string encode_percent(std::string_view text);

}  // namespace guarantor::serve
