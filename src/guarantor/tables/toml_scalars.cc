#include "guarantor/tables/toml_scalars.h"

#define TOML_EXCEPTIONS 0
#include <fmt/format.h>
#include <toml++/toml.h>

#include "guarantor/tables/toml_hazard.h"

namespace guarantor::tables {
namespace {

/// How a value of this type is written in TOML, for hints.
std::string_view example(FieldType const& type) {
  if (type.list) {
    return "write a list of numbers, e.g. [1000, 100, 10, 1]";
  }
  switch (type.kind) {
    case FieldKind::kWhole:
      return "write a whole number without quotes, e.g. 24";
    case FieldKind::kNumber:
      return "write a number without quotes, e.g. 0.5";
    case FieldKind::kDate:
      return "write a date without quotes, e.g. 2026-06-01";
    default:
      return "write text in quotes";
  }
}

std::optional<std::string> number_text(toml::node const& node, bool whole) {
  if (auto const* integer = node.as_integer()) {
    return std::to_string(integer->get());
  }
  auto const* floating = node.as_floating_point();
  if (floating == nullptr || whole) {
    return std::nullopt;
  }
  return fmt::format("{}", floating->get());
}

/// The text of a TOML value for the codec of its column, or nothing where it is of another type.
std::optional<std::string> cell_text(toml::node const& node, FieldType const& type) {
  if (type.list) {
    auto const* array = node.as_array();
    if (array == nullptr) {
      return std::nullopt;
    }
    std::string text;
    for (toml::node const& item : *array) {
      auto const number = number_text(item, false);
      if (!number) {
        return std::nullopt;
      }
      text += (text.empty() ? "" : " ") + *number;
    }
    return text;
  }
  if (type.kind == FieldKind::kWhole || type.kind == FieldKind::kNumber) {
    return number_text(node, type.kind == FieldKind::kWhole);
  }
  if (auto const* date = node.as_date(); date != nullptr && type.kind == FieldKind::kDate) {
    return fmt::format("{:04}-{:02}-{:02}", date->get().year, date->get().month, date->get().day);
  }
  auto const* text = node.as_string();
  return text == nullptr ? std::nullopt : std::optional{text->get()};
}

Cell cell_at(toml::node const& node, std::string text) {
  auto const begin = node.source().begin;
  // Places inside a string count from after its quote.
  std::uint64_t const quote = node.is_string() ? 1 : 0;
  return {std::move(text), begin.line, begin.column + quote, false, false};
}

Place place_of(std::string const& file, toml::source_position position) {
  return {file, position.line, position.column};
}

/// What keeps a scalar's text from standing in a table as well, or nothing.
std::optional<CellProblem> check_text(std::string const& text, Limits const& limits) {
  if (find_control_character(text)) {
    return CellProblem{"holds a control character", "remove it"};
  }
  if (text.size() > limits.field_bytes) {
    return CellProblem{fmt::format("is longer than {} bytes", limits.field_bytes), "shorten it"};
  }
  return std::nullopt;
}

void read_value(std::string const& name, toml::node const& node, TomlScalars& read,
                Limits const& limits, Diagnostics& log) {
  ColumnInfo const* const column = find_scalar(name);
  FieldType const type = column == nullptr ? FieldType{} : column->type;
  std::string const& file = read.scalars.file;
  auto text = cell_text(node, type);
  Problem problem =
      text ? Problem{} : CellProblem{"is of the wrong type", std::string{example(type)}};
  if (text) {
    // A line break inside a text is LF, wherever the file was saved.
    std::erase(*text, '\r');
    problem = check_text(*text, limits);
  }
  if (problem) {
    log.error(place_of(file, node.source().begin), name + " " + problem->message, problem->hint);
    read.scalars.unusable.insert(name);
    return;
  }
  Scalar scalar{file, cell_at(node, std::move(*text))};
  if (column == nullptr) {
    read.extends = std::move(scalar);
  } else {
    read.scalars.values[name] = std::move(scalar);
  }
}

void read_root(toml::table const& root, TomlScalars& read, Limits const& limits, Diagnostics& log) {
  for (auto const& [key, node] : root) {
    std::string const name{key.str()};
    if (find_scalar(name) == nullptr && name != "extends") {
      warn_of_unknown_key(name, place_of(read.scalars.file, key.source().begin), log);
    } else {
      read_value(name, node, read, limits, log);
    }
  }
}

std::string quoted_text(std::string_view text) {
  std::string quoted = "\"";
  for (char const c : text) {
    constexpr unsigned kFirstPrintable = 0x20;
    constexpr unsigned kDelete = 0x7F;
    auto const value = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (c == '\t') {
      quoted += "\\t";
    } else if (value < kFirstPrintable || value == kDelete) {
      quoted += fmt::format("\\u{:04X}", value);
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string toml_value(FieldType const& type, std::string const& text) {
  if (type.list) {
    std::string items;
    for (auto const& [word, offset] : split_words(text)) {
      items += (items.empty() ? "" : ", ") + std::string{word};
    }
    return "[" + items + "]";
  }
  bool const bare = type.kind == FieldKind::kWhole || type.kind == FieldKind::kNumber ||
                    type.kind == FieldKind::kDate;
  return bare ? text : quoted_text(text);
}

}  // namespace

TomlScalars read_toml(std::string_view text, std::string const& file, Limits const& limits,
                      Diagnostics& log) {
  TomlScalars read;
  read.scalars.file = file;
  read.scalars.whole = false;
  text = without_byte_order_mark(text);
  if (auto const problem = find_encoding_problem(text)) {
    LineColumn const at = line_column(text, problem->offset);
    log.error({file, at.line, at.column}, problem->message, problem->hint);
    return read;
  }
  if (auto const hazard = find_toml_hazard(text, limits.nesting)) {
    LineColumn const at = line_column(text, hazard->offset);
    log.error({file, at.line, at.column}, hazard->message, hazard->hint);
    return read;
  }
  toml::parse_result const result = toml::parse(text);
  if (!result) {
    auto const& error = result.error();
    std::string_view what = error.description();
    if (auto const colon = what.find(": "); colon != std::string_view::npos) {
      what.remove_prefix(colon + 2);  // "Error while parsing ...: "
    }
    log.error(place_of(file, error.source().begin), "this is not TOML: " + std::string{what},
              "lines are key = value, with text in quotes");
    return read;
  }
  read.scalars.whole = true;
  read_root(result.table(), read, limits, log);
  return read;
}

std::string write_toml(model::Header const& header) {
  std::string text;
  for (auto const& [column, value] : write_scalars(header)) {
    text += fmt::format("{} = {}\n", column.name, toml_value(column.type, value));
  }
  return text;
}

}  // namespace guarantor::tables
