#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "guarantor/model/id.h"
#include "guarantor/model/validate.h"
#include "guarantor/model/vocabulary.h"
#include "guarantor/policy/viewer.h"

/// What there is to do, with what, and who may: asked of one table, `operation_table.cc`.
namespace guarantor::policy {

enum class Operation {
  kRead,        ///< see, list, count, export
  kOffer,       ///< say, change or withdraw what a nation offers, and record what it delivered
  kEdit,        ///< change any other row of a scenario
  kRelease,     ///< say who else may see it
  kPlan,        ///< have it made from everything there is
  kAssess,      ///< put down how likely one holds a condition to be
  kTask,        ///< send a patrol, ask for access
  kObserve,     ///< put down what one saw oneself
  kIngest,      ///< take in a stream or a file of reports
  kVerify,      ///< take an incident from alleged to verified, not verified or unverifiable
  kReply,       ///< a party's answer to a finding
  kFind,        ///< put down what happened and who did it
  kDecide,      ///< take a decision in a government's or the commission's name
  kPublish,     ///< give a report out
  kProve,       ///< have a proof that a record is in the ledger
  kBackUp,      ///< copy the store, and restore it
  kAdminister,  ///< make and change it
  kErase,       ///< delete a payload with its salt; the ledger says that it was
};

/// Records beside the tables of a scenario. What `asks` to `provenance` name are the parts of a
/// plan.
enum class Record {
  kPlan,  ///< that there is one, its request and status
  kAssignments,
  kFill,
  kGaps,
  kAsks,  ///< asks, unlocks, packages
  kOutbid,
  kBound,  ///< bound, gap and objective
  kComparisons,
  kProvenance,
  kSitePlan,
  kObservation,
  kIncident,
  kFinding,
  kReply,
  kDecision,
  kReport,
  kAccount,
  kLedger,
  kStore,
};

}  // namespace guarantor::policy

template <>
inline constexpr guarantor::model::Words<18> guarantor::model::kWords<guarantor::policy::Operation>{
    "read",   "offer", "edit", "release", "plan",    "assess", "task",    "observe",    "ingest",
    "verify", "reply", "find", "decide",  "publish", "prove",  "back-up", "administer", "erase"};

template <>
inline constexpr guarantor::model::Words<19> guarantor::model::kWords<guarantor::policy::Record>{
    "plan",        "assignments", "fill",      "gaps",        "asks",     "outbid",  "bound",
    "comparisons", "provenance",  "site-plan", "observation", "incident", "finding", "reply",
    "decision",    "report",      "account",   "ledger",      "store"};

namespace guarantor::policy {

enum class Allowance {
  kNo,
  kOwn,       ///< records of the viewer's own nation
  kReleased,  ///< what `released` leaves, or what was released to the viewer
  kYes,
};

}  // namespace guarantor::policy

template <>
inline constexpr guarantor::model::Words<4> guarantor::model::kWords<guarantor::policy::Allowance>{
    "-", "own", "rel", "yes"};

namespace guarantor::policy {

/// A kind of record: a table of the scenario, or one of the others.
using Kind = std::variant<model::Table, Record>;

/// Every kind there is, tables first.
[[nodiscard]] std::vector<Kind> all_kinds();

/// The kind's word, e.g. `pledges`, `site-plan`.
[[nodiscard]] std::string_view text(Kind kind);

/// What the table says. Whatever it does not name nobody may. O(rows of the table).
[[nodiscard]] Allowance allowance(Role role, Operation operation, Kind kind);

/// Whether the viewer may do that with such a record, of `owner` where it belongs to a nation.
/// Reading what is released is answered with true: `released` then says how much of it.
[[nodiscard]] bool may(Viewer const& viewer, Operation operation, Kind kind,
                       model::NationId const& owner = {});

}  // namespace guarantor::policy
