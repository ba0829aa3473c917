#include "guarantor/ledger/signing_key.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

#include "guarantor/ledger/base64.h"
#include "guarantor/ledger/big_endian.h"
#include "guarantor/ledger/digest.h"
#include "guarantor/ledger/durable_file.h"
#include "guarantor/ledger/utf8.h"

namespace guarantor::ledger {
namespace {

using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::size_t kMostNameBytes = 100;
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kIdBytes = 4;
constexpr std::string_view kPrivate = "PRIVATE+KEY+";

/// libsodium chooses its code for the processor before it is first used.
void begin_sodium() {
  static bool const kBegun = sodium_init() >= 0;
  if (!kBegun) {
    std::abort();
  }
}

unsigned char const* as_bytes(std::string_view text) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are characters
  return reinterpret_cast<unsigned char const*>(text.data());
}

std::string type_and(SignatureType type, std::array<std::uint8_t, kKeyBytes> const& key) {
  std::string bytes(1, static_cast<char>(type));
  bytes.append(key.begin(), key.end());
  return bytes;
}

bool is_key_name(std::string_view name) {
  if (name.empty() || name.size() > kMostNameBytes || name.find('+') != std::string_view::npos) {
    return false;
  }
  while (!name.empty()) {
    auto const character = take_character(name);
    if (!character || is_space(*character) || *character < 0x20 || *character == 0x7f) {
      return false;
    }
  }
  return true;
}

/// name+hash+base64, of a public key or, behind its prefix, of a secret one.
struct KeyText {
  std::string name;
  std::string hash;
  SignatureType type{};
  std::array<std::uint8_t, kKeyBytes> key{};
};

std::optional<KeyText> divide(std::string_view text) {
  auto const first = text.find('+');
  auto const second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) {
    return std::nullopt;
  }
  KeyText parts{.name = std::string{text.substr(0, first)},
                .hash = std::string{text.substr(first + 1, second - first - 1)}};
  auto bytes = bytes_from_base64(text.substr(second + 1));
  if (!is_key_name(parts.name) || !bytes || bytes.value().size() != 1 + kKeyBytes) {
    return std::nullopt;
  }
  parts.type = static_cast<SignatureType>(bytes.value()[0]);
  std::copy(bytes.value().begin() + 1, bytes.value().end(), parts.key.begin());
  sodium_memzero(bytes.value().data(), bytes.value().size());
  bool const known =
      parts.type == SignatureType::kEd25519 || parts.type == SignatureType::kCosignature;
  return known ? std::optional{parts} : std::nullopt;
}

std::string hash_text(std::uint32_t id) {
  return fmt::format("{:08x}", id);
}

}  // namespace

VerifierKey::VerifierKey(std::string name, SignatureType type, PublicKey const& key)
    : name_{std::move(name)}, type_{type}, key_{key} {
  Digest const digest = sha256(name_ + "\n" + type_and(type, key));
  id_ = static_cast<std::uint32_t>(read_big_endian(digest.view().substr(0, kIdBytes)));
}

Result<VerifierKey> VerifierKey::parse(std::string_view vkey) {
  auto const parts = divide(vkey);
  if (!parts) {
    return Error{ErrorKind::kBadInput, "this is no verifier key of an Ed25519 signature",
                 "such a key is written NAME+HASH+BASE64 on one line"};
  }
  VerifierKey key{parts->name, parts->type, parts->key};
  if (hash_text(key.id()) != parts->hash) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("the verifier key of {} has the hash {}, but says {}", parts->name,
                             hash_text(key.id()), parts->hash),
                 "copy the whole key again from where it was published"};
  }
  return key;
}

std::string VerifierKey::text() const {
  return fmt::format("{}+{}+{}", name_, hash_text(id_), base64(type_and(type_, key_)));
}

bool VerifierKey::verifies(std::string_view message, Signature const& signature) const {
  begin_sodium();
  return crypto_sign_verify_detached(signature.data(), as_bytes(message), message.size(),
                                     key_.data()) == 0;
}

SigningKey::SigningKey(VerifierKey verifier, Seed const& seed,
                       std::array<std::uint8_t, 64> const& secret)
    : verifier_{std::move(verifier)}, seed_{seed}, secret_{secret} {}

SigningKey::~SigningKey() {
  sodium_memzero(seed_.data(), seed_.size());
  sodium_memzero(secret_.data(), secret_.size());
}

Result<SigningKey> SigningKey::make(std::string_view name, Seed const& seed, SignatureType type) {
  if (!is_key_name(name)) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("a key's name has 1 to {} bytes of UTF-8 without blanks and \"+\"",
                             kMostNameBytes),
                 "such as example.org/ledger"};
  }
  begin_sodium();
  PublicKey key{};
  std::array<std::uint8_t, 64> secret{};
  crypto_sign_seed_keypair(key.data(), secret.data(), seed.data());
  SigningKey made{VerifierKey{std::string{name}, type, key}, seed, secret};
  sodium_memzero(secret.data(), secret.size());
  return made;
}

Result<SigningKey> SigningKey::parse(std::string_view text) {
  Error const wrong{ErrorKind::kBadInput, "this is no secret key of Ed25519 signatures",
                    "such a key is written PRIVATE+KEY+NAME+HASH+BASE64 on one line"};
  auto parts = text.starts_with(kPrivate) ? divide(text.substr(kPrivate.size())) : std::nullopt;
  if (!parts) {
    return wrong;
  }
  auto made = make(parts->name, parts->key, parts->type);
  sodium_memzero(parts->key.data(), parts->key.size());
  if (made && hash_text(made.value().verifier().id()) != parts->hash) {
    return wrong;
  }
  return made;
}

std::string SigningKey::private_text() const {
  return fmt::format("{}{}+{}+{}", kPrivate, name(), hash_text(verifier_.id()),
                     base64(type_and(verifier_.type(), seed_)));
}

Signature SigningKey::sign(std::string_view message) const {
  begin_sodium();
  Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, as_bytes(message), message.size(),
                       secret_.data());
  return signature;
}

Result<Done> write_key_file(std::filesystem::path const& file, SigningKey const& key) {
  return create_file(file, key.private_text() + "\n", kOwnersAlone);
}

Result<SigningKey> read_key_file(std::filesystem::path const& file) {
  constexpr std::size_t kMostBytes = 4096;
  struct stat status{};
  if (::stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
      (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Error{
        ErrorKind::kRefused,
        fmt::format("{} holds a secret key and is open to others than its owner", file.string()),
        "chmod 600 " + file.string()};
  }
  auto text = read_whole_file(file, kMostBytes);
  if (!text) {
    return text.error();
  }
  if (text.value().ends_with('\n')) {
    text.value().pop_back();
  }
  auto key = SigningKey::parse(text.value());
  sodium_memzero(text.value().data(), text.value().size());
  if (!key) {
    return Error{key.error().kind, file.string() + ": " + key.error().message, key.error().hint};
  }
  return key;
}

}  // namespace guarantor::ledger
