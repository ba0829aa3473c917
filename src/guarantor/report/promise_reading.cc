#include "guarantor/report/promise_reading.h"

#include <numeric>
#include <set>

#include "guarantor/report/display_text.h"

namespace guarantor::report {
namespace {

constexpr double kMostIllustrative = 0.25;

bool any(model::StatedUnits const& units) {
  return units.not_stated > 0 || units.units.value_or(model::Units{0}) > model::Units{0};
}

}  // namespace

PromiseStage stage_of(model::PromiseStanding const& standing) {
  if (standing.withdrawn) {
    return PromiseStage::kWithdrawn;
  }
  if (any(standing.delivered)) {
    bool const whole =
        standing.offered && standing.delivered.units.value_or(model::Units{0}) >= *standing.offered;
    return whole ? PromiseStage::kDelivered : PromiseStage::kPartly;
  }
  if (any(standing.transferred)) {
    return PromiseStage::kTransferred;
  }
  return standing.offered ? PromiseStage::kOffered : PromiseStage::kNotStated;
}

std::size_t PromiseCount::pledges() const {
  return std::accumulate(stages.begin(), stages.end(), std::size_t{0});
}

PromiseReading::PromiseReading(model::Scenario const& scenario, model::PromiseLedger const& ledger)
    : scenario_{scenario}, ledger_{ledger} {
  for (model::Nation const& nation : scenario.nations) {
    nation_.emplace(nation.id, &nation);
  }
  for (model::Capability const& capability : scenario.capabilities) {
    capability_.emplace(capability.id, &capability);
  }
  for (model::Meeting const& meeting : scenario.meetings) {
    meeting_.emplace(meeting.id, &meeting);
  }
  std::map<model::NationId, PromiseCount> counts;
  for (model::PromiseStanding const& standing : ledger.standings) {
    auto const stage = static_cast<std::size_t>(stage_of(standing));
    ++counts[standing.nation].stages.at(stage);
    ++total_.stages.at(stage);
  }
  for (auto const& [kind, count] :
       {std::pair{model::PromiseEventKind::kUpgraded, &PromiseCount::upgraded},
        std::pair{model::PromiseEventKind::kDowngraded, &PromiseCount::downgraded}}) {
    std::set<model::PledgeId> seen;
    for (model::PromiseEvent const& event : ledger.events) {
      if (event.kind == kind && seen.insert(event.pledge).second) {
        ++(counts[event.nation].*count);
        ++(total_.*count);
      }
    }
  }
  for (model::Nation const& nation : scenario.nations) {
    if (auto const found = counts.find(nation.id); found != counts.end()) {
      found->second.nation = nation.id;
      nations_.push_back(found->second);
    }
  }
}

std::string PromiseReading::nation_name(model::NationId const& id) const {
  auto const found = nation_.find(id);
  return clean(found == nation_.end() || found->second->name.empty() ? id.text()
                                                                     : found->second->name);
}

std::string PromiseReading::capability_title(model::CapabilityId const& id) const {
  auto const found = capability_.find(id);
  return clean(found == capability_.end() || found->second->title.empty() ? id.text()
                                                                          : found->second->title);
}

std::string PromiseReading::meeting_title(model::MeetingId const& id) const {
  auto const found = meeting_.find(id);
  return clean(found == meeting_.end() || found->second->title.empty() ? id.text()
                                                                       : found->second->title);
}

std::string PromiseReading::unit(model::CapabilityId const& id) const {
  auto const found = capability_.find(id);
  return found == capability_.end() ? std::string{} : clean(found->second->unit);
}

bool PromiseReading::may_headline() const {
  return ledger_.provenance.illustrative <= kMostIllustrative;
}

}  // namespace guarantor::report
