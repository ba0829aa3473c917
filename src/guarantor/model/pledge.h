#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/date.h"
#include "guarantor/model/expression.h"
#include "guarantor/model/id.h"
#include "guarantor/model/provenance.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/vocabulary.h"

namespace guarantor::model {

/// What one nation says it might bring, with everything it says about it. Absent fields mean "not
/// given"; the accessors below give the value the model uses then.
struct Pledge {
  PledgeId id;
  NationId nation;
  CapabilityId capability;
  std::optional<Units> quantity;  ///< absent: not stated, shown and asked about but never planned
  std::optional<QuantityIs> quantity_is;
  LocationId home;
  std::optional<Days> notice;
  std::optional<Days> transit;
  std::optional<Months> from;
  std::optional<Months> until;
  std::optional<Months> tour;  ///< absent: to the end
  std::optional<Months> dwell;
  std::vector<AreaId> areas;  ///< empty: any
  std::vector<TaskId> tasks;  ///< empty: any
  std::vector<AreaId> not_areas;
  std::vector<TaskId> not_tasks;
  std::optional<RulesOfEngagement> roe;
  std::vector<PledgeId> requires_pledges;
  Expression conditions;
  PledgeStatus status{PledgeStatus::kAnnounced};
  std::optional<Readiness> readiness;
  std::string lift;
  std::optional<Money> cost_per_unit_month;
  std::vector<std::string> releasable_to;  ///< items as in release_item.h; empty: nobody else
  Row row;

  [[nodiscard]] QuantityIs kind_of_quantity() const {
    return quantity_is.value_or(QuantityIs::kPool);
  }
  [[nodiscard]] RulesOfEngagement rules() const {
    return roe.value_or(RulesOfEngagement::kSelfDefence);
  }

  friend bool operator==(Pledge const&, Pledge const&) = default;
};

/// One dated statement in the history of a pledge; its present state is the row in pledges.
struct Offer {
  PledgeId pledge;
  std::optional<Date> date;
  MeetingId meeting;
  std::optional<PledgeStatus> status;
  std::optional<Units> quantity;
  Row row;

  friend bool operator==(Offer const&, Offer const&) = default;
};

/// That part of a pledge was handed over, or came to be in place; amounts add up.
struct Delivery {
  PledgeId pledge;
  std::optional<Date> date;
  DeliveryKind kind{DeliveryKind::kDelivered};
  std::optional<Units>
      quantity;  ///< this time; of a flow: how much more a month. Absent: not stated
  std::string to;
  std::string reference;
  Row row;

  friend bool operator==(Delivery const&, Delivery const&) = default;
};

/// Forces a nation has already promised elsewhere.
struct ForceClaim {
  NationId nation;
  CapabilityId capability;
  std::optional<Units> quantity;
  std::optional<Months> from;
  std::optional<Months> to;
  std::string claimed_by;
  std::vector<std::string> releasable_to;
  Row row;

  friend bool operator==(ForceClaim const&, ForceClaim const&) = default;
};

}  // namespace guarantor::model
