#include "guarantor/serve/watch_period.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "guarantor/monitor/published_report.h"
#include "guarantor/monitor/store_archive.h"
#include "guarantor/report/watch_report.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/watch/daily_report.h"
#include "guarantor/watch/warnings.h"
#include "guarantor/watch/watched_places.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Days = model::Interval<model::Date>;

/// How far back signs of preparation reach.
std::chrono::days longest_sign(model::Scenario const& scenario) {
  std::chrono::days signs{31};
  for (model::Indicator const& indicator : scenario.indicators) {
    if (indicator.window) {
      signs = std::max(signs,
                       std::chrono::days{static_cast<int>(std::ceil(indicator.window->count()))});
    }
  }
  return signs;
}

/// Adds the incidents of a published report that are no longer of these days, or of any, so that
/// the correction says what became of them.
Result<model::Done> add_ended(store::Store const& store, monitor::PublishedReport const& published,
                              monitor::WatchRecords& records) {
  for (model::ListedIncident const& listed : published.report.incidents) {
    if (std::ranges::find(records.incidents, listed.incident.id, &model::Incident::id) !=
        records.incidents.end()) {
      continue;
    }
    auto incident = monitor::kept_incident(store, listed.incident.id);
    if (!incident.ok()) {
      return incident.error();
    }
    if (incident.value()) {
      records.incidents.push_back(std::move(*incident.value()));
    }
  }
  return model::Done{};
}

}  // namespace

Result<Days> parse_period(std::string const& text) {
  auto const slash = text.find('/');
  auto const from = model::parse_date(text.substr(0, slash));
  auto const to = slash == std::string::npos ? from : model::parse_date(text.substr(slash + 1));
  if (!from || !to) {
    return Error{ErrorKind::kBadInput, fmt::format("`{}` is no day", text),
                 "a day as 2026-06-03, or days as 2026-06-01/2026-06-08, the last not included"};
  }
  Days const days{*from, slash == std::string::npos ? *from + std::chrono::days{1} : *to};
  if (days.empty()) {
    return Error{ErrorKind::kBadInput, fmt::format("`{}` holds no day", text),
                 "the first day, then the day after the last"};
  }
  if (days.length() > kMostReported) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("`{}` holds {} days", text, days.length().count()),
                 fmt::format("at most {}", kMostReported.count())};
  }
  return days;
}

std::vector<model::ListedWarning> warnings_of(model::Scenario const& scenario,
                                              std::vector<model::Observation> const& observations,
                                              Days days) {
  std::vector<model::ListedWarning> listed;
  auto const places = watch::WatchedPlaces::from(scenario);
  if (!places.ok()) {
    return listed;  // the report itself says what is wrong with the lines
  }
  for (auto& warning : watch::warnings_of(scenario, places.value(), observations, days)) {
    listed.push_back({.warning = std::move(warning.name),
                      .at = warning.at,
                      .weight = warning.weight,
                      .reasons = std::move(warning.reasons)});
  }
  return listed;
}

Result<PeriodReport> period_report(store::Store const& store, model::Scenario const& scenario,
                                   Days days, ReportMaking const& making) {
  // The days before are compared with, and signs of preparation reach back some more.
  Days const read{days.from - std::max<std::chrono::days>(days.length(), longest_sign(scenario)),
                  days.to};
  auto records = monitor::read_watch(store, read);
  if (!records.ok()) {
    return records.error();
  }
  if (making.counts) {
    records = only(std::move(records).value(), making.counts);
  }
  watch::DailyReportRequest request{
      .days = days,
      .states = {},
      .warnings = warnings_of(scenario, records.value().observations, days),
      .made = making.made,
      .scenario_hash =
          making.scenario_hash.empty() ? tables::content_hash(scenario) : making.scenario_hash,
      .program_version = making.program_version,
      .published = {}};
  for (auto const& [id, file] : records.value().files) {
    request.states.emplace(id, file.state);
  }
  auto const report_of = [&] {
    return watch::daily_report(scenario, records.value().incidents, records.value().observations,
                               request);
  };
  auto report = report_of();
  if (!report.ok()) {
    return report.error();
  }
  auto const before = monitor::published_report(store, report.value().id);
  if (!before.ok()) {
    return before.error();
  }
  bool unchanged = false;
  if (before.value()) {
    if (auto const added = add_ended(store, *before.value(), records.value()); !added.ok()) {
      return added.error();
    }
    unchanged =
        monitor::says_the_same(report::to_json(scenario, report.value()), before.value()->text);
    request.published = before.value()->report;
    report = report_of();
    report.value().revision = before.value()->report.revision + (unchanged ? 0 : 1);
  }
  std::string json = report::to_json(scenario, report.value());
  return PeriodReport{
      .report = std::move(report).value(), .json = std::move(json), .unchanged = unchanged};
}

}  // namespace guarantor::serve
