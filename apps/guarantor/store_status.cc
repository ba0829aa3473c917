#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "guarantor/store/scenario_versions.h"
#include "guarantor/store/sqlite_layout.h"
#include "guarantor/store_input.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  StoreWords words;
  bool json{false};
};

struct Status {
  store::HeadState head;
  std::map<store::RecordKind, std::uint64_t> counts;
  std::vector<store::ScenarioVersion> scenarios;
  std::map<std::string, std::vector<store::ScenarioVersion>> versions;
};

model::Result<Status> gather(store::SqliteStore const& store) {
  auto head = store.head_state();
  auto counts = store.counts();
  auto scenarios = store::list_scenarios(store);
  if (!head.ok() || !counts.ok() || !scenarios.ok()) {
    return !head.ok() ? head.error() : !counts.ok() ? counts.error() : scenarios.error();
  }
  Status status{head.value(), std::move(counts).value(), std::move(scenarios).value(), {}};
  for (auto const& current : status.scenarios) {
    auto versions = store::list_versions(store, current.scenario);
    if (!versions.ok()) {
      return versions.error();
    }
    status.versions.emplace(current.scenario, std::move(versions).value());
  }
  return status;
}

Json to_json(store::ScenarioVersion const& version) {
  Json json{{"version", version.content_hash},
            {"title", version.title},
            {"at", model::print(version.at)},
            {"by", version.by},
            {"rows", version.rows},
            {"changed", version.changed},
            {"record", version.position}};
  if (!version.variant_of.empty()) {
    json["variant_of"] = version.variant_of;
  }
  return json;
}

std::string to_json(Status const& status) {
  Json json{{"layout", store::kLayout},
            {"records", status.head.kept.size},
            {"root", ledger::base64(status.head.kept.root)},
            {"head_damaged", status.head.damaged_slot}};
  for (auto const& [kind, count] : status.counts) {
    json["kinds"][std::string{model::text(kind)}] = count;
  }
  json["scenarios"] = Json::object();
  for (auto const& current : status.scenarios) {
    auto& scenario = json["scenarios"][current.scenario];
    scenario["current"] = current.content_hash;
    for (auto const& version : status.versions.at(current.scenario)) {
      scenario["versions"].push_back(to_json(version));
    }
  }
  return json.dump(2) + "\n";
}

std::string to_table(Status const& status) {
  auto text = fmt::format("{} records, root {}\n", status.head.kept.size,
                          ledger::base64(status.head.kept.root));
  for (auto const& [kind, count] : status.counts) {
    text += fmt::format("  {:<12} {:>10}\n", model::text(kind), count);
  }
  for (auto const& current : status.scenarios) {
    text += fmt::format("\n{}: {}\n", current.scenario, current.title);
    for (auto const& version : status.versions.at(current.scenario)) {
      bool const is_current = version.position == current.position;
      text += fmt::format("  {} {:.12}  {}  {:>6} rows, {:>5} changed, by {}\n",
                          is_current ? "*" : " ", version.content_hash, model::print(version.at),
                          version.rows, version.changed, version.by);
    }
  }
  return text;
}

model::Result<model::Done> run(Options const& options) {
  auto const store = open_to_read(options.words);
  if (!store.ok()) {
    return store.error();
  }
  auto const status = gather(*store.value());
  if (!status.ok()) {
    return status.error();
  }
  if (status.value().head.damaged_slot) {
    say("note: one slot of the head is damaged, as by a crash; the next write mends it");
  }
  return print(options.json ? to_json(status.value()) : to_table(status.value()));
}

}  // namespace

void add_store_status(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb =
      line.add({.name = "store status",
                .does = "What a store holds: records by kind, scenarios and their versions",
                .examples = "  guarantor store status coalition.db\n"
                            "  guarantor store status coalition.db --json"},
               [options](Session const&) { return run(*options); });
  add_store(verb, options->words);
  verb.add_flag("--json", options->json, "Answer in JSON instead of a table");
}

}  // namespace guarantor::app
