#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "guarantor/ledger/digest.h"
#include "guarantor/model/id.h"
#include "guarantor/model/instant.h"
#include "guarantor/model/vocabulary.h"

/// What a store keeps: records, one after the other, none ever changed. Each is an entry of the
/// ledger; what is true of a thing now is its last record.
namespace guarantor::store {

enum class RecordKind {
  kStore,        ///< the store itself: how it began, keys that sign it
  kRow,          ///< one row of a scenario, or that it is gone
  kScenario,     ///< a version of a scenario: all its rows as they are then
  kCurrent,      ///< which version of a scenario is the current one
  kPlan,         ///< a force plan
  kReport,       ///< a published report
  kObservation,  ///< one sensor or person saw something
  kIncident,     ///< a revision of an incident
  kFinding,      ///< what a monitor or verifier found
  kReply,        ///< what a party answers
  kDecision,     ///< what a commission or a government decided
  kAccount,      ///< a change to someone's account
  kAccess,       ///< an attempt that was refused
  kErasure,      ///< a payload and its salt were deleted, and why
  kSitePlan,     ///< where sites stand, chosen for a force plan
};
}  // namespace guarantor::store

namespace guarantor::model {
template <>
inline constexpr Words<15> kWords<store::RecordKind>{
    "store",   "row",   "scenario", "current", "plan",   "report",  "observation", "incident",
    "finding", "reply", "decision", "account", "access", "erasure", "site-plan"};
}  // namespace guarantor::model

namespace guarantor::store {

/// A record's place in the ledger, counted from 0.
using Position = std::uint64_t;

/// What someone wants kept.
struct Draft {
  RecordKind kind{RecordKind::kObservation};
  std::string key;        ///< names the thing; all records of one kind and key are its history
  std::string body;       ///< JSON; it is kept in canonical form (RFC 8785)
  model::NationId owner;  ///< empty: the coalition's own
  std::vector<std::string> releasable_to;  ///< beside the owner and the planners
  /// Numbers by which the thing is found again, e.g. of places; kept for the key, with earlier
  /// ones.
  std::vector<std::uint64_t> marks{};
};

/// A record as it was kept.
struct Record {
  Position position{};
  RecordKind kind{RecordKind::kObservation};
  std::string key;
  model::Instant at{};  ///< when it was kept
  std::string by;       ///< who had it kept
  model::NationId owner;
  std::vector<std::string> releasable_to;
  std::string body;        ///< canonical JSON
  bool erased{};           ///< deleted with its salt: only kind, key, time and place are left
  ledger::Digest version;  ///< SHA-256 of the body: the name of this version of the thing

  friend bool operator==(Record const&, Record const&) = default;
};

/// What an acknowledged `append` says: the records stand at [first, end) and survive a crash.
struct Receipt {
  Position first{};
  Position end{};
};

}  // namespace guarantor::store
