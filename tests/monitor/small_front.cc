#include "small_front.h"

#include <chrono>

namespace guarantor::monitor {

store::Author monitor_on_shift() {
  return {"monitor", kNoon};
}

model::Observation report(std::string const& id, double east, double north, int minutes) {
  model::Observation seen;
  seen.id = model::ObservationId{"patrol:" + id};
  seen.source = "patrol-" + id.substr(0, 1);
  seen.kind = model::EventKind::kExplosion;
  seen.from = seen.to = kNoon + std::chrono::minutes{minutes};
  seen.place = model::Position{.longitude = model::Degrees{36 + east / 71'500},
                               .latitude = model::Degrees{49.5 + north / 111'200}};
  seen.precision = model::Metres{100};
  return seen;
}

model::Scenario front() {
  model::Scenario scenario;
  model::Area line;
  line.id = model::AreaId{"front"};
  line.kind = model::AreaKind::kLineOfContact;
  line.sector_length = model::Kilometres{25};
  line.parts = {model::Line{{{.longitude = model::Degrees{36}, .latitude = model::Degrees{49}},
                             {.longitude = model::Degrees{36}, .latitude = model::Degrees{50}}}}};
  scenario.areas = {line};
  model::Agreement agreement;
  agreement.id = model::AgreementId{"ceasefire"};
  scenario.agreements = {agreement};
  for (char const* party : {"a", "b"}) {
    scenario.positions.push_back({.agreement = agreement.id,
                                  .party = model::PartyId{party},
                                  .date = std::chrono::floor<std::chrono::days>(kNoon),
                                  .standing = model::Standing::kAccepted});
  }
  model::Clause clause;
  clause.id = model::ClauseId{"no-fire"};
  clause.agreement = agreement.id;
  clause.acts = {model::EventKind::kExplosion};
  clause.line = line.id;
  clause.within = model::Kilometres{15};
  clause.exempt = {model::Exemption::kDemining};
  scenario.clauses = {clause};
  return scenario;
}

}  // namespace guarantor::monitor
