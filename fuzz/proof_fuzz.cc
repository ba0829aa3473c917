#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "guarantor/ledger/proof_file.h"

/// Proof files that are read are the texts that would be written, and prove nothing to who trusts
/// another key. What a proof leads to never depends on more than its hashes.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace guarantor::ledger;
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  static std::vector<VerifierKey> const known{
      SigningKey::make("stranger.example", Seed{1}).value().verifier()};
  if (auto const file = parse_inclusion_file(text)) {
    bool const proven = verify_record(file.value(), std::nullopt, known).ok();
    if (inclusion_file_text(file.value()) != text || proven) {
      std::abort();
    }
    auto const head = parse_unverified_checkpoint(file.value().checkpoint).value().head;
    (void)verify_inclusion(file.value().index, Digest{}, head, file.value().proof);
  }
  if (auto const file = parse_consistency_file(text)) {
    TreeHead const old_head{file.value().old_size, Digest{}};
    bool const proven = verify_consistency_file(file.value(), old_head, known).ok();
    if (consistency_file_text(file.value()) != text || proven) {
      std::abort();
    }
    auto const head = parse_unverified_checkpoint(file.value().checkpoint).value().head;
    (void)verify_consistency(old_head, head, file.value().proof);
  }
  return 0;
}
