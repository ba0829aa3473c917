#include "guarantor/intake/csv_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "guarantor/intake/utf8.h"

namespace guarantor::intake {

constexpr std::string_view kLostQuoteMessage =
    "a quote opens in this line and is not closed; close it, or write a quote within a field twice";
constexpr std::size_t kPieceBytes = std::size_t{1} << 16U;

void CsvRecords::feed(std::string_view bytes, CsvReceiver& receiver) {
  while (!pending_.empty() && !bytes.empty()) {
    // Up to a line's end, behind which nothing need be copied.
    std::string_view piece = bytes.substr(0, kPieceBytes);
    piece = piece.substr(0, std::min(piece.find('\n'), piece.size() - 1) + 1);
    bytes.remove_prefix(piece.size());
    pending_ += piece;
    std::size_t const left = consume(pending_, receiver, false).size();
    pending_.erase(0, pending_.size() - left);
  }
  if (!bytes.empty()) {
    pending_ = consume(bytes, receiver, false);
  }
}

void CsvRecords::finish(CsvReceiver& receiver) {
  std::string const rest = std::exchange(pending_, {});
  (void)consume(rest, receiver, true);
}

/// Takes all whole records off the text, and what is left returns.
std::string_view CsvRecords::consume(std::string_view text, CsvReceiver& receiver, bool last) {
  while (!text.empty()) {
    if (skips_line_) {
      std::size_t const end = text.find('\n');
      if (end == std::string_view::npos) {
        return {};
      }
      text.remove_prefix(end + 1);
      ++line_;
      skips_line_ = false;
      continue;
    }
    Found const found = scan(text);
    if (found == Found::kRecord) {
      text = take_record(text, receiver);
    } else if (found == Found::kTooLong) {
      text = reject_line(text, RejectReason::kTooLong,
                         fmt::format("the record is longer than {} bytes", limit_), receiver);
    } else if (found == Found::kLostQuote || (last && quoting_ == Quoting::kQuoted)) {
      text = reject_line(text, RejectReason::kBadSyntax, std::string{kLostQuoteMessage}, receiver);
    } else if (last) {
      scanned_ = text.size() + 1;  // as if a line end stood there
      text = take_record(text, receiver);
    } else {
      return text;
    }
  }
  return text;
}

/// Looks for the end of the record at the beginning of the text; `scanned_` is just behind it.
CsvRecords::Found CsvRecords::scan(std::string_view text) {
  std::string_view const window = text.substr(0, limit_ + 1);
  if (scanned_ == 0) {
    // Nearly all records stand in one line and have no quotes.
    std::size_t const end = window.find('\n');
    if (end != std::string_view::npos && std::memchr(window.data(), '"', end) == nullptr) {
      scanned_ = end + 1;
      return Found::kRecord;
    }
  }
  while (scanned_ < window.size()) {
    Found const found = step(window[scanned_]);
    ++scanned_;
    if (found != Found::kMore) {
      return found;
    }
  }
  if (window.size() <= limit_) {
    return Found::kMore;
  }
  return first_break_ == std::string_view::npos ? Found::kTooLong : Found::kLostQuote;
}

CsvRecords::Found CsvRecords::step(char byte) {
  bool const ends_field = byte == separator_ || byte == '\n';
  if (quoting_ == Quoting::kQuoted) {
    if (byte == '"') {
      quoting_ = Quoting::kQuoteSeen;
    } else if (byte == '\n') {
      first_break_ = std::min(first_break_, scanned_);
      ++breaks_;
    }
    return Found::kMore;
  }
  if (byte == '"') {
    has_quotes_ = true;
    stray_quote_ = stray_quote_ || quoting_ == Quoting::kPlain;
    if (quoting_ != Quoting::kPlain) {
      quoting_ = Quoting::kQuoted;
    }
    return Found::kMore;
  }
  if (ends_field) {
    quoting_ = Quoting::kFieldBegins;
    return byte == '\n' ? Found::kRecord : Found::kMore;
  }
  if (quoting_ == Quoting::kQuoteSeen) {
    if (byte == '\r') {
      return Found::kMore;
    }
    if (first_break_ != std::string_view::npos) {
      return Found::kLostQuote;
    }
    stray_quote_ = true;
  }
  quoting_ = Quoting::kPlain;
  return Found::kMore;
}

std::string_view CsvRecords::take_record(std::string_view text, CsvReceiver& receiver) {
  std::size_t const behind = std::min(scanned_, text.size());
  std::string_view record = text.substr(0, scanned_ - 1);
  if (record.ends_with('\r')) {
    record.remove_suffix(1);
  }
  fields_.clear();
  if (!record.empty() && !stray_quote_) {
    has_quotes_ ? split_quoted(record) : split_plain(record);
  }
  if (breaks_ > 0 && expected_ > 0 && fields_.size() != expected_) {
    return reject_line(text, RejectReason::kBadSyntax, std::string{kLostQuoteMessage}, receiver);
  }
  if (!record.empty()) {
    deliver(record, receiver);
  }
  line_ += 1 + breaks_;
  begin_record();
  return text.substr(behind);
}

/// Gives up the first line of the record, and goes on behind it.
std::string_view CsvRecords::reject_line(std::string_view text, RejectReason reason,
                                         std::string message, CsvReceiver& receiver) {
  receiver.bad_record({reason, line_, {}, std::move(message)});
  begin_record();
  skips_line_ = true;
  return text;
}

void CsvRecords::begin_record() {
  scanned_ = 0;
  quoting_ = Quoting::kFieldBegins;
  first_break_ = std::string_view::npos;
  breaks_ = 0;
  has_quotes_ = false;
  stray_quote_ = false;
}

void CsvRecords::deliver(std::string_view record, CsvReceiver& receiver) {
  if (stray_quote_) {
    receiver.bad_record({RejectReason::kBadSyntax,
                         line_,
                         {},
                         "a quote stands where none may; put the field in quotes and write the "
                         "quote twice"});
  } else if (!is_utf8(record)) {
    receiver.bad_record({RejectReason::kNotUtf8,
                         line_,
                         {},
                         fmt::format("byte {} of the record is no UTF-8; save the file as UTF-8",
                                     whole_characters(record).size() + 1)});
  } else {
    receiver.record({fields_, line_});
  }
}

void CsvRecords::split_plain(std::string_view record) {
  std::size_t begin = 0;
  for (std::size_t end = record.find(separator_); end != std::string_view::npos;
       end = record.find(separator_, begin)) {
    fields_.push_back(record.substr(begin, end - begin));
    begin = end + 1;
  }
  fields_.push_back(record.substr(begin));
}

void CsvRecords::split_quoted(std::string_view record) {
  unquoted_.clear();
  unquoted_.reserve(record.size());  // so that nothing moves under the views
  std::size_t at = 0;
  while (true) {
    std::size_t const begin = unquoted_.size();
    at = append_field(record, at);
    fields_.push_back(std::string_view{unquoted_}.substr(begin));
    if (at == record.size()) {
      return;
    }
    ++at;
  }
}

/// Appends the field that begins at `at` to `unquoted_`; answers where it ends.
/// REQUIRES: quotes stand where they may.
std::size_t CsvRecords::append_field(std::string_view record, std::size_t at) {
  if (at == record.size() || record[at] != '"') {
    std::size_t const end = std::min(record.find(separator_, at), record.size());
    unquoted_ += record.substr(at, end - at);
    return end;
  }
  for (++at; at < record.size(); ++at) {
    if (record[at] == '"') {
      ++at;
      if (at == record.size() || record[at] != '"') {
        break;
      }
    } else if (record[at] == '\r' && record.substr(at + 1).starts_with('\n')) {
      continue;
    }
    unquoted_ += record[at];
  }
  return std::min(record.find(separator_, at), record.size());
}

}  // namespace guarantor::intake
