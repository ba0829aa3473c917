#include "guarantor/serve/record_reading.h"

#include <algorithm>
#include <array>
#include <utility>

#include "guarantor/monitor/case_desk.h"
#include "guarantor/policy/operation.h"
#include "guarantor/policy/row_share.h"
#include "guarantor/serve/incident_sight.h"
#include "guarantor/serve/json_body.h"

namespace guarantor::serve {
namespace {

using model::Result;
using policy::Allowance;
using policy::Operation;
using policy::Record;
using store::RecordKind;
using Json = nlohmann::ordered_json;

bool reads_all(policy::Viewer const& viewer, Record kind) {
  return policy::allowance(viewer.role, Operation::kRead, kind) == Allowance::kYes;
}

Reading whole_if(bool may) {
  return may ? Reading::kWhole : Reading::kNothing;
}

/// A step says who did it, or what happened: the monitors read the second alone.
Reading reads_step(policy::Viewer const& viewer, store::Record const& record) {
  auto const step = monitor::parse_case_step(record.body);
  return whole_if(step.ok() && reads_all(viewer, Record::kIncident) &&
                  sees_step(viewer, step.value()));
}

Result<ReadRecord> read_report(Services& services, policy::Viewer const& viewer,
                               store::Record record) {
  ReadRecord read{.record = std::move(record)};
  if (!sees_published(viewer, read.record)) {
    return read;
  }
  auto json = Json::parse(read.record.body, nullptr, false);
  bool const taken = keep_seen_hashes(services, viewer, json);
  read.reading = taken ? Reading::kPart : Reading::kWhole;
  read.body = taken ? dump(json) : read.record.body;
  return read;
}

Reading reading_of(policy::Viewer const& viewer, store::Record const& record) {
  if (policy::sees_everything(viewer) && record.kind != RecordKind::kAccount &&
      record.kind != RecordKind::kAccess) {
    return Reading::kWhole;
  }
  switch (record.kind) {
    case RecordKind::kObservation:
      return whole_if(sees_report(viewer, record.owner, record.releasable_to));
    case RecordKind::kIncident:
      // It names each of its reports.
      return whole_if(reads_all(viewer, Record::kIncident) && sees_all_reports(viewer));
    case RecordKind::kFinding:
    case RecordKind::kReply:
    case RecordKind::kDecision:
      return reads_step(viewer, record);
    case RecordKind::kAccount:
    case RecordKind::kAccess:
      return whole_if(reads_all(viewer, Record::kAccount));
    case RecordKind::kStore:
    case RecordKind::kErasure:
      return whole_if(reads_all(viewer, Record::kStore));
    default:
      return Reading::kNothing;
  }
}

}  // namespace

bool sees_published(policy::Viewer const& viewer, store::Record const& record) {
  auto const allowed = policy::allowance(viewer.role, Operation::kRead, Record::kReport);
  return !record.erased &&
         (allowed == Allowance::kYes ||
          (allowed == Allowance::kReleased &&
           policy::owned_share(record.owner.text(), record.releasable_to, viewer).row));
}

bool keep_seen_hashes(Services& services, policy::Viewer const& viewer, Json& report) {
  if (policy::sees_everything(viewer) || !report.is_object() || !report.contains("scenario_hash")) {
    return false;
  }
  // Everybody can see what the public does.
  std::array const eyes{viewer, policy::Viewer{}};
  bool const known = std::ranges::any_of(eyes, [&](policy::Viewer const& eye) {
    auto const view = services.views.of(eye, services.watch.scenario());
    return view.ok() && report.at("scenario_hash") == view.value()->name;
  });
  if (known) {
    return false;
  }
  report.erase("scenario_hash");
  report.erase("watch_hash");
  return true;
}

Result<ReadRecord> read_record(Services& services, policy::Viewer const& viewer,
                               store::Record record) {
  if (record.kind == RecordKind::kReport && !record.erased) {
    return read_report(services, viewer, std::move(record));
  }
  ReadRecord read{.reading = record.erased ? whole_if(reads_all(viewer, Record::kStore))
                                           : reading_of(viewer, record),
                  .record = std::move(record)};
  if (read.reading != Reading::kNothing) {
    read.body = read.record.body;
  }
  return read;
}

}  // namespace guarantor::serve
