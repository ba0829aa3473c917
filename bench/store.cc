#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/machine.h"
#include "bench/store_measurement.h"
#include "bench/verbs.h"

namespace guarantor::bench {

void add_store(CLI::App& root, model::Result<model::Done>& result) {
  auto question = std::make_shared<StoreQuestion>();
  auto& verb =
      *root.add_subcommand("store", "Keep records: in batches, one by one, in a large log");
  verb.footer(
      "Each batch is acknowledged: in the database, synced, under a signed head.\n"
      "Examples:\n"
      "  guarantor-bench store -o build/bench/store\n"
      "  guarantor-bench store --large 10000000 -o build/bench/store\n");
  verb.add_option("-o,--output", question->folder, "Folder for the stores; it is emptied before")
      ->required();
  verb.add_option("--records", question->intake, "Records kept in batches (default: 500000)");
  verb.add_option("--batch", question->batch, "Records a batch (default: 1000)")
      ->check(CLI::PositiveNumber);
  verb.add_option("--singles", question->singles, "Records kept one by one (default: 2000)")
      ->check(CLI::PositiveNumber);
  verb.add_option("--large", question->large,
                  "Also fill a log with this many entries, and compare with one of 10,000");
  verb.callback([question, &result] {
    nlohmann::ordered_json answer{{"machine", describe_machine()}};
    result = measure_store(*question, answer);
    answer["peak_mib"] = peak_mib();
    fmt::print("{}\n", answer.dump(2));
  });
}

}  // namespace guarantor::bench
