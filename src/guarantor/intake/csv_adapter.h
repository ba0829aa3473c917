#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/intake/csv_records.h"
#include "guarantor/intake/text_adapter.h"

namespace guarantor::intake {

/// The columns a row reader knows by number, found in a header by their names in any case.
class Columns {
 public:
  explicit Columns(std::vector<std::string> header) : header_{std::move(header)} {}

  /// Where the column stands; nothing where it is not there.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> const& header() const { return header_; }

 private:
  std::vector<std::string> header_;
};

/// What differs between formats in CSV: what a row says.
class RowReader {
 public:
  RowReader() = default;
  RowReader(RowReader const&) = delete;
  RowReader& operator=(RowReader const&) = delete;
  virtual ~RowReader() = default;

  /// The header, no column twice. What is wrong with it, or nothing.
  [[nodiscard]] virtual std::optional<Reject> begin(Columns const& columns) = 0;
  /// One row, as many fields as the header; `observation` is empty before. Why it is none, without
  /// its line, or nothing.
  [[nodiscard]] virtual std::optional<Reject> read(std::vector<std::string_view> const& fields,
                                                   model::Observation& observation) = 0;
};

/// A CSV text whose first record is its header. A header with a column twice, or without one that
/// is needed, is rejected, and each record behind it counted as unread.
class CsvAdapter final : public TextAdapter {
 public:
  CsvAdapter(std::unique_ptr<RowReader> reader, char separator, Limits const& limits);

 private:
  enum class State { kHeader, kRows, kUnread };
  class Receiver;

  void feed_text(std::string_view text, Sink& sink) override;
  void finish_text(Sink& sink) override;

  void read_header(CsvRecord const& record, Sink& sink);
  void read_row(CsvRecord const& record, Sink& sink);

  std::unique_ptr<RowReader> reader_;
  char separator_;
  Limits limits_;
  CsvRecords records_;
  State state_{State::kHeader};
  std::size_t width_{};
};

}  // namespace guarantor::intake
