#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "bench/machine.h"
#include "bench/verbs.h"
#include "bench/watch_measurement.h"

namespace guarantor::bench {

void add_watch(CLI::App& root, model::Result<model::Done>& result) {
  auto question = std::make_shared<WatchQuestion>();
  auto& verb = *root.add_subcommand(
      "watch", "Feed a watch desk at a rate: how long until an incident, how much memory");
  verb.footer(
      "Examples:\n"
      "  guarantor-bench watch -o build/bench/watch\n"
      "  guarantor-bench watch --rate 20000 --seconds 60 -o build/bench/watch\n");
  verb.add_option("-o,--output", question->folder, "Folder for the store; it is emptied before")
      ->required();
  verb.add_option("--rate", question->rate, "Observations a second (default: 10000)")
      ->check(CLI::PositiveNumber);
  verb.add_option("--seconds", question->seconds, "How long (default: 600)")
      ->check(CLI::PositiveNumber);
  verb.add_option("--step", question->step, "Seconds of observations taken at once (default: 0.1)")
      ->check(CLI::PositiveNumber);
  verb.callback([question, &result] {
    nlohmann::ordered_json answer{{"machine", describe_machine()}};
    result = measure_watch(*question, answer);
    answer["peak_mib"] = peak_mib();
    fmt::print("{}\n", answer.dump(2));
  });
}

}  // namespace guarantor::bench
