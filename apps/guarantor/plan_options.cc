#include "guarantor/plan_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <thread>

#include "guarantor/interruption.h"
#include "guarantor/model/run_control.h"
#include "guarantor/model/site_lines.h"
#include "guarantor/model/spelling.h"
#include "guarantor/progress_line.h"
#include "guarantor/scenario_input.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::app {
namespace {

constexpr int kMostThreads = 1024;
constexpr int kMostWorlds = 1'000'000;

/// A check of a value's text: empty where it is a finite number that `accepts` likes.
template <class Accepts>
auto number_that(Accepts accepts, std::string const& wanted) {
  return [accepts, wanted](std::string const& text) {
    double value = 0;
    bool const read = CLI::detail::lexical_cast(text, value) && std::isfinite(value);
    return read && accepts(value) ? std::string{} : fmt::format("takes {}, not `{}`", wanted, text);
  };
}

bool is_whole(double value) {
  return value == std::floor(value);
}

/// `condition=true` or `condition=false`.
model::Result<model::Done> read_assumption(std::string const& text, model::WorldRequest& world) {
  auto const equals = text.find('=');
  auto const name = text.substr(0, equals);
  auto const value = equals == std::string::npos ? std::string{} : text.substr(equals + 1);
  if (name.empty() || (value != "true" && value != "false")) {
    return model::Error{
        model::ErrorKind::kBadInput,
        fmt::format("--assume takes condition=true or condition=false, not `{}`", text), ""};
  }
  auto const [place, added] = world.assumed.emplace(model::ConditionId{name}, value == "true");
  if (!added && place->second != (value == "true")) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("--assume gives `{}` both values", name), ""};
  }
  return model::Done{};
}

/// The package that the options ask for; nothing where they ask for none.
model::Result<std::optional<generate::PackageRequest>> read_package(PlanOptions const& options) {
  if (options.package_of.empty()) {
    if (!options.package_lines.empty() || options.package_fill) {
      return model::Error{
          model::ErrorKind::kBadInput,
          fmt::format("{} goes with --request", options.package_fill ? "--fill" : "--lines"),
          "name the nation to ask: --request NATION"};
    }
    return std::optional<generate::PackageRequest>{};
  }
  if (options.package_lines.empty()) {
    return model::Error{model::ErrorKind::kBadInput, "--request needs lines to lift",
                        "name them: --lines a,b,c"};
  }
  generate::PackageRequest package;
  package.nation = model::NationId{options.package_of};
  for (auto const& line : options.package_lines) {
    package.lines.emplace_back(line);
  }
  package.fill = options.package_fill.value_or(package.fill);
  return std::optional{std::move(package)};
}

model::Result<model::WorldKind> read_world(PlanOptions const& options) {
  if (options.world.empty()) {
    return options.assume.empty() ? model::WorldKind::kNominal : model::WorldKind::kGiven;
  }
  auto const kind = model::parse<model::WorldKind>(options.world);
  if (!kind) {
    auto const near = model::closest(options.world, model::kWords<model::WorldKind>);
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("unknown world `{}`", options.world),
                        near ? fmt::format("did you mean `{}`?", *near)
                             : "it is nominal, assured, given or expected"};
  }
  if (!options.assume.empty() && *kind != model::WorldKind::kGiven &&
      *kind != model::WorldKind::kExpected) {
    return model::Error{
        model::ErrorKind::kBadInput,
        fmt::format("--assume changes the given or the expected world, not the {} one",
                    options.world),
        "leave out --world, or write --world given"};
  }
  return *kind;
}

chain::Request to_chain(generate::Request const& request, PlanOptions const& options) {
  chain::Request all{.force = request, .with_sites = options.with_sites};
  all.sites.threads = request.threads;
  return all;
}

/// The scenario that is planned: with the lines of the sites that would be chosen.
model::Result<model::Scenario> with_chosen_lines(model::Scenario const& scenario,
                                                 generate::Request const& request,
                                                 PlanOptions const& options) {
  if (!options.with_sites) {
    return scenario;
  }
  auto const sites = chain::find_sites(scenario, to_chain(request, options).sites, {});
  if (!sites.ok()) {
    return sites.error();
  }
  return sites.value()
             ? model::with_lines_of(scenario, chain::sites_with_lines(scenario, *sites.value()))
             : scenario;
}

}  // namespace

void add_plan_options(CLI::App& verb, PlanOptions& options) {
  verb.add_option(
          "--gap", options.gap,
          "Stop once the plan is proven this close to the best, as a share: 0.01 is one per "
          "cent (default: 0, the best itself)")
      ->type_name("SHARE")
      ->check(number_that([](double v) { return v >= 0; }, "a number from 0"));
  verb.add_option("--time-limit", options.time_limit,
                  "Stop after this many seconds, reading included, with the best plan so far")
      ->type_name("SECONDS")
      ->check(number_that([](double v) { return v > 0; }, "a number above 0"));
  verb.add_option("--threads", options.threads,
                  "Threads to work with (default: one a core); the plan is the same on any number")
      ->type_name("N")
      ->check(number_that([](double v) { return is_whole(v) && v >= 1 && v <= kMostThreads; },
                          fmt::format("a whole number from 1 to {}", kMostThreads)));
  verb.add_option("--seed", options.seed, "Seed of the random streams (default: 1)")
      ->type_name("N")
      ->check(number_that([](double v) { return is_whole(v) && v >= 0; }, "a whole number from 0"));
  verb.add_option("--world", options.world,
                  "What comes true: everything, nothing that is still open, what --assume says, or "
                  "whatever the conditions' probabilities have it (default: nominal)")
      ->type_name("nominal|assured|given|expected");
  verb.add_option("--worlds", options.worlds,
                  "Worlds drawn for the expected world; where no more than that can be, all are "
                  "planned instead (default: 200)")
      ->type_name("N")
      ->check(number_that([](double v) { return is_whole(v) && v >= 2 && v <= kMostWorlds; },
                          fmt::format("a whole number from 2 to {}", kMostWorlds)));
  verb.add_option(
          "--assume", options.assume,
          "The nominal world with these conditions changed, e.g. vote-gbr=false,backstop=true; or "
          "the expected one with these settled")
      ->type_name("CONDITION=true|false")
      ->delimiter(',')
      ->allow_extra_args(false);
  verb.add_flag("--include-indicated", options.include_indicated,
                "Count pledges that were only indicated");
  verb.add_flag("--strict-tiers", options.strict_tiers,
                "Fill the tiers one after the other instead of by weight");
  verb.add_option("--request", options.package_of,
                  "Also find the smallest package of this nation that lifts --lines to --fill")
      ->type_name("NATION");
  verb.add_option("--lines", options.package_lines, "The lines --request is to lift, e.g. a,b,c")
      ->type_name("LINE")
      ->delimiter(',')
      ->allow_extra_args(false);
  verb.add_option("--fill", options.package_fill,
                  "The mean share of their months to lift them to (default: 1)")
      ->type_name("SHARE")
      ->check(
          number_that([](double v) { return v > 0 && v <= 1; }, "a number above 0 and at most 1"));
  verb.add_option(
          "--warm-start", options.warm_start,
          "Begin with what an earlier run left in FILE, if it is there, and leave there what "
          "this one finds: after a small change most of the work is already done")
      ->type_name("FILE");
  verb.add_flag("--no-explain", options.no_explain,
                "Only the plan: no unlocks, asks or other worlds, which take further solves");
  auto* const file = verb.add_option("--export-mps", options.export_mps,
                                     "Also write the exact model as free MPS, for any solver")
                         ->type_name("FILE");
  verb.add_flag("--export-only", options.export_only, "Write that model and do not solve it")
      ->needs(file);
}

model::Result<generate::Request> to_request(PlanOptions const& options) {
  auto const kind = read_world(options);
  if (!kind.ok()) {
    return kind.error();
  }
  generate::Request request;
  request.world.kind = kind.value();
  request.world.include_indicated = options.include_indicated;
  for (auto const& assumption : options.assume) {
    if (auto const read = read_assumption(assumption, request.world); !read.ok()) {
      return read.error();
    }
  }
  if (options.worlds && kind.value() != model::WorldKind::kExpected) {
    return model::Error{model::ErrorKind::kBadInput, "--worlds goes with --world expected",
                        "add --world expected, or leave out --worlds"};
  }
  request.worlds = options.worlds.value_or(request.worlds);
  request.gap = options.gap;
  request.strict_tiers = options.strict_tiers;
  request.explain = !options.no_explain;
  auto package = read_package(options);
  if (!package.ok()) {
    return package.error();
  }
  request.package = std::move(package).value();
  request.seed = options.seed;
  auto const cores = static_cast<int>(std::thread::hardware_concurrency());
  request.threads = options.threads > 0 ? options.threads : std::max(1, cores);
  return request;
}

model::Result<model::Done> export_model(model::Scenario const& scenario,
                                        generate::Request const& request,
                                        PlanOptions const& options) {
  if (options.export_mps.empty()) {
    return model::Done{};
  }
  auto const planned = with_chosen_lines(scenario, request, options);
  if (!planned.ok()) {
    return planned.error();
  }
  auto const text = generate::export_mps(planned.value(), request);
  if (!text.ok()) {
    return text.error();
  }
  return tables::write_file(options.export_mps, text.value());
}

model::Result<chain::Answer> make_plan(model::Scenario const& scenario,
                                       generate::Request const& request, PlanOptions const& options,
                                       Session const& session) {
  Interruption const interruption;
  return make_plan(scenario, request, options, session, interruption.token());
}

model::Result<chain::Answer> make_plan(model::Scenario const& scenario,
                                       generate::Request const& request, PlanOptions const& options,
                                       Session const& session, std::stop_token const& cancel) {
  ProgressLine line{session};
  model::RunControl control;
  control.cancel = cancel;
  if (options.time_limit) {
    control.time_limit = model::Seconds{*options.time_limit};
  }
  control.elapsed = [&session] { return session.elapsed(); };
  control.progress = [&line](model::Progress const& step) { line.show(step); };

  auto cache = read_warm_start(options.warm_start);
  if (!cache.ok()) {
    return cache.error();
  }
  auto answer = chain::run(scenario, to_chain(request, options), cache.value(), control);
  if (!answer.ok()) {
    return answer;
  }
  if (!options.warm_start.empty()) {
    auto const written =
        tables::write_file(options.warm_start, cache.value().to_bytes(GUARANTOR_VERSION));
    if (!written.ok()) {
      return written.error();
    }
  }
  auto const hash = tables::content_hash(scenario);
  answer.value().plan.program_version = GUARANTOR_VERSION;
  answer.value().plan.scenario_hash = hash;
  answer.value().plan.seconds = session.elapsed();
  if (answer.value().sites) {
    answer.value().sites->program_version = GUARANTOR_VERSION;
    answer.value().sites->scenario_hash = hash;
  }
  return answer;
}

model::Result<model::Done> ending(model::ForcePlan const& plan) {
  if (plan.stopped_by_limit) {
    return model::Error{model::ErrorKind::kLimit,
                        "stopped before the proof was complete; this is the best plan so far", ""};
  }
  return model::Done{};
}

}  // namespace guarantor::app
