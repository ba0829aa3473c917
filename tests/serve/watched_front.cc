#include "watched_front.h"

#include <stdexcept>

#include "small_front.h"

namespace guarantor::serve {

model::Scenario watched_front() {
  model::Scenario scenario = monitor::front();
  scenario.header.id = model::ScenarioId{"front"};
  scenario.header.title = "A front";
  scenario.areas.front().title = "The front";
  scenario.agreements.front().title = "A ceasefire";
  scenario.clauses.front().title = "No firing";
  scenario.clauses.front().text = "Nobody fires.";
  for (auto& position : scenario.positions) {
    position.party = model::PartyId{position.party.text() == "a" ? "xaa" : "b"};
  }
  for (char const* code : {"XAA", "XBB"}) {
    model::Nation nation;
    nation.id = model::NationId{code};
    nation.name = code;
    scenario.nations.push_back(nation);
  }
  return scenario;
}

void take(ServeCase& serve, std::vector<model::Observation> const& observations) {
  auto const taken =
      serve.services().watch.take(observations, {.name = "monitor", .at = monitor::kNoon});
  if (!taken.ok()) {
    throw std::runtime_error(taken.error().message);
  }
}

std::string first_incident(ServeCase& serve) {
  auto const board = serve.services().watch.incidents();
  if (!board.ok()) {
    throw std::runtime_error(board.error().message);
  }
  std::string id;
  board.value()->each({}, [&](SharedCard const& card) {
    id = card->id.text();
    return true;
  });
  return id;
}

}  // namespace guarantor::serve
