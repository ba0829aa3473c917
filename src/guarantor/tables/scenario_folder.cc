#include "guarantor/tables/scenario_folder.h"

#include <system_error>
#include <utility>

#include "guarantor/tables/diagnostics.h"
#include "guarantor/tables/folder_reader.h"
#include "guarantor/tables/raw_scenario.h"
#include "guarantor/tables/workbook_reader.h"

namespace guarantor::tables {
namespace {

namespace fs = std::filesystem;

/// Reads whichever form the path has; nothing, and told, where it has none.
std::optional<RawScenario> read_either(fs::path const& path, Limits const& limits,
                                       Diagnostics& log) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    return read_folder(path, limits, log);
  }
  if (!fs::exists(path, error)) {
    log.error({path.string(), 0, 0}, "there is no such scenario",
              "name a folder that holds a scenario.toml, or a workbook (*.xlsx)");
    return std::nullopt;
  }
  if (path.extension() != ".xlsx") {
    log.error({path.string(), 0, 0}, "this is neither a folder nor a workbook",
              "name the scenario's folder, or a workbook (*.xlsx)");
    return std::nullopt;
  }
  return read_workbook(path, limits, log);
}

}  // namespace

Loaded load(fs::path const& path, Limits const& limits) {
  Diagnostics log{limits.diagnostics};
  Loaded loaded;
  if (auto const raw = read_either(path, limits, log)) {
    model::Scenario scenario = build_scenario(*raw, log);
    if (!log.has_errors()) {
      loaded.scenario = std::move(scenario);
    }
  }
  loaded.diagnostics = log.take(path.string());
  return loaded;
}

}  // namespace guarantor::tables
