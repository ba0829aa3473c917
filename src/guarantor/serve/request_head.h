#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "guarantor/serve/http_message.h"

/// The head of an HTTP/1.1 request: its first line and its fields.
namespace guarantor::serve {

struct RequestHead {
  Request request;       ///< without its body, and without what the connection knows
  std::uint64_t length;  ///< of the body, where it is not in chunks
  bool chunked{};
  bool keep_alive{};
  bool waits_for_continue{};  ///< the client sends the body once it is told to
  bool knows_chunks{};        ///< HTTP/1.1
};

/// Why a request is not taken.
struct HeadProblem {
  int status{400};
  std::string_view what;
};

/// Where the head ends that `text` begins with; nothing where more must come. What stands before
/// `from` was looked at before.
[[nodiscard]] std::optional<std::size_t> head_end(std::string_view text, std::size_t from);

/// REQUIRES: `text` ends where `head_end` says. Whatever could be read in two ways is refused: a
/// proxy in front of us and we must never see two different requests.
[[nodiscard]] std::variant<RequestHead, HeadProblem> read_head(std::string_view text);

/// Puts down who asks as a proxy on this machine says: the last address, which is the one that the
/// proxy itself added, and whether it was asked over TLS.
void believe_proxy(Request& request);

}  // namespace guarantor::serve
