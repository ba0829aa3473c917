#include "guarantor/intake/text_adapter.h"

namespace guarantor::intake {

constexpr std::string_view kUtf8Mark = "\xef\xbb\xbf";
constexpr std::string_view kLittleEndianMark = "\xff\xfe";
constexpr std::string_view kBigEndianMark = "\xfe\xff";

void TextAdapter::feed(std::string_view bytes, Sink& sink) {
  while (state_ == State::kBeginning && !bytes.empty()) {
    held_.at(held_bytes_++) = bytes.front();
    bytes.remove_prefix(1);
    if (held_bytes_ == held_.size()) {
      begin(sink);
    }
  }
  if (bytes.empty()) {
    return;
  }
  if (state_ == State::kText) {
    feed_text(bytes, sink);
  } else {
    pass_over(bytes, sink);
  }
}

void TextAdapter::begin(Sink& sink) {
  std::string_view const held{held_.data(), held_bytes_};
  if (held.starts_with(kLittleEndianMark) || held.starts_with(kBigEndianMark)) {
    state_ = State::kRefused;
    sink.reject({RejectReason::kNotUtf8,
                 1,
                 {},
                 "the stream begins with the byte order mark of UTF-16; save it as UTF-8"});
    pass_over(held, sink);
    return;
  }
  state_ = State::kText;
  if (held != kUtf8Mark && !held.empty()) {
    feed_text(held, sink);
  }
}

void TextAdapter::pass_over(std::string_view bytes, Sink& sink) {
  for (char const byte : bytes) {
    if (byte == '\n') {
      end_line(sink);
    } else if (byte != '\0' && byte != '\r') {
      line_has_text_ = true;
    }
  }
}

/// The first line is what the stream as a whole was refused for.
void TextAdapter::end_line(Sink& sink) {
  if (line_ > 1 && line_has_text_) {
    sink.reject({RejectReason::kUnread, line_, {}, "the stream was refused at its beginning"});
  }
  line_has_text_ = false;
  ++line_;
}

void TextAdapter::finish(Sink& sink) {
  if (state_ == State::kBeginning) {
    begin(sink);
  }
  if (state_ == State::kText) {
    finish_text(sink);
  } else {
    end_line(sink);
  }
}

}  // namespace guarantor::intake
