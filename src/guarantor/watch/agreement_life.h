#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "guarantor/model/agreement.h"
#include "guarantor/model/instant.h"
#include "guarantor/model/interval.h"
#include "guarantor/model/scenario.h"

namespace guarantor::watch {

/// Between whom an agreement is in force on a day.
class AgreementLife {
 public:
  AgreementLife(model::Scenario const& scenario, model::AgreementId const& agreement);

  /// The parties it binds on a day: those that had accepted it by then and had not gone back on it
  /// since, while it runs; none where fewer than two are left, since one alone owes nobody.
  [[nodiscard]] std::set<model::PartyId> bound(model::Date day) const;

  /// Whether a clause can be tested on what happened at a moment: the agreement and the clause run,
  /// and somebody the clause binds is bound. Where reports name parties, one of those must be.
  [[nodiscard]] bool in_force(model::Clause const& clause, model::Instant at,
                              std::vector<std::string> const& actors) const;
  /// The same on every day of a span; one that ends at midnight does not touch the day after. What
  /// is only known to lie within days may be of any of them.
  [[nodiscard]] bool in_force(model::Clause const& clause, model::Interval<model::Instant> span,
                              std::vector<std::string> const& actors) const;

 private:
  std::optional<model::Date> from_;
  std::optional<model::Date> until_;
  bool exists_{};
  std::map<model::PartyId, std::map<model::Date, model::Standing>> positions_;
};

}  // namespace guarantor::watch
