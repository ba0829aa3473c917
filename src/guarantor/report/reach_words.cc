#include "guarantor/report/reach_words.h"

#include <fmt/format.h>

#include <cmath>

#include "guarantor/report/display_text.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

std::string shares_in_words(model::ProvenanceShares const& shares) {
  auto const percents = whole_percents({shares.reported, shares.estimated, shares.illustrative});
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < percents.size(); ++i) {
    if (percents[i] > 0) {
      parts.push_back(fmt::format("{} % {}", percents[i], model::kWords<model::Confidence>[i]));
    }
  }
  return listed(parts);
}

}  // namespace

std::string in_hours(std::optional<model::Hours> hours) {
  return hours ? fmt::format("{:.1f} h", hours->count()) : "no way";
}

std::string in_hours(model::Hours hours, model::ReachBasis const& basis) {
  constexpr double kLess = 0.8;
  constexpr double kMore = 1.25;
  return mostly_illustrative(basis)
             ? fmt::format("{:.0f} to {:.0f} h", std::floor(hours.count() * kLess),
                           std::ceil(hours.count() * kMore))
             : in_hours(hours);
}

bool mostly_illustrative(model::ReachBasis const& basis) {
  constexpr double kQuarter = 0.25;
  return basis.length.count() <= 0 || basis.both.illustrative > kQuarter;
}

std::string mover_in_words(model::ReachTerms const& terms) {
  std::string text{model::text(terms.movement)};
  if (terms.weight.count() > 0) {
    text += fmt::format(", vehicles of up to {:g} t", terms.weight.count());
  }
  switch (terms.movement) {
    case model::MovementClass::kTrain:
      return text + ", by rail";
    case model::MovementClass::kShip:
      return text + fmt::format(", {:g} m of draught", terms.draught.count());
    case model::MovementClass::kRotary:
      return text + ", by air";
    case model::MovementClass::kFixedWing:
      return text + fmt::format(", a runway of {:g} m at both ends", terms.runway.count());
    default:
      break;
  }
  text += ", by road";
  return terms.carried.empty() ? text : text + " or carried by " + listed(terms.carried, "or");
}

std::vector<std::string> basis_in_words(model::ReachAnswer const& answer) {
  model::ReachBasis const& basis = answer.basis;
  if (basis.length.count() <= 0) {
    return {};
  }
  std::vector<std::string> sentences{
      fmt::format("Rests on {} km of links: their lengths are {}, their speeds {}.",
                  grouped(std::llround(basis.length.count())), shares_in_words(basis.lengths),
                  shares_in_words(basis.speeds))};
  if (mostly_illustrative(basis)) {
    sentences.emplace_back(
        "More than a quarter is illustrative: read every time as from a fifth less to a quarter "
        "more.");
  }
  return sentences;
}

std::optional<model::Hours> limit_of(model::ReachAnswer const& answer, model::Hours hours) {
  std::optional<model::Hours> least;
  for (model::ReachRing const& ring : answer.rings) {
    if (hours <= ring.limit && (!least || ring.limit < *least)) {
      least = ring.limit;
    }
  }
  return least;
}

}  // namespace guarantor::report
