#include "guarantor/viewpoint.h"

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "guarantor/model/validate.h"
#include "guarantor/policy/release.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/stored_scenario.h"

namespace guarantor::app {
namespace {

/// Says of which option an error is.
model::Result<policy::Viewer> of_option(model::Result<policy::Viewer> viewer) {
  if (viewer.ok()) {
    return viewer;
  }
  auto error = viewer.error();
  error.message = "--as: " + error.message;
  return error;
}

model::Result<policy::Viewer> read_viewer(Viewpoint const& viewpoint) {
  return of_option(policy::parse_viewer(viewpoint.viewer));
}

/// The first of what is wrong may name a hidden row, and so may how many there are.
tables::Loaded errors_withheld(tables::Loaded loaded, std::string const& path) {
  std::error_code unknown;
  if (std::filesystem::exists(path, unknown) || parse_store_address(path)) {
    loaded.diagnostics = {{.file = path,
                           .severity = model::Severity::kError,
                           .message = "the scenario cannot be read, or has errors",
                           .hint = "ask a planner: they may speak of rows that were not released"}};
  }
  return loaded;
}

/// Places in the files would tell how many rows stand before; rows are counted in the view.
std::vector<tables::Diagnostic> findings_in_view(model::Scenario const& view,
                                                 std::string const& path) {
  std::vector<tables::Diagnostic> told;
  for (model::Finding const& finding : model::validate(view)) {
    told.push_back({.file = path,
                    .severity = finding.severity,
                    .message = fmt::format("{}, row {} of those released, {}: {}",
                                           model::text(finding.cell.table), finding.cell.row + 1,
                                           finding.cell.column, finding.message),
                    .hint = finding.hint});
  }
  return told;
}

}  // namespace

void add_viewpoint(CLI::App& verb, Viewpoint& viewpoint) {
  verb.add_option("--as", viewpoint.viewer,
                  "Answer from what is released to this viewer alone: public, planner, "
                  "delegate:XAB or another role")
      ->type_name("VIEWER");
}

bool is_restricted(Viewpoint const& viewpoint) {
  auto const viewer = policy::parse_viewer(viewpoint.viewer);
  return !viewpoint.viewer.empty() && !(viewer.ok() && policy::sees_everything(viewer.value()));
}

model::Result<tables::Loaded> seen_from(Viewpoint const& viewpoint, tables::Loaded loaded,
                                        std::string const& path) {
  if (viewpoint.viewer.empty()) {
    return loaded;
  }
  auto const viewer = read_viewer(viewpoint);
  if (!viewer.ok()) {
    return viewer.error();
  }
  if (!loaded.scenario) {
    return is_restricted(viewpoint) ? errors_withheld(std::move(loaded), path) : loaded;
  }
  auto const known = of_option(policy::known_viewer(viewer.value(), *loaded.scenario));
  if (!known.ok()) {
    return known.error();
  }
  if (!is_restricted(viewpoint)) {
    return loaded;
  }
  tables::Loaded view;
  view.scenario = policy::released(*loaded.scenario, viewer.value());
  view.diagnostics = findings_in_view(*view.scenario, path);
  for (tables::Diagnostic const& found : view.diagnostics) {
    if (found.severity == model::Severity::kError) {
      return model::Error{model::ErrorKind::kDefect,
                          "what is released of the scenario is not sound: " + found.message,
                          "please report this"};
    }
  }
  return view;
}

model::Result<model::Done> refuse_file(Viewpoint const& viewpoint, std::string_view option,
                                       std::string const& value) {
  if (value.empty() || !is_restricted(viewpoint)) {
    return model::Done{};
  }
  return model::Error{model::ErrorKind::kRefused,
                      fmt::format("{} does not go with --as {}", option, viewpoint.viewer),
                      "the file may hold what was not released"};
}

model::Result<model::Done> refuse_whole(Viewpoint const& viewpoint, std::string_view what) {
  if (!is_restricted(viewpoint)) {
    return model::Done{};
  }
  auto const viewer = read_viewer(viewpoint);
  return viewer.ok() ? model::Error{model::ErrorKind::kRefused,
                                    fmt::format("{} is not released to {}", what, viewpoint.viewer),
                                    "ask a planner"}
                     : viewer.error();
}

}  // namespace guarantor::app
