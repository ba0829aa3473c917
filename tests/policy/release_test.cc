#include "guarantor/policy/release.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "guarantor/model/random_stream.h"
#include "guarantor/model/validate.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/tables/table_schema.h"
#include "random_scenario.h"
#include "release_matrix.h"

namespace guarantor::policy {
namespace {

using model::NationId;
using model::PledgeId;
using model::Scenario;
using model::Table;

std::vector<Viewer> viewers_of(Scenario const& scenario) {
  std::vector<Viewer> all;
  for (std::size_t r = 0; r < kRoles; ++r) {
    if (static_cast<Role>(r) != Role::kDelegate) {
      all.push_back({static_cast<Role>(r), {}});
    }
  }
  for (model::Nation const& nation : scenario.nations) {
    all.push_back({Role::kDelegate, nation.id});
    all.push_back({Role::kDecisionMaker, nation.id});
  }
  return all;
}

Viewer drawn_viewer(Scenario const& scenario) {
  auto const all = viewers_of(scenario);
  auto const number = *rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>());
  return all[model::RandomStream{number, "viewer"}.bits() % all.size()];
}

Scenario drawn_scenario() {
  return tables::random_scenario(*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>()));
}

std::string errors_of(Scenario const& scenario) {
  std::string text;
  for (model::Finding const& finding : model::validate(scenario)) {
    if (finding.severity == model::Severity::kError) {
      text += std::string{model::text(finding.cell.table)} + " " + finding.cell.column + ": " +
              finding.message + "\n";
    }
  }
  return text;
}

// A second reading of the rules, on the text of the tables: what each cell of a row shows by the
// words of the matrix.

using Cells = std::map<std::string, std::string>;

std::vector<Cells> rows_of(Scenario const& scenario, Table table) {
  auto const text = tables::find_schema(table)->write(scenario);
  std::vector<Cells> rows;
  for (auto const& row : text.rows) {
    Cells cells;
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (!row[c].empty()) {
        cells[text.header[c]] = row[c];
      }
    }
    rows.push_back(std::move(cells));
  }
  return rows;
}

std::vector<std::string> split(std::string const& text) {
  std::vector<std::string> words(1);
  for (char const c : text) {
    if (c == ' ') {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  std::erase(words, "");
  return words;
}

std::string joined(std::vector<std::string> const& words) {
  std::string text;
  for (auto const& word : words) {
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

/// The items of the list that speak of the viewer.
std::vector<std::string> its_items(Cells const& row, Viewer const& viewer) {
  std::vector<std::string> items;
  auto const list = row.contains("releasable_to") ? row.at("releasable_to") : "";
  for (auto const& item : split(list)) {
    auto const to = item.substr(0, item.find(':'));
    bool const all = to == "all" && (!viewer.nation.empty() || viewer.role == Role::kDecisionMaker);
    if (to == "public" || all || (!viewer.nation.empty() && to == viewer.nation.text())) {
      items.push_back(item);
    }
  }
  return items;
}

struct Owned {
  Cells cells;
  bool own{};
  std::vector<std::string> items;

  [[nodiscard]] bool named(std::string const& column) const {
    return std::ranges::any_of(items, [&](std::string const& item) {
      return item.ends_with(":*") || item.ends_with(":" + column);
    });
  }
};

/// The row as the viewer gets it by the rule of its table; nothing where it does not see it.
std::optional<Cells> expected(TableRule const& rule, Owned const& row, Viewer const& viewer) {
  if (sees_everything(viewer)) {
    return row.cells;
  }
  auto const* const schema = tables::find_schema(rule.table);
  bool const has_owner = rule.row == RowRule::kOwner || rule.row == RowRule::kFollows;
  if (has_owner && !row.own && row.items.empty()) {
    return std::nullopt;
  }
  Cells shown;
  for (auto const& [column, text] : row.cells) {
    if (schema->find(column) == nullptr) {
      if (has_owner && row.own) {
        shown[column] = text;
      }
      continue;
    }
    auto const word = release_matrix::reads(viewer.role, rule, column);
    bool const by_name = word.ends_with("by name");
    if (word.ends_with("its part") && !row.own) {
      shown[column] = joined(row.items);
    } else if (word != "-" && (!by_name || row.own || row.named(column))) {
      shown[column] = text;
    }
  }
  return shown.empty() ? std::nullopt : std::optional{shown};
}

class Oracle {
 public:
  Oracle(Scenario const& scenario, Viewer const& viewer) : scenario_{scenario}, viewer_{viewer} {
    for (Cells& row : rows_of(scenario, Table::kPledges)) {
      Owned owned = with_owner(row, "nation");
      if (expected(rule_of(Table::kPledges), owned, viewer)) {
        shown_.insert(row.at("pledge"));
      }
      pledges_.emplace(row.at("pledge"), std::move(owned));
    }
  }

  std::vector<Cells> rows(Table table) {
    TableRule const& rule = rule_of(table);
    std::vector<Cells> rows;
    for (Cells& row : rows_of(scenario_, table)) {
      auto shown = expected(rule, owned(rule, row), viewer_);
      if (shown && table == Table::kPledges && shown->contains("requires")) {
        cut_hidden(shown->at("requires"));
        std::erase_if(*shown, [](auto const& cell) { return cell.second.empty(); });
      }
      if (shown) {
        rows.push_back(*std::move(shown));
      }
    }
    return rows;
  }

 private:
  Owned with_owner(Cells const& row, std::string const& column) {
    bool const own = !viewer_.nation.empty() && row.at(column) == viewer_.nation.text();
    return {row, own, its_items(row, viewer_)};
  }

  Owned owned(TableRule const& rule, Cells const& row) {
    if (rule.row == RowRule::kOwner) {
      return with_owner(row, std::string{rule.by});
    }
    if (rule.row == RowRule::kFollows) {
      Owned about = pledges_.at(row.at("pledge"));
      about.cells = row;
      return about;
    }
    return {row, false, {}};
  }

  void cut_hidden(std::string& list) {
    auto words = split(list);
    std::erase_if(words, [&](std::string const& id) { return !shown_.contains(id); });
    list = joined(words);
  }

  Scenario const& scenario_;
  Viewer viewer_;
  std::map<std::string, Owned> pledges_;
  std::set<std::string> shown_;
};

TEST(Released, EveryCellIsAsTheMatrixSays) {
  EXPECT_TRUE(rc::check([] {
    Scenario const scenario = drawn_scenario();
    Viewer const viewer = drawn_viewer(scenario);
    Scenario const view = released(scenario, viewer);
    Oracle oracle{scenario, viewer};
    for (tables::TableSchema const& schema : tables::table_schemas()) {
      if (schema.table != Table::kSources) {
        RC_LOG() << model::text(schema.table) << " for " << print(viewer) << "\n";
        RC_ASSERT(rows_of(view, schema.table) == oracle.rows(schema.table));
      }
    }
  }));
}

TEST(Released, IsSoundAndTwiceIsOnce) {
  EXPECT_TRUE(rc::check([] {
    Scenario const scenario = drawn_scenario();
    Viewer const viewer = drawn_viewer(scenario);
    Scenario const view = released(scenario, viewer);
    RC_ASSERT(errors_of(view).empty());
    RC_ASSERT(released(view, viewer) == view);
    if (sees_everything(viewer)) {
      RC_ASSERT(view == scenario);
    }
  }));
}

TEST(Released, AnOwnerSeesAllOfItsOwn) {
  EXPECT_TRUE(rc::check([] {
    Scenario const scenario = drawn_scenario();
    Viewer const viewer = drawn_viewer(scenario);
    Scenario const view = released(scenario, viewer);
    for (model::Pledge pledge : scenario.pledges) {
      if (viewer.nation.empty() || pledge.nation != viewer.nation) {
        continue;
      }
      auto const found = std::ranges::find(view.pledges, pledge.id, &model::Pledge::id);
      RC_ASSERT(found != view.pledges.end());
      pledge.requires_pledges = found->requires_pledges;
      RC_ASSERT(*found == pledge);
    }
  }));
}

/// Changes that only touch what the viewer does not see.
class Disturbance {
 public:
  Disturbance(Scenario scenario, Viewer viewer, std::uint64_t seed)
      : scenario_{std::move(scenario)},
        viewer_{std::move(viewer)},
        view_{released(scenario_, viewer_)},
        random_{seed, "disturbance"} {}

  Scenario make() {
    disturb_pledges();
    remove_hidden_pledges();
    add_hidden_pledges();
    disturb_others();
    return std::move(scenario_);
  }

 private:
  bool chance() { return random_.uniform() < 0.5; }
  [[nodiscard]] bool own(std::string const& nation) const {
    return !viewer_.nation.empty() && nation == viewer_.nation.text();
  }
  [[nodiscard]] bool sees(PledgeId const& id) const {
    return std::ranges::find(view_.pledges, id, &model::Pledge::id) != view_.pledges.end();
  }
  /// Whether some item of the viewer's releases the column.
  [[nodiscard]] bool named(model::Pledge const& pledge, std::string const& column) const {
    Owned const row{{}, false, its_items({{"releasable_to", list(pledge)}}, viewer_)};
    return row.named(column);
  }
  static std::string list(model::Pledge const& pledge) { return joined(pledge.releasable_to); }

  void disturb_pledges() {
    for (model::Pledge& pledge : scenario_.pledges) {
      if (own(pledge.nation.text())) {
        continue;
      }
      if (!sees(pledge.id)) {
        pledge.quantity = model::Units{77};
        pledge.status = model::PledgeStatus::kMandated;
        pledge.from.reset();
      }
      if (!named(pledge, "cost_per_unit_month") && chance()) {
        pledge.cost_per_unit_month = model::Money{31337};
      }
      if (!named(pledge, "notice_days") && chance()) {
        pledge.notice = model::Days{55};
      }
      if (!named(pledge, "lift") && chance()) {
        pledge.lift = "canary";
      }
      if (!named(pledge, "note") && chance()) {
        pledge.row.provenance.note = "canary";
      }
      pledge.row.extras = {{"made-up", "canary"}};
      if (!scenario_.nations.empty()) {
        auto const other = scenario_.nations.front().id.text();
        if (other != viewer_.nation.text() && chance()) {
          pledge.releasable_to.push_back(other);
        }
      }
    }
  }

  void remove_hidden_pledges() {
    std::set<PledgeId> gone;
    for (model::Pledge const& pledge : scenario_.pledges) {
      if (!sees(pledge.id) && chance()) {
        gone.insert(pledge.id);
      }
    }
    auto const is_gone = [&](PledgeId const& id) { return gone.contains(id); };
    std::erase_if(scenario_.pledges, [&](auto const& pledge) { return is_gone(pledge.id); });
    std::erase_if(scenario_.offers, [&](auto const& offer) { return is_gone(offer.pledge); });
    std::erase_if(scenario_.deliveries,
                  [&](auto const& delivery) { return is_gone(delivery.pledge); });
    std::erase_if(scenario_.sources, [&](auto const& note) {
      return note.table == "pledges" && is_gone(PledgeId{note.key});
    });
    for (model::Pledge& pledge : scenario_.pledges) {
      std::erase_if(pledge.requires_pledges, is_gone);
    }
  }

  void add_hidden_pledges() {
    for (model::Nation const& nation : scenario_.nations) {
      if (own(nation.id.text()) || scenario_.capabilities.empty()) {
        continue;
      }
      model::Pledge pledge;
      pledge.id = PledgeId{"canary-" + std::to_string(scenario_.pledges.size())};
      pledge.nation = nation.id;
      pledge.capability = scenario_.capabilities.front().id;
      scenario_.offers.push_back({pledge.id, {}, {}, {}, {}, {}});
      scenario_.deliveries.push_back(
          {.pledge = pledge.id, .date = scenario_.header.as_of, .to = "canary"});
      scenario_.sources.push_back(
          {"pledges", pledge.id.text(), "quantity", "canary", "canary", {}, "", {}, {}});
      for (model::Pledge& other : scenario_.pledges) {
        if (!own(other.nation.text()) && chance()) {
          other.requires_pledges.push_back(pledge.id);
          scenario_.sources.push_back(
              {"pledges", other.id.text(), "requires", "canary", "canary", {}, "", {}, {}});
        }
      }
      scenario_.pledges.insert(scenario_.pledges.begin(), std::move(pledge));
    }
  }

  void disturb_others() {
    for (model::Condition& condition : scenario_.conditions) {
      condition.probability = model::Probability{0.125};
      condition.given.clear();
      condition.revoke_per_month = model::Probability{0.25};
      condition.row.provenance.note = "canary";
      scenario_.sources.push_back(
          {"conditions", condition.id.text(), "probability", "canary", "x", {}, "", {}, {}});
    }
    for (model::Assessment& row : scenario_.assessments) {
      if (!own(row.assessor) &&
          its_items({{"releasable_to", joined(row.releasable_to)}}, viewer_).empty()) {
        row.likely = row.low;
        row.row.provenance.note = "canary";
      }
    }
    for (model::ForceClaim& row : scenario_.force_claims) {
      if (!own(row.nation.text()) &&
          its_items({{"releasable_to", joined(row.releasable_to)}}, viewer_).empty()) {
        row.quantity = model::Units{4};
        row.claimed_by = "canary";
      }
    }
    for (model::Location& location : scenario_.locations) {
      location.row.extras = {{"made-up", "canary"}};
    }
  }

  Scenario scenario_;
  Viewer viewer_;
  Scenario view_;
  model::RandomStream random_;
};

TEST(Released, DependsOnNothingThatWasNotReleased) {
  EXPECT_TRUE(rc::check([] {
    Scenario const scenario = drawn_scenario();
    Viewer const viewer = drawn_viewer(scenario);
    RC_PRE(!sees_everything(viewer));
    auto const seed = *rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>());
    Scenario const other = Disturbance{scenario, viewer, seed}.make();
    RC_ASSERT(errors_of(other).empty());
    RC_LOG() << print(viewer) << "\n";
    RC_ASSERT(released(other, viewer) == released(scenario, viewer));
  }));
}

TEST(Released, EveryScenarioIsSoundForEveryViewer) {
  std::size_t scenarios = 0;
  for (auto const& entry : std::filesystem::directory_iterator{"scenarios"}) {
    auto const loaded = tables::load(entry.path());
    ASSERT_TRUE(loaded.scenario) << entry.path();
    ++scenarios;
    for (Viewer const& viewer : viewers_of(*loaded.scenario)) {
      Scenario const view = released(*loaded.scenario, viewer);
      EXPECT_EQ(errors_of(view), "") << entry.path() << " " << print(viewer);
      for (tables::TableSchema const& schema : tables::table_schemas()) {
        RowRule const rule = rule_of(schema.table).row;
        bool const signed_in = viewer.role != Role::kPublic;
        if (rule == RowRule::kEveryone || (rule == RowRule::kSignedIn && signed_in)) {
          EXPECT_EQ(schema.row_count(view), schema.row_count(*loaded.scenario)) << schema.title;
        }
      }
      EXPECT_EQ(view.areas.size(), loaded.scenario->areas.size());
    }
  }
  EXPECT_GE(scenarios, 7U);
}

// The rules on one small pot.

model::Pledge offered(std::string const& id, std::string const& nation,
                      std::vector<std::string> const& to) {
  model::Pledge pledge;
  pledge.id = PledgeId{id};
  pledge.nation = NationId{nation};
  pledge.lift = "own ships";
  pledge.notice = model::Days{30};
  pledge.releasable_to = to;
  return pledge;
}

Scenario pot(std::vector<std::string> const& to) {
  Scenario scenario;
  scenario.header.marking = "LIMITED";
  scenario.pledges = {offered("a", "XAA", to)};
  return scenario;
}

std::string lift_for(std::vector<std::string> const& to, Viewer const& viewer) {
  auto const view = released(pot(to), viewer);
  return view.pledges.empty() ? "hidden" : view.pledges.front().lift;
}

TEST(Released, AnItemReleasesTheRowAndTheColumnsItNames) {
  Viewer const other{Role::kDelegate, NationId{"XAB"}};
  EXPECT_EQ(lift_for({}, other), "hidden");
  EXPECT_EQ(lift_for({"XAC:*"}, other), "hidden");
  EXPECT_EQ(lift_for({"XAB"}, other), "");
  EXPECT_EQ(lift_for({"XAB:notice_days"}, other), "");
  EXPECT_EQ(lift_for({"XAB:lift"}, other), "own ships");
  EXPECT_EQ(lift_for({"XAB:*"}, other), "own ships");
  EXPECT_EQ(lift_for({"all:lift"}, other), "own ships");
  EXPECT_EQ(lift_for({"public:lift"}, other), "own ships");
  EXPECT_EQ(lift_for({"all:*"}, {Role::kPublic}), "hidden");
  EXPECT_EQ(lift_for({"all:*"}, {Role::kMonitor}), "hidden");
  EXPECT_EQ(lift_for({"all"}, {Role::kDecisionMaker}), "");
  EXPECT_EQ(lift_for({"public"}, {Role::kPublic}), "");
  EXPECT_EQ(lift_for({}, {Role::kController}), "hidden");
  EXPECT_EQ(lift_for({}, {Role::kAuditor}), "own ships");
  EXPECT_EQ(lift_for({}, {Role::kDelegate, NationId{"XAA"}}), "own ships");
}

TEST(Released, SaysForWhomItIs) {
  Viewer const viewer{Role::kDelegate, NationId{"XAB"}};
  EXPECT_EQ(released(pot({}), viewer).header.marking,
            "LIMITED · released to delegate:XAB; nothing else is shown or summed");
  EXPECT_EQ(released(pot({}), {Role::kPlanner}).header.marking, "LIMITED");
}

}  // namespace
}  // namespace guarantor::policy
