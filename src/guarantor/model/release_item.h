#pragma once

#include <span>
#include <string_view>

#include "guarantor/model/validate.h"

/// The items of `releasable_to`, by which the owner of a row says who else may see it.
namespace guarantor::model {

inline constexpr std::string_view kReleaseColumn{"releasable_to"};
inline constexpr std::string_view kAllNations{"all"};  ///< every nation at the table
inline constexpr std::string_view kThePublic{"public"};
inline constexpr std::string_view kEveryColumn{"*"};

/// `XAB` releases the row's ordinary cells to that nation, `XAB:lift` that column as well, `XAB:*`
/// every column.
struct ReleaseItem {
  std::string_view to;
  std::string_view column;  ///< empty: none beside the ordinary ones
  bool names_column{};      ///< there is a colon

  friend bool operator==(ReleaseItem const&, ReleaseItem const&) = default;
};

/// The two halves of an item, whether they mean something or not.
[[nodiscard]] ReleaseItem split_release_item(std::string_view item);

/// The columns of a table whose rows have owners, without `releasable_to` itself; none for another.
[[nodiscard]] std::span<std::string_view const> releasable_columns(Table table);

}  // namespace guarantor::model
