#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace guarantor::tables {

/// What the text of a cell stands for.
enum class FieldKind {
  kText,
  kIdentifier,
  kNation,
  kWhole,
  kNumber,
  kYesNo,
  kDate,
  kWord,
  kExpression,
  kGiven,
};

struct FieldType {
  FieldKind kind{FieldKind::kText};
  bool list{};                                ///< several of them, separated by blanks
  std::span<std::string_view const> words{};  ///< for kWord: the closed list
};

}  // namespace guarantor::tables
