#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/machine.h"
#include "bench/serve_measurement.h"
#include "bench/verbs.h"

namespace guarantor::bench {

void add_serve(CLI::App& root, model::Result<model::Done>& result) {
  auto question = std::make_shared<ServeQuestion>();
  question->program = (own_folder() / "guarantor").string();
  question->scenario = std::filesystem::path{GUARANTOR_SOURCE_DIR} / "scenarios" / "exercise";
  auto& verb =
      *root.add_subcommand("serve", "Serve many at once: reads, changes, streams of events");
  verb.footer(
      "Reads count from when they were due. Streams are cut off every 15 s or so, and come back.\n"
      "Examples:\n"
      "  guarantor-bench serve -o build/bench/serve\n"
      "  guarantor-bench serve --listeners 2000 --rate 50 -o build/bench/serve\n");
  verb.add_option("-o,--output", question->folder, "Folder for the store; it is emptied before")
      ->required();
  verb.add_option("--scenario", question->scenario, "Scenario's folder (default: the exercise)");
  verb.add_option("--guarantor", question->program, "The program (default: the one beside this)");
  verb.add_option("--listeners", question->listeners, "Streams of events (default: 500)")
      ->check(CLI::PositiveNumber);
  verb.add_option("--rate", question->rate, "Requests a second (default: 200)")
      ->check(CLI::PositiveNumber);
  verb.add_option("--seconds", question->seconds, "For how long (default: 60)")
      ->check(CLI::PositiveNumber);
  verb.callback([question, &result] {
    nlohmann::ordered_json answer{{"machine", describe_machine()}};
    result = measure_serve(*question, answer);
    fmt::print("{}\n", answer.dump(2));
  });
}

}  // namespace guarantor::bench
