#include "guarantor/tables/toml_scalars.h"

#include <fmt/format.h>

#include <utility>

#include "guarantor/tables/toml.h"

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

std::optional<std::string> number_text(TomlValue const& value, bool whole) {
  bool const number =
      value.kind == TomlKind::kInteger || (value.kind == TomlKind::kFloat && !whole);
  return number ? std::optional{value.text} : std::nullopt;
}

/// The text of a TOML value for the codec of its column, or nothing where it is of another type.
std::optional<std::string> cell_text(TomlValue const& value, FieldType const& type) {
  if (type.list) {
    if (value.kind != TomlKind::kList) {
      return std::nullopt;
    }
    std::string text;
    for (TomlValue const& item : value.items) {
      auto const number = number_text(item, false);
      if (!number) {
        return std::nullopt;
      }
      text += (text.empty() ? "" : " ") + *number;
    }
    return text;
  }
  if (type.kind == FieldKind::kWhole || type.kind == FieldKind::kNumber) {
    return number_text(value, type.kind == FieldKind::kWhole);
  }
  bool const date = value.kind == TomlKind::kDate && type.kind == FieldKind::kDate;
  return date || value.kind == TomlKind::kText ? std::optional{value.text} : std::nullopt;
}

Place place_of(std::string const& file, LineColumn at) {
  return {file, at.line, at.column};
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

void read_value(std::string const& name, TomlValue const& value, TomlScalars& read,
                Limits const& limits, Diagnostics& log) {
  ColumnInfo const* const column = find_scalar(name);
  FieldType const type = column == nullptr ? FieldType{} : column->type;
  std::string const& file = read.scalars.file;
  auto text = cell_text(value, type);
  Problem const problem = text ? check_text(*text, limits)
                               : CellProblem{"is of the wrong type", std::string{example(type)}};
  if (problem) {
    log.error(place_of(file, value.at), name + " " + problem->message, problem->hint);
    read.scalars.unusable.insert(name);
    read.network_unusable = read.network_unusable || name == kNetworkKey;
    return;
  }
  Scalar scalar{file, {std::move(*text), value.text_at.line, value.text_at.column, false, false}};
  if (column == nullptr) {
    (name == kNetworkKey ? read.network : read.extends) = std::move(scalar);
  } else {
    read.scalars.values[name] = std::move(scalar);
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
  TomlDocument const document = parse_toml(text, file, limits, log);
  read.scalars.whole = document.whole;
  for (auto const& [name, at, value] : document.entries) {
    bool const base = name == kExtendsKey;
    bool const network = name == kNetworkKey;
    if (value && value->kind == TomlKind::kTable && is_scalar_table(name)) {
      continue;  // its keys come with its name before them
    }
    if (!base && !network && find_scalar(name) == nullptr) {
      warn_of_unknown_key(name, place_of(file, at), log);
    } else if (value) {
      read_value(name, *value, read, limits, log);
    } else if (base) {
      read.scalars.whole = false;  // a base would have given the rest
    } else if (network) {
      read.network_unusable = true;
    } else {
      read.scalars.unusable.insert(name);
    }
  }
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
