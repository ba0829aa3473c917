#include "guarantor/model/condition_network.h"

#include <algorithm>
#include <string>
#include <utility>

#include "guarantor/model/random_stream.h"

namespace guarantor::model {
namespace {

using Rows = std::vector<std::size_t>;

/// For each condition the rows its `given` items mention, in order of mention, each once.
std::vector<Rows> mentions(std::vector<Condition> const& conditions) {
  std::map<ConditionId, std::size_t> row_of;
  for (std::size_t row = 0; row < conditions.size(); ++row) {
    row_of.emplace(conditions[row].id, row);
  }
  std::vector<Rows> mentioned(conditions.size());
  for (std::size_t row = 0; row < conditions.size(); ++row) {
    for (Given const& given : conditions[row].given) {
      for (ConditionId const& id : given.when.conditions()) {
        auto const found = row_of.find(id);
        Rows& rows = mentioned[row];
        if (found != row_of.end() &&
            std::find(rows.begin(), rows.end(), found->second) == rows.end()) {
          rows.push_back(found->second);
        }
      }
    }
  }
  return mentioned;
}

/// Depth-first order in which causes come before what depends on them; or the first cycle met.
struct Ordering {
  Rows causes_first;
  Rows cycle;
};

Ordering order(std::vector<Condition> const& conditions) {
  enum class State { kNew, kOpen, kDone };
  struct Visit {
    std::size_t row;
    std::size_t next_cause;
  };
  auto const mentioned = mentions(conditions);
  std::vector<State> state(conditions.size(), State::kNew);
  Ordering result;
  for (std::size_t root = 0; root < conditions.size(); ++root) {
    if (state[root] != State::kNew) {
      continue;
    }
    std::vector<Visit> path{{root, 0}};
    state[root] = State::kOpen;
    while (!path.empty()) {
      auto& [row, next_cause] = path.back();
      if (next_cause == mentioned[row].size()) {
        state[row] = State::kDone;
        result.causes_first.push_back(row);
        path.pop_back();
        continue;
      }
      std::size_t const cause = mentioned[row][next_cause++];
      if (state[cause] == State::kOpen) {
        auto const start = std::find_if(path.begin(), path.end(),
                                        [&](Visit const& visit) { return visit.row == cause; });
        std::for_each(start, path.end(),
                      [&](Visit const& visit) { result.cycle.push_back(visit.row); });
        return result;
      }
      if (state[cause] == State::kNew) {
        state[cause] = State::kOpen;
        path.push_back({cause, 0});
      }
    }
  }
  return result;
}

}  // namespace

std::vector<std::size_t> find_cycle(std::vector<Condition> const& conditions) {
  return order(conditions).cycle;
}

Result<ConditionNetwork> ConditionNetwork::build(std::vector<Condition> const& conditions) {
  Ordering const ordering = order(conditions);
  if (!ordering.cycle.empty()) {
    std::string names;
    for (std::size_t const row : ordering.cycle) {
      names += conditions[row].id.text() + " -> ";
    }
    names += conditions[ordering.cycle.front()].id.text();
    return Error{ErrorKind::kBadInput, "conditions depend on each other in a circle: " + names,
                 "remove one of the mentions in their `given`"};
  }
  ConditionNetwork network;
  std::string silent;
  for (std::size_t const row : ordering.causes_first) {
    network.causes_first_.push_back(conditions[row]);
  }
  for (Condition const& condition : conditions) {
    silent += condition.probability ? "" : (silent.empty() ? "" : ", ") + condition.id.text();
  }
  if (!silent.empty()) {
    return Error{ErrorKind::kRefused, "no probability is stated to draw from: " + silent,
                 "state one with its source, settle it with --assume, or plan in the nominal, "
                 "assured or a given world"};
  }
  return network;
}

Probability ConditionNetwork::chance(Condition const& condition, Draw const& causes) const {
  auto const truth = [&](Atom const& atom) {
    auto const* named = std::get_if<ConditionAtom>(&atom);
    auto const found = named != nullptr ? causes.find(named->condition) : causes.end();
    return found != causes.end() && found->second;
  };
  for (Given const& given : condition.given) {
    if (given.when.evaluate(truth)) {
      return given.probability;
    }
  }
  return *condition.probability;
}

ConditionNetwork::Draw ConditionNetwork::sample(std::uint64_t seed, std::string_view purpose,
                                                std::uint64_t world) const {
  Draw draw;
  for (Condition const& condition : causes_first_) {
    RandomStream stream{seed, std::string{purpose} + " " + condition.id.text(), world};
    draw[condition.id] = stream.uniform() < chance(condition, draw).count();
  }
  return draw;
}

std::optional<std::vector<ConditionNetwork::Outcome>> ConditionNetwork::outcomes(
    std::size_t most) const {
  std::vector<Outcome> result{{{}, Probability{1}}};
  for (Condition const& condition : causes_first_) {
    std::vector<Outcome> next;
    for (Outcome const& so_far : result) {
      double const yes = chance(condition, so_far.draw).count();
      for (bool const value : {true, false}) {
        double const share = value ? yes : 1 - yes;
        if (share > 0) {
          next.push_back(so_far);
          next.back().draw[condition.id] = value;
          next.back().probability = Probability{so_far.probability.count() * share};
        }
      }
    }
    if (next.size() > most) {
      return std::nullopt;
    }
    result = std::move(next);
  }
  return result;
}

Probability ConditionNetwork::probability(Draw const& draw) const {
  double product = 1;
  for (Condition const& condition : causes_first_) {
    double const yes = chance(condition, draw).count();
    product *= draw.at(condition.id) ? yes : 1 - yes;
  }
  return Probability{product};
}

}  // namespace guarantor::model
