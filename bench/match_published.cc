#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "bench/match_report.h"
#include "bench/published_match.h"
#include "bench/verbs.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::bench {
namespace {

using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

struct Options {
  std::string data;
  std::string svg;
  std::uint64_t seeds{5};
};

/// As printed in the README of the package meltt; flagged: "6 episode(s) flagged".
CrashFigures published_crashes() {
  return {195, 140, 34, 26, 8, 55, 21, {5, 4, 4}, 6};
}

void print_crashes(CrashFigures const& ours) {
  CrashFigures const theirs = published_crashes();
  fmt::print(
      "## MELTT, crash data, 4 km and 2 days\n\n| | ours | published |\n| --- | ---: | ---: |\n");
  auto const row = [](char const* what, std::size_t mine, std::size_t published) {
    fmt::print("| {} | {} | {} |\n", what, mine, published);
  };
  row("events in", ours.in, theirs.in);
  row("unique", ours.unique, theirs.unique);
  row("matches", ours.matches, theirs.matches);
  row("of events", ours.of_events, theirs.of_events);
  row("of episodes", ours.of_episodes, theirs.of_episodes);
  row("removed", ours.removed, theirs.removed);
  row("in all three", ours.in_all_three, theirs.in_all_three);
  row("in 1 and 2", ours.in_two[0], theirs.in_two[0]);
  row("in 1 and 3", ours.in_two[1], theirs.in_two[1]);
  row("in 2 and 3", ours.in_two[2], theirs.in_two[2]);
  row("flagged for a person", ours.flagged, theirs.flagged);
}

void print_alerts(AlertFigures const& ours) {
  auto const share = [&](std::size_t count) {
    return 100 * static_cast<double>(count) / static_cast<double>(ours.official);
  };
  fmt::print(
      "\n## Air-raid alerts: {} official for a whole oblast, {} of volunteers\n\n"
      "| a volunteers' alert | ours | published | each alert used once |\n"
      "| --- | ---: | ---: | ---: |\n"
      "| within 60 s | {:.1f} % | 74.7 % | {:.1f} % |\n"
      "| within 5 min | {:.1f} % | 89.7 % | {:.1f} % |\n\n",
      ours.official, ours.volunteer, share(ours.within_minute), share(ours.pairs_within_minute),
      share(ours.within_five_minutes), share(ours.pairs_within_five_minutes));
  for (std::string const& region : ours.regions_of_one) {
    fmt::print("named by one source alone: {}\n", region);
  }
}

Result<Done> print_harm(HarmCase const& harm, Options const& options) {
  fmt::print("## Civilian harm: {} and {} events, {} known pairs, five folds\n", harm.a.size(),
             harm.b.size(), harm.known.size());
  std::size_t below = 0;
  for (std::uint64_t seed = 1; seed <= options.seeds; ++seed) {
    auto const curves = harm_curves(harm, seed);
    fmt::print("\nFolds dealt by seed {}\n\n{}", seed,
               curve_table(curves.ours, curves.same_day, curves.within_a_day, harm.known.size()));
    below += watch::compare_curves(curves.ours, curves.same_day).below +
             watch::compare_curves(curves.ours, curves.within_a_day).below;
    if (seed == 1) {
      fmt::print("\n{}", reliability_table(curves.reliability));
      if (!options.svg.empty()) {
        auto const written = tables::write_file(
            options.svg,
            curve_svg(curves.ours, curves.same_day, curves.within_a_day, harm.known.size()));
        if (!written.ok()) {
          return written;
        }
      }
    }
  }
  fmt::print("\nbelow a window at {} points in {} dealings of folds\n", below, options.seeds);
  return Done{};
}

Result<Done> run(Options const& options) {
  std::filesystem::path const given{options.data};
  auto const watch = std::filesystem::exists(given / "watch") ? given / "watch" : given;
  auto const crashes = match_crashes(watch);
  if (!crashes.ok()) {
    return crashes.error();
  }
  print_crashes(crashes.value());
  auto const alerts = match_alerts(watch);
  if (!alerts.ok()) {
    return alerts.error();
  }
  print_alerts(alerts.value());
  auto const harm = read_harm_case(watch);
  if (!harm.ok()) {
    return harm.error();
  }
  if (auto const printed = print_harm(harm.value(), options); !printed.ok()) {
    return printed;
  }
  return crashes.value() == published_crashes()
             ? Result<Done>{Done{}}
             : Error{ErrorKind::kCheckFailed, "the figures of MELTT are not those published", ""};
}

}  // namespace

void add_match_published(CLI::App& root, Result<Done>& result) {
  auto options = std::make_shared<Options>();
  auto& verb = *root.add_subcommand("match-published",
                                    "Match published data and print the figures beside theirs");
  verb.footer(
      "DATA holds linkage/, airraid/ and osint_events/ (or watch/ does, in it).\n"
      "Ends with 4 where MELTT's figures come out otherwise.\n"
      "Example:\n"
      "  guarantor-bench match-published --data DATA --svg curve.svg\n");
  verb.add_option("--data", options->data, "Folder of the published data")
      ->required()
      ->envname("GUARANTOR_DATA")
      ->check(CLI::ExistingDirectory);
  verb.add_option("--seeds", options->seeds, "So many dealings of the folds (default: 5)")
      ->check(CLI::PositiveNumber);
  verb.add_option("--svg", options->svg, "Write the curve of the first as a picture");
  verb.callback([options, &result] { result = run(*options); });
}

}  // namespace guarantor::bench
