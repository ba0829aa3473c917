#include "guarantor/report/unstated_offers.h"

#include <fmt/format.h>

#include <algorithm>

#include "guarantor/report/brief_part.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {

std::vector<std::string> tied_without_number(PlanReading const& reading,
                                             model::ConditionId const& condition) {
  std::vector<std::string> out;
  for (auto const& [nation, pledges] : pledges_by_nation(reading, reading.plan().not_stated)) {
    bool const tied = std::any_of(pledges.begin(), pledges.end(), [&](auto const* pledge) {
      auto const named = pledge->conditions.conditions();
      return std::find(named.begin(), named.end(), condition) != named.end();
    });
    if (tied) {
      out.push_back(in_sentence(reading.nation_name(nation)));
    }
  }
  return out;
}

std::string most_is_unstated(PlanReading const& reading) {
  auto const& pledges = reading.scenario().pledges;
  auto const standing = std::count_if(pledges.begin(), pledges.end(), [](auto const& pledge) {
    return pledge.status != model::PledgeStatus::kWithdrawn;
  });
  auto const& unstated = reading.plan().not_stated;
  auto const count = static_cast<std::int64_t>(unstated.size());
  if (2 * count <= standing) {
    return {};
  }
  auto const nations = static_cast<std::int64_t>(pledges_by_nation(reading, unstated).size());
  return fmt::format("Most of what was offered has no number yet: {} from {}.",
                     counted(count, "offer"), counted(nations, "nation"));
}

}  // namespace guarantor::report
