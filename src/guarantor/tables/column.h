#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "guarantor/model/validate.h"
#include "guarantor/tables/codec.h"
#include "guarantor/tables/field_type.h"

namespace guarantor::tables {

/// What is known of a column beside its type. The range only describes: `model::validate` holds it.
struct ColumnFacts {
  std::string_view about{};
  std::string_view unit{};
  bool required{};
  std::optional<model::Table> refers_to{};  ///< the table whose key its values are
  std::optional<double> least{};
  std::optional<double> most{};
};

struct ColumnInfo {
  std::string_view name;
  ColumnFacts facts;
  FieldType type;
};

/// Why a required cell or column must be there.
[[nodiscard]] std::string needed_hint(ColumnInfo const& column);

/// A column of the rows of `RowType`: how its cell is read into a row and written from one.
template <class RowType>
struct Column {
  ColumnInfo info;
  std::function<Problem(std::string_view, RowType&)> read;
  std::function<std::string(RowType const&)> write;
};

/// Binds a column to a member: a pointer to it, or a function from row to reference that serves
/// constant and changeable rows.
template <class RowType, class Member>
[[nodiscard]] Column<RowType> bind_column(std::string_view name, Member member, ColumnFacts facts) {
  using Value = std::remove_cvref_t<std::invoke_result_t<Member, RowType&>>;
  return {
      {name, facts, Codec<Value>::kType},
      [member](std::string_view text, RowType& row) {
        return Codec<Value>::read(text, std::invoke(member, row));
      },
      [member](RowType const& row) { return Codec<Value>::write(std::invoke(member, row)); },
  };
}

}  // namespace guarantor::tables
