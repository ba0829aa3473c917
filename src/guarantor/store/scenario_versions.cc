#include "guarantor/store/scenario_versions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <tuple>
#include <utility>

#include "guarantor/store/kept_rows.h"

namespace guarantor::store {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

constexpr std::size_t kLeastDigits = 8;

Result<ScenarioVersion> read_version(Record const& record) {
  ScenarioVersion version{.position = record.position, .at = record.at, .by = record.by};
  auto const body = Json::parse(record.body, nullptr, false);
  if (record.erased || !body.is_object()) {
    return Error{ErrorKind::kCheckFailed,
                 fmt::format("record {} is no version of a scenario any more", record.position),
                 ""};
  }
  version.scenario = record.key;
  version.title = body.value("title", "");
  version.content_hash = body.value("content_hash", "");
  version.variant_of = body.value("variant_of", "");
  version.follows = body.value("follows", "");
  version.rows = body.value("rows", std::uint64_t{0});
  version.changed = body.value("changed", std::uint64_t{0});
  return version;
}

std::string version_body(ScenarioContent const& content,
                         std::optional<ScenarioVersion> const& before, std::size_t changed) {
  Json body{{"changed", changed},
            {"content_hash", content.content_hash},
            {"rows", content.rows.size()},
            {"title", content.title}};
  if (before) {
    body["follows"] = before->content_hash;
  }
  if (!content.variant_of.empty()) {
    body["variant_of"] = content.variant_of;
  }
  return body.dump();
}

Result<std::optional<ScenarioVersion>> current_version(Store const& store,
                                                       std::string_view scenario) {
  auto const pointer = store.latest(RecordKind::kCurrent, scenario);
  if (!pointer.ok()) {
    return pointer.error();
  }
  if (!pointer.value()) {
    return std::optional<ScenarioVersion>{};
  }
  auto const body = Json::parse(pointer.value()->body, nullptr, false);
  auto const position =
      body.is_object() ? body.value("position", pointer.value()->position) : Position{0};
  auto const record = store.at(position);
  if (!record.ok()) {
    return record.error();
  }
  auto version = read_version(record.value());
  if (!version.ok()) {
    return version.error();
  }
  return std::optional{std::move(version).value()};
}

/// Whether something was erased behind that place.
Result<bool> erased_since(Store const& store, Position position) {
  bool erased = false;
  auto const visited = store.each_latest(RecordKind::kErasure, "", {}, [&](Record&& record) {
    erased = record.position > position;
    return !erased;
  });
  return visited.ok() ? Result<bool>{erased} : visited.error();
}

/// Whether no version of the scenario is newer.
bool is_newest(Store const& store, ScenarioVersion const& version) {
  auto const newest = store.latest(RecordKind::kScenario, version.scenario);
  return newest.ok() && newest.value() && newest.value()->position == version.position;
}

Error no_such_scenario(Store const& store, std::string_view scenario) {
  std::vector<std::string> known;
  if (auto const all = list_scenarios(store); all.ok()) {
    for (auto const& version : all.value()) {
      known.push_back(version.scenario);
    }
  }
  return {ErrorKind::kNotFound, fmt::format("there is no scenario `{}` in the store", scenario),
          known.empty() ? "`guarantor store import` brings one in"
                        : fmt::format("it has {}", fmt::join(known, ", "))};
}

}  // namespace

Result<ScenarioReceipt> put_scenario(Store& store, ScenarioContent const& content,
                                     Author const& author) {
  std::optional<ScenarioVersion> same;
  auto const build = [&](Position next) -> Result<Store::Step> {
    auto const before = current_version(store, content.scenario);
    if (!before.ok()) {
      return before.error();
    }
    if (content.after && (!before.value() || before.value()->position != *content.after)) {
      return Error{ErrorKind::kRefused, fmt::format("{} was changed meanwhile", content.scenario),
                   "begin with the version that is the current one now"};
    }
    if (before.value() && before.value()->content_hash == content.content_hash &&
        read_rows(store, content.scenario, before.value()->position, Erased::kStops).ok()) {
      same = before.value();
      return Store::Step{};
    }
    // Rows follow from the newest version, whichever is current: the latest of each key counts.
    auto const erased =
        content.before && content.after ? erased_since(store, *content.after) : Result<bool>{false};
    if (!erased.ok()) {
      return erased.error();
    }
    // Rows at hand may hold what is not to be kept any more.
    if (erased.value() &&
        !read_rows(store, content.scenario, *content.after, Erased::kStops).ok()) {
      return Error{ErrorKind::kRefused,
                   fmt::format("rows of {} were erased meanwhile", content.scenario),
                   "begin with what the store has of it now"};
    }
    bool const known = content.before && content.after && before.value() && !erased.value() &&
                       is_newest(store, *before.value());
    auto rows = known ? changed_row_drafts(store, content, next) : row_drafts(store, content, next);
    if (!rows.ok()) {
      return rows.error();
    }
    auto drafts = std::move(rows).value();
    drafts.push_back({.kind = RecordKind::kScenario,
                      .key = content.scenario,
                      .body = version_body(content, before.value(), drafts.size())});
    drafts.push_back({.kind = RecordKind::kCurrent,
                      .key = content.scenario,
                      .body = Json{{"position", next + drafts.size() - 1}}.dump()});
    return Store::Step{.drafts = std::move(drafts)};
  };
  auto const receipt = store.append_built(build, author);
  if (!receipt.ok()) {
    return receipt.error();
  }
  if (same) {
    return ScenarioReceipt{*same, false};
  }
  auto const record = store.at(receipt.value().end - 2);
  if (!record.ok()) {
    return record.error();
  }
  auto version = read_version(record.value());
  if (!version.ok()) {
    return version.error();
  }
  return ScenarioReceipt{std::move(version).value(), true};
}

Result<std::vector<ScenarioVersion>> list_scenarios(Store const& store) {
  std::vector<std::string> ids;
  auto const visited = store.each_latest(RecordKind::kCurrent, "", {}, [&](Record&& record) {
    ids.push_back(record.key);
    return true;
  });
  if (!visited.ok()) {
    return visited.error();
  }
  std::vector<ScenarioVersion> versions;
  for (std::string const& id : ids) {
    auto version = current_version(store, id);
    if (!version.ok()) {
      return version.error();
    }
    versions.push_back(*std::move(version).value());
  }
  return versions;
}

Result<std::vector<ScenarioVersion>> list_versions(Store const& store, std::string_view scenario) {
  auto const records = store.history(RecordKind::kScenario, scenario);
  if (!records.ok()) {
    return records.error();
  }
  if (records.value().empty()) {
    return no_such_scenario(store, scenario);
  }
  std::vector<ScenarioVersion> versions;
  for (Record const& record : records.value()) {
    auto version = read_version(record);
    if (!version.ok()) {
      return version.error();
    }
    versions.push_back(std::move(version).value());
  }
  return versions;
}

Result<ScenarioVersion> find_version(Store const& store, std::string_view scenario,
                                     std::string_view version) {
  if (version.empty()) {
    auto const current = current_version(store, scenario);
    if (!current.ok()) {
      return current.error();
    }
    return current.value() ? Result<ScenarioVersion>{*current.value()}
                           : no_such_scenario(store, scenario);
  }
  auto const all = list_versions(store, scenario);
  if (!all.ok()) {
    return all.error();
  }
  ScenarioVersion const* found = nullptr;
  for (ScenarioVersion const& candidate : all.value()) {
    if (version.size() < kLeastDigits || !candidate.content_hash.starts_with(version)) {
      continue;
    }
    if (found != nullptr && found->content_hash != candidate.content_hash) {
      return Error{ErrorKind::kBadInput,
                   fmt::format("several versions of {} begin with {}", scenario, version),
                   "give more digits"};
    }
    found = &candidate;
  }
  if (found == nullptr) {
    return Error{
        ErrorKind::kNotFound, fmt::format("{} has no version {}", scenario, version),
        fmt::format("give at least {} digits of a hash that `guarantor store status` lists",
                    kLeastDigits)};
  }
  return *found;
}

Result<ScenarioVersion> version_at(Store const& store, Position position) {
  auto const record = store.at(position);
  if (!record.ok()) {
    return record.error();
  }
  return record.value().kind == RecordKind::kScenario
             ? read_version(record.value())
             : Error{ErrorKind::kCheckFailed,
                     fmt::format("record {} is no version of a scenario", position), ""};
}

Result<std::vector<model::RowRecord>> get_rows(Store const& store, ScenarioVersion const& version) {
  auto kept = read_rows(store, version.scenario, version.position, Erased::kStops);
  if (!kept.ok()) {
    return kept.error();
  }
  std::vector<KeptRow> rows;
  for (auto& [key, row] : kept.value()) {
    rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(rows, [](KeptRow const& a, KeptRow const& b) {
    return std::tie(a.row.table, a.order) < std::tie(b.row.table, b.order);
  });
  std::vector<model::RowRecord> plain;
  for (KeptRow& row : rows) {
    plain.push_back(std::move(row.row));
  }
  return plain;
}

Result<ScenarioVersion> set_current(Store& store, std::string_view scenario,
                                    std::string_view version, Author const& author) {
  auto const found = find_version(store, scenario, version);
  if (!found.ok()) {
    return found;
  }
  Draft const draft{.kind = RecordKind::kCurrent,
                    .key = std::string{scenario},
                    .body = Json{{"position", found.value().position}}.dump()};
  auto const kept = store.append({&draft, 1}, author);
  return kept.ok() ? found : kept.error();
}

Result<std::vector<RowState>> row_history(Store const& store, std::string_view scenario,
                                          std::string_view table, std::string_view key) {
  auto const name = fmt::format("{}/{}/{}", scenario, table, key);
  auto const records = store.history(RecordKind::kRow, name);
  if (!records.ok()) {
    return records.error();
  }
  if (records.value().empty()) {
    return Error{ErrorKind::kNotFound, fmt::format("the store has no row {}", name), ""};
  }
  std::vector<RowState> states;
  for (Record const& record : records.value()) {
    RowState state{record.position, record.at, record.by, {}};
    if (!record.erased) {
      auto row = read_row(record);
      if (!row.ok()) {
        return row.error();
      }
      state.cells = row.value() ? std::move(row.value()->row.cells) : state.cells;
    }
    states.push_back(std::move(state));
  }
  return states;
}

}  // namespace guarantor::store
