#include "bench/ledger_measurement.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/stopwatch.h"
#include "guarantor/ledger/checkpoint.h"
#include "guarantor/ledger/log_verification.h"
#include "guarantor/ledger/proof.h"
#include "guarantor/ledger/tile_folder.h"
#include "guarantor/model/random_stream.h"

namespace guarantor::bench {
namespace {

using ledger::Digest;
using ledger::Proof;
using ledger::TreeHead;
using model::Done;
using model::Result;

constexpr double kNanoseconds = 1e9;
constexpr int kRounds = 11;

Digest entry_of(std::uint64_t number) {
  Digest entry;
  for (std::size_t i = 0; i < sizeof number; ++i) {
    entry.bytes.at(i) = static_cast<std::uint8_t>(number >> (8 * i));
  }
  return entry;
}

/// A log of numbered entries in memory.
class NumberedLog final : public ledger::HashSource {
 public:
  explicit NumberedLog(std::uint64_t most) { levels_[0].reserve(most); }

  void grow(std::uint64_t size) {
    while (tree_.size() < size) {
      levels_[0].push_back(leaf_hash(entry_of(tree_.size())));
      tree_.append(levels_[0].back(), [this](int level, std::uint64_t, Digest const& root) {
        levels_.at(static_cast<std::size_t>(level)).push_back(root);
      });
    }
  }

  /// Nanoseconds an append from this size on: the median of the rounds.
  double time_appends(std::uint64_t round) {
    std::vector<double> rounds;
    for (int i = 0; i < kRounds; ++i) {
      Stopwatch watch;
      grow(tree_.size() + round);
      rounds.push_back(watch.lap().seconds * kNanoseconds / static_cast<double>(round));
    }
    std::ranges::sort(rounds);
    return rounds[kRounds / 2];
  }

  [[nodiscard]] Result<std::vector<Digest>> tile(int level, std::uint64_t index,
                                                 int width) const override {
    auto const& all = levels_.at(static_cast<std::size_t>(level));
    auto const begin = all.begin() + static_cast<std::ptrdiff_t>(index * 256);
    return std::vector<Digest>(begin, begin + width);
  }
  [[nodiscard]] TreeHead head() const { return tree_.head(); }

 private:
  std::array<std::vector<Digest>, 8> levels_;
  ledger::Frontier tree_;
};

Result<std::vector<Digest>> numbered_entries(std::uint64_t from, std::uint64_t to) {
  std::vector<Digest> entries;
  for (std::uint64_t i = from; i < to; ++i) {
    entries.push_back(entry_of(i));
  }
  return entries;
}

void tell_times(nlohmann::ordered_json& told, std::string const& what,
                std::vector<double> const& seconds) {
  double sum = 0;
  for (double const each : seconds) {
    sum += each;
  }
  told[what + "_ns"] = sum / static_cast<double>(seconds.size()) * kNanoseconds;
  told[what + "_worst_ns"] = *std::ranges::max_element(seconds) * kNanoseconds;
}

/// Proofs of drawn entries and sizes from the folder's files, each verified.
Result<Done> time_proofs(std::uint64_t count, TreeHead const& head, NumberedLog const& log,
                         ledger::TileFolder const& folder, nlohmann::ordered_json& told) {
  model::RandomStream stream{1, "ledger proofs"};
  std::vector<double> in_memory;
  std::vector<double> inclusion;
  std::vector<double> consistency;
  for (std::uint64_t i = 0; i < count; ++i) {
    std::uint64_t const index = stream.bits() % head.size;
    Stopwatch watch;
    auto const expected = ledger::inclusion_proof(log, index, head.size);
    in_memory.push_back(watch.lap().seconds);
    auto const proof = ledger::inclusion_proof(folder, index, head.size);
    inclusion.push_back(watch.lap().seconds);
    auto const growth = ledger::consistency_proof(folder, index + 1, head.size);
    consistency.push_back(watch.lap().seconds);
    auto const old_root = ledger::tree_root(log, index + 1);
    for (auto const* made : {&expected, &proof, &growth}) {
      if (!*made) {
        return made->error();
      }
    }
    if (!old_root || expected.value() != proof.value()) {
      return model::Error{model::ErrorKind::kCheckFailed, "memory and folder prove differently",
                          ""};
    }
    auto verified =
        ledger::verify_inclusion(index, leaf_hash(entry_of(index)), head, proof.value());
    if (verified) {
      verified = ledger::verify_consistency({index + 1, old_root.value()}, head, growth.value());
    }
    if (!verified) {
      return verified;
    }
  }
  tell_times(told, "inclusion_proof_in_memory", in_memory);
  tell_times(told, "inclusion_proof", inclusion);
  tell_times(told, "consistency_proof", consistency);
  return Done{};
}

}  // namespace

Result<Done> measure_ledger(LedgerMeasure const& measure, std::filesystem::path const& folder,
                            nlohmann::ordered_json& told) {
  NumberedLog log{measure.entries + kRounds * measure.round};
  log.grow(measure.small);
  told["append_ns_small"] = log.time_appends(measure.round);
  log.grow(measure.entries);
  told["append_ns_large"] = log.time_appends(measure.round);
  TreeHead const head{measure.entries, ledger::tree_root(log, measure.entries).value()};

  auto const key = ledger::SigningKey::make("bench.example/ledger", {});
  auto const checkpoint =
      ledger::sign_checkpoint({key.value().name(), head, {}}, std::span{&key.value(), 1});
  auto const tiles = ledger::TileFolder::create(folder);
  if (!tiles) {
    return tiles.error();
  }
  Stopwatch watch;
  auto done = tiles.value().publish(
      {.from = 0, .to = head.size, .entries = numbered_entries, .checkpoint = checkpoint.value()},
      log, {});
  if (!done) {
    return done;
  }
  told["publishing_seconds"] = watch.lap().seconds;
  done = time_proofs(measure.proofs, head, log, tiles.value(), told);
  if (!done) {
    return done;
  }
  (void)watch.lap();
  auto const report = ledger::verify_log(tiles.value(), {.first_key = key.value().verifier()}, {});
  told["verifying_seconds"] = watch.lap().seconds;
  if (!report) {
    return report.error();
  }
  if (!report.value().sound()) {
    return model::Error{model::ErrorKind::kCheckFailed, report.value().finding->explanation, ""};
  }
  return Done{};
}

}  // namespace guarantor::bench
