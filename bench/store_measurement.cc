#include "bench/store_measurement.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "bench/stopwatch.h"
#include "guarantor/ledger/proof.h"
#include "guarantor/store/sqlite_store.h"

namespace guarantor::bench {
namespace {

using model::Done;
using model::Result;
using Json = nlohmann::ordered_json;

constexpr std::uint64_t kSmallLog = 10'000;
constexpr double kPublishEvery = 1.0;  // seconds

store::Author sensor() {
  return {"sensor:42", *model::parse_instant("2026-11-29T10:00:00Z")};
}

/// About 240 bytes of JSON, as a detection of a satellite or an entry of a patrol's log is.
std::vector<store::Draft> observations(std::uint64_t first, std::size_t count) {
  std::vector<store::Draft> drafts;
  drafts.reserve(count);
  for (std::uint64_t i = first; i < first + count; ++i) {
    drafts.push_back(
        {.kind = store::RecordKind::kObservation,
         .key = fmt::format("firms/{:010}", i),
         .body = fmt::format(
             R"({{"accuracy_m":375,"brightness":{}.{},"confidence":"nominal","latitude":{}.{:05},)"
             R"("longitude":{}.{:05},"observed":"2026-11-28T{:02}:{:02}:00Z","sensor":"VIIRS",)"
             R"("source":"synthetic","sector":"s-{:02}","type":"thermal"}})",
             300 + i % 90, i % 10, 44 + i % 8, i * 7919 % 100000, 30 + i % 10, i * 104729 % 100000,
             i % 24, i % 60, i % 40)});
  }
  return drafts;
}

Result<std::unique_ptr<store::SqliteStore>> begin(std::filesystem::path const& file) {
  ledger::Seed seed{};
  seed.fill(7);
  auto const key = ledger::SigningKey::make("bench.example/log", seed);
  if (!key.ok()) {
    return key.error();
  }
  auto const made = store::SqliteStore::create(file, key.value(), sensor());
  return made.ok() ? store::SqliteStore::open(file, key.value())
                   : Result<std::unique_ptr<store::SqliteStore>>{made.error()};
}

/// Keeps observations in batches until the log has `size` entries.
Result<Done> grow(store::SqliteStore& store, std::uint64_t size, std::size_t batch,
                  bool publishing) {
  auto now = store.size();
  Stopwatch since;
  double unpublished = 0;
  while (now.ok() && now.value() < size) {
    auto const count = std::min<std::uint64_t>(batch, size - now.value());
    auto const kept = store.append(observations(now.value(), count), sensor());
    if (!kept.ok()) {
      return kept.error();
    }
    now = kept.value().end;
    unpublished += publishing ? since.lap().seconds : 0;
    if (publishing && (unpublished > kPublishEvery || now.value() == size)) {
      if (auto const published = store.publish({}); !published.ok()) {
        return published;
      }
      unpublished = 0;
    }
  }
  return now.ok() ? Result<Done>{Done{}} : now.error();
}

Json percentiles(std::vector<double> milliseconds) {
  std::ranges::sort(milliseconds);
  auto const at = [&](double share) {
    return milliseconds[static_cast<std::size_t>(share *
                                                 static_cast<double>(milliseconds.size() - 1))];
  };
  return {{"p50_ms", at(0.5)}, {"p99_ms", at(0.99)}, {"most_ms", at(1)}};
}

Result<Done> measure_singles(store::SqliteStore& store, std::size_t count, Json& answer) {
  std::vector<double> milliseconds;
  auto const first = store.size();
  if (!first.ok()) {
    return first.error();
  }
  for (std::size_t i = 0; i < count; ++i) {
    auto const draft = observations(first.value() + i, 1);
    Stopwatch watch;
    if (auto const kept = store.append(draft, sensor()); !kept.ok()) {
      return kept.error();
    }
    milliseconds.push_back(watch.lap().seconds * 1000);
  }
  answer = percentiles(std::move(milliseconds));
  return Done{};
}

Result<Done> measure_intake(StoreQuestion const& question, Json& answer) {
  for (bool const publishing : {false, true}) {
    auto const store = begin(question.folder / (publishing ? "published.db" : "intake.db"));
    if (!store.ok()) {
      return store.error();
    }
    Stopwatch watch;
    if (auto const grown = grow(*store.value(), question.intake + 1, question.batch, publishing);
        !grown.ok()) {
      return grown;
    }
    answer[publishing ? "records_a_second_published" : "records_a_second"] =
        static_cast<double>(question.intake) / watch.lap().seconds;
    if (!publishing) {
      if (auto const done = measure_singles(*store.value(), question.singles, answer["single"]);
          !done.ok()) {
        return done;
      }
    }
  }
  return Done{};
}

/// What 100 batches of 100 cost, in microseconds a record: the middle of the batches.
Result<double> append_cost(store::SqliteStore& store) {
  constexpr std::size_t kBatches = 100;
  constexpr std::size_t kBatch = 100;
  std::vector<double> costs;
  for (std::size_t i = 0; i < kBatches; ++i) {
    auto const now = store.size();
    if (!now.ok()) {
      return now.error();
    }
    auto const drafts = observations(now.value(), kBatch);
    Stopwatch watch;
    if (auto const kept = store.append(drafts, sensor()); !kept.ok()) {
      return kept.error();
    }
    costs.push_back(watch.lap().seconds * 1e6 / kBatch);
  }
  std::ranges::nth_element(costs, costs.begin() + kBatches / 2);
  return costs[kBatches / 2];
}

Result<Done> measure_proofs(store::SqliteStore& store, std::size_t count, Json& answer) {
  auto const head = store.head_state();
  if (!head.ok()) {
    return head.error();
  }
  ledger::TreeHead const tree = head.value().acknowledged;
  std::mt19937_64 random{1};
  std::vector<double> milliseconds;
  for (std::size_t i = 0; i < count; ++i) {
    auto const position = random() % tree.size;
    Stopwatch watch;
    auto const proof = ledger::inclusion_proof(store.hashes(), position, tree.size);
    milliseconds.push_back(watch.lap().seconds * 1000);
    if (!proof.ok()) {
      return proof.error();
    }
    auto const entry = store.commitment(position);
    if (!entry.ok()) {
      return entry.error();
    }
    auto const convinced =
        ledger::verify_inclusion(position, ledger::leaf_hash(entry.value()), tree, proof.value());
    if (!convinced.ok()) {
      return convinced;
    }
  }
  answer = percentiles(std::move(milliseconds));
  return Done{};
}

/// Appending by turns to a log of 10,000 entries and to a large one, so that the machine's moods
/// fall on both.
Result<Done> measure_large(StoreQuestion const& question, Json& answer) {
  auto const small = begin(question.folder / "small.db");
  auto const large = begin(question.folder / "large.db");
  if (!small.ok() || !large.ok()) {
    return small.ok() ? large.error() : small.error();
  }
  Stopwatch watch;
  auto const grown = grow(*small.value(), kSmallLog, question.batch, false);
  auto const huge = grow(*large.value(), question.large, question.batch, false);
  if (!grown.ok() || !huge.ok()) {
    return grown.ok() ? huge : grown;
  }
  answer["entries"] = question.large;
  answer["filling_seconds"] = watch.lap().seconds;
  std::vector<double> ratios;
  for (int round = 0; round < 5; ++round) {
    auto const little = append_cost(*small.value());
    auto const much = append_cost(*large.value());
    if (!little.ok() || !much.ok()) {
      return little.ok() ? much.error() : little.error();
    }
    answer["rounds"].push_back({{"small_us", little.value()}, {"large_us", much.value()}});
    ratios.push_back(much.value() / little.value());
  }
  std::ranges::sort(ratios);
  answer["cost_ratio"] = ratios[ratios.size() / 2];
  return measure_proofs(*large.value(), question.proofs, answer["proof"]);
}

}  // namespace

Result<Done> measure_store(StoreQuestion const& question, Json& answer) {
  std::error_code failure;
  std::filesystem::remove_all(question.folder, failure);
  std::filesystem::create_directories(question.folder, failure);
  if (failure) {
    return model::Error{model::ErrorKind::kUnwritable,
                        fmt::format("{}: {}", question.folder.string(), failure.message()), ""};
  }
  if (auto const taken = measure_intake(question, answer["intake"]); !taken.ok()) {
    return taken;
  }
  return question.large > 0 ? measure_large(question, answer["large"]) : Result<Done>{Done{}};
}

}  // namespace guarantor::bench
