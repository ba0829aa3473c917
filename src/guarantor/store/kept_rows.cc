#include "guarantor/store/kept_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <utility>

#include "guarantor/store/row_order.h"

namespace guarantor::store {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;
using Rows = std::span<model::RowRecord const>;

std::string key_of(std::string_view scenario, model::RowRecord const& row) {
  return fmt::format("{}/{}/{}", scenario, row.table, row.key);
}

Draft draft_of(std::string key, model::RowRecord const& row, std::int64_t order) {
  return {
      .kind = RecordKind::kRow,
      .key = std::move(key),
      .body = Json{{"cells", row.cells}, {"key", row.key}, {"order", order}, {"table", row.table}}
                  .dump()};
}

Draft removal(std::string key) {
  return {.kind = RecordKind::kRow, .key = std::move(key), .body = "null"};
}

void add_drafts(std::string_view scenario, Rows table, KeptRows const& before,
                std::vector<Draft>& drafts) {
  std::vector<std::string> keys;
  std::vector<std::optional<std::int64_t>> places;
  for (model::RowRecord const& row : table) {
    keys.push_back(key_of(scenario, row));
    auto const found = before.find(keys.back());
    places.push_back(found == before.end() ? std::nullopt : std::optional{found->second.order});
  }
  auto const order = row_order(places);
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const found = before.find(keys[i]);
    bool const same =
        found != before.end() && found->second.row == table[i] && found->second.order == order[i];
    if (!same) {
      drafts.push_back(draft_of(std::move(keys[i]), table[i], order[i]));
    }
  }
}

/// `erased_keys`, where it is not null, takes the keys of rows that are absent as they were erased.
Result<KeptRows> read_rows_under(Store const& store, std::string const& prefix, Position end,
                                 Erased erased, std::set<std::string>* erased_keys = nullptr) {
  KeptRows rows;
  std::optional<Error> failure;
  auto const visited = store.each_latest(RecordKind::kRow, prefix, end, [&](Record&& record) {
    if (record.erased && erased == Erased::kIsAbsent) {
      if (erased_keys != nullptr) {
        erased_keys->insert(record.key);
      }
      return true;
    }
    auto row = read_row(record);
    if (!row.ok()) {
      failure = row.error();
      return false;
    }
    if (row.value()) {
      rows.emplace(record.key, *std::move(row).value());
    }
    return true;
  });
  if (!visited.ok()) {
    return visited.error();
  }
  if (failure) {
    return *failure;
  }
  return rows;
}

/// Adds the drafts of a table whose rows are those of before, each where it was. False where the
/// store has one under another key, as an earlier program may have kept it.
Result<bool> add_changed(Store const& store, std::string_view scenario, Rows before, Rows after,
                         Position end, std::vector<Draft>& drafts) {
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (before[i] == after[i]) {
      continue;
    }
    auto key = key_of(scenario, after[i]);
    auto const record = store.latest(RecordKind::kRow, key, end);
    if (!record.ok()) {
      return record.error();
    }
    auto const kept = record.value() ? read_row(*record.value())
                                     : Result<std::optional<KeptRow>>{std::optional<KeptRow>{}};
    if (!kept.ok()) {
      return kept.error();
    }
    if (!kept.value()) {
      return false;
    }
    drafts.push_back(draft_of(std::move(key), after[i], kept.value()->order));
  }
  return true;
}

/// Adds the record keys of kept rows that are not there any more.
void add_gone(std::string_view scenario, KeptRows const& kept, Rows after,
              std::set<std::string>& gone) {
  std::set<std::string> stay;
  for (model::RowRecord const& row : after) {
    stay.insert(key_of(scenario, row));
  }
  for (auto const& [key, row] : kept) {
    if (!stay.contains(key)) {
      gone.insert(key);
    }
  }
}

bool same_keys(Rows a, Rows b) {
  return std::ranges::equal(a, b, {}, &model::RowRecord::key, &model::RowRecord::key);
}

}  // namespace

Result<std::optional<KeptRow>> read_row(Record const& record) {
  if (record.erased) {
    return Error{ErrorKind::kCheckFailed,
                 fmt::format("row {} was erased: this version cannot be had any more", record.key),
                 fmt::format("see record {} of the log", record.position)};
  }
  auto const body = Json::parse(record.body, nullptr, false);
  if (body.is_null()) {
    return std::optional<KeptRow>{};
  }
  KeptRow kept;
  try {
    kept.row.table = body.at("table").get<std::string>();
    kept.row.key = body.at("key").get<std::string>();
    kept.order = body.at("order").get<std::int64_t>();
    kept.row.cells = body.at("cells").get<std::map<std::string, std::string>>();
  } catch (nlohmann::json::exception const&) {
    return Error{ErrorKind::kCheckFailed,
                 fmt::format("record {} is no row of a scenario", record.position), ""};
  }
  return std::optional{std::move(kept)};
}

Result<KeptRows> read_rows(Store const& store, std::string_view scenario, Position end,
                           Erased erased) {
  return read_rows_under(store, fmt::format("{}/", scenario), end, erased);
}

Result<std::vector<Draft>> row_drafts(Store const& store, ScenarioContent const& content,
                                      Position end) {
  std::set<std::string> gone;
  auto const kept =
      read_rows_under(store, fmt::format("{}/", content.scenario), end, Erased::kIsAbsent, &gone);
  if (!kept.ok()) {
    return kept.error();
  }
  std::vector<Draft> drafts;
  std::set<std::string> keys;
  for (auto const& table : content.rows.tables()) {
    add_drafts(content.scenario, *table, kept.value(), drafts);
    for (model::RowRecord const& row : *table) {
      keys.insert(key_of(content.scenario, row));
    }
  }
  for (auto const& [key, row] : kept.value()) {
    gone.insert(key);
  }
  // An erased row that is not to be there any more is taken out too: it would stop the version.
  for (std::string const& key : gone) {
    if (!keys.contains(key)) {
      drafts.push_back(removal(key));
    }
  }
  return drafts;
}

Result<std::vector<Draft>> changed_row_drafts(Store const& store, ScenarioContent const& content,
                                              Position end) {
  std::vector<Draft> drafts;
  std::set<std::string> gone;
  for (auto const& table : content.rows.tables()) {
    auto const& name = table->front().table;
    auto const before = content.before->of(name);
    if (before.data() == table->data()) {
      continue;
    }
    if (same_keys(before, *table)) {
      auto const added = add_changed(store, content.scenario, before, *table, end, drafts);
      if (!added.ok()) {
        return added.error();
      }
      if (!added.value()) {
        return row_drafts(store, content, end);
      }
      continue;
    }
    auto const kept =
        read_rows_under(store, fmt::format("{}/{}/", content.scenario, name), end, Erased::kStops);
    if (!kept.ok()) {
      return kept.error();
    }
    add_drafts(content.scenario, *table, kept.value(), drafts);
    add_gone(content.scenario, kept.value(), *table, gone);
  }
  for (auto const& table : content.before->tables()) {
    if (content.rows.of(table->front().table).empty()) {
      for (model::RowRecord const& row : *table) {
        gone.insert(key_of(content.scenario, row));
      }
    }
  }
  for (std::string const& key : gone) {
    drafts.push_back(removal(key));
  }
  return drafts;
}

}  // namespace guarantor::store
