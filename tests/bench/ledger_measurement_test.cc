#include "bench/ledger_measurement.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

namespace guarantor::bench {
namespace {

TEST(LedgerMeasurement, TellsWhatItMeasures) {
  auto const folder =
      std::filesystem::temp_directory_path() / ("ledger_measurement_" + std::to_string(::getpid()));
  nlohmann::ordered_json told;
  auto const done =
      measure_ledger({.small = 100, .entries = 1'000, .round = 10, .proofs = 20}, folder, told);
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(done) << done.error().message;
  for (auto const* const name :
       {"append_ns_small", "append_ns_large", "publishing_seconds", "inclusion_proof_in_memory_ns",
        "inclusion_proof_ns", "consistency_proof_worst_ns", "verifying_seconds"}) {
    EXPECT_GT(told.at(name).get<double>(), 0) << name;
  }
}

}  // namespace
}  // namespace guarantor::bench
