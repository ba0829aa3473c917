#include "guarantor/policy/row_share.h"

#include "guarantor/model/release_item.h"

namespace guarantor::policy {
namespace {

/// Every nation at the table, and who decides for all of them.
bool of_all_nations(Viewer const& viewer) {
  return !viewer.nation.empty() || viewer.role == Role::kDecisionMaker;
}

bool speaks_of(std::string_view to, Viewer const& viewer) {
  return to == model::kThePublic || (to == model::kAllNations && of_all_nations(viewer)) ||
         (!viewer.nation.empty() && to == viewer.nation.text());
}

}  // namespace

RowShare role_share(RowRule rule, Viewer const& viewer) {
  bool const shown = rule == RowRule::kEveryone ||
                     (rule == RowRule::kSignedIn && viewer.role != Role::kPublic) ||
                     sees_everything(viewer);
  return {.row = shown};
}

RowShare owned_share(std::string_view owner, std::span<std::string const> items,
                     Viewer const& viewer) {
  if (!viewer.nation.empty() && owner == viewer.nation.text()) {
    return {.row = true, .own = true, .every_column = true, .items = {items.begin(), items.end()}};
  }
  RowShare share;
  for (std::string const& item : items) {
    model::ReleaseItem const parts = model::split_release_item(item);
    if (!speaks_of(parts.to, viewer)) {
      continue;
    }
    share.row = true;
    share.every_column = share.every_column || parts.column == model::kEveryColumn;
    if (parts.names_column) {
      share.columns.push_back(parts.column);
    }
    share.items.push_back(item);
  }
  return share;
}

}  // namespace guarantor::policy
