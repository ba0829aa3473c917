#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/scenario.h"
#include "guarantor/model/validate.h"

/// What became of what was promised: every statement and every delivery in order of date, and what
/// they add up to.
namespace guarantor::model {

enum class PromiseEventKind {
  kOffered,          ///< the first statement
  kQuantified,       ///< a number where there was none
  kUpgraded,         ///< more units, or firmer
  kDowngraded,       ///< fewer units, or less firm
  kStated,           ///< said again without a change, or not dated, so that no change can be told
  kWithdrawn,        ///< taken back
  kOfferedAgain,     ///< after it was withdrawn
  kTransferred,      ///< handed over: so many units, or by its status
  kDelivered,        ///< in place, in the recipient's hands
  kStatedInPledges,  ///< the row in pledges says otherwise than the last dated statement
};
template <>
inline constexpr Words<10> kWords<PromiseEventKind>{
    "offered",   "quantified",    "upgraded",    "downgraded", "stated",
    "withdrawn", "offered-again", "transferred", "delivered",  "stated-in-pledges"};

/// Which promises, and which days; what is empty or absent limits nothing.
struct PromiseRequest {
  NationId nation;
  CapabilityId capability;
  std::optional<Date> from;   ///< the first day of the events
  std::optional<Date> until;  ///< the first day that no longer counts

  friend bool operator==(PromiseRequest const&, PromiseRequest const&) = default;
};

/// One fact. A row that says two, more units and less firm, makes two events.
struct PromiseEvent {
  PromiseEventKind kind{PromiseEventKind::kOffered};
  Table table{Table::kOffers};  ///< whose row says so
  std::size_t row{};
  PledgeId pledge;
  NationId nation;
  CapabilityId capability;
  std::optional<Date> date;  ///< absent: not dated
  MeetingId meeting;
  std::optional<Units>
      change;  ///< on offer, or this time handed over or delivered; absent: not stated
  /// On offer after a statement; handed over or delivered in all after a delivery.
  std::optional<Units> after;
  std::optional<PledgeStatus> status_before;  ///< where the event is about the status
  std::optional<PledgeStatus> status_after;

  friend bool operator==(PromiseEvent const&, PromiseEvent const&) = default;
};

/// A sum of what was stated, and of how many it was not: a missing number is never a 0.
struct StatedUnits {
  std::optional<Units> units;  ///< absent where nothing was stated
  std::size_t not_stated{};

  void add(std::optional<Units> amount);
  void add(StatedUnits const& other);

  friend bool operator==(StatedUnits const&, StatedUnits const&) = default;
};

/// Where one pledge stands. Its present state is its row in pledges.
struct PromiseStanding {
  PledgeId pledge;
  NationId nation;
  CapabilityId capability;
  std::optional<Units> first;    ///< in the first statement
  std::optional<Units> offered;  ///< now; 0 where it was withdrawn, absent where not stated
  StatedUnits transferred;       ///< all of it where its status says so
  StatedUnits delivered;
  std::optional<Units>
      owed;  ///< offered less delivered, at least 0; absent where either is not stated
  bool withdrawn{};
  std::optional<Units> taken_back;                   ///< what was last promised of a withdrawn one
  std::optional<Date> offered_on;                    ///< the first dated statement
  std::optional<Date> delivered_on;                  ///< the first dated delivery
  Confidence confidence{Confidence::kIllustrative};  ///< the weakest of all its rows

  friend bool operator==(PromiseStanding const&, PromiseStanding const&) = default;
};

/// The pledges of one nation of one capability, added up.
struct PromiseSum {
  NationId nation;
  CapabilityId capability;
  std::size_t pledges{};
  std::size_t withdrawn_pledges{};
  StatedUnits first;
  StatedUnits offered;  ///< now, without what was withdrawn
  StatedUnits transferred;
  StatedUnits delivered;
  StatedUnits owed;
  StatedUnits taken_back;  ///< promised, then withdrawn

  friend bool operator==(PromiseSum const&, PromiseSum const&) = default;
};

struct PromiseLedger {
  PromiseRequest request;
  /// In order of date, then pledge, then table; those without a date come last.
  std::vector<PromiseEvent> events;
  std::size_t undated_left_out{};          ///< events without a date, where days are limited
  std::vector<PromiseStanding> standings;  ///< in the order of pledges
  std::vector<PromiseSum> sums;            ///< in the order of nations, then capabilities
  /// Each pledge counts once, by the weakest row it rests on.
  ProvenanceShares provenance;
  std::string scenario_hash;  ///< both are the caller's to fill in
  std::string program_version;

  friend bool operator==(PromiseLedger const&, PromiseLedger const&) = default;
};

/// The row an event rests on.
[[nodiscard]] Provenance const& provenance_of(Scenario const& scenario, PromiseEvent const& event);

/// The ledger of the promises asked for. The days limit the events alone: standings and sums are
/// the present state. A statement without a quantity or status leaves what was said before as it
/// was; one without a date stands apart from the dated ones.
/// REQUIRES: `validate` found no error. O(n log n) in the rows of pledges, offers and deliveries.
[[nodiscard]] PromiseLedger promise_ledger(Scenario const& scenario, PromiseRequest const& request);

}  // namespace guarantor::model
