#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "guarantor/store/scenario_versions.h"
#include "guarantor/store_input.h"
#include "guarantor/stored_scenario.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/viewpoint.h"

namespace guarantor::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  Viewpoint viewpoint;
  std::string address;
  std::string row;
  bool json{false};
};

std::string to_json(std::vector<store::RowState> const& states) {
  Json json = Json::array();
  for (store::RowState const& state : states) {
    json.push_back({{"record", state.position},
                    {"at", model::print(state.at)},
                    {"by", state.by},
                    {"cells", state.cells}});
  }
  return json.dump(2) + "\n";
}

/// The cells that are not as they were before.
std::string changes(store::RowState const& now, std::map<std::string, std::string> const& before) {
  std::string text;
  for (auto const& [column, cell] : now.cells) {
    auto const old = before.find(column);
    if (old == before.end() || old->second != cell) {
      text += fmt::format("    {}: {}{}\n", column,
                          old == before.end() ? "" : fmt::format("{} -> ", old->second), cell);
    }
  }
  for (auto const& [column, cell] : before) {
    if (!now.cells.contains(column)) {
      text += fmt::format("    {}: {} -> nothing\n", column, cell);
    }
  }
  return text;
}

std::string to_table(std::vector<store::RowState> const& states) {
  std::string text;
  std::map<std::string, std::string> before;
  for (store::RowState const& state : states) {
    text += fmt::format("{}  record {}, by {}{}\n", model::print(state.at), state.position,
                        state.by, state.cells.empty() ? ": taken out" : "");
    text += state.cells.empty() ? "" : changes(state, before);
    before = state.cells;
  }
  return text;
}

model::Result<model::Done> run(Options const& options) {
  // To whom a row was released then is not to whom it is released now.
  auto const allowed = refuse_whole(options.viewpoint, "what rows said earlier");
  if (!allowed.ok()) {
    return allowed;
  }
  auto const address = parse_store_address(options.address);
  auto const slash = options.row.find('/');
  if (!address || address->scenario.empty() || slash == std::string::npos) {
    return model::Error{model::ErrorKind::kBadInput, "which row of which scenario?",
                        "write STORE#ID and TABLE/KEY, e.g. coalition.db#exercise pledges/p-1"};
  }
  auto const store = store::SqliteStore::open(address->store);
  if (!store.ok()) {
    return store.error();
  }
  auto const states =
      store::row_history(*store.value(), address->scenario, options.row.substr(0, slash),
                         options.row.substr(slash + 1));
  if (!states.ok()) {
    return states.error();
  }
  return print(options.json ? to_json(states.value()) : to_table(states.value()));
}

}  // namespace

void add_store_history(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb =
      line.add({.name = "store history",
                .does = "What a row of a scenario said when, e.g. an offer, and who changed it",
                .examples = "  guarantor store history coalition.db#exercise pledges/vel-mech-1"},
               [options](Session const&) { return run(*options); });
  verb.add_option("scenario", options->address, "STORE#ID")->type_name("STORE#ID")->required();
  verb.add_option("row", options->row, "The row's table and key")
      ->type_name("TABLE/KEY")
      ->required();
  add_viewpoint(verb, options->viewpoint);
  verb.add_flag("--json", options->json, "Answer in JSON");
}

}  // namespace guarantor::app
