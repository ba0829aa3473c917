#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "bench/events_csv.h"
#include "bench/gzip_file.h"
#include "bench/known_pairs.h"
#include "bench/match_report.h"
#include "bench/verbs.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/watch/match_weights.h"
#include "guarantor/watch/source_match.h"

namespace guarantor::bench {
namespace {

using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

struct Options {
  std::string a;
  std::string b;
  std::string weights;
  std::string learn;
  std::string save_weights;
  std::string output;
  double within_km{watch::kWideWindow.within.count() / 1000};
  double within_days{watch::kWideWindow.days.count()};
  std::size_t limit{std::numeric_limits<std::size_t>::max()};
  bool one_to_one{};
};

Result<EventTable> read_side(std::string const& path) {
  auto table = read_events_csv(path);
  if (!table.ok()) {
    return table;
  }
  fmt::print(stderr, "{}: {} events, named by {}\n", path, table.value().events.size(),
             table.value().by_row ? "row, since an id repeats or there is none" : "id");
  for (auto const& [reason, count] : table.value().rejected) {
    fmt::print(stderr, "{}: {} rows left out: {}\n", path, count, reason);
  }
  return table;
}

bool tells_times(EventTable const& table) {
  return std::ranges::any_of(table.events, [](watch::SourceEvent const& event) {
    return event.span.from != std::chrono::floor<std::chrono::days>(event.span.from);
  });
}

/// Tells what was made of the known pairs. Bad input where none can be learnt from.
Result<Done> say_what_is_known(std::string const& path, KnownPairs const& known,
                               std::size_t within) {
  constexpr std::size_t kFew = 30;
  fmt::print(stderr, "{}: {} rows; events by {}\n", path, known.rows, known.columns);
  for (auto const& [count, what] :
       {std::pair{known.nowhere, "rows name an event that is not in its table"},
        std::pair{known.apart, "rows say that two are not one"},
        std::pair{known.unclear, "rows passed over: the label is neither yes nor no"},
        std::pair{known.pairs.size() - within, "known pairs lie outside the window"}}) {
    if (count > 0) {
      fmt::print(stderr, "{}: {} {}\n", path, count, what);
    }
  }
  if (within == 0) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("{}: none of the {} known pairs lies within the window", path,
                             known.pairs.size()),
                 "widen --within-km and --within-days, or look whether the pairs are of these "
                 "tables"};
  }
  fmt::print(stderr, "learning from {} pairs\n", within);
  if (within < kFew) {
    fmt::print(stderr, "Warning: so few pairs teach little; some hundred are wanted\n");
  }
  return Done{};
}

Result<watch::MatchWeights> weights_of(Options const& options, EventTable const& a,
                                       EventTable const& b, watch::CandidateWindow const& window) {
  if (!options.learn.empty()) {
    auto const known = read_pairs_csv(options.learn, a, b);
    if (!known.ok()) {
      return known.error();
    }
    auto const& pairs = known.value().pairs;
    auto const said =
        say_what_is_known(options.learn, known.value(), count_within(pairs, a, b, window));
    if (!said.ok()) {
      return said.error();
    }
    return watch::learn_match_weights(a.events, b.events, pairs, window);
  }
  if (options.weights.empty()) {
    return watch::default_match_weights();
  }
  auto const text = read_maybe_gzip(options.weights);
  return text.ok() ? watch::parse_match_weights(text.value(), options.weights)
                   : Result<watch::MatchWeights>{text.error()};
}

Result<Done> run(Options const& options) {
  auto a = read_side(options.a);
  if (!a.ok()) {
    return a.error();
  }
  auto b = read_side(options.b);
  if (!b.ok()) {
    return b.error();
  }
  if (!a.value().has_times || !b.value().has_times) {
    if (tells_times(a.value()) || tells_times(b.value())) {
      fmt::print(stderr, "not every event has a time of day: all are compared by days\n");
    }
    drop_times(a.value());
    drop_times(b.value());
  }
  watch::CandidateWindow const window{model::Metres{options.within_km * 1000},
                                      model::Days{options.within_days}};
  auto const weights = weights_of(options, a.value(), b.value(), window);
  if (!weights.ok()) {
    return weights.error();
  }
  if (!options.save_weights.empty()) {
    auto const saved = tables::write_file(options.save_weights, watch::print(weights.value()));
    if (!saved.ok()) {
      return saved;
    }
  }
  auto pairs = watch::match_sources(a.value().events, b.value().events, weights.value(), window);
  fmt::print(stderr, "{} pairs within {} km and {} days\n", pairs.size(), options.within_km,
             options.within_days);
  if (options.one_to_one) {
    pairs = watch::one_to_one(pairs, model::Probability{0});
  }
  auto const csv = pairs_csv(pairs, a.value(), b.value(), options.limit);
  if (!options.output.empty()) {
    return tables::write_file(options.output, csv);
  }
  bool const written =
      std::fwrite(csv.data(), 1, csv.size(), stdout) == csv.size() && std::fflush(stdout) == 0;
  return written ? Result<Done>{Done{}}
                 : Error{ErrorKind::kUnwritable, "the pairs could not be written", ""};
}

}  // namespace

void add_match(CLI::App& root, Result<Done>& result) {
  auto options = std::make_shared<Options>();
  auto& verb =
      *root.add_subcommand("match", "Score which event of one source is which event of another");
  verb.footer(
      "A and B are CSV files (.gz too) with an id, lat, lon and date, and if they have them a "
      "time\n"
      "or acq_time, enddate, category, place names and texts; columns are found by name. Dates "
      "are\n"
      "YYYY-MM-DD, YYYYMMDD, d/m/YYYY (the day first) or d Month YYYY. Out come pairs in falling\n"
      "score: a,b,distance_m,days,score,probability,a_row,b_row. Where ids repeat, rows stand for\n"
      "them, counted from 0. Links are never looked at. Known pairs stand in the columns that "
      "hold\n"
      "most of the ids of A and of B; a column match, label, is_match or same may say 0 for no.\n"
      "Examples:\n"
      "  guarantor-bench match a.csv b.csv.gz --limit 1000 >pairs.csv\n"
      "  guarantor-bench match a.csv b.csv --learn known.csv --save-weights weights.csv\n"
      "  guarantor-bench match c.csv d.csv --weights weights.csv --one-to-one\n");
  verb.add_option("A", options->a, "Events of one source")->required();
  verb.add_option("B", options->b, "Events of the other")->required();
  auto* const weights =
      verb.add_option("--weights", options->weights, "Weights to use (default: our own)");
  verb.add_option("--learn", options->learn, "Learn weights from these known pairs")
      ->excludes(weights);
  verb.add_option("--save-weights", options->save_weights, "Write the weights used to this file");
  verb.add_option("--within-km", options->within_km, "Furthest a pair may lie apart (default: 25)")
      ->check(CLI::Range(0.0, 20'100.0));
  verb.add_option("--within-days", options->within_days, "Most days between them (default: 14)")
      ->check(CLI::Range(0.0, 36'525.0));
  verb.add_option("--limit", options->limit, "Write the best so many (default: all)");
  verb.add_flag("--one-to-one", options->one_to_one, "Use each event once, best pairs first");
  verb.add_option("-o,--output", options->output, "Write to this file instead of stdout");
  verb.callback([options, &result] { result = run(*options); });
}

}  // namespace guarantor::bench
