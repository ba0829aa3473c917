#include "guarantor/watch_input.h"

#include <algorithm>
#include <array>
#include <span>

#include "guarantor/policy/operation.h"
#include "guarantor/policy/release.h"
#include "guarantor/scenario_input.h"
#include "guarantor/serve/watch_period.h"

namespace guarantor::app {
namespace {

/// Whether the viewer reads all records of these kinds, not only what was released.
bool reads_all(policy::Viewer const& viewer, std::span<policy::Record const> kinds) {
  return std::ranges::all_of(kinds, [&](policy::Record kind) {
    return policy::allowance(viewer.role, policy::Operation::kRead, kind) ==
           policy::Allowance::kYes;
  });
}

/// Not asked for, where no viewer is named.
policy::Viewer viewer_of(WatchWords const& words) {
  auto const viewer = policy::parse_viewer(words.viewpoint.viewer);
  return viewer.ok() ? viewer.value() : policy::Viewer{};
}

}  // namespace

void add_watch_store(CLI::App& verb, WatchWords& words) {
  verb.add_option("--store", words.store.store, "The store's file")->type_name("STORE")->required();
  add_viewpoint(verb, words.viewpoint);
}

void add_watch_writing(CLI::App& verb, WatchWords& words) {
  verb.add_option("--store", words.store.store, "The store's file")->type_name("STORE")->required();
  add_signing(verb, words.store);
}

void add_watch_scenario(CLI::App& verb, WatchWords& words) {
  verb.add_option("--scenario", words.scenario,
                  "The scenario with the agreements, lines and sensors (default: the store's own)")
      ->type_name("SCENARIO");
}

model::Result<model::Scenario> watch_scenario(WatchWords const& words) {
  return read_scenario(words.scenario.empty() ? words.store.store : words.scenario,
                       words.viewpoint);
}

model::Result<model::Done> may_see_watch(WatchWords const& words) {
  constexpr std::array kFloor{policy::Record::kObservation, policy::Record::kIncident};
  return reads_all(viewer_of(words), kFloor) ? model::Done{}
                                             : refuse_whole(words.viewpoint, "the watch floor");
}

model::Result<std::unique_ptr<store::SqliteStore>> open_watch(WatchWords const& words) {
  auto const may = may_see_watch(words);
  return may.ok() ? open_to_read(words.store) : may.error();
}

bool sees_attribution(WatchWords const& words) {
  constexpr std::array kTrack{policy::Record::kFinding, policy::Record::kReply,
                              policy::Record::kDecision};
  return words.viewpoint.viewer.empty() || reads_all(viewer_of(words), kTrack);
}

std::string marking_line(WatchWords const& words) {
  std::string const marking =
      words.viewpoint.viewer.empty() ? "" : policy::release_marking(viewer_of(words));
  return marking.empty() ? "" : marking + "\n";
}

model::Result<store::StoreLock> hold_watch(store::SqliteStore const& store) {
  constexpr std::chrono::milliseconds kPatience{1000};
  return store::StoreLock::take_watch(store.files(), kPatience);
}

model::Result<model::Interval<model::Date>> parse_days(std::string const& text) {
  return serve::parse_period(text);
}

}  // namespace guarantor::app
