#include "guarantor/watch/agreement_life.h"

#include <algorithm>
#include <chrono>
#include <iterator>

namespace guarantor::watch {
namespace {

using model::Date;

bool runs(std::optional<Date> from, std::optional<Date> until, Date day) {
  return (!from || *from <= day) && (!until || day < *until);
}

}  // namespace

AgreementLife::AgreementLife(model::Scenario const& scenario, model::AgreementId const& agreement) {
  auto const found = std::ranges::find(scenario.agreements, agreement, &model::Agreement::id);
  if (found == scenario.agreements.end()) {
    return;
  }
  exists_ = true;
  from_ = found->from;
  until_ = found->until;
  for (model::PartyPosition const& position : scenario.positions) {
    if (position.agreement == agreement && position.date && position.standing) {
      positions_[position.party][*position.date] = *position.standing;
    }
  }
}

std::set<model::PartyId> AgreementLife::bound(Date day) const {
  std::set<model::PartyId> parties;
  if (!exists_ || !runs(from_, until_, day)) {
    return parties;
  }
  for (auto const& [party, stands] : positions_) {
    auto const after = stands.upper_bound(day);
    if (after != stands.begin() && std::prev(after)->second == model::Standing::kAccepted) {
      parties.insert(party);
    }
  }
  if (parties.size() < 2) {
    parties.clear();
  }
  return parties;
}

bool AgreementLife::in_force(model::Clause const& clause, model::Instant at,
                             std::vector<std::string> const& actors) const {
  Date const day = std::chrono::floor<std::chrono::days>(at);
  if (!runs(clause.from, clause.until, day)) {
    return false;
  }
  std::set<model::PartyId> parties = bound(day);
  if (!clause.binds.empty()) {
    std::erase_if(parties, [&](model::PartyId const& party) {
      return std::ranges::find(clause.binds, party) == clause.binds.end();
    });
  }
  bool const named = std::ranges::any_of(
      actors, [&](std::string const& actor) { return positions_.contains(model::PartyId{actor}); });
  return named ? std::ranges::any_of(actors,
                                     [&](std::string const& actor) {
                                       return parties.contains(model::PartyId{actor});
                                     })
               : !parties.empty();
}

bool AgreementLife::in_force(model::Clause const& clause, model::Interval<model::Instant> span,
                             std::vector<std::string> const& actors) const {
  using std::chrono::days;
  Date const first = std::chrono::floor<days>(span.from);
  Date const last =
      std::chrono::floor<days>(span.empty() ? span.from : span.to - std::chrono::microseconds{1});
  for (Date day = first; day <= last; day += days{1}) {
    if (!in_force(clause, model::Instant{day}, actors)) {
      return false;
    }
  }
  return true;
}

}  // namespace guarantor::watch
