#include "guarantor/intake/feature_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace guarantor::intake {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
/// Outside of texts: braces, brackets, separators, blanks, and the letters of numbers and words.
constexpr std::string_view kOutsideTexts = "{}[],: \t\r\n+-.0123456789eEtrufalsn";
constexpr std::string_view kFeatureBegins = R"({"type":"Feature")";
constexpr std::string_view kFeatures = "features";
constexpr char kRecordSeparator = '\x1e';
constexpr int kInList = 2;  // the collection and its list are open

/// Blanks may stand before these characters of a feature's beginning: its first quote, the colon,
/// the quote behind it.
constexpr std::array<std::size_t, 3> kBlanksBefore{1, 7, 8};

bool is_blank(char c) {
  return kBlanks.find(c) != std::string_view::npos;
}

class LinesOfFeatures final : public LineReceiver {
 public:
  explicit LinesOfFeatures(FeatureReceiver& receiver) : receiver_{receiver} {}

  void line(std::string_view text, std::uint64_t number) override {
    if (text.front() == kRecordSeparator) {
      text.remove_prefix(1);
    }
    receiver_.feature(text, number);
  }
  void bad_line(Reject const& reject) override { receiver_.bad_feature(reject); }

 private:
  FeatureReceiver& receiver_;
};

}  // namespace

void FeatureRecords::feed(std::string_view bytes, FeatureReceiver& receiver) {
  while (!bytes.empty() && state_ != State::kLines) {
    if (state_ == State::kSeek && matched_ == 0) {
      std::string_view const passed = bytes.substr(0, bytes.find('{'));
      line_ += static_cast<std::uint64_t>(std::ranges::count(passed, '\n'));
      bytes.remove_prefix(passed.size());
      if (bytes.empty()) {
        return;
      }
    }
    char const byte = bytes.front();
    bytes.remove_prefix(1);
    std::uint64_t const next_line = line_ + (byte == '\n' ? 1 : 0);
    take(byte, receiver);
    line_ = next_line;
  }
  if (!bytes.empty()) {
    LinesOfFeatures lines{receiver};
    lines_->feed(bytes, lines);
  }
}

void FeatureRecords::take(char byte, FeatureReceiver& receiver) {
  switch (state_) {
    case State::kUndecided:
      take_undecided(byte, receiver);
      break;
    case State::kBetween:
      take_between(byte, receiver);
      break;
    case State::kFeature:
      take_feature(byte, receiver);
      break;
    case State::kSeek:
      take_seeking(byte);
      break;
    case State::kAfter:
      take_after(byte);
      break;
    case State::kLines:
      break;
  }
}

void FeatureRecords::take_undecided(char byte, FeatureReceiver& receiver) {
  if (buffer_.empty() && is_blank(byte)) {
    return;
  }
  if (buffer_.empty()) {
    begin_line_ = line_;
    begin_lexing(0);
  }
  buffer_ += byte;
  bool const begins = buffer_.size() == 1;
  bool const wrong = lex(byte) == Lexed::kIllegal || (begins && byte != '{');
  if (wrong || buffer_.size() > limit_) {
    read_lines(std::exchange(buffer_, {}), begin_line_, receiver);
  } else if (begins_features_) {
    buffer_.clear();
    state_ = State::kBetween;
  } else if (depth_ == 0) {
    // A feature by itself: others may follow, one a line.
    receiver.feature(std::exchange(buffer_, {}), begin_line_);
    read_lines({}, line_, receiver);
  }
}

void FeatureRecords::take_between(char byte, FeatureReceiver& receiver) {
  if (byte == '{') {
    buffer_ = byte;
    begin_feature(0, line_);
  } else if (byte == ']') {
    begin_lexing(1);
    state_ = State::kAfter;
  } else if (byte == ',') {
    in_scalar_ = false;
  } else if (!is_blank(byte) && !in_scalar_) {
    begin_line_ = line_;
    reject(RejectReason::kBadSyntax, "in the list of features stands something else", receiver);
    bool const scalar =
        byte != '"' && byte != '[' && kOutsideTexts.find(byte) != std::string_view::npos;
    state_ = scalar ? State::kBetween : State::kSeek;
    in_scalar_ = scalar;
  }
}

void FeatureRecords::take_feature(char byte, FeatureReceiver& receiver) {
  buffer_ += byte;
  if (match(byte) && match_at_ > 0) {
    reject(RejectReason::kBadSyntax, "the feature is not closed before the next one begins",
           receiver);
    begin_feature(match_at_, match_line_);
    return;
  }
  if (lex(byte) == Lexed::kIllegal) {
    reject(RejectReason::kBadSyntax, "the feature holds what no JSON holds", receiver);
  } else if (depth_ == kInList) {
    receiver.feature(buffer_, begin_line_);
    buffer_.clear();
    in_scalar_ = false;
    state_ = State::kBetween;
    return;
  } else if (buffer_.size() > limit_) {
    reject(RejectReason::kTooLong, fmt::format("the feature is longer than {} bytes", limit_),
           receiver);
  } else {
    return;
  }
  state_ = State::kSeek;
  buffer_.erase(0, matched_ > 0 ? match_at_ : buffer_.size());
  match_at_ = 0;
}

void FeatureRecords::take_seeking(char byte) {
  if (matched_ == 0 || byte == '{') {
    buffer_.clear();
  }
  buffer_ += byte;
  if (buffer_.size() > limit_) {
    matched_ = 0;  // blanks without end
  } else if (match(byte)) {
    begin_feature(0, match_line_);
  }
}

void FeatureRecords::take_after(char byte) {
  (void)lex(byte);
  if (depth_ == 0) {
    buffer_.clear();
    state_ = State::kUndecided;
  }
}

/// One byte of JSON: nesting, texts and what stands outside of them.
FeatureRecords::Lexed FeatureRecords::lex(char byte) {
  begins_features_ = false;
  if (in_string_) {
    bool const ends = byte == '"' && !escaped_;
    escaped_ = byte == '\\' && !escaped_;
    in_string_ = !ends;
    if (depth_ == 1 && in_string_ && string_.size() <= kFeatures.size()) {
      string_ += byte;
    }
    return static_cast<unsigned char>(byte) < 0x20U ? Lexed::kIllegal : Lexed::kFine;
  }
  if (byte == '"') {
    in_string_ = true;
    escaped_ = false;
    string_.clear();
  } else if (byte == '[' || byte == '{') {
    begins_features_ = byte == '[' && depth_ == 1 && key_is_features_;
    ++depth_;
  } else if (byte == ']' || byte == '}') {
    --depth_;
  } else if (byte == ':') {
    key_is_features_ = depth_ == 1 && string_ == kFeatures;
    return Lexed::kFine;
  } else if (kOutsideTexts.find(byte) == std::string_view::npos) {
    return Lexed::kIllegal;
  }
  if (!is_blank(byte)) {
    key_is_features_ = false;
  }
  return Lexed::kFine;
}

/// Whether a feature's beginning is complete with this byte, which is the buffer's last.
bool FeatureRecords::match(char byte) {
  if (byte == '{') {
    matched_ = 1;
    match_at_ = buffer_.size() - 1;
    match_line_ = line_;
    return false;
  }
  if (matched_ == 0) {
    return false;
  }
  if (byte == kFeatureBegins[matched_]) {
    ++matched_;
  } else if (!is_blank(byte) || std::ranges::find(kBlanksBefore, matched_) == kBlanksBefore.end()) {
    matched_ = 0;
  }
  if (matched_ < kFeatureBegins.size()) {
    return false;
  }
  matched_ = 0;
  return true;
}

void FeatureRecords::begin_lexing(int depth) {
  depth_ = depth;
  in_string_ = false;
  escaped_ = false;
  string_.clear();
  key_is_features_ = false;
}

/// A feature stands in the buffer from `at` on: its brace, or its whole beginning.
void FeatureRecords::begin_feature(std::size_t at, std::uint64_t line) {
  buffer_.erase(0, at);
  begin_line_ = line;
  begin_lexing(kInList + 1);
  matched_ = buffer_.size() == 1 ? 1 : 0;
  match_at_ = 0;
  match_line_ = line;
  state_ = State::kFeature;
}

void FeatureRecords::reject(RejectReason reason, std::string message,
                            FeatureReceiver& receiver) const {
  receiver.bad_feature({reason, begin_line_, {}, std::move(message)});
}

void FeatureRecords::read_lines(std::string_view text, std::uint64_t line,
                                FeatureReceiver& receiver) {
  state_ = State::kLines;
  lines_.emplace(limit_, line);
  LinesOfFeatures lines{receiver};
  lines_->feed(text, lines);
}

void FeatureRecords::finish(FeatureReceiver& receiver) {
  if (state_ == State::kUndecided && !buffer_.empty()) {
    read_lines(std::exchange(buffer_, {}), begin_line_, receiver);
  }
  if (state_ == State::kLines) {
    LinesOfFeatures lines{receiver};
    lines_->finish(lines);
  } else if (state_ == State::kFeature) {
    reject(RejectReason::kBadSyntax, "the stream ends within the feature", receiver);
  } else if (state_ != State::kUndecided) {
    begin_line_ = line_;
    reject(RejectReason::kBadSyntax, "the stream ends within the collection", receiver);
  }
}

}  // namespace guarantor::intake
