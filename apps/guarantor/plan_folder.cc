#include "guarantor/plan_folder.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>

#include "guarantor/geo/line_sectors.h"
#include "guarantor/report/base_map.h"
#include "guarantor/report/geojson_layers.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/report/promise_report.h"
#include "guarantor/report/side_by_side_report.h"
#include "guarantor/report/site_report.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::app {
namespace {

model::Result<model::Done> write_files(std::filesystem::path const& folder,
                                       std::map<std::string, std::string> const& files) {
  for (auto const& [name, content] : files) {
    if (auto const written = tables::write_file(folder / name, content); !written.ok()) {
      return written;
    }
  }
  return model::Done{};
}

}  // namespace

model::Result<report::MapSource> map_source(model::Scenario const& scenario,
                                            std::optional<model::SitePlan> const& sites) {
  auto layers = geo::map_layers(scenario);
  if (!layers.ok()) {
    return layers.error();
  }
  if (sites) {
    report::add_to(layers.value(), *sites);
  }
  return report::MapSource{std::move(layers).value(), report::base_map(), sites};
}

model::Result<model::Done> prepare_folder(std::filesystem::path const& folder) {
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (!failure && !std::filesystem::is_directory(folder, failure)) {
    failure = std::make_error_code(std::errc::not_a_directory);
  }
  if (failure) {
    return model::Error{model::ErrorKind::kUnwritable,
                        fmt::format("{}: {}", folder.string(), failure.message()),
                        "name a folder that can be written to"};
  }
  return model::Done{};
}

model::Result<model::Done> write_plan_folder(std::filesystem::path const& folder,
                                             model::Scenario const& scenario,
                                             model::ForcePlan const& plan,
                                             std::optional<model::SitePlan> const& sites,
                                             std::optional<model::ForcePlan> const& since) {
  auto workbook = report::to_workbook(scenario, plan);
  if (!workbook.ok()) {
    return workbook.error();
  }
  auto const map = map_source(scenario, sites);
  if (!map.ok()) {
    return map.error();
  }
  auto files = report::to_csv(scenario, plan);
  files.merge(report::to_geojson(scenario, map.value().layers));
  if (sites) {
    files.merge(report::to_csv(scenario, *sites));
    files.emplace("sites.json", report::to_json(scenario, *sites));
  }
  files.emplace("plan.json", report::to_json(scenario, plan));
  files.emplace("plan.xlsx", std::move(workbook).value());
  files.emplace("brief.html", report::to_brief(scenario, plan, since, map.value()));
  return write_files(folder, files);
}

model::Result<model::Done> write_site_folder(std::filesystem::path const& folder,
                                             model::Scenario const& scenario,
                                             model::SitePlan const& sites) {
  if (auto const made = prepare_folder(folder); !made.ok()) {
    return made;
  }
  auto const map = map_source(scenario, sites);
  if (!map.ok()) {
    return map.error();
  }
  auto files = report::to_csv(scenario, sites);
  files.merge(report::to_geojson(scenario, map.value().layers));
  files.emplace("sites.json", report::to_json(scenario, sites));
  return write_files(folder, files);
}

model::Result<model::Done> write_csv_folder(std::filesystem::path const& folder,
                                            model::Scenario const& scenario,
                                            model::ForcePlan const& plan) {
  if (auto const made = prepare_folder(folder); !made.ok()) {
    return made;
  }
  return write_files(folder, report::to_csv(scenario, plan));
}

model::Result<model::Done> write_side_by_side(std::filesystem::path const& folder,
                                              report::SideBySide const& sides) {
  auto workbook = report::to_workbook(sides);
  if (!workbook.ok()) {
    return workbook.error();
  }
  auto files = report::to_csv(sides);
  files.emplace("compare.json", report::to_json(sides));
  files.emplace("compare.xlsx", std::move(workbook).value());
  files.emplace("compare.html", report::to_page(sides));
  return write_files(folder, files);
}

model::Result<model::Done> write_csv_folder(std::filesystem::path const& folder,
                                            report::SideBySide const& sides) {
  if (auto const made = prepare_folder(folder); !made.ok()) {
    return made;
  }
  return write_files(folder, report::to_csv(sides));
}

model::Result<model::Done> write_promise_folder(std::filesystem::path const& folder,
                                                model::Scenario const& scenario,
                                                model::PromiseLedger const& ledger) {
  if (auto const made = prepare_folder(folder); !made.ok()) {
    return made;
  }
  auto files = report::to_csv(scenario, ledger);
  files.emplace("promises.json", report::to_json(scenario, ledger));
  files.emplace("promises.html", report::to_page(scenario, ledger));
  return write_files(folder, files);
}

}  // namespace guarantor::app
