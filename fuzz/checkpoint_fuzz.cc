#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "guarantor/ledger/checkpoint.h"
#include "guarantor/ledger/key_chain.h"

/// Notes, checkpoints, keys and chains of keys that are read are the texts that would be written;
/// none is signed by a key that has signed nothing.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace guarantor::ledger;
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  static VerifierKey const stranger =
      SigningKey::make("stranger.example", Seed{1}).value().verifier();
  static std::vector<VerifierKey> const known{stranger};
  if (auto const note = parse_note(text)) {
    if (note_text(note.value()) != text || verify_note(note.value(), known)) {
      std::abort();
    }
  }
  if (auto const checkpoint = parse_checkpoint_body(text)) {
    if (checkpoint_body(checkpoint.value()) != text) {
      std::abort();
    }
  }
  if (auto const checkpoint = parse_unverified_checkpoint(text)) {
    (void)add_cosignatures(text, text.substr(text.rfind('\n', size - 2) + 1), known);
  }
  if (auto const key = VerifierKey::parse(text); key && key.value().text() != text) {
    std::abort();
  }
  if (auto const key = SigningKey::parse(text); key && key.value().private_text() != text) {
    std::abort();
  }
  if (size > 0 && verify_key_chain(text, stranger)) {
    std::abort();
  }
  return 0;
}
