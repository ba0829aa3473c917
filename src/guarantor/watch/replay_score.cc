#include "guarantor/watch/replay_score.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "guarantor/geo/geodesic.h"

namespace guarantor::watch {
namespace {

using model::Incident;
using Said = std::map<std::string, std::string>;

/// What must be said against an incident, as `clause` and `alleged` or the exemption.
Said expected(InjectedIncident const& truth) {
  Said said;
  for (TouchedClause const& touched : truth.clauses) {
    if (touched.outcome == ClauseOutcome::kAlleged) {
      said[touched.clause.text()] = "alleged";
    } else if (touched.outcome == ClauseOutcome::kExempt) {
      said[touched.clause.text()] =
          fmt::format("exempt: {}", touched.exempt ? model::text(*touched.exempt) : "");
    }
  }
  return said;
}

Said actual(Incident const& incident) {
  Said said;
  for (model::Allegation const& allegation : incident.allegations) {
    said[allegation.clause.text()] =
        allegation.exempt ? fmt::format("exempt: {}", model::text(*allegation.exempt)) : "alleged";
  }
  return said;
}

std::string difference(Said const& should, Said const& is) {
  std::string text;
  for (auto const& [clause, what] : should) {
    auto const found = is.find(clause);
    if (found == is.end() || found->second != what) {
      text += fmt::format(" {} should be {}, is {};", clause, what,
                          found == is.end() ? "not tested" : found->second);
    }
  }
  for (auto const& [clause, what] : is) {
    if (!should.contains(clause)) {
      text += fmt::format(" {} should not be, is {};", clause, what);
    }
  }
  return text;
}

std::string counts(model::MunitionCount const& count) {
  return fmt::format("{} explosions, {} bursts, {} shots", count.explosions, count.bursts,
                     count.shots);
}

/// Whether an incident stands where and when it happened.
bool stands_there(Incident const& incident, InjectedIncident const& truth) {
  constexpr double kRounding = 1;
  constexpr std::chrono::minutes kSoon{5};
  bool const in_time = incident.from <= truth.to + kSoon && truth.from <= incident.to + kSoon;
  bool const in_place =
      !truth.place || (incident.place && geo::distance(*incident.place, *truth.place).count() <=
                                             truth.placed_within.count() + kRounding);
  return in_time && in_place && incident.what == truth.what;
}

class Scorer {
 public:
  explicit Scorer(std::span<Incident const> incidents) : incidents_{incidents} {
    for (std::size_t i = 0; i < incidents.size(); ++i) {
      for (model::ObservationId const& id : incidents[i].observations) {
        incident_of_[id] = i;
      }
    }
  }

  ReplayScore run(std::span<InjectedIncident const> truth) {
    std::vector<std::set<std::size_t>> found_in(truth.size());
    std::map<std::size_t, std::set<std::size_t>> holds;
    for (std::size_t t = 0; t < truth.size(); ++t) {
      for (model::ObservationId const& id : truth[t].observations) {
        auto const at = incident_of_.find(id);
        if (at == incident_of_.end()) {
          fault(truth[t].id, {}, fmt::format("observation {} is of no incident", id.text()));
          continue;
        }
        found_in[t].insert(at->second);
        holds[at->second].insert(t);
      }
    }
    for (std::size_t t = 0; t < truth.size(); ++t) {
      place(truth[t], found_in[t], holds);
    }
    for (std::size_t i = 0; i < incidents_.size(); ++i) {
      if (!incidents_[i].observations.empty() && !holds.contains(i)) {
        ++score_.invented;
        fault({}, incidents_[i].id, "nothing was injected there");
      }
    }
    score_.injected = truth.size();
    return std::move(score_);
  }

 private:
  void fault(std::string const& injected, model::IncidentId const& incident, std::string message) {
    score_.faults.push_back({injected, incident, std::move(message)});
  }

  void place(InjectedIncident const& truth, std::set<std::size_t> const& in,
             std::map<std::size_t, std::set<std::size_t>> const& holds) {
    if (truth.observations.empty()) {
      ++score_.missed;
      if (truth.missed.empty()) {
        fault(truth.id, {}, "nobody reports it, and the truth does not say why");
      }
      return;
    }
    if (in.empty()) {
      ++score_.lost;
      fault(truth.id, {}, truth.story + " is reported, and of no incident");
      return;
    }
    Incident const& incident = incidents_[*in.begin()];
    if (in.size() > 1) {
      ++score_.split;
      fault(truth.id, incident.id, fmt::format("{} is {} incidents", truth.story, in.size()));
      return;
    }
    if (holds.at(*in.begin()).size() > 1) {
      ++score_.merged;
      fault(truth.id, incident.id,
            fmt::format("{} is one with {} others", truth.story, holds.at(*in.begin()).size() - 1));
      return;
    }
    ++score_.found;
    compare(incident, truth);
  }

  void compare(Incident const& incident, InjectedIncident const& truth) {
    if (incident.munitions != truth.countable) {
      ++score_.miscounted;
      fault(truth.id, incident.id,
            fmt::format("{}: counted {}; countable are {}", truth.story, counts(incident.munitions),
                        counts(truth.countable)));
    }
    if (!stands_there(incident, truth)) {
      ++score_.misplaced;
      fault(truth.id, incident.id, truth.story + " stands elsewhere, or at another time");
    }
    Said const should = expected(truth);
    std::string const wrong = difference(should, actual(incident));
    if (!wrong.empty()) {
      ++score_.misalleged;
      fault(truth.id, incident.id, truth.story + ":" + wrong);
    }
    score_.allegations += static_cast<std::size_t>(
        std::ranges::count_if(should, [](auto const& s) { return s.second == "alleged"; }));
  }

  std::span<Incident const> incidents_;
  std::unordered_map<model::ObservationId, std::size_t> incident_of_;
  ReplayScore score_;
};

}  // namespace

ReplayScore score(std::span<Incident const> incidents, std::span<InjectedIncident const> truth) {
  return Scorer{incidents}.run(truth);
}

std::string print(ReplayScore const& score) {
  constexpr std::size_t kShown = 20;
  std::string text = fmt::format(
      "injected {}: found once {}, missed {}, lost {}, split {}, merged {}; invented {}\n"
      "of those found: miscounted {}, misplaced {}, misalleged {}; allegations {}\n",
      score.injected, score.found, score.missed, score.lost, score.split, score.merged,
      score.invented, score.miscounted, score.misplaced, score.misalleged, score.allegations);
  for (std::size_t i = 0; i < score.faults.size() && i < kShown; ++i) {
    ReplayFault const& fault = score.faults[i];
    text += fmt::format("  {} {}: {}\n", fault.injected, fault.incident.text(), fault.message);
  }
  if (score.faults.size() > kShown) {
    text += fmt::format("  and {} more\n", score.faults.size() - kShown);
  }
  return text;
}

}  // namespace guarantor::watch
