#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "guarantor/model/error.h"

namespace guarantor::ledger {

/// What a key signs: notes as they are, or witnesses' dated cosignatures of checkpoints
/// (C2SP signed-note, "Signature types").
enum class SignatureType : std::uint8_t { kEd25519 = 0x01, kCosignature = 0x04 };

using Seed = std::array<std::uint8_t, 32>;
using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

/// The public half: who a signature is checked against.
class VerifierKey {
 public:
  /// From its text `name+hash+base64` (C2SP signed-note, "Verifier keys"), as long as the hash is
  /// that of name and key. Errors: bad input, also for signature types other than the two above.
  [[nodiscard]] static model::Result<VerifierKey> parse(std::string_view vkey);

  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string const& name() const { return name_; }
  [[nodiscard]] SignatureType type() const { return type_; }
  [[nodiscard]] PublicKey const& key() const { return key_; }
  /// First four bytes of SHA-256(name || 0x0A || type || key), the most significant first.
  [[nodiscard]] std::uint32_t id() const { return id_; }

  /// Whether the signature is this key's for the message (RFC 8032, Ed25519); about 50 µs.
  [[nodiscard]] bool verifies(std::string_view message, Signature const& signature) const;

  friend bool operator==(VerifierKey const&, VerifierKey const&) = default;

 private:
  friend class SigningKey;
  VerifierKey(std::string name, SignatureType type, PublicKey const& key);

  std::string name_;
  SignatureType type_;
  PublicKey key_;
  std::uint32_t id_;
};

/// The secret half. Its bytes are wiped when it goes.
class SigningKey {
 public:
  /// From a seed nobody else knows (`draw_random_bytes()`). Errors: bad input for a name that is
  /// empty, holds blanks, control characters or a plus sign, or is longer than 100 bytes.
  [[nodiscard]] static model::Result<SigningKey> make(std::string_view name, Seed const& seed,
                                                      SignatureType type = SignatureType::kEd25519);
  /// From the text `PRIVATE+KEY+name+hash+base64`. Errors: bad input; the message holds no secret.
  [[nodiscard]] static model::Result<SigningKey> parse(std::string_view text);

  SigningKey(SigningKey const&) = default;
  SigningKey& operator=(SigningKey const&) = default;
  ~SigningKey();

  /// The secret text; a file's content without the line feed.
  [[nodiscard]] std::string private_text() const;
  [[nodiscard]] VerifierKey const& verifier() const { return verifier_; }
  [[nodiscard]] std::string const& name() const { return verifier_.name(); }

  /// About 25 µs.
  [[nodiscard]] Signature sign(std::string_view message) const;

 private:
  SigningKey(VerifierKey verifier, Seed const& seed, std::array<std::uint8_t, 64> const& secret);

  VerifierKey verifier_;
  Seed seed_;
  std::array<std::uint8_t, 64> secret_;  ///< libsodium's: seed and public key
};

/// Writes the key file, readable by its owner alone (0600), whole or not at all, synced.
/// Errors: refused where a file is there already; unwritable.
[[nodiscard]] model::Result<model::Done> write_key_file(std::filesystem::path const& file,
                                                        SigningKey const& key);
/// Reads it. Errors: not found; refused where group or others may read or write it; bad input.
[[nodiscard]] model::Result<SigningKey> read_key_file(std::filesystem::path const& file);

}  // namespace guarantor::ledger
