#include "guarantor/tables/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "guarantor/tables/characters.h"
#include "guarantor/tables/files.h"

namespace guarantor::tables {
namespace {

/// One pass over the text. A record ends at a line end outside quotes.
class CsvReader {
 public:
  CsvReader(std::string_view text, RawTable& table, Limits const& limits, Diagnostics& log)
      : text_{text}, table_{table}, limits_{limits}, log_{log} {}

  void read() {
    if (!read_header()) {
      table_.header.clear();
      table_.whole = false;
      return;
    }
    while (!stopped_ && next_ < text_.size()) {
      RawRow row = read_record();
      if (stopped_) {
        break;
      }
      bool const blank = std::all_of(row.cells.begin(), row.cells.end(),
                                     [](Cell const& cell) { return cell.text.empty(); });
      if (blank) {
        continue;
      }
      if (table_.rows.size() == limits_.rows) {
        stop({row.line, 0}, fmt::format("the table has more than {} rows", limits_.rows),
             "split the scenario or raise the limit");
        break;
      }
      check_width(row);
      table_.rows.push_back(std::move(row));
    }
    table_.whole = !stopped_;
  }

 private:
  [[nodiscard]] bool at_end() const { return next_ >= text_.size(); }
  [[nodiscard]] char current() const { return text_[next_]; }
  [[nodiscard]] bool at_line_end() const {
    return current() == '\n' ||
           (current() == '\r' && next_ + 1 < text_.size() && text_[next_ + 1] == '\n');
  }

  void advance() {
    if (current() == '\n') {
      ++at_.line;
      at_.column = 1;
    } else if (!continues_character(current())) {
      ++at_.column;
    }
    ++next_;
  }

  void advance_line_end() {
    if (current() == '\r') {
      advance();
    }
    advance();
  }

  void error(LineColumn at, std::string message, std::string hint) {
    log_.error({table_.file, at.line, at.column}, std::move(message), std::move(hint));
  }

  void stop(LineColumn at, std::string message, std::string hint) {
    error(at, std::move(message), std::move(hint));
    stopped_ = true;
  }

  void check_control(char byte) {
    if (byte == '\r') {
      stop(at_, "a line ends with a carriage return alone",
           "lines end with LF or CRLF; save the file again");
    } else if (find_control_character(std::string_view{&byte, 1})) {
      error(at_,
            fmt::format("a control character (0x{:02X}) stands in the cell",
                        static_cast<unsigned char>(byte)),
            "remove it");
    }
  }

  bool append(Cell& cell, char byte) {
    if (stopped_) {
      return false;
    }
    if (cell.text.size() == limits_.field_bytes) {
      stop({cell.line, cell.column},
           fmt::format("the cell is longer than {} bytes", limits_.field_bytes),
           cell.quoted ? "is its closing quote missing?" : "shorten it");
      return false;
    }
    cell.text += byte;
    return true;
  }

  Cell read_quoted() {
    LineColumn const opened = at_;
    advance();
    Cell cell{{}, at_.line, at_.column, true, false};
    while (!at_end()) {
      if (current() == '"') {
        advance();
        if (at_end() || current() != '"') {
          return cell;
        }
      } else if (current() == '\r' && at_line_end()) {
        advance();
      } else {
        check_control(current());
      }
      if (!append(cell, current())) {
        return cell;
      }
      advance();
    }
    stop(opened, "the quote that opens here is never closed",
         "close it with \" or, for a quote inside a cell, write it twice (\"\")");
    return cell;
  }

  Cell read_plain() {
    Cell cell{{}, at_.line, at_.column, false, false};
    bool told = false;
    while (!at_end() && current() != ',' && !at_line_end()) {
      if (current() == '"' && !told) {
        error(at_, "a quote stands inside a cell that is not in quotes",
              "put the whole cell in quotes and write the quote twice (\"\")");
        told = true;
      }
      check_control(current());
      if (!append(cell, current())) {
        return cell;
      }
      advance();
    }
    return cell;
  }

  Cell read_cell() {
    if (at_end() || current() != '"') {
      return read_plain();
    }
    Cell cell = read_quoted();
    if (!stopped_ && !at_end() && current() != ',' && !at_line_end()) {
      error(at_, "text follows the closing quote",
            "end the cell at its quote, or write a quote inside the cell twice (\"\")");
      while (!at_end() && current() != ',' && !at_line_end()) {
        advance();
      }
    }
    return cell;
  }

  RawRow read_record() {
    RawRow row{at_.line, {}, false};
    while (true) {
      row.cells.push_back(read_cell());
      if (stopped_ || at_end()) {
        return row;
      }
      if (current() != ',') {
        advance_line_end();
        return row;
      }
      advance();
    }
  }

  bool read_header() {
    if (trimmed(text_).empty()) {
      error({0, 0}, "the file is empty", "its first line must name the columns");
      return false;
    }
    RawRow row = read_record();
    table_.header = std::move(row.cells);
    if (stopped_) {
      return false;
    }
    if (table_.header.size() == 1) {
      for (auto const& [separator, name] : {std::pair{';', "semicolons"}, {'\t', "tabs"}}) {
        if (table_.header.front().text.find(separator) != std::string::npos) {
          error({1, 1}, fmt::format("the columns are separated by {}", name),
                "save the file with commas as separators");
          return false;
        }
      }
    }
    return check_names();
  }

  bool check_names() {
    std::set<std::string_view> seen;
    bool good = true;
    for (Cell const& cell : table_.header) {
      std::string_view const name = trimmed(cell.text);
      if (name.empty()) {
        error({cell.line, cell.column}, "a column has no name",
              "name it in the first line, or remove it");
        good = false;
      } else if (!seen.insert(name).second) {
        error({cell.line, cell.column},
              fmt::format("the column `{}` stands twice in the header", excerpt(name)),
              "keep one of them");
        good = false;
      }
    }
    return good;
  }

  void check_width(RawRow& row) {
    std::size_t const expected = table_.header.size();
    if (row.cells.size() == expected) {
      return;
    }
    row.ragged = true;
    bool const cut = at_end() && !text_.empty() && text_.back() != '\n';
    bool const fewer = row.cells.size() < expected;
    error({row.line, 0},
          fmt::format("the row has {} cell{}, the header {}", row.cells.size(),
                      row.cells.size() == 1 ? "" : "s", expected),
          fewer ? (cut ? "the file seems cut off here" : "write a comma for each empty cell")
                : "put cells that contain a comma in quotes");
    row.cells.resize(std::min(row.cells.size(), expected));
  }

  std::string_view text_;
  RawTable& table_;
  Limits const& limits_;
  Diagnostics& log_;
  std::size_t next_{};
  LineColumn at_;
  bool stopped_{};
};

void append_cell(std::string& text, std::string const& cell, bool alone) {
  // A byte order mark that begins the file is no text unless it stands in quotes.
  bool const quote = cell.find_first_of(",\"\n\r") != std::string::npos ||
                     (alone && cell.empty()) || without_byte_order_mark(cell).size() < cell.size();
  if (!quote) {
    text += cell;
    return;
  }
  text += '"';
  for (char const byte : cell) {
    if (byte == '"') {
      text += '"';
    }
    text += byte;
  }
  text += '"';
}

void append_record(std::string& text, std::vector<std::string> const& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) {
      text += ',';
    }
    append_cell(text, cells[i], cells.size() == 1);
  }
  text += '\n';
}

}  // namespace

RawTable read_csv(std::string_view text, std::string const& file, Limits const& limits,
                  Diagnostics& log) {
  RawTable table;
  table.file = file;
  text = without_byte_order_mark(text);
  if (auto const problem = find_encoding_problem(text)) {
    LineColumn const at = line_column(text, problem->offset);
    log.error({file, at.line, at.column}, problem->message, problem->hint);
    table.whole = false;
    return table;
  }
  CsvReader{text, table, limits, log}.read();
  return table;
}

std::unique_ptr<RawTable> read_csv_file(std::filesystem::path const& path, Limits const& limits,
                                        Diagnostics& log) {
  auto table = std::make_unique<RawTable>();
  table->file = path.string();
  table->whole = false;
  if (auto const text = read_file(path, table->file, limits.file_bytes, log)) {
    *table = read_csv(*text, table->file, limits, log);
  }
  return table;
}

std::string write_csv(TextTable const& table) {
  std::string text;
  append_record(text, table.header);
  for (auto const& row : table.rows) {
    append_record(text, row);
  }
  return text;
}

}  // namespace guarantor::tables
