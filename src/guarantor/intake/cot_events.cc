#include "guarantor/intake/cot_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace guarantor::intake {
namespace {

constexpr std::string_view kBegins = "event";
constexpr std::string_view kEnds = "/event";
constexpr std::string_view kBlanks = " \t\r\n";

bool is_blank(char c) {
  return kBlanks.find(c) != std::string_view::npos;
}

}  // namespace

void CotEvents::feed(std::string_view bytes, EventReceiver& receiver) {
  while (!bytes.empty()) {
    if (!within_ && state_ != State::kName) {
      std::string_view const passed = bytes.substr(0, bytes.find('<'));
      pass_over(passed, receiver);
      bytes.remove_prefix(passed.size());
      if (bytes.empty()) {
        return;
      }
    }
    take(bytes.front(), receiver);
    bytes.remove_prefix(1);
  }
}

/// Outside of events, up to the next tag.
void CotEvents::pass_over(std::string_view bytes, EventReceiver& receiver) {
  std::size_t const behind_tag = state_ == State::kText ? 0 : bytes.find('>');
  if (behind_tag != std::string_view::npos && !passes_ && !in_stray_) {
    std::size_t const begin = state_ == State::kText ? 0 : behind_tag + 1;
    std::size_t const stray = bytes.find_first_not_of(kBlanks, begin);
    if (stray != std::string_view::npos) {
      auto const breaks = std::count(bytes.begin(), bytes.begin() + static_cast<long>(stray), '\n');
      event_line_ = line_ + static_cast<std::uint64_t>(breaks);
      reject(RejectReason::kBadSyntax, "text stands outside of events", receiver);
      in_stray_ = true;
    }
  }
  if (behind_tag != std::string_view::npos) {
    state_ = State::kText;
  }
  line_ += static_cast<std::uint64_t>(std::ranges::count(bytes, '\n'));
}

void CotEvents::take(char byte, EventReceiver& receiver) {
  if (byte == '<') {
    begin_tag();  // `<` stands in no tag and no attribute: what was open is so no more
  } else if (within_ || state_ == State::kName) {
    event_ += byte;
  }
  bool const name_ends = is_blank(byte) || byte == '>' || (byte == '/' && !name_.empty());
  if (state_ == State::kName && byte != '<' && name_ends) {
    end_name(receiver);
  } else if (state_ == State::kName && byte != '<' && name_.size() <= kEnds.size()) {
    name_ += byte;
  }
  if (state_ == State::kTag && byte == '>') {
    end_tag(receiver);
  } else if (state_ == State::kTag && in_event_tag_ && (byte == '"' || byte == '\'')) {
    quote_ = byte;
    state_ = State::kQuoted;
  } else if (state_ == State::kQuoted && byte == quote_) {
    state_ = State::kTag;
  }
  previous_ = byte;
  line_ += byte == '\n' ? 1 : 0;
  if (within_ && event_.size() > limit_) {
    reject(RejectReason::kTooLong, fmt::format("the event is longer than {} bytes", limit_),
           receiver);
    passes_ = true;
  }
}

void CotEvents::begin_tag() {
  state_ = State::kName;
  name_.clear();
  in_event_tag_ = false;
  in_stray_ = false;
  tag_line_ = line_;
  if (!within_) {
    event_.clear();
  }
  tag_at_ = event_.size();
  event_ += '<';
}

/// The tag's name is known: an event may begin here, though another is not closed yet.
void CotEvents::end_name(EventReceiver& receiver) {
  state_ = State::kTag;
  if (name_ == kBegins) {
    std::string begun = event_.substr(tag_at_);
    if (within_) {
      reject(RejectReason::kBadSyntax, "the event is not closed before the next one begins",
             receiver);
      state_ = State::kTag;
    }
    event_ = std::move(begun);
    event_line_ = tag_line_;
    within_ = true;
    in_event_tag_ = true;
    passes_ = false;
    any_ = true;
  } else if (!within_) {
    event_.clear();
  }
}

void CotEvents::end_tag(EventReceiver& receiver) {
  state_ = State::kText;
  bool const closed = (in_event_tag_ && previous_ == '/') || name_ == kEnds;
  in_event_tag_ = false;
  if (within_ && closed) {
    receiver.event(event_, event_line_);
    event_.clear();
    within_ = false;
  }
}

void CotEvents::reject(RejectReason reason, std::string message, EventReceiver& receiver) {
  receiver.bad_event({reason, event_line_, {}, std::move(message)});
  event_.clear();
  within_ = false;
  state_ = State::kText;
  any_ = true;
}

void CotEvents::finish(EventReceiver& receiver) {
  if (within_) {
    reject(RejectReason::kBadSyntax, "the stream ends within the event", receiver);
  } else if (!any_) {
    event_line_ = 1;
    reject(RejectReason::kBadSyntax, "there is no event in the stream", receiver);
  }
}

}  // namespace guarantor::intake
