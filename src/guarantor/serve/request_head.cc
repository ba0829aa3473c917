#include "guarantor/serve/request_head.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <charconv>
#include <limits>
#include <utility>

namespace guarantor::serve {
namespace {

namespace http = boost::beast::http;
using Message = http::request<http::buffer_body>;

constexpr std::string_view kHeadEnd = "\r\n\r\n";

std::string_view view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

bool same_word(std::string_view a, std::string_view b) {
  return boost::beast::iequals({a.data(), a.size()}, {b.data(), b.size()});
}

/// How long the body is. Length and chunks at once, or either twice, is how one request is made to
/// look like two.
std::optional<HeadProblem> read_frame(Message const& message, RequestHead& head) {
  auto const lengths = message.count(http::field::content_length);
  auto const codings = message.count(http::field::transfer_encoding);
  if (lengths + codings > 1) {
    return HeadProblem{400, "more than one length of the body"};
  }
  if (codings == 1) {
    if (!same_word(view(message[http::field::transfer_encoding]), "chunked")) {
      return HeadProblem{501, "a transfer coding other than chunked"};
    }
    if (message.version() != 11) {
      return HeadProblem{400, "chunks in HTTP/1.0"};
    }
    head.chunked = true;
  }
  if (lengths == 1) {
    auto const text = view(message[http::field::content_length]);
    auto const [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), head.length);
    if (wrong != std::errc{} || end != text.data() + text.size()) {
      return HeadProblem{400, "a Content-Length that is no number"};
    }
  }
  return std::nullopt;
}

/// Path and query of what was asked for; `http://host/path` is taken too, as RFC 9112 wants.
bool read_target(std::string_view target, Request& request) {
  if (auto const scheme = target.find("://"); !target.starts_with('/')) {
    if (scheme == std::string_view::npos) {
      return false;
    }
    auto const path = target.find_first_of("/?", scheme + 3);
    target = path == std::string_view::npos ? "/" : target.substr(path);
  }
  auto const visible = [](char letter) { return letter > ' ' && letter < '\x7f'; };
  if (!target.starts_with('/') || target.find('#') != std::string_view::npos ||
      !std::ranges::all_of(target, visible)) {
    return false;
  }
  auto const mark = target.find('?');
  request.path = target.substr(0, mark);
  request.query = mark == std::string_view::npos ? "" : target.substr(mark + 1);
  return true;
}

}  // namespace

std::optional<std::size_t> head_end(std::string_view text, std::size_t from) {
  auto const begin = from < kHeadEnd.size() ? 0 : from - (kHeadEnd.size() - 1);
  auto const at = text.find(kHeadEnd, begin);
  return at == std::string_view::npos ? std::nullopt : std::optional{at + kHeadEnd.size()};
}

std::variant<RequestHead, HeadProblem> read_head(std::string_view text) {
  http::request_parser<http::buffer_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(text.size() + kHeadEnd.size()));
  parser.body_limit(std::numeric_limits<std::uint64_t>::max());  // bodies are not its business
  boost::beast::error_code wrong;
  parser.put(boost::asio::buffer(text.data(), text.size()), wrong);
  if (wrong || !parser.is_header_done()) {
    return HeadProblem{400, "no HTTP request"};
  }
  Message const& message = parser.get();
  if (message.version() != 10 && message.version() != 11) {
    return HeadProblem{505, "a version of HTTP other than 1.0 and 1.1"};
  }
  auto const hosts = message.count(http::field::host);
  if (hosts > 1 || (hosts == 0 && message.version() == 11)) {
    return HeadProblem{400, "not one Host"};
  }
  RequestHead head{.request = {}, .length = 0};
  if (auto const problem = read_frame(message, head)) {
    return *problem;
  }
  head.request.method = view(message.method_string());
  if (!read_target(view(message.target()), head.request)) {
    return HeadProblem{400, "a target that is no path"};
  }
  head.keep_alive = message.keep_alive();
  head.knows_chunks = message.version() == 11;
  head.waits_for_continue =
      head.knows_chunks && same_word(view(message[http::field::expect]), "100-continue");
  for (auto const& field : message) {
    head.request.headers.add(std::string{view(field.name_string())},
                             std::string{view(field.value())});
  }
  return head;
}

void believe_proxy(Request& request) {
  for (auto const& [name, value] : request.headers.all()) {
    if (same_word(name, "X-Forwarded-For")) {
      auto const begin = value.find_last_of(", ");
      auto last = begin == std::string::npos ? value : value.substr(begin + 1);
      boost::system::error_code wrong;
      boost::asio::ip::make_address(last, wrong);
      if (!wrong) {
        request.remote = std::move(last);
      }
    }
  }
  request.secure = request.secure || request.headers.find("X-Forwarded-Proto") == "https";
}

}  // namespace guarantor::serve
