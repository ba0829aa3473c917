#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/intake/decompression.h"
#include "guarantor/intake/firms_csv.h"
#include "guarantor/monitor/heat_judgement.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/watch_input.h"

namespace guarantor::app {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 16U;
constexpr double kLikely = 0.95;

struct Options {
  WatchWords words;
  std::vector<std::string> earlier;
  std::string days;
};

/// Where and when each fire of a stream was.
struct Fires final : intake::Sink {
  std::vector<watch::ThermalFire> list;
  std::set<int> years;
  intake::RejectCounts rejects;

  void take(model::Observation&& seen, std::uint64_t /*line*/) override {
    watch::ThermalFire const fire{*seen.place, std::chrono::floor<std::chrono::days>(seen.from)};
    years.insert(watch::year_of(fire.day));
    list.push_back(fire);
  }
  void reject(intake::Reject const& reject) override { rejects.add(reject); }
};

model::Result<model::Done> read_fires(std::string const& path, Fires& fires) {
  std::ifstream file{path, std::ios::binary};
  if (!file) {
    return model::Error{model::ErrorKind::kNotFound, fmt::format("{} cannot be read", path), ""};
  }
  auto const adapter = intake::firms_csv();
  intake::Decompression stream{path};
  auto const feed = [&](std::string_view bytes) { adapter->feed(bytes, fires); };
  std::array<char, kPiece> piece{};
  while (file.read(piece.data(), piece.size()) || file.gcount() > 0) {
    auto const fed = stream.feed({piece.data(), static_cast<std::size_t>(file.gcount())}, feed);
    if (!fed.ok()) {
      return fed;
    }
  }
  auto const ended = stream.finish(feed);
  adapter->finish(fires);
  return ended;
}

model::Result<model::Done> run(Options const& options) {
  auto const days = parse_days(options.days);
  if (!days.ok()) {
    return days.error();
  }
  Fires fires;
  for (std::string const& path : options.earlier) {
    if (auto const read = read_fires(path, fires); !read.ok()) {
      return read;
    }
  }
  if (fires.rejects.total() > 0) {
    say(fmt::format("{} rows of earlier years were rejected", fires.rejects.total()));
  }
  auto const store = open_to_write(options.words.store);
  if (!store.ok()) {
    return store.error();
  }
  auto const alone = hold_watch(*store.value());
  if (!alone.ok()) {
    return alone.error();
  }
  auto const judged = monitor::judge_heat(*store.value(),
                                          {.earlier = fires.list,
                                           .years = {fires.years.begin(), fires.years.end()},
                                           .exclusions = {},
                                           .days = days.value()},
                                          author(options.words.store));
  if (!judged.ok()) {
    return judged.error();
  }
  auto const likely = std::ranges::count_if(judged.value(), [](model::Incident const& incident) {
    return incident.probability.value_or(0) >= kLikely;
  });
  return say_kept(
      *store.value(),
      fmt::format("{} incidents of heat judged by {} fires of {} earlier years; {} are "
                  "not what burns there every year with a probability of 0.95 or more\n",
                  judged.value().size(), fires.list.size(), fires.years.size(), likely));
}

}  // namespace

void add_watch_heat(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "watch heat",
       .does = "Judge heat seen from space by what burnt there in earlier years",
       .examples = "  guarantor watch heat --store coalition.db --days 2022-03-01/2022-04-01 \\\n"
                   "    --earlier fires-2019.csv.gz fires-2020.csv.gz fires-2021.csv.gz"},
      [options](Session const&) { return run(*options); });
  add_watch_writing(verb, options->words);
  verb.add_option("--days", options->days, "A day, or the first and the day after the last")
      ->type_name("DAY|DAY/DAY")
      ->required();
  verb.add_option("--earlier", options->earlier,
                  "Fires of whole earlier years, NASA FIRMS in CSV, plain or compressed")
      ->type_name("FILE")
      ->required();
}

}  // namespace guarantor::app
