#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "guarantor/serve/chunked_body.h"
#include "guarantor/serve/request_head.h"

namespace {

using guarantor::serve::ChunkedBody;

struct Body {
  std::string text;
  ChunkedBody::State state{};
};

/// A body in chunks, of which `piece` bytes come at a time.
Body read_body(std::string_view text, std::size_t piece) {
  Body body;
  ChunkedBody reader{4096};
  std::string waiting;
  while (!text.empty() && reader.state() == ChunkedBody::State::kMore) {
    waiting += text.substr(0, piece);
    text.remove_prefix(std::min(piece, text.size()));
    waiting.erase(0, reader.take(waiting, body.text));
  }
  body.state = reader.state();
  if (body.text.size() > 4096) {
    std::abort();
  }
  return body;
}

}  // namespace

/// Heads and bodies are read without harm, and the same however they come in pieces.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace guarantor;
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  auto const end = serve::head_end(text, 0);
  if (!end) {
    return 0;
  }
  auto read = serve::read_head(text.substr(0, *end));
  auto* const head = std::get_if<serve::RequestHead>(&read);
  if (head == nullptr) {
    return 0;
  }
  serve::believe_proxy(head->request);
  static_cast<void>(head->request.parameter("after"));
  static_cast<void>(head->request.cookie("guarantor"));
  if (head->chunked) {
    auto const rest = text.substr(*end);
    auto const whole = read_body(rest, rest.size() + 1);
    auto const pieces = read_body(rest, 1);
    if (whole.state != pieces.state ||
        (whole.state == ChunkedBody::State::kDone && whole.text != pieces.text)) {
      std::abort();
    }
  }
  return 0;
}
