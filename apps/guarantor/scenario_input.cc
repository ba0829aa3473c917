#include "guarantor/scenario_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "guarantor/geo/demand_points.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/store/sqlite_store.h"
#include "guarantor/stored_record.h"
#include "guarantor/stored_scenario.h"
#include "guarantor/terminal.h"

namespace guarantor::app {
namespace {

constexpr std::uintmax_t kPlanBytes = 256U << 20U;

/// The newest plan of a scenario in a store, or the version named.
model::Result<model::ForcePlan> read_stored_plan(StoreAddress const& address) {
  auto const store = store::SqliteStore::open(address.store);
  if (!store.ok()) {
    return store.error();
  }
  auto const record =
      find_record(*store.value(), store::RecordKind::kPlan, address.scenario, address.version);
  return record.ok() ? report::from_json(record.value().body) : record.error();
}

}  // namespace

model::Result<tables::Loaded> load_scenario(std::string const& path, Viewpoint const& viewpoint) {
  auto const address = parse_store_address(path);
  if (address) {
    // Versions have the hash of the whole: asking for one would tell whether a guess at it is
    // right.
    if (auto const may = refuse_file(viewpoint, "a version of a scenario", address->version);
        !may.ok()) {
      return may.error();
    }
  }
  auto loaded = address ? load_stored(*address, path) : tables::load(path);
  if (loaded.scenario) {
    if (auto const points = geo::demand_points(*loaded.scenario); !points.ok()) {
      loaded.diagnostics.push_back({.file = path,
                                    .severity = model::Severity::kError,
                                    .message = points.error().message,
                                    .hint = points.error().hint});
      loaded.scenario.reset();
    }
  }
  return seen_from(viewpoint, std::move(loaded), path);
}

model::Result<model::Scenario> read_scenario(std::string const& path, Viewpoint const& viewpoint) {
  auto read = load_scenario(path, viewpoint);
  if (!read.ok()) {
    return read.error();
  }
  auto& loaded = read.value();
  for (auto const& diagnostic : loaded.diagnostics) {
    say(tables::print(diagnostic));
  }
  if (loaded.scenario) {
    return *std::move(loaded.scenario);
  }
  auto const errors = std::ranges::count(loaded.diagnostics, model::Severity::kError,
                                         &tables::Diagnostic::severity);
  return model::Error{model::ErrorKind::kBadInput,
                      fmt::format("{} has {} {}, nothing was loaded", path, errors,
                                  errors == 1 ? "error" : "errors"),
                      ""};
}

model::Result<model::ForcePlan> read_plan(std::string const& path) {
  if (auto const address = parse_store_address(path)) {
    return read_stored_plan(*address);
  }
  std::error_code failure;
  auto const bytes = std::filesystem::file_size(path, failure);
  if (failure) {
    return model::Error{model::ErrorKind::kNotFound, fmt::format("{}: {}", path, failure.message()),
                        "name the plan.json that `guarantor plan` wrote"};
  }
  if (bytes > kPlanBytes) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("{} is larger than {} MiB", path, kPlanBytes >> 20U), ""};
  }
  std::ifstream file{path, std::ios::binary};
  std::string const text{std::istreambuf_iterator<char>{file}, {}};
  if (!file) {
    return model::Error{model::ErrorKind::kNotFound, fmt::format("{} cannot be read", path), ""};
  }
  auto plan = report::from_json(text);
  if (!plan.ok()) {
    auto error = plan.error();
    error.message = fmt::format("{}: {}", path, error.message);
    return error;
  }
  return plan;
}

model::Result<std::optional<model::ForcePlan>> read_earlier_plan(std::string const& path,
                                                                 model::Scenario const& scenario) {
  if (path.empty()) {
    return std::optional<model::ForcePlan>{};
  }
  auto plan = read_plan(path);
  if (!plan.ok()) {
    return plan.error();
  }
  if (plan.value().scenario_id != scenario.header.id.text()) {
    say(fmt::format("{}: warning: an earlier plan of `{}`, not of `{}`", path,
                    plan.value().scenario_id, scenario.header.id.text()));
  }
  return std::optional{std::move(plan).value()};
}

model::Result<generate::ComponentCache> read_warm_start(std::string const& path) {
  std::ifstream file{path, std::ios::binary};
  if (path.empty() || !file) {
    return generate::ComponentCache{};
  }
  std::string const bytes{std::istreambuf_iterator<char>{file}, {}};
  auto cache = generate::ComponentCache::from_bytes(bytes, GUARANTOR_VERSION);
  if (!cache.ok()) {
    auto error = cache.error();
    error.message = fmt::format("{}: {}", path, error.message);
    return error;
  }
  return cache;
}

}  // namespace guarantor::app
