#include "guarantor/policy/release.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "guarantor/policy/operation_table.h"
#include "guarantor/policy/release_cells.h"
#include "guarantor/policy/release_table.h"
#include "guarantor/policy/row_share.h"

namespace guarantor::policy {
namespace {

using model::Scenario;
using model::Table;

std::string_view owner_of(model::Pledge const& row) {
  return row.nation.text();
}
std::string_view owner_of(model::ForceClaim const& row) {
  return row.nation.text();
}
std::string_view owner_of(model::Assessment const& row) {
  return row.assessor;
}

template <class Row>
std::vector<model::Extra>& extras_of(Row& row) {
  if constexpr (requires { row.row; }) {
    return row.row.extras;
  } else {
    return row.extras;
  }
}

/// Builds the view from nothing, so that a table which is forgotten here is missing, not shown.
class View {
 public:
  View(Scenario const& full, Viewer const& viewer) : full_{full}, viewer_{viewer} {}

  Scenario make() {
    view_.header = full_.header;
    for (std::size_t i = 0; !word_at(rule_of(Table::kScenario).planners, i).empty(); ++i) {
      empty_cell(view_.header, word_at(rule_of(Table::kScenario).planners, i));
    }
    std::string const marking = release_marking(viewer_);
    if (!view_.header.marking.ends_with(marking)) {
      view_.header.marking += (view_.header.marking.empty() ? "" : " · ") + marking;
    }
    take_pledges();
    take(Table::kPhases, &Scenario::phases);
    take(Table::kNations, &Scenario::nations);
    take(Table::kMeetings, &Scenario::meetings);
    take(Table::kAttendance, &Scenario::attendance);
    take(Table::kConditions, &Scenario::conditions);
    take(Table::kAssessments, &Scenario::assessments);
    take(Table::kCapabilities, &Scenario::capabilities);
    take(Table::kSubstitutions, &Scenario::substitutions);
    take(Table::kLocations, &Scenario::locations);
    take(Table::kLinks, &Scenario::links);
    take(Table::kOffers, &Scenario::offers);
    take(Table::kDeliveries, &Scenario::deliveries);
    take(Table::kRequirements, &Scenario::requirements);
    take(Table::kRates, &Scenario::rates);
    take(Table::kCeilings, &Scenario::ceilings);
    take(Table::kContingencies, &Scenario::contingencies);
    take(Table::kForceClaims, &Scenario::force_claims);
    take(Table::kDemands, &Scenario::demands);
    take(Table::kSites, &Scenario::sites);
    take(Table::kAgreements, &Scenario::agreements);
    take(Table::kPositions, &Scenario::positions);
    take(Table::kClauses, &Scenario::clauses);
    take(Table::kIndicators, &Scenario::indicators);
    take(Table::kSensors, &Scenario::sensors);
    take(Table::kSources, &Scenario::sources);
    take(Table::kAreas, &Scenario::areas);
    return std::move(view_);
  }

 private:
  template <class Row>
  [[nodiscard]] RowShare share_of(TableRule const& rule, Row const& row) const {
    switch (rule.row) {
      case RowRule::kOwner:
        if constexpr (requires { row.releasable_to; }) {
          return owned_share(owner_of(row), row.releasable_to, viewer_);
        }
        return {};
      case RowRule::kFollows:
        if constexpr (requires { row.pledge; }) {
          return share_of_pledge(row.pledge.text());
        } else if constexpr (std::is_same_v<Row, model::SourceNote>) {
          return share_of_note(row);
        }
        return {};
      default:
        return role_share(rule.row, viewer_);
    }
  }

  [[nodiscard]] RowShare share_of_pledge(std::string_view id) const {
    auto const found = pledge_shares_.find(id);
    return found == pledge_shares_.end() ? RowShare{} : found->second;
  }

  /// A source of a cell is as open as the cell.
  [[nodiscard]] RowShare share_of_note(model::SourceNote const& note) const {
    auto const table = model::parse<Table>(note.table);
    if (!table) {
      return {};
    }
    TableRule const& rule = rule_of(*table);
    RowShare about = role_share(rule.row, viewer_);
    if (*table == Table::kPledges || (rule.row == RowRule::kFollows && rule.by == "pledge")) {
      about = share_of_pledge(note.key);
    }
    bool const known = lists(rule.with_row, note.column) || lists(rule.named, note.column) ||
                       lists(rule.planners, note.column);
    bool const shown = known ? about.shows(column_rule(rule, note.column), note.column) : about.own;
    // The cell may have been cut, and whether it was is nobody else's business.
    bool const mentions = *table == Table::kPledges && note.column == "requires";
    return {.row = mentions ? about.own : shown, .own = about.own};
  }

  template <class Row>
  void trim(TableRule const& rule, Row& row, RowShare const& share) const {
    if constexpr (requires { empty_cell(row, std::string_view{}); }) {
      for (std::string_view const list : {rule.named, rule.planners}) {
        for (std::size_t i = 0; !word_at(list, i).empty(); ++i) {
          std::string_view const column = word_at(list, i);
          if (!share.shows(column_rule(rule, column), column)) {
            empty_cell(row, column);
          }
        }
      }
    }
    if constexpr (requires { row.releasable_to; }) {
      row.releasable_to = share.items;
    }
    if (!share.own) {
      extras_of(row).clear();
    }
  }

  template <class Row>
  void take(Table table, std::vector<Row> Scenario::* rows) {
    TableRule const& rule = rule_of(table);
    for (Row const& row : full_.*rows) {
      RowShare const share = share_of(rule, row);
      if (share.row) {
        (view_.*rows).push_back(row);
        trim(rule, (view_.*rows).back(), share);
      }
    }
  }

  /// First, because other rows follow them.
  void take_pledges() {
    take(Table::kPledges, &Scenario::pledges);
    std::set<std::string_view> shown;
    for (model::Pledge const& pledge : full_.pledges) {
      RowShare share = share_of(rule_of(Table::kPledges), pledge);
      if (share.row) {
        shown.insert(pledge.id.text());
      }
      pledge_shares_.emplace(pledge.id.text(), std::move(share));
    }
    for (model::Pledge& pledge : view_.pledges) {
      std::erase_if(pledge.requires_pledges,
                    [&](model::PledgeId const& id) { return !shown.contains(id.text()); });
    }
  }

  Scenario const& full_;
  Viewer const& viewer_;
  Scenario view_;
  std::map<std::string_view, RowShare> pledge_shares_;
};

}  // namespace

std::string release_marking(Viewer const& viewer) {
  return sees_everything(viewer)
             ? std::string{}
             : "released to " + print(viewer) + "; nothing else is shown or summed";
}

Scenario released(Scenario const& scenario, Viewer const& viewer) {
  return sees_everything(viewer) ? scenario : View{scenario, viewer}.make();
}

}  // namespace guarantor::policy
