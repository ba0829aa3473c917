#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bench/background_calibration.h"
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
  for (auto const& [why, rows] : read.rejects) {
    fmt::print(stderr, "{}: {} rows passed over: {}\n", what, rows, why);
  }
  return std::move(read.fires);
}

/// Years stated, or those in which a training file has a fire.
std::vector<int> observed_years(Options const& options,
                                std::vector<watch::ThermalFire> const& fires) {
  std::set<int> years{options.years.begin(), options.years.end()};
  if (years.empty()) {
    for (watch::ThermalFire const& fire : fires) {
      years.insert(watch::year_of(fire.day));
    }
  }
  return {years.begin(), years.end()};
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

model::Result<model::Done> run(Options const& options) {
  auto const train = read_all(options.train, 0, "train");
  if (!train.ok()) {
    return train.error();
  }
  auto test = read_all(options.test, options.drop_decimals, "test");
  if (!test.ok()) {
    return test.error();
  }
  std::vector<watch::ThermalExclusion> exclusions;
  if (!options.exclude.empty()) {
    auto read = read_exclusions(options.exclude);
    if (!read.ok()) {
      return read.error();
    }
    exclusions = std::move(read).value();
  }
  std::map<model::Date, double> published;
  if (!options.published.empty()) {
    auto read = read_published_days(options.published);
    if (!read.ok()) {
      return read.error();
    }
    published = std::move(read).value();
  }
  watch::BackgroundRequest request;
  request.fires = train.value();
  request.observed_years = observed_years(options, train.value());
  auto const context = context_of(options);
  if (!context.ok()) {
    return context.error();
  }
  request.covariates = context.value().covariates;
  request.covariate = context.value().covariate;
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
  std::vector<watch::ThermalFire> fires = std::move(test).value();
  auto const from = model::parse_date(options.from);
  std::erase_if(fires, [&](watch::ThermalFire const& fire) { return from && fire.day < *from; });
  auto const judged = watch::assess(background.value(), fires, exclusions);
  if (judged.days.empty()) {
    fmt::print(stderr, "no fire is left to judge\n");
  }
  model::Date const first =
      from.value_or(judged.days.empty() ? model::Date{} : judged.days.front().day);
  model::Date const last =
      model::parse_date(options.to).value_or(judged.days.empty() ? first : judged.days.back().day);
  auto const days = within(background.value(), judged.days, first, last);
  print_days(days);
  if (!published.empty()) {
    print_agreement(days, published, options.calibration);
  }
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
  verb.add_option("--train", options->train, "FIRMS CSV of earlier years, plain or gzipped")
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
