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
  return {.kind = RecordKind::kRow,
          .key = std::move(key),
          .body = Json{{"cells", row.cells}, {"key", row.key}, {"order", order},
                       {"table", row.table}}
                      .dump()};
}

Draft removal(std::string key) {
  return {.kind = RecordKind::kRow, .key = std::move(key), .body = "null"};
}

/// The rows of a scenario table by table, each table's in their order.
std::vector<Rows> by_table(Rows rows) {
  std::vector<Rows> tables;
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin;
    while (end < rows.size() && rows[end].table == rows[begin].table) {
      ++end;
    }
    tables.push_back(rows.subspan(begin, end - begin));
    begin = end;
  }
  return tables;
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
    bool const same = found != before.end() && found->second.row == table[i] &&
                      found->second.order == order[i];
    if (!same) {
      drafts.push_back(draft_of(std::move(keys[i]), table[i], order[i]));
    }
  }
}

Result<KeptRows> read_rows_under(Store const& store, std::string const& prefix, Position end,
                                 Erased erased) {
  KeptRows rows;
  std::optional<Error> failure;
  auto const visited =
      store.each_latest(RecordKind::kRow, prefix, end, [&](Record&& record) {
        if (record.erased && erased == Erased::kIsAbsent) {
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

/// Adds the drafts of a table whose rows are those of before, each where it was.
Result<model::Done> add_changed(Store const& store, std::string_view scenario, Rows before,
                                Rows after, Position end, std::vector<Draft>& drafts) {
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
      return Error{ErrorKind::kCheckFailed, fmt::format("row {} is not in the store", key), ""};
    }
    drafts.push_back(draft_of(std::move(key), after[i], kept.value()->order));
  }
  return model::Done{};
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
  auto const kept = read_rows(store, content.scenario, end, Erased::kIsAbsent);
  if (!kept.ok()) {
    return kept.error();
  }
  std::vector<Draft> drafts;
  for (Rows const table : by_table(content.rows)) {
    add_drafts(content.scenario, table, kept.value(), drafts);
  }
  std::set<std::string> keys;
  for (model::RowRecord const& row : content.rows) {
    keys.insert(key_of(content.scenario, row));
  }
  for (auto const& [key, row] : kept.value()) {
    if (!keys.contains(key)) {
      drafts.push_back(removal(key));
    }
  }
  return drafts;
}

Result<std::vector<Draft>> changed_row_drafts(Store const& store, ScenarioContent const& content,
                                              Position end) {
  std::map<std::string_view, Rows> before;
  for (Rows const table : by_table(*content.before)) {
    before.emplace(table.front().table, table);
  }
  std::vector<Draft> drafts;
  for (Rows const table : by_table(content.rows)) {
    auto const old = before.find(table.front().table);
    if (old != before.end() && same_keys(old->second, table)) {
      auto const added =
          add_changed(store, content.scenario, old->second, table, end, drafts);
      if (!added.ok()) {
        return added.error();
      }
      continue;
    }
    auto const kept = read_rows_under(
        store, fmt::format("{}/{}/", content.scenario, table.front().table), end, Erased::kStops);
    if (!kept.ok()) {
      return kept.error();
    }
    add_drafts(content.scenario, table, kept.value(), drafts);
  }
  std::set<std::pair<std::string_view, std::string_view>> stay;
  for (model::RowRecord const& row : content.rows) {
    stay.emplace(row.table, row.key);
  }
  std::set<std::string> gone;
  for (model::RowRecord const& row : *content.before) {
    if (!stay.contains({row.table, row.key})) {
      gone.insert(key_of(content.scenario, row));
    }
  }
  for (std::string const& key : gone) {
    drafts.push_back(removal(key));
  }
  return drafts;
}

}  // namespace guarantor::store
