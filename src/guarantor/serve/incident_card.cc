#include "guarantor/serve/incident_card.h"

#include <algorithm>

#include "guarantor/watch/case_rules.h"

namespace guarantor::serve {

bool is_attribution(model::CaseAction action) {
  return action == model::CaseAction::kFind || action == model::CaseAction::kReply ||
         action == model::CaseAction::kDecide;
}

std::string source_of(model::ObservationId const& id) {
  return id.text().substr(0, id.text().find(':'));
}

void count_source(IncidentCard& card, std::string const& source, bool more) {
  auto const found = std::ranges::lower_bound(
      card.sources, source, {}, [](auto const& one) { return std::string_view{one.first}; });
  bool const known = found != card.sources.end() && found->first == source;
  if (more && !known) {
    card.sources.insert(found, {source, 1});
  } else if (more) {
    ++found->second;
  } else if (known && --found->second == 0) {
    card.sources.erase(found);
  }
}

IncidentCard card_of(model::Incident const& incident) {
  IncidentCard card{.id = incident.id,
                    .revision = incident.revision,
                    .cause = incident.cause,
                    .what = incident.what,
                    .kind = incident.kind,
                    .from = incident.from,
                    .to = incident.to,
                    .place = incident.place,
                    .radius = incident.radius,
                    .sector = incident.sector,
                    .reports = incident.observations.size(),
                    .observers = incident.observers,
                    .munitions = incident.munitions,
                    .probability = incident.probability};
  for (model::Allegation const& said : incident.allegations) {
    if (!said.exempt) {
      card.clauses.push_back(said.clause);
    }
  }
  for (model::ObservationId const& id : incident.observations) {
    count_source(card, source_of(id), true);
  }
  card.state = watch::open_case(incident).state;
  return card;
}

void add_case(IncidentCard& card, model::CaseFile const& file) {
  card.state = file.state;
  card.steps = 0;
  card.attribution = 0;
  for (model::CaseStep const& step : file.steps) {
    ++(is_attribution(step.action) ? card.attribution : card.steps);
  }
}

}  // namespace guarantor::serve
