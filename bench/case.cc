#include <fmt/format.h>

#include <memory>
#include <string>

#include "bench/case_maker.h"
#include "bench/verbs.h"
#include "guarantor/model/validate.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::bench {
namespace {

struct Options {
  std::string preset{"small"};
  std::uint64_t seed{1};
  std::string rows{"plain"};
  std::string folder;
};

model::Result<model::Done> write_case(Options const& options) {
  auto const size = preset_size(options.preset);
  if (!size) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("unknown preset `{}`", options.preset), ""};
  }
  auto const scenario =
      make_case({.name = fmt::format("{}-{}-{}", options.preset, options.rows, options.seed),
                 .size = *size,
                 .rows = options.rows == "all" ? Rows::kAll : Rows::kPlain,
                 .seed = options.seed});
  for (auto const& problem : model::validate(scenario)) {
    if (problem.severity == model::Severity::kError) {
      return model::Error{model::ErrorKind::kDefect, problem.message, problem.hint};
    }
  }
  return tables::save_folder(scenario, options.folder);
}

}  // namespace

void add_case(CLI::App& root, model::Result<model::Done>& result) {
  auto options = std::make_shared<Options>();
  auto& verb = *root.add_subcommand("case", "Write a synthetic scenario of a chosen size");
  verb.add_option("--preset", options->preset, "Its size (default: small)")
      ->check(CLI::IsMember({"tiny", "small", "mid", "big"}));
  verb.add_option("--seed", options->seed, "The same seed gives the same bytes (default: 1)");
  verb.add_option("--rows", options->rows,
                  "Rows that every conference has, or every optional family (default: plain)")
      ->check(CLI::IsMember({"plain", "all"}));
  verb.add_option("-o,--output", options->folder, "The folder to write")->required();
  verb.callback([options, &result] { result = write_case(*options); });
}

}  // namespace guarantor::bench
