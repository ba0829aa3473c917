#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/intake/reject.h"

namespace guarantor::intake {

/// One record of a CSV text.
struct CsvRecord {
  std::vector<std::string_view> const& fields;  ///< without their quotes; valid for the call alone
  std::uint64_t line;                           ///< where it begins, from 1
};

/// Where the records of a CSV text go.
struct CsvReceiver {
  CsvReceiver() = default;
  CsvReceiver(CsvReceiver const&) = default;
  CsvReceiver& operator=(CsvReceiver const&) = default;
  virtual ~CsvReceiver() = default;

  virtual void record(CsvRecord const& record) = 0;
  virtual void bad_record(Reject const& reject) = 0;
};

/// Cuts a stream into the records of RFC 4180: fields in quotes may hold separators, quotes written
/// twice and line breaks; lines end with LF or CRLF. Empty lines are no records.
///
/// A record longer than `limit` bytes is rejected and passed over to the end of its line. A quote
/// that opens and is not closed within the limit, or is followed by text where it closes (which is
/// how a forgotten one shows), or leaves a record of several lines with a wrong number of fields,
/// costs the line it stands in: that line alone is rejected, and reading begins anew with the line
/// after it. Each byte is looked at a small number of times at most. Holds `limit` bytes, and
/// pieces of the stream of 64 KiB.
class CsvRecords {
 public:
  CsvRecords(char separator, std::size_t limit) : separator_{separator}, limit_{limit} {}

  /// How many fields records have, once that is known: a record of several lines that has more or
  /// fewer is taken for one whose quote was not closed.
  void expect_fields(std::size_t count) { expected_ = count; }

  void feed(std::string_view bytes, CsvReceiver& receiver);
  void finish(CsvReceiver& receiver);

 private:
  enum class Quoting { kFieldBegins, kPlain, kQuoted, kQuoteSeen };
  enum class Found { kMore, kRecord, kTooLong, kLostQuote };

  [[nodiscard]] std::string_view consume(std::string_view text, CsvReceiver& receiver, bool last);
  [[nodiscard]] Found scan(std::string_view text);
  [[nodiscard]] Found step(char byte);
  [[nodiscard]] std::string_view take_record(std::string_view text, CsvReceiver& receiver);
  [[nodiscard]] std::string_view reject_line(std::string_view text, RejectReason reason,
                                             std::string message, CsvReceiver& receiver);
  void begin_record();
  void deliver(std::string_view record, CsvReceiver& receiver);
  void split_plain(std::string_view record);
  void split_quoted(std::string_view record);
  [[nodiscard]] std::size_t append_field(std::string_view record, std::size_t at);

  char separator_;
  std::size_t limit_;
  std::size_t expected_{};
  std::string pending_{};  ///< the beginning of a record whose end has not come
  std::uint64_t line_{1};
  bool skips_line_{};

  // How far the present record has been looked at.
  std::size_t scanned_{};
  Quoting quoting_{Quoting::kFieldBegins};
  std::size_t first_break_{std::string_view::npos};  ///< its first line break within quotes
  std::size_t breaks_{};
  bool has_quotes_{};
  bool stray_quote_{};

  std::vector<std::string_view> fields_{};
  std::string unquoted_{};
};

}  // namespace guarantor::intake
