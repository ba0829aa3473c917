#include "guarantor/serve/plan_downloads.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "guarantor/geo/line_sectors.h"
#include "guarantor/report/base_map.h"
#include "guarantor/report/geojson_layers.h"
#include "guarantor/report/plan_marking.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/report/released_brief.h"
#include "guarantor/report/side_by_side_report.h"
#include "guarantor/report/site_report.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

Error unknown_format(std::string_view format, std::string_view there) {
  return {ErrorKind::kBadInput, fmt::format("there is no format `{}` of it", format),
          fmt::format("it is {}", there)};
}

Result<report::MapSource> map_of(SeenPlan const& seen,
                                 std::optional<model::SitePlan> const& sites) {
  auto layers = geo::map_layers(seen.scenario);
  if (!layers.ok()) {
    return layers.error();
  }
  if (sites) {
    report::add_to(layers.value(), *sites);
  }
  return report::MapSource{std::move(layers).value(), report::base_map(), sites};
}

report::Withheld withheld_of(SeenPlan const& seen) {
  return {.lines = seen.lines_withheld, .parts = seen.parts_withheld};
}

Result<Response> one_csv(std::map<std::string, std::string> const& files, std::string_view table,
                         std::string_view usual) {
  auto const wanted = std::string{table.empty() ? usual : table} + ".csv";
  auto const found = files.find(wanted);
  if (found == files.end()) {
    std::string there;
    for (auto const& [name, text] : files) {
      there += (there.empty() ? "" : ", ") + name.substr(0, name.size() - 4);
    }
    return Error{ErrorKind::kBadInput, fmt::format("there is no table `{}`", table),
                 "it is one of " + there};
  }
  auto response = respond(200, kCsv, found->second);
  save_as(response, wanted);
  return response;
}

std::map<std::string, std::string> csv_files(SeenPlan const& seen) {
  if (seen.whole) {
    return report::to_csv(seen.scenario, seen.plan);
  }
  std::map<std::string, std::string> files;
  for (auto const& sheet : report::released_sheets(seen.scenario, seen.plan, withheld_of(seen))) {
    files.emplace(sheet.name + ".csv", report::to_csv_text(sheet, report::banner(seen.scenario)));
  }
  return files;
}

Result<Response> workbook(SeenPlan const& seen, std::string_view name) {
  auto bytes = seen.whole
                   ? report::to_workbook(seen.scenario, seen.plan)
                   : report::to_workbook(
                         report::released_sheets(seen.scenario, seen.plan, withheld_of(seen)),
                         seen.scenario.header, report::banner(seen.scenario));
  if (!bytes.ok()) {
    return bytes.error();
  }
  auto response = respond(200, kXlsx, std::move(bytes).value());
  save_as(response, fmt::format("{}.xlsx", name));
  return response;
}

Result<Response> brief(SeenPlan const& seen, std::optional<model::SitePlan> const& sites) {
  auto const map = map_of(seen, sites);
  if (!map.ok()) {
    return map.error();
  }
  return respond_page_of_its_own(
      seen.whole
          ? report::to_brief(seen.scenario, seen.plan, std::nullopt, map.value())
          : report::to_released_brief(seen.scenario, seen.plan, withheld_of(seen), map.value()));
}

/// Every layer of the plan's map in one collection; each feature says which it is of.
Result<Response> geojson(SeenPlan const& seen, std::optional<model::SitePlan> const& sites,
                         std::string_view name) {
  using Json = nlohmann::ordered_json;
  auto const map = map_of(seen, sites);
  if (!map.ok()) {
    return map.error();
  }
  Json all{{"type", "FeatureCollection"}};
  if (auto const mark = report::banner(seen.scenario); !mark.empty()) {
    all["heading"] = mark;
  }
  all["features"] = Json::array();
  for (auto const& [file, text] : report::to_geojson(seen.scenario, map.value().layers)) {
    auto layer = Json::parse(text);
    for (Json& feature : layer["features"]) {
      feature["properties"]["layer"] = file.substr(0, file.find('.'));
      all["features"].push_back(std::move(feature));
    }
  }
  auto response =
      respond(200, kGeoJson, all.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
  save_as(response, fmt::format("{}.geojson", name));
  return response;
}

}  // namespace

Response respond_page_of_its_own(std::string html) {
  auto response = respond(200, kHtml, std::move(html));
  response.headers.set("Content-Security-Policy",
                       "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  return response;
}

void save_as(Response& response, std::string_view name) {
  response.headers.set("Content-Disposition", fmt::format("attachment; filename=\"{}\"", name));
}

Result<Response> plan_download(ShownPlan const& plan, std::string_view format,
                               std::string_view table,
                               std::optional<model::SitePlan> const& sites) {
  std::string const name = fmt::format("{}-{:.8}", plan.seen.plan.scenario_id, plan.listed.name);
  if (format == "csv") {
    return one_csv(csv_files(plan.seen), table, "assignments");
  }
  if (format == "xlsx") {
    return workbook(plan.seen, name);
  }
  if (format == "html") {
    return brief(plan.seen, sites);
  }
  if (format == "geojson") {
    return geojson(plan.seen, sites, name);
  }
  return unknown_format(format, "json, csv, xlsx, html or geojson");
}

Result<Response> compare_download(report::SideBySide const& sides, std::string_view format,
                                  std::string_view table) {
  if (format == "html") {
    return respond_page_of_its_own(report::to_page(sides));
  }
  if (format == "csv") {
    return one_csv(report::to_csv(sides), table, "compare");
  }
  if (format == "xlsx") {
    auto bytes = report::to_workbook(sides);
    if (!bytes.ok()) {
      return bytes.error();
    }
    auto response = respond(200, kXlsx, std::move(bytes).value());
    save_as(response, "compare.xlsx");
    return response;
  }
  return unknown_format(format, "json, csv, xlsx or html");
}

}  // namespace guarantor::serve
