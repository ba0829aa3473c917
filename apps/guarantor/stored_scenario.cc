#include "guarantor/stored_scenario.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "guarantor/store/scenario_versions.h"
#include "guarantor/store_input.h"
#include "guarantor/tables/row_records.h"

namespace guarantor::app {
namespace {

/// The id of the one scenario a store has.
model::Result<std::string> only_scenario(store::Store const& store) {
  auto const all = store::list_scenarios(store);
  if (!all.ok()) {
    return all.error();
  }
  if (all.value().size() == 1) {
    return all.value().front().scenario;
  }
  std::vector<std::string> ids;
  for (auto const& version : all.value()) {
    ids.push_back(version.scenario);
  }
  return model::Error{
      model::ErrorKind::kBadInput,
      ids.empty() ? "the store has no scenario yet" : "the store has several scenarios",
      ids.empty() ? "`guarantor store import` brings one in"
                  : fmt::format("name one after `#`: {}", fmt::join(ids, ", "))};
}

model::Result<std::vector<model::RowRecord>> read_rows(StoreAddress const& address) {
  auto const store = store::SqliteStore::open(address.store);
  if (!store.ok()) {
    return store.error();
  }
  auto const id = address.scenario.empty() ? only_scenario(*store.value())
                                           : model::Result<std::string>{address.scenario};
  if (!id.ok()) {
    return id.error();
  }
  auto const version = store::find_version(*store.value(), id.value(), address.version);
  return version.ok() ? store::get_rows(*store.value(), version.value()) : version.error();
}

}  // namespace

std::optional<StoreAddress> parse_store_address(std::string const& path) {
  std::error_code ignored;
  auto const hash = path.rfind('#');
  bool const whole = hash == std::string::npos || std::filesystem::exists(path, ignored);
  StoreAddress address{.store = whole ? path : path.substr(0, hash)};
  if (!whole) {
    std::string const rest = path.substr(hash + 1);
    auto const at = rest.find('@');
    address.scenario = rest.substr(0, at);
    address.version = at == std::string::npos ? std::string{} : rest.substr(at + 1);
  }
  return is_store(address.store) ? std::optional{std::move(address)} : std::nullopt;
}

tables::Loaded load_stored(StoreAddress const& address, std::string const& path) {
  auto const rows = read_rows(address);
  if (rows.ok()) {
    return tables::from_rows(rows.value(), path);
  }
  tables::Loaded failed;
  failed.diagnostics.push_back({.file = path,
                                .severity = model::Severity::kError,
                                .message = rows.error().message,
                                .hint = rows.error().hint});
  return failed;
}

}  // namespace guarantor::app
