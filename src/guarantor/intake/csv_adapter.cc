#include "guarantor/intake/csv_adapter.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "guarantor/intake/plausible.h"
#include "guarantor/intake/utf8.h"

namespace guarantor::intake {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_in_any_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

/// What is wrong with a header whatever the format.
std::optional<Reject> find_header_flaw(Columns const& columns, char separator) {
  std::vector<std::string> const& header = columns.header();
  for (auto const& [other, name] :
       {std::pair{',', "commas"}, {';', "semicolons"}, {'\t', "tabs"}}) {
    if (header.size() == 1 && other != separator &&
        header.front().find(other) != std::string::npos) {
      return Reject{RejectReason::kBadHeader,
                    0,
                    {},
                    fmt::format("the columns are separated by {}, not by `{}`", name, separator)};
    }
  }
  std::vector<std::string> seen{header};
  for (std::string& name : seen) {
    std::ranges::transform(name, name.begin(), lower);
  }
  // A spreadsheet writes columns that have no name behind the others.
  std::erase(seen, std::string{});
  std::ranges::sort(seen);
  if (auto const twice = std::ranges::adjacent_find(seen); twice != seen.end()) {
    return Reject{RejectReason::kBadHeader, 0, excerpt(*twice),
                  fmt::format("the column `{}` stands twice in the header; keep one of them",
                              excerpt(*twice))};
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> Columns::find(std::string_view name) const {
  for (std::size_t i = 0; i < header_.size(); ++i) {
    if (equal_in_any_case(header_[i], name)) {
      return i;
    }
  }
  return std::nullopt;
}

/// Hands records on to the adapter together with the sink of the call.
class CsvAdapter::Receiver final : public CsvReceiver {
 public:
  Receiver(CsvAdapter& adapter, Sink& sink) : adapter_{adapter}, sink_{sink} {}

  void record(CsvRecord const& record) override {
    if (adapter_.state_ == State::kRows) {
      adapter_.read_row(record, sink_);
    } else if (adapter_.state_ == State::kHeader) {
      adapter_.read_header(record, sink_);
    } else {
      sink_.reject({RejectReason::kUnread, record.line, {}, "the header was refused"});
    }
  }

  void bad_record(Reject const& reject) override {
    if (adapter_.state_ == State::kHeader) {
      adapter_.state_ = State::kUnread;  // the next record is no header
    }
    sink_.reject(reject);
  }

 private:
  CsvAdapter& adapter_;
  Sink& sink_;
};

CsvAdapter::CsvAdapter(std::unique_ptr<RowReader> reader, char separator, Limits const& limits)
    : reader_{std::move(reader)},
      separator_{separator},
      limits_{limits},
      records_{separator, limits.record_bytes} {}

void CsvAdapter::feed_text(std::string_view text, Sink& sink) {
  Receiver receiver{*this, sink};
  records_.feed(text, receiver);
}

void CsvAdapter::finish_text(Sink& sink) {
  Receiver receiver{*this, sink};
  records_.finish(receiver);
  if (state_ == State::kHeader) {
    sink.reject({RejectReason::kBadHeader,
                 1,
                 {},
                 "the stream is empty; its first line must name the columns"});
  }
}

void CsvAdapter::read_header(CsvRecord const& record, Sink& sink) {
  std::vector<std::string> header;
  header.reserve(record.fields.size());
  for (std::string_view const field : record.fields) {
    header.emplace_back(trimmed(field));
  }
  Columns const columns{std::move(header)};
  auto flaw = find_header_flaw(columns, separator_);
  if (!flaw) {
    flaw = reader_->begin(columns);
  }
  if (flaw) {
    flaw->line = record.line;
    sink.reject(*flaw);
    state_ = State::kUnread;
    return;
  }
  width_ = record.fields.size();
  records_.expect_fields(width_);
  state_ = State::kRows;
}

void CsvAdapter::read_row(CsvRecord const& record, Sink& sink) {
  if (record.fields.size() != width_) {
    sink.reject({RejectReason::kWrongFieldCount,
                 record.line,
                 {},
                 fmt::format("the row has {} field{}, the header {}", record.fields.size(),
                             record.fields.size() == 1 ? "" : "s", width_)});
    return;
  }
  model::Observation observation;
  auto flaw = reader_->read(record.fields, observation);
  if (!flaw) {
    flaw = find_flaw(observation, limits_);
  }
  if (flaw) {
    flaw->line = record.line;
    sink.reject(*flaw);
  } else {
    sink.take(std::move(observation), record.line);
  }
}

}  // namespace guarantor::intake
