#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "guarantor/model/coalition.h"
#include "guarantor/model/date.h"
#include "guarantor/model/expression.h"
#include "guarantor/model/id.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/vocabulary.h"
#include "guarantor/tables/cell_readers.h"
#include "guarantor/tables/characters.h"
#include "guarantor/tables/field_type.h"
#include "guarantor/tables/numbers.h"

/// How each type of the model stands in a cell. A codec has `kType`; `read`, which is given a text
/// that is not empty, sets the value as far as it can and tells what is wrong; and `write`, which
/// gives the text that reads back as the same value.
namespace guarantor::tables {

template <class T>
struct Codec;

template <>
struct Codec<std::string> {
  static constexpr FieldType kType{FieldKind::kText};
  static Problem read(std::string_view text, std::string& value) {
    value = text;
    return std::nullopt;
  }
  static std::string write(std::string const& value) { return value; }
};

template <class Tag>
struct Codec<model::Id<Tag>> {
  static constexpr bool kNation = std::is_same_v<model::Id<Tag>, model::NationId>;
  static constexpr FieldType kType{kNation ? FieldKind::kNation : FieldKind::kIdentifier};
  static Problem read(std::string_view text, model::Id<Tag>& value) {
    value = model::Id<Tag>{std::string{trimmed(text)}};
    return kNation ? std::nullopt : check_identifier(value.text());
  }
  static std::string write(model::Id<Tag> const& value) { return value.text(); }
};

template <class T>
  requires std::is_integral_v<T>
struct Codec<T> {
  static constexpr FieldType kType{FieldKind::kWhole};
  static Problem read(std::string_view text, T& value) {
    auto const parsed =
        parse_whole(trimmed(text), std::numeric_limits<T>::min(), std::numeric_limits<T>::max());
    if (auto const* problem = std::get_if<CellProblem>(&parsed)) {
      return *problem;
    }
    value = static_cast<T>(std::get<std::int64_t>(parsed));
    return std::nullopt;
  }
  static std::string write(T value) { return std::to_string(value); }
};

template <>
struct Codec<double> {
  static constexpr FieldType kType{FieldKind::kNumber};
  static Problem read(std::string_view text, double& value) {
    auto const parsed = parse_number(trimmed(text));
    if (auto const* problem = std::get_if<CellProblem>(&parsed)) {
      return *problem;
    }
    value = std::get<double>(parsed);
    return std::nullopt;
  }
  static std::string write(double value) { return print_number(value); }
};

template <class Unit, class Rep>
struct Codec<model::Quantity<Unit, Rep>> {
  static constexpr FieldType kType = Codec<Rep>::kType;
  static Problem read(std::string_view text, model::Quantity<Unit, Rep>& value) {
    Rep count{};
    Problem problem = Codec<Rep>::read(text, count);
    value = model::Quantity<Unit, Rep>{count};
    return problem;
  }
  static std::string write(model::Quantity<Unit, Rep> value) {
    return Codec<Rep>::write(value.count());
  }
};

template <>
struct Codec<bool> {
  static constexpr FieldType kType{FieldKind::kYesNo};
  static Problem read(std::string_view text, bool& value) {
    return read_yes_no(trimmed(text), value);
  }
  static std::string write(bool value) { return value ? "yes" : "no"; }
};

template <>
struct Codec<model::Date> {
  static constexpr FieldType kType{FieldKind::kDate};
  static Problem read(std::string_view text, model::Date& value) {
    return read_date(trimmed(text), value);
  }
  static std::string write(model::Date value) { return model::print(value); }
};

template <class Enum>
  requires std::is_enum_v<Enum>
struct Codec<Enum> {
  static constexpr FieldType kType{FieldKind::kWord, false, model::kWords<Enum>};
  static Problem read(std::string_view text, Enum& value) {
    auto const parsed = model::parse<Enum>(trimmed(text));
    if (!parsed) {
      return unknown_word(trimmed(text), model::kWords<Enum>);
    }
    value = *parsed;
    return std::nullopt;
  }
  static std::string write(Enum value) { return std::string{model::text(value)}; }
};

template <>
struct Codec<model::Expression> {
  static constexpr FieldType kType{FieldKind::kExpression};
  static Problem read(std::string_view text, model::Expression& value) {
    return read_expression(text, value);
  }
  static std::string write(model::Expression const& value) { return model::print(value); }
};

template <>
struct Codec<std::vector<model::Given>> {
  static constexpr FieldType kType{FieldKind::kGiven};
  static Problem read(std::string_view text, std::vector<model::Given>& value) {
    return read_given(text, value);
  }
  static std::string write(std::vector<model::Given> const& value) { return write_given(value); }
};

/// Absent where the cell is empty or cannot be read.
template <class T>
struct Codec<std::optional<T>> {
  static constexpr FieldType kType = Codec<T>::kType;
  static Problem read(std::string_view text, std::optional<T>& value) {
    T inner{};
    Problem problem = Codec<T>::read(text, inner);
    value = problem ? std::nullopt : std::optional<T>{std::move(inner)};
    return problem;
  }
  static std::string write(std::optional<T> const& value) {
    return value ? Codec<T>::write(*value) : std::string{};
  }
};

/// Items separated by blanks; the first that is wrong is told, the others are kept.
template <class T>
struct Codec<std::vector<T>> {
  static constexpr FieldType kType{Codec<T>::kType.kind, true, Codec<T>::kType.words};
  static Problem read(std::string_view text, std::vector<T>& value) {
    value.clear();
    Problem first;
    for (auto const& [word, offset] : split_words(text)) {
      T item{};
      Problem problem = Codec<T>::read(word, item);
      if (!problem || problem->malformed_name) {
        value.push_back(std::move(item));
      }
      if (problem && !first) {
        problem->offset += offset;
        first = std::move(problem);
      }
    }
    return first;
  }
  static std::string write(std::vector<T> const& value) {
    std::string text;
    for (T const& item : value) {
      text += (text.empty() ? "" : " ") + Codec<T>::write(item);
    }
    return text;
  }
};

}  // namespace guarantor::tables
