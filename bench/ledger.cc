#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <system_error>

#include "bench/child_process.h"
#include "bench/ledger_measurement.h"
#include "bench/machine.h"
#include "bench/verbs.h"

namespace guarantor::bench {
namespace {

namespace fs = std::filesystem;
using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

struct Options {
  LedgerMeasure measure;
  std::string output{"build/bench/ledger"};
  bool without_peer{false};
};

/// The same in Go's tlog, by a process of its own, in the same run.
nlohmann::ordered_json measure_peer(LedgerMeasure const& measure, fs::path const& folder) {
  fs::path const source{GUARANTOR_SOURCE_DIR};
  fs::path const program = folder / "ledger_peer";
  auto const built = run({.words = {(source / "tests/ledger/peer/build").string(),
                                    (source / "bench/ledger_peer.go").string(), program.string()},
                          .out = folder / "peer_build.txt",
                          .err = folder / "peer_build.txt"});
  if (!built || built.value().exit_code != 0) {
    return {{"did_not_run", "Go or golang.org/x/mod is missing"}};
  }
  auto const ran = run(
      {.words = {program.string(), std::to_string(measure.small), std::to_string(measure.entries),
                 std::to_string(measure.round), std::to_string(measure.proofs)},
       .out = folder / "peer.json",
       .err = folder / "peer.txt"});
  std::ifstream in{folder / "peer.json"};
  auto told = nlohmann::ordered_json::parse(in, nullptr, false);
  bool const well = ran && ran.value().exit_code == 0 && !told.is_discarded();
  return well ? told : nlohmann::ordered_json{{"did_not_run", "it ended with an error"}};
}

Result<Done> measure_all(Options const& options) {
  std::error_code error;
  fs::path const folder = fs::absolute(options.output);
  fs::path const log = folder / "log";
  fs::remove_all(log, error);
  fs::create_directories(log, error);
  if (error) {
    return Error{ErrorKind::kUnwritable, log.string() + ": " + error.message(), ""};
  }
  nlohmann::ordered_json line{{"machine", describe_machine()},
                              {"small", options.measure.small},
                              {"entries", options.measure.entries}};
  auto const done = measure_ledger(options.measure, log, line);
  if (!done) {
    return done;
  }
  line["peak_mib"] = peak_mib();
  if (!options.without_peer) {
    line["go_tlog"] = measure_peer(options.measure, folder);
  }
  fmt::print("{}\n", line.dump());
  return Done{};
}

}  // namespace

void add_ledger(CLI::App& root, model::Result<model::Done>& result) {
  constexpr std::uint64_t kFewest = 200'000;
  constexpr std::uint64_t kMost = 100'000'000;
  auto options = std::make_shared<Options>();
  auto& verb = *root.add_subcommand("ledger", "Append to, publish, prove from and verify a log");
  verb.footer(
      "Prints a line of JSON, with Go's tlog on the same work where Go is there.\n"
      "Examples:\n"
      "  guarantor-bench ledger --entries 10000000 -o build/bench/ledger\n");
  verb.add_option("--entries", options->measure.entries, "Entries of the large log (10 million)")
      ->check(CLI::Range(kFewest, kMost));
  verb.add_option("--proofs", options->measure.proofs, "Proofs of each kind (1000)")
      ->check(CLI::Range(std::uint64_t{1}, kMost));
  verb.add_option("-o,--output", options->output, "Folder for the log and the peer");
  verb.add_flag("--no-peer", options->without_peer, "Leave Go's tlog out");
  verb.callback([options, &result] { result = measure_all(*options); });
}

}  // namespace guarantor::bench
