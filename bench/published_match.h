#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/watch/match_evaluation.h"
#include "guarantor/watch/source_match.h"
#include "guarantor/watch/taxonomy_match.h"

/// Matching on published data whose figures are known. `watch` is the folder that holds linkage/,
/// airraid/ and osint_events/. Errors: kNotFound, kBadInput.
namespace guarantor::bench {

/// The crash data of the MELTT package at 4 km and 2 days.
struct CrashFigures {
  std::size_t in{};
  std::size_t unique{};
  std::size_t matches{};
  std::size_t of_events{};
  std::size_t of_episodes{};
  std::size_t removed{};
  std::size_t in_all_three{};
  std::vector<std::size_t> in_two;  ///< tables 1 and 2, 1 and 3, 2 and 3
  std::size_t flagged{};            ///< events that may belong to an episode

  friend bool operator==(CrashFigures const&, CrashFigures const&) = default;
};
[[nodiscard]] model::Result<CrashFigures> match_crashes(std::filesystem::path const& watch);

/// Of official air-raid alerts for a whole oblast, those with a volunteers' alert near in time.
struct AlertFigures {
  std::size_t official{};
  std::size_t volunteer{};
  std::size_t within_minute{};
  std::size_t within_five_minutes{};
  std::size_t pairs_within_minute{};        ///< with each alert used once
  std::size_t pairs_within_five_minutes{};  ///< likewise
  std::vector<std::string> regions_of_one;  ///< named by one source alone
};
[[nodiscard]] model::Result<AlertFigures> match_alerts(std::filesystem::path const& watch);

/// Civilian-harm events of two organisations and known pairs of them.
struct HarmCase {
  std::vector<watch::SourceEvent> a;
  std::vector<watch::SourceEvent> b;
  std::vector<watch::KnownPair> known;
};
[[nodiscard]] model::Result<HarmCase> read_harm_case(std::filesystem::path const& watch);

struct HarmCurves {
  std::vector<std::uint32_t> ours;
  std::vector<std::uint32_t> same_day;
  std::vector<std::uint32_t> within_a_day;
  std::vector<watch::ReliabilityBand> reliability;
};
/// Five folds, each pair scored by weights learnt without its group.
[[nodiscard]] HarmCurves harm_curves(HarmCase const& harm, std::uint64_t seed);

}  // namespace guarantor::bench
