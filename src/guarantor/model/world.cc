#include "guarantor/model/world.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "guarantor/model/spelling.h"

namespace guarantor::model {
namespace {

/// True in every world: its probability is 1 whatever else happens.
bool is_certain(Condition const& condition) {
  return condition.probability == Probability{1} &&
         std::all_of(condition.given.begin(), condition.given.end(),
                     [](Given const& given) { return given.probability == Probability{1}; });
}

bool counts(Pledge const& pledge, bool include_indicated) {
  return pledge.status != PledgeStatus::kWithdrawn &&
         (pledge.status != PledgeStatus::kIndicated || include_indicated);
}

/// Who is in: the nations, and the nations in each domain.
struct Coalition {
  std::set<NationId> nations;
  std::set<std::pair<DomainId, NationId>> domains;

  [[nodiscard]] int size(DomainId const& domain) const {
    return static_cast<int>(std::count_if(
        domains.begin(), domains.end(), [&](auto const& entry) { return entry.first == domain; }));
  }
  friend bool operator==(Coalition const&, Coalition const&) = default;
};

class Resolver {
 public:
  Resolver(Scenario const& scenario, WorldRequest const& request)
      : scenario_{scenario}, request_{request} {
    for (Capability const& capability : scenario.capabilities) {
      capability_.emplace(capability.id, &capability);
    }
  }

  World run() {
    World world;
    for (Condition const& condition : scenario_.conditions) {
      world.conditions[condition.id] = truth_of(condition);
    }
    conditions_ = &world.conditions;
    // Coalition atoms never stand under `!`, so each round moves one way only and the end is a
    // fixed point: the greatest from everybody, the least from nobody.
    Coalition coalition = assured() ? Coalition{} : everybody();
    for (;;) {
      world.pledge_holds = pledges_that_hold(coalition);
      Coalition next = members(world.pledge_holds);
      if (next == coalition) {
        break;
      }
      coalition = std::move(next);
    }
    for (Phase const& phase : scenario_.phases) {
      world.phase_begins.push_back(holds(phase.begins_if, coalition));
    }
    world.viable = holds(scenario_.header.viable_if, coalition);
    world.joined = std::move(coalition.nations);
    return world;
  }

 private:
  [[nodiscard]] bool assured() const { return request_.kind == WorldKind::kAssured; }

  [[nodiscard]] std::optional<bool> truth_of(Condition const& condition) const {
    if (auto const assumed = request_.assumed.find(condition.id);
        assumed != request_.assumed.end()) {
      return assumed->second;
    }
    if (!assured() || is_certain(condition)) {
      return true;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool holds(Expression const& expression, Coalition const& coalition) const {
    return holds_in_every_completion(expression, [&](Atom const& atom) -> std::optional<bool> {
      if (auto const* joins = std::get_if<JoinsAtom>(&atom)) {
        return coalition.nations.contains(joins->nation);
      }
      if (auto const* joined = std::get_if<JoinedAtom>(&atom)) {
        return coalition.size(joined->domain) >= joined->at_least;
      }
      auto const found = conditions_->find(std::get<ConditionAtom>(atom).condition);
      return found == conditions_->end() ? std::nullopt : found->second;
    });
  }

  [[nodiscard]] std::vector<bool> pledges_that_hold(Coalition const& coalition) const {
    std::vector<bool> result;
    result.reserve(scenario_.pledges.size());
    for (Pledge const& pledge : scenario_.pledges) {
      result.push_back(counts(pledge, request_.include_indicated) &&
                       holds(pledge.conditions, coalition));
    }
    return result;
  }

  /// A pledge without a stated quantity makes its nation a member all the same; one of nothing does
  /// not.
  [[nodiscard]] Coalition members(std::vector<bool> const& pledge_holds) const {
    Coalition coalition;
    for (std::size_t row = 0; row < scenario_.pledges.size(); ++row) {
      Pledge const& pledge = scenario_.pledges[row];
      auto const capability = capability_.find(pledge.capability);
      if (pledge_holds[row] && pledge.quantity != Units{0} && capability != capability_.end() &&
          capability->second->kind == CapabilityKind::kPresence) {
        coalition.nations.insert(pledge.nation);
        coalition.domains.emplace(capability->second->domain, pledge.nation);
      }
    }
    return coalition;
  }

  [[nodiscard]] Coalition everybody() const {
    return members(std::vector<bool>(scenario_.pledges.size(), true));
  }

  Scenario const& scenario_;
  WorldRequest const& request_;
  std::map<CapabilityId, Capability const*> capability_;
  std::map<ConditionId, std::optional<bool>> const* conditions_{nullptr};
};

std::optional<Error> unknown_assumption(Scenario const& scenario, WorldRequest const& request) {
  std::vector<std::string_view> known;
  for (Condition const& condition : scenario.conditions) {
    known.push_back(condition.id.text());
  }
  for (auto const& [id, value] : request.assumed) {
    if (std::find(known.begin(), known.end(), id.text()) == known.end()) {
      auto const near = closest(id.text(), known);
      return Error{ErrorKind::kBadInput, "unknown condition `" + id.text() + "` is assumed",
                   near ? "did you mean `" + *near + "`?" : ""};
    }
  }
  return std::nullopt;
}

}  // namespace

Result<World> resolve(Scenario const& scenario, WorldRequest const& request) {
  if (request.kind == WorldKind::kExpected) {
    return Error{ErrorKind::kRefused, "the expected world is a sample of worlds, not one world",
                 "ask for nominal, assured or given"};
  }
  if (auto error = unknown_assumption(scenario, request)) {
    return *std::move(error);
  }
  return Resolver{scenario, request}.run();
}

bool holds_in_every_completion(Expression const& expression,
                               std::function<std::optional<bool>(Atom const&)> const& known) {
  if (expression.empty()) {
    return true;
  }
  std::map<std::string, bool> value;
  std::vector<std::string> two_sided;
  for (Occurrence const& occurrence : expression.occurrences()) {
    if (std::holds_alternative<Constant>(occurrence.atom)) {
      continue;
    }
    std::string const name = print(occurrence.atom);
    if (auto const fixed = known(occurrence.atom)) {
      value[name] = *fixed;
    } else if (occurrence.plain && occurrence.negated) {
      two_sided.push_back(name);
    } else {
      value[name] = occurrence.negated;
    }
  }
  auto const truth = [&](Atom const& atom) { return value.at(print(atom)); };
  for (std::uint64_t choice = 0; choice < std::uint64_t{1} << two_sided.size(); ++choice) {
    for (std::size_t i = 0; i < two_sided.size(); ++i) {
      value[two_sided[i]] = ((choice >> i) & 1U) != 0;
    }
    if (!expression.evaluate(truth)) {
      return false;
    }
  }
  return true;
}

}  // namespace guarantor::model
