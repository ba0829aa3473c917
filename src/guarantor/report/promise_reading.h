#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/promise_ledger.h"
#include "guarantor/model/scenario.h"

namespace guarantor::report {

/// How far a pledge has come; each pledge is in one of them.
enum class PromiseStage {
  kDelivered,    ///< in full, by the number offered
  kPartly,       ///< some of it
  kTransferred,  ///< handed over, in whole or in part, and none of it delivered
  kOffered,      ///< with a number
  kNotStated,    ///< offered without one
  kWithdrawn,
};
inline constexpr std::size_t kPromiseStages = 6;

[[nodiscard]] PromiseStage stage_of(model::PromiseStanding const& standing);

/// The pledges of one nation, or of all, by how far they have come.
struct PromiseCount {
  model::NationId nation;
  std::array<std::size_t, kPromiseStages> stages{};
  std::size_t upgraded{};  ///< pledges with such an event among those shown
  std::size_t downgraded{};

  [[nodiscard]] std::size_t at(PromiseStage stage) const {
    return stages[static_cast<std::size_t>(stage)];
  }
  [[nodiscard]] std::size_t pledges() const;
};

/// A ledger beside its scenario: names for ids, and the counts every rendering shows. It keeps
/// references: both must outlive it.
class PromiseReading {
 public:
  PromiseReading(model::Scenario const& scenario, model::PromiseLedger const& ledger);

  [[nodiscard]] model::Scenario const& scenario() const { return scenario_; }
  [[nodiscard]] model::PromiseLedger const& ledger() const { return ledger_; }

  /// What a thing is called, its id where it has no name; clean text.
  [[nodiscard]] std::string nation_name(model::NationId const& id) const;
  [[nodiscard]] std::string capability_title(model::CapabilityId const& id) const;
  [[nodiscard]] std::string meeting_title(model::MeetingId const& id) const;
  /// The unit a capability is counted in; empty where it has none.
  [[nodiscard]] std::string unit(model::CapabilityId const& id) const;

  /// In the order of the table of nations, only those with a pledge.
  [[nodiscard]] std::vector<PromiseCount> const& nations() const { return nations_; }
  [[nodiscard]] PromiseCount const& total() const { return total_; }

  /// False where more than a quarter of the pledges rests on illustrative rows.
  [[nodiscard]] bool may_headline() const;

 private:
  model::Scenario const& scenario_;
  model::PromiseLedger const& ledger_;
  std::map<model::NationId, model::Nation const*> nation_;
  std::map<model::CapabilityId, model::Capability const*> capability_;
  std::map<model::MeetingId, model::Meeting const*> meeting_;
  std::vector<PromiseCount> nations_;
  PromiseCount total_;
};

}  // namespace guarantor::report
