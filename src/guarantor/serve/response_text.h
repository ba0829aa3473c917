#pragma once

#include <string>
#include <string_view>

#include "guarantor/serve/http_message.h"

/// Responses as they go over the wire.
namespace guarantor::serve {

/// How the bytes of an answer are told from what follows it.
struct Framing {
  bool keep_alive{};
  bool head_only{};     ///< the request was HEAD
  bool knows_chunks{};  ///< HTTP/1.1
};

/// First line and fields of the response, with the empty line behind them. Values that could not
/// stand in a field lose what is wrong with them.
[[nodiscard]] std::string head_text(Response const& response, Framing framing);

/// Whether a body follows a response of that status at all.
[[nodiscard]] bool has_body(int status);

/// `text` as one chunk.
[[nodiscard]] std::string chunk(std::string_view text);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

/// Makes the body smaller where it is worth it and the client takes it so, by what it says in
/// `Accept-Encoding`.
void compress(Response& response, std::string_view accepted);

}  // namespace guarantor::serve
