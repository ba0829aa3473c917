#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bench/background_calibration.h"
#include "bench/background_training.h"
#include "bench/fires_csv.h"
#include "bench/thermal_context.h"
#include "bench/verbs.h"
#include "guarantor/watch/thermal_assessment.h"

namespace guarantor::bench {
namespace {

struct Options {
  std::vector<std::string> train;
  std::vector<std::string> test;
  std::string exclude;
  std::string published;
  std::string from;
  std::string to;
  std::string context;  ///< a folder with the three that follow, under their published names
  std::string weather;
  std::string oblasts;
  std::string land_use;
  std::vector<int> years;
  int drop_decimals{0};
  bool calibration{};
};

/// What is wrong with a date; empty where nothing is.
std::string check_date(std::string const& text) {
  return model::parse_date(text) ? std::string{}
                                 : fmt::format("a date YYYY-MM-DD is expected, not `{}`", text);
}

model::Result<std::vector<watch::ThermalFire>> read_all(std::vector<std::string> const& files,
                                                        int dropped_decimals, char const* what) {
  FiresRead read;
  for (std::string const& file : files) {
    auto const done = read_fires(file, dropped_decimals, read);
    if (!done.ok()) {
      return done.error();
    }
  }
  fmt::print(stderr, "{}: {} fires taken\n", what, read.fires.size());
  std::uint64_t rejected = 0;
  std::string reasons;
  for (auto const& [why, rows] : read.rejects) {
    fmt::print(stderr, "{}: {} rows passed over: {}\n", what, rows, why);
    rejected += rows;
    reasons += fmt::format("{}{}: {}", reasons.empty() ? "" : "; ", why, rows);
  }
  if (read.fires.empty() && rejected > 0) {  // no row at all is a quiet day; this is a wrong file
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("{}: none of {} rows can be used: {}", what, rejected, reasons),
                        ""};
  }
  return std::move(read.fires);
}

struct Agreement {
  int days{};
  double correlation{};
  double mean_error{};  ///< absolute, a day
};

/// Pearson's r and the mean absolute difference.
Agreement agreement(std::vector<double> const& ours, std::vector<double> const& theirs) {
  auto const n = static_cast<double>(ours.size());
  double x = 0;
  double y = 0;
  double xx = 0;
  double yy = 0;
  double xy = 0;
  double error = 0;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    x += ours[i];
    y += theirs[i];
    xx += ours[i] * ours[i];
    yy += theirs[i] * theirs[i];
    xy += ours[i] * theirs[i];
    error += std::abs(ours[i] - theirs[i]);
  }
  double const spread = std::sqrt((xx - (x * x / n)) * (yy - (y * y / n)));
  return {static_cast<int>(ours.size()), (xy - (x * y / n)) / spread, error / n};
}

void print_agreement(std::vector<watch::ThermalDay> const& days,
                     std::map<model::Date, double> const& published, bool calibration) {
  std::vector<watch::ThermalDay> compared;
  std::vector<double> rules;
  std::vector<double> weighted;
  std::vector<double> theirs;
  for (watch::ThermalDay const& day : days) {
    if (auto const found = published.find(day.day); found != published.end()) {
      compared.push_back(day);
      rules.push_back(day.war_fires);
      weighted.push_back(day.probable_war);
      theirs.push_back(found->second);
    }
  }
  if (compared.empty()) {
    fmt::print(stderr, "no day is among the published\n");
    return;
  }
  for (auto const& [name, ours] : {std::pair{"war_fires", rules}, {"probable_war", weighted}}) {
    Agreement const found = agreement(ours, theirs);
    fmt::print(stderr, "{}: {} days beside the published: r {:.4f}, mean error {:.2f} a day\n",
               name, found.days, found.correlation, found.mean_error);
  }
  if (calibration) {
    fmt::print(stderr, "{}", published_shares(compared, theirs));
  }
}

/// The days of [from, to], those without a fire included.
std::vector<watch::ThermalDay> within(watch::ThermalBackground const& background,
                                      std::vector<watch::ThermalDay> const& days, model::Date from,
                                      model::Date to) {
  std::vector<watch::ThermalDay> kept;
  std::size_t next = 0;
  for (model::Date day = from; day <= to; day += std::chrono::days{1}) {
    while (next < days.size() && days[next].day < day) {
      ++next;
    }
    kept.push_back(next < days.size() && days[next].day == day
                       ? days[next]
                       : watch::ThermalDay{.day = day, .expected = background.seasonal_fires(day)});
  }
  return kept;
}

void print_days(std::vector<watch::ThermalDay> const& days) {
  fmt::print("date,fires,war_fires,expected_background,probable_war\n");
  for (watch::ThermalDay const& day : days) {
    fmt::print("{},{},{},{:.1f},{:.1f}\n", model::print(day.day), day.fires, day.war_fires,
               day.expected, day.probable_war);
  }
}

model::Result<Context> context_of(Options const& options) {
  ContextFiles files{options.weather, options.oblasts, options.land_use};
  if (!options.context.empty()) {
    std::filesystem::path const folder = options.context;
    files = {folder / "ukr_weather_oblast_daily_2015_2024.csv.gz",
             folder / "ukr_oblasts_10km.csv.gz", folder / "ukr_land_use_2022_10km.csv.gz"};
  }
  return read_context(files);
}

/// All that is read from files.
struct Inputs {
  std::vector<watch::ThermalFire> train;
  std::vector<watch::ThermalFire> test;
  std::vector<watch::ThermalExclusion> exclusions;
  std::map<model::Date, double> published;
  Context context;
};

model::Result<Inputs> read_inputs(Options const& options) {
  auto train = read_all(options.train, 0, "train");
  if (!train.ok()) {
    return train.error();
  }
  auto test = read_all(options.test, options.drop_decimals, "test");
  if (!test.ok()) {
    return test.error();
  }
  auto context = context_of(options);
  if (!context.ok()) {
    return context.error();
  }
  Inputs inputs{
      std::move(train).value(), std::move(test).value(), {}, {}, std::move(context).value()};
  if (!options.exclude.empty()) {
    auto read = read_exclusions(options.exclude);
    if (!read.ok()) {
      return read.error();
    }
    inputs.exclusions = std::move(read).value();
  }
  if (!options.published.empty()) {
    auto read = read_published_days(options.published);
    if (!read.ok()) {
      return read.error();
    }
    inputs.published = std::move(read).value();
  }
  return inputs;
}

/// Prints the judged days from the first to the last, as far as there is a first and a last.
void report(Options const& options, watch::ThermalBackground const& background,
            std::vector<watch::ThermalDay> const& judged, Inputs const& inputs) {
  auto first = model::parse_date(options.from);
  auto last = model::parse_date(options.to);
  if (judged.empty()) {
    fmt::print(stderr, "no fire is left to judge\n");
  } else {
    first = first.value_or(judged.front().day);
    last = last.value_or(judged.back().day);
  }
  auto const days =
      first && last ? within(background, judged, *first, *last) : std::vector<watch::ThermalDay>{};
  print_days(days);
  if (!inputs.published.empty()) {
    print_agreement(days, inputs.published, options.calibration);
  }
}

model::Result<model::Done> run(Options const& options) {
  auto const from = model::parse_date(options.from);
  auto const to = model::parse_date(options.to);
  if (from && to && *to < *from) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("--to {} lies before --from {}", options.to, options.from), ""};
  }
  auto read = read_inputs(options);
  if (!read.ok()) {
    return read.error();
  }
  Inputs inputs = std::move(read).value();
  std::erase_if(inputs.test,
                [&from](watch::ThermalFire const& fire) { return from && fire.day < *from; });
  auto first = from;
  if (!first && !inputs.test.empty()) {
    first = std::ranges::min(inputs.test, {}, &watch::ThermalFire::day).day;
  }
  auto const training = training_before(first, std::move(inputs.train), options.years);
  if (!training.ok()) {
    return training.error();
  }
  for (std::string const& note : training.value().notes) {
    fmt::print(stderr, "train: {}\n", note);
  }
  watch::BackgroundRequest const request{.fires = training.value().fires,
                                         .observed_years = training.value().years,
                                         .covariates = inputs.context.covariates,
                                         .covariate = inputs.context.covariate};
  auto const background = watch::ThermalBackground::fit(request);
  if (!background.ok()) {
    return background.error();
  }
  if (options.calibration) {
    auto const table = calibration(request);
    if (!table.ok()) {
      return table.error();
    }
    fmt::print(stderr, "{}", table.value());
  }
  auto const judged = watch::assess(background.value(), inputs.test, inputs.exclusions);
  report(options, background.value(), judged.days, inputs);
  return model::Done{};
}

}  // namespace

void add_background(CLI::App& root, model::Result<model::Done>& result) {
  auto options = std::make_shared<Options>();
  auto& verb =
      *root.add_subcommand("background", "Count war fires above a background of earlier years");
  verb.footer(
      "Prints a CSV of daily counts; what was read and how well it agrees goes to stderr.\n"
      "Examples:\n"
      "  guarantor-bench background --train 2020.csv.gz 2021.csv.gz --test 2022.csv.gz\n"
      "  guarantor-bench background --train 20*.csv.gz --test new.csv --exclude boxes.csv \\\n"
      "      --from 2022-02-24 --to 2022-08-31 --published strikes_by_day_2022.csv");
  verb.add_option(
          "--train", options->train,
          "FIRMS CSV of earlier years, plain or gzipped; from the first judged day on unused")
      ->required();
  verb.add_option("--test", options->test, "FIRMS CSV to judge, plain or gzipped")->required();
  verb.add_option("--exclude", options->exclude,
                  "Boxes with another cause: lng1,lng2,lat1,lat2,start_date,end_date");
  verb.add_option("--drop-decimals", options->drop_decimals,
                  "Pass over judged rows in which the longer coordinate has so many decimals")
      ->check(CLI::Range(0, 20));
  verb.add_option("--from", options->from, "First day judged (default: all of the file)")
      ->check(check_date);
  verb.add_option("--to", options->to,
                  "Last day printed; later fires still tell what was sustained")
      ->check(check_date);
  verb.add_option("--context", options->context,
                  "Folder with weather, oblasts and land use under their published names");
  verb.add_option("--weather", options->weather, "Weather and cloud by oblast and day");
  verb.add_option("--oblasts", options->oblasts, "The oblast of each cell; weather needs it");
  verb.add_option("--land-use", options->land_use, "Shares of land use by cell");
  verb.add_option("--years", options->years,
                  "Years observed in training (default: those with a fire)");
  verb.add_flag("--calibration", options->calibration,
                "Judge each earlier year by the others and print what came true, on stderr");
  verb.add_option("--published", options->published,
                  "CSV with date and war_fires_per_day to compare with");
  verb.callback([options, &result] { result = run(*options); });
}

}  // namespace guarantor::bench
