#include "guarantor/serve/chunked_body.h"

#include <algorithm>
#include <charconv>

namespace guarantor::serve {
namespace {

constexpr std::size_t kLongestLine = 1'024;
constexpr std::size_t kMostTrailing = 8'192;
constexpr std::size_t kMostDigits = 12;

}  // namespace

std::size_t ChunkedBody::take(std::string_view text, std::string& body) {
  std::size_t taken = 0;
  while (state_ == State::kMore && taken < text.size()) {
    auto const rest = text.substr(taken);
    if (part_ == Part::kData) {
      auto const piece =
          rest.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(left_, rest.size())));
      body += piece;
      left_ -= piece.size();
      taken += piece.size();
      part_ = left_ == 0 ? Part::kDataEnd : Part::kData;
      continue;
    }
    auto const end = rest.find("\r\n");
    if (end == std::string_view::npos) {
      // A line that never ends is none.
      bool const endless = rest.size() > kLongestLine || (part_ == Part::kDataEnd && rest != "\r");
      state_ = endless ? State::kMalformed : State::kMore;
      break;
    }
    taken += end + 2;
    if (end > kLongestLine || !take_line(rest.substr(0, end))) {
      state_ = State::kMalformed;
    } else if (part_ == Part::kData && left_ > most_ - std::min(most_, body.size())) {
      state_ = State::kTooLong;
    }
  }
  return taken;
}

/// False where the line is not what must stand there.
bool ChunkedBody::take_line(std::string_view line) {
  switch (part_) {
    case Part::kDataEnd:
      part_ = Part::kSize;
      return line.empty();
    case Part::kTrailer:
      trailing_ += line.size() + 2;
      state_ = line.empty() ? State::kDone : State::kMore;
      return trailing_ <= kMostTrailing && line.find('\n') == std::string_view::npos;
    case Part::kData:
      return false;
    case Part::kSize:
      break;
  }
  auto const size = line.substr(0, line.find(';'));  // what follows `;` is an extension
  auto const [end, wrong] = std::from_chars(size.data(), size.data() + size.size(), left_, 16);
  part_ = left_ == 0 ? Part::kTrailer : Part::kData;
  return wrong == std::errc{} && end == size.data() + size.size() && size.size() <= kMostDigits &&
         size.front() != '-' && line.find('\n') == std::string_view::npos;
}

}  // namespace guarantor::serve
