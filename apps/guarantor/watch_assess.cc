#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <string>

#include "guarantor/monitor/watch_desk.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/watch_input.h"

namespace guarantor::app {
namespace {

struct Options {
  WatchWords words;
  std::string days;
};

/// Every day that an observation can be of.
constexpr model::Interval<model::Date> kAllDays{
    std::chrono::sys_days{std::chrono::year{1990} / 1 / 1},
    std::chrono::sys_days{std::chrono::year{2100} / 1 / 1}};

model::Result<model::Done> run(Options const& options) {
  auto const days = options.days.empty() ? model::Result<model::Interval<model::Date>>{kAllDays}
                                         : parse_days(options.days);
  auto const scenario = days.ok() ? watch_scenario(options.words) : days.error();
  if (!scenario.ok()) {
    return scenario.error();
  }
  auto const store = open_to_write(options.words.store);
  if (!store.ok()) {
    return store.error();
  }
  auto const hold = hold_watch(*store.value());
  auto const desk =
      hold.ok() ? monitor::WatchDesk::open(*store.value(), scenario.value()) : hold.error();
  if (!desk.ok()) {
    return desk.error();
  }
  desk.value()->assess_again({model::Instant{days.value().from},
                              model::Instant{days.value().to} - std::chrono::microseconds{1}});
  auto const changed = desk.value()->reassess(author(options.words.store));
  if (!changed.ok()) {
    return changed.error();
  }
  return say_kept(*store.value(),
                  fmt::format("{} incidents say something else now\n", changed.value().size()));
}

}  // namespace

void add_watch_assess(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "watch assess",
       .does = "Test incidents anew, e.g. after clauses or positions have changed",
       .examples = "  guarantor watch assess --store coalition.db --days 2026-06-01/2026-06-08"},
      [options](Session const&) { return run(*options); });
  add_watch_writing(verb, options->words);
  add_watch_scenario(verb, options->words);
  verb.add_option("--days", options->days,
                  "A day, or the first and the day after the last (default: all)")
      ->type_name("DAY|DAY/DAY");
}

}  // namespace guarantor::app
