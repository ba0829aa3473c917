#include "guarantor/model/watch_report.h"

namespace guarantor::model {

WatchTally& WatchTally::operator+=(WatchTally const& other) {
  watched += other.watched;
  incidents += other.incidents;
  explosions += other.explosions;
  bursts += other.bursts;
  shots += other.shots;
  live_fire += other.live_fire;
  alleged += other.alleged;
  for (std::size_t s = 0; s < kCaseStates; ++s) {
    states.at(s) += other.states.at(s);
  }
  exempt += other.exempt;
  restrictions += other.restrictions;
  jammings += other.jammings;
  return *this;
}

ClauseTally& ClauseTally::operator+=(ClauseTally const& other) {
  alleged += other.alleged;
  munitions += other.munitions;
  for (std::size_t s = 0; s < kCaseStates; ++s) {
    states.at(s) += other.states.at(s);
  }
  exempt += other.exempt;
  return *this;
}

}  // namespace guarantor::model
