#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "bench/verbs.h"

int main(int count, char** words) {
  using guarantor::model::Done;
  using guarantor::model::Result;
  CLI::App root{"Measures Guarantor beside other solvers, on cases of its own making.",
                "guarantor-bench"};
  root.footer(
      "Examples:\n"
      "  guarantor-bench case --preset small --seed 1 --rows all -o small-1\n"
      "  guarantor-bench generate --preset small --seeds 1-5 --times 2,5,30 -o "
      "build/bench/small\n"
      "  guarantor-bench siting --format pmed pmed1.txt\n");
  root.require_subcommand(1);
  Result<Done> result = Done{};
  try {
    guarantor::bench::add_background(root, result);
    guarantor::bench::add_case(root, result);
    guarantor::bench::add_cluster(root, result);
    guarantor::bench::add_cluster_peers(root, result);
    guarantor::bench::add_generate(root, result);
    guarantor::bench::add_ledger(root, result);
    guarantor::bench::add_match(root, result);
    guarantor::bench::add_match_published(root, result);
    guarantor::bench::add_reach(root, result);
    guarantor::bench::add_serve(root, result);
    guarantor::bench::add_siting(root, result);
    guarantor::bench::add_siting_sets(root, result);
    guarantor::bench::add_store(root, result);
    guarantor::bench::add_watch(root, result);
    root.parse(count, words);
  } catch (CLI::CallForHelp const& call) {
    return root.exit(call);
  } catch (CLI::ParseError const& error) {
    root.exit(error);
    return guarantor::model::exit_code(guarantor::model::ErrorKind::kBadInput);
  } catch (std::exception const& error) {
    fmt::print(stderr, "guarantor-bench: defect: {}\n", error.what());
    return guarantor::model::exit_code(guarantor::model::ErrorKind::kDefect);
  }
  if (result.ok()) {
    return 0;
  }
  auto const& error = result.error();
  fmt::print(stderr, "guarantor-bench: {}: {}\n", text(error.kind), error.message);
  if (!error.hint.empty()) {
    fmt::print(stderr, "{}\n", error.hint);
  }
  return exit_code(error.kind);
}
