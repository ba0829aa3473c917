#include "guarantor/monitor/published_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "guarantor/model/date.h"

namespace guarantor::monitor {
namespace {

using model::Error;
using model::ErrorKind;
using nlohmann::json;

model::MunitionCount read_munitions(json const& object) {
  return {.explosions = object.at("explosions").get<std::int64_t>(),
          .bursts = object.at("bursts").get<std::int64_t>(),
          .shots = object.at("shots").get<std::int64_t>()};
}

model::WatchReport read(json const& object) {
  model::WatchReport report;
  report.id = object.at("report").get<std::string>();
  report.revision = object.at("revision").get<std::int64_t>();
  report.days = {
      model::parse_date(object.at("first_day").get<std::string>()).value(),
      model::parse_date(object.at("last_day").get<std::string>()).value() + std::chrono::days{1}};
  for (json const& row : object.at("incidents")) {
    model::ListedIncident listed;
    listed.incident.id = model::IncidentId{row.at("incident").get<std::string>()};
    listed.incident.revision = row.at("revision").get<std::int64_t>();
    listed.state = model::parse<model::CaseState>(row.at("state").get<std::string>()).value();
    listed.munitions = read_munitions(row.at("munitions"));
    report.incidents.push_back(std::move(listed));
  }
  return report;
}

json substance(std::string_view text) {
  json object = json::parse(text);
  for (char const* key :
       {"made", "revision", "corrects", "corrections", "watch_hash", "program_version"}) {
    object.erase(key);
  }
  return object;
}

}  // namespace

model::Result<std::optional<PublishedReport>> published_report(store::Store const& store,
                                                               std::string_view name) {
  auto record = store.latest(store::RecordKind::kReport, name);
  if (!record.ok()) {
    return record.error();
  }
  if (!record.value() || record.value()->erased) {
    return std::optional<PublishedReport>{};
  }
  try {
    PublishedReport published{.report = read(json::parse(record.value()->body)), .text = {}};
    published.text = std::move(record.value()->body);
    return std::optional{std::move(published)};
  } catch (std::exception const& error) {
    return Error{ErrorKind::kCheckFailed,
                 fmt::format("record {} ({}) is no watch report: {}", record.value()->position,
                             name, error.what()),
                 "it was kept by another program, or by `store put`"};
  }
}

bool says_the_same(std::string_view a, std::string_view b) {
  return substance(a) == substance(b);
}

}  // namespace guarantor::monitor
