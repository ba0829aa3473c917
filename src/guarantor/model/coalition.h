#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/date.h"
#include "guarantor/model/expression.h"
#include "guarantor/model/id.h"
#include "guarantor/model/interval.h"
#include "guarantor/model/provenance.h"
#include "guarantor/model/quantity.h"
#include "guarantor/model/vocabulary.h"

/// Who is at the table and what has to be decided first.
namespace guarantor::model {

/// A stretch of the agreement's life, e.g. a freeze of a month.
struct Phase {
  PhaseId id;
  std::string title;
  Interval<Days> days;
  Expression begins_if;
  Row row;

  friend bool operator==(Phase const&, Phase const&) = default;
};

struct Nation {
  NationId id;
  std::string name;
  std::optional<bool> framework;
  std::optional<bool> nato;
  std::optional<bool> eu;
  std::optional<Personnel> personnel;
  Row row;

  friend bool operator==(Nation const&, Nation const&) = default;
};

struct Meeting {
  MeetingId id;
  std::string title;
  std::optional<Date> date;
  std::string place;
  std::string level;
  Row row;

  friend bool operator==(Meeting const&, Meeting const&) = default;
};

struct Attendance {
  MeetingId meeting;
  NationId nation;
  std::optional<AttendanceMode> mode;
  std::string rank;
  Row row;

  friend bool operator==(Attendance const&, Attendance const&) = default;
};

/// "If `when` is true, the probability is ..."; the first such item that is true wins.
struct Given {
  Expression when;
  Probability probability;

  friend bool operator==(Given const&, Given const&) = default;
};

/// Something outside the planner's hands that must come true: a vote, a mandate, a ceasefire.
struct Condition {
  ConditionId id;
  std::string title;
  std::optional<ConditionKind> kind;
  std::optional<ConditionMode> mode;
  std::string decider;
  std::optional<Probability> probability;
  std::vector<Given> given;
  std::optional<Days> decided_min;
  std::optional<Days> decided_mode;
  std::optional<Days> decided_max;
  std::optional<Months> valid;
  std::optional<Probability> revoke_per_month;
  Row row;

  friend bool operator==(Condition const&, Condition const&) = default;
};

/// One assessor's own reading of a condition; private to the assessor unless released.
struct Assessment {
  ConditionId condition;
  std::string assessor;
  std::optional<Date> date;
  std::optional<Probability> low;
  std::optional<Probability> likely;
  std::optional<Probability> high;
  std::vector<std::string> releasable_to;
  Row row;

  friend bool operator==(Assessment const&, Assessment const&) = default;
};

}  // namespace guarantor::model
