#include <algorithm>
#include <string>
#include <vector>

#include "guarantor/model/checker.h"
#include "guarantor/model/release_item.h"
#include "guarantor/model/spelling.h"

/// The rules of `releasable_to`: an item that means nobody, or no column, would hide what its owner
/// wanted to show.
namespace guarantor::model {

void Checker::check_releases() {
  auto const each = [this](Table table, auto const& rows) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      check_release(table, row, rows[row].releasable_to);
    }
  };
  each(Table::kAssessments, scenario_.assessments);
  each(Table::kPledges, scenario_.pledges);
  each(Table::kForceClaims, scenario_.force_claims);
}

void Checker::check_release(Table table, std::size_t row, std::vector<std::string> const& items) {
  At const at{table, row, kReleaseColumn};
  std::size_t offset = 0;
  for (std::string const& item : items) {
    std::size_t const before = findings_.size();
    check_release_item(at, item);
    if (findings_.size() > before) {
      findings_.back().cell.offset = offset;
    }
    offset += item.size() + 1;  // a blank stands between them
  }
}

void Checker::check_release_item(At at, std::string_view item) {
  ReleaseItem const parts = split_release_item(item);
  if (parts.to != kAllNations && parts.to != kThePublic && !names_.nations.contains(parts.to)) {
    auto candidates = std::vector<std::string_view>{names_.nations.begin(), names_.nations.end()};
    candidates.push_back(kAllNations);
    candidates.push_back(kThePublic);
    auto const near = closest(parts.to, candidates);
    error(at, "`" + std::string{item} + "` releases to no nation of this scenario",
          near ? "did you mean `" + *near + "`?" : "a nation, `all` or `public`");
    return;
  }
  auto const columns = releasable_columns(at.table);
  bool const known = std::ranges::find(columns, parts.column) != columns.end();
  if (!parts.names_column || parts.column == kEveryColumn || known) {
    return;
  }
  std::string const to{parts.to};
  if (parts.column == kReleaseColumn) {
    error(at, "`" + std::string{item} + "`: to whom a row is released is not released",
          "each sees of it what speaks of itself");
    return;
  }
  auto const near = closest(parts.column, columns);
  error(at,
        "`" + std::string{item} + "`: " + std::string{text(at.table)} + " has no column `" +
            std::string{parts.column} + "`",
        near ? "did you mean `" + to + ":" + *near + "`?" : "`" + to + ":*` releases every column");
}

}  // namespace guarantor::model
