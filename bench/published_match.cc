#include "bench/published_match.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "bench/events_csv.h"
#include "bench/known_pairs.h"
#include "bench/loose_time.h"
#include "guarantor/model/date.h"
#include "guarantor/tables/numbers.h"
#include "guarantor/watch/interval_match.h"

namespace guarantor::bench {
namespace {

namespace fs = std::filesystem;
using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::array<char const*, 3> kTaxonomies{"model_tax", "color_tax", "damage_tax"};

/// From a table's word for something to its classes, the finest first.
using Taxonomy = std::map<std::pair<std::string, std::string>, std::vector<std::string>>;

Error malformed(fs::path const& path, std::string const& what) {
  return {ErrorKind::kBadInput, fmt::format("{}: {}", path.string(), what), ""};
}

Result<Taxonomy> read_taxonomy(fs::path const& path) {
  auto const raw = read_plain_table(path);
  if (!raw.ok()) {
    return raw.error();
  }
  Taxonomy taxonomy;
  for (tables::RawRow const& row : raw.value().rows) {
    if (row.cells.size() < 3) {
      return malformed(path, "a table, its word and at least one class are expected");
    }
    auto& classes = taxonomy[{row.cells[0].text, row.cells[1].text}];
    for (std::size_t i = 2; i < row.cells.size(); ++i) {
      classes.push_back(row.cells[i].text);
    }
  }
  return taxonomy;
}

Result<std::vector<watch::CodedEvent>> read_crashes(fs::path const& path, std::string const& name,
                                                    std::vector<Taxonomy> const& taxonomies) {
  auto const raw = read_plain_table(path);
  if (!raw.ok()) {
    return raw.error();
  }
  std::vector<std::size_t> columns;
  for (auto const* const column : {"latitude", "longitude", "date", "enddate", kTaxonomies[0],
                                   kTaxonomies[1], kTaxonomies[2]}) {
    auto const found = column_named(raw.value(), {column});
    if (!found) {
      return malformed(path, fmt::format("no column {}", column));
    }
    columns.push_back(*found);
  }
  std::vector<watch::CodedEvent> events;
  for (tables::RawRow const& row : raw.value().rows) {
    auto const text = [&](std::size_t i) { return row.cells.at(columns[i]).text; };
    auto const latitude = tables::parse_number(text(0));
    auto const longitude = tables::parse_number(text(1));
    auto const from = model::parse_date(text(2));
    auto const to = model::parse_date(text(3));
    if (latitude.index() != 0 || longitude.index() != 0 || !from || !to) {
      return malformed(path, fmt::format("line {}: no place or no date", row.line));
    }
    watch::CodedEvent event{
        {model::Degrees{std::get<0>(longitude)}, model::Degrees{std::get<0>(latitude)}},
        *from,
        *to,
        {}};
    for (std::size_t i = 0; i < taxonomies.size(); ++i) {
      auto const classes = taxonomies[i].find({name, text(4 + i)});
      if (classes == taxonomies[i].end()) {
        return malformed(path,
                         fmt::format("line {}: `{}` is in no taxonomy", row.line, text(4 + i)));
      }
      event.classes.push_back(classes->second);
    }
    events.push_back(std::move(event));
  }
  return events;
}

CrashFigures figures_of(std::vector<std::vector<watch::CodedEvent>> const& tables,
                        watch::TaxonomyMatches const& found) {
  CrashFigures figures;
  for (auto const& table : tables) {
    figures.in += table.size();
  }
  figures.in_two.resize(3);
  for (watch::TaxonomyMatch const& match : found.matches) {
    auto const has = [&](std::size_t table) { return match.members[table].has_value(); };
    auto const members = static_cast<std::size_t>(
        std::ranges::count_if(match.members, [](auto const& one) { return one.has_value(); }));
    ++(match.episode ? figures.of_episodes : figures.of_events);
    figures.removed += members - 1;
    if (members == 3) {
      ++figures.in_all_three;
    } else {
      ++figures.in_two[!has(2) ? 0 : !has(1) ? 1 : 2];
    }
  }
  figures.matches = found.matches.size();
  figures.unique = figures.in - figures.removed;
  std::set<std::pair<std::size_t, std::uint32_t>> flagged;
  for (watch::EpisodeFlag const& flag : found.flags) {
    flagged.insert({flag.event_table, flag.event});
  }
  figures.flagged = flagged.size();
  return figures;
}

Result<std::vector<watch::RegionStart>> read_alerts(fs::path const& path, char const* region,
                                                    char const* level) {
  auto const raw = read_plain_table(path);
  if (!raw.ok()) {
    return raw.error();
  }
  auto const region_column = column_named(raw.value(), {region});
  auto const start_column = column_named(raw.value(), {"started_at"});
  auto const level_column = column_named(raw.value(), {"level"});
  if (!region_column || !start_column || (level != nullptr && !level_column)) {
    return malformed(path, fmt::format("no column {}, started_at or level", region));
  }
  std::vector<watch::RegionStart> starts;
  for (tables::RawRow const& row : raw.value().rows) {
    if (level != nullptr && row.cells.at(*level_column).text != level) {
      continue;
    }
    bool timed = true;
    auto const start = parse_loose_time(row.cells.at(*start_column).text, timed);
    if (!start || !timed) {
      return malformed(path, fmt::format("line {}: no time", row.line));
    }
    starts.push_back({row.cells.at(*region_column).text, *start});
  }
  return starts;
}

std::vector<std::string> regions_of_one(std::vector<watch::RegionStart> const& one,
                                        std::vector<watch::RegionStart> const& other) {
  std::set<std::string> in_one;
  std::set<std::string> in_other;
  for (auto const& start : one) {
    in_one.insert(start.region);
  }
  for (auto const& start : other) {
    in_other.insert(start.region);
  }
  std::vector<std::string> alone;
  std::ranges::set_symmetric_difference(in_one, in_other, std::back_inserter(alone));
  return alone;
}

std::vector<watch::PlacedSpan> spans_of(std::vector<watch::SourceEvent> const& events) {
  std::vector<watch::PlacedSpan> spans;
  spans.reserve(events.size());
  for (watch::SourceEvent const& event : events) {
    spans.push_back(event.span);
  }
  return spans;
}

}  // namespace

Result<CrashFigures> match_crashes(fs::path const& watch) {
  fs::path const folder = watch / "linkage";
  std::vector<Taxonomy> taxonomies;
  for (auto const* const name : kTaxonomies) {
    auto taxonomy = read_taxonomy(folder / fmt::format("meltt_tax_{}.csv", name));
    if (!taxonomy.ok()) {
      return taxonomy.error();
    }
    taxonomies.push_back(std::move(taxonomy).value());
  }
  std::vector<std::vector<watch::CodedEvent>> tables;
  for (int i = 1; i <= 3; ++i) {
    auto const name = fmt::format("crash_data{}", i);
    auto table = read_crashes(folder / fmt::format("meltt_{}.csv", name), name, taxonomies);
    if (!table.ok()) {
      return table.error();
    }
    tables.push_back(std::move(table).value());
  }
  return figures_of(tables,
                    watch::match_by_taxonomy(tables, {model::Metres{4'000}, model::Days{2}}));
}

Result<AlertFigures> match_alerts(fs::path const& watch) {
  fs::path const folder = watch / "airraid";
  auto const official =
      read_alerts(folder / "official_data_en_to_2024-04-23.csv.gz", "oblast", "oblast");
  if (!official.ok()) {
    return official.error();
  }
  auto const volunteer =
      read_alerts(folder / "volunteer_data_en_to_2024-10-10.csv.gz", "region", nullptr);
  if (!volunteer.ok()) {
    return volunteer.error();
  }
  model::Seconds const minute{60};
  model::Seconds const five_minutes{300};
  auto const nearest = watch::nearest_starts(official.value(), volunteer.value());
  auto const pairs = [&](model::Seconds within) {
    return watch::count_pairs_within(official.value(), volunteer.value(), within);
  };
  return AlertFigures{official.value().size(),
                      volunteer.value().size(),
                      watch::count_within(nearest, minute),
                      watch::count_within(nearest, five_minutes),
                      pairs(minute),
                      pairs(five_minutes),
                      regions_of_one(official.value(), volunteer.value())};
}

Result<HarmCase> read_harm_case(fs::path const& watch) {
  fs::path const folder = watch / "osint_events";
  auto a = read_events_csv(folder / "bellingcat_civharm_366.csv");
  if (!a.ok()) {
    return a.error();
  }
  auto b = read_events_csv(folder / "cir_bellingcat_events_6650.csv.gz");
  if (!b.ok()) {
    return b.error();
  }
  auto known = read_pairs_csv(folder / "gold_pairs_half.csv", a.value(), b.value());
  if (!known.ok()) {
    return known.error();
  }
  return HarmCase{std::move(a.value().events), std::move(b.value().events),
                  std::move(known).value().pairs};
}

HarmCurves harm_curves(HarmCase const& harm, std::uint64_t seed) {
  auto const pairs = watch::cross_validate(harm.a, harm.b, harm.known, watch::kWideWindow, 5, seed);
  auto const a = spans_of(harm.a);
  auto const b = spans_of(harm.b);
  return {
      watch::recall_curve(pairs, harm.known), watch::window_curve(a, b, model::Days{0}, harm.known),
      watch::window_curve(a, b, model::Days{1}, harm.known), watch::reliability(pairs, harm.known)};
}

}  // namespace guarantor::bench
