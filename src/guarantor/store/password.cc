#include "guarantor/store/password.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <vector>

namespace guarantor::store {
namespace {

constexpr std::size_t kFewestCharacters = 12;
constexpr std::size_t kMostBytes = 1024;
constexpr std::size_t kFewestDifferent = 5;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kBytesPerKibibyte = 1024;

std::string lower(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// The characters of UTF-8 text, each as its bytes; nothing where it is broken or holds one that
/// steers a terminal.
std::optional<std::vector<std::string_view>> characters_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < text.size();) {
    auto const first = static_cast<unsigned char>(text[at]);
    std::size_t const size = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    bool const begins = first >= 0x20 && first != 0x7F && (first < 0x80 || first >= 0xC2) &&
                        first <= 0xF4 && at + size <= text.size();
    if (!begins) {
      return std::nullopt;
    }
    for (std::size_t i = 1; i < size; ++i) {
      if ((static_cast<unsigned char>(text[at + i]) & 0xC0U) != 0x80U) {
        return std::nullopt;
      }
    }
    out.push_back(text.substr(at, size));
    at += size;
  }
  return out;
}

/// Chooses the fastest Argon2id of this machine; without it the plain one works as well.
void begin_sodium() {
  static bool const kBegun = sodium_init() >= 0;
  static_cast<void>(kBegun);
}

std::string base64_of(unsigned char const* bytes, std::size_t size) {
  constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
  std::string text(sodium_base64_encoded_len(size, kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes, size, kVariant);
  text.pop_back();  // the zero at its end
  return text;
}

}  // namespace

std::optional<std::string> weakness_of(std::string_view password, std::string_view account) {
  if (password.size() > kMostBytes) {
    return fmt::format("longer than {} bytes", kMostBytes);
  }
  auto const characters = characters_of(password);
  if (!characters) {
    return "not UTF-8 text that can be typed";
  }
  if (characters->size() < kFewestCharacters) {
    return fmt::format("shorter than {} characters", kFewestCharacters);
  }
  if (std::set<std::string_view>{characters->begin(), characters->end()}.size() <
      kFewestDifferent) {
    return fmt::format("fewer than {} different characters", kFewestDifferent);
  }
  if (!account.empty() && lower(password).find(lower(account)) != std::string::npos) {
    return "the account's name is in it";
  }
  return std::nullopt;
}

model::Result<std::string> make_verifier(std::string_view password, PasswordSalt const& salt,
                                         PasswordCost cost) {
  static_assert(std::tuple_size_v<PasswordSalt> == crypto_pwhash_argon2id_SALTBYTES);
  begin_sodium();
  std::array<unsigned char, kHashBytes> hash{};
  // The salt comes from the caller, so `crypto_pwhash_str`, which draws its own, will not do; the
  // text is the one it writes.
  if (crypto_pwhash_argon2id(hash.data(), hash.size(), password.data(), password.size(),
                             salt.data(), cost.passes, cost.bytes,
                             crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0) {
    return model::Error{
        model::ErrorKind::kLimit,
        fmt::format("not enough memory to check a password: {} MiB are needed", cost.bytes >> 20U),
        ""};
  }
  return fmt::format("$argon2id$v=19$m={},t={},p=1${}${}", cost.bytes / kBytesPerKibibyte,
                     cost.passes, base64_of(salt.data(), salt.size()),
                     base64_of(hash.data(), hash.size()));
}

bool verifies(std::string_view verifier, std::string_view password) {
  if (verifier.size() >= crypto_pwhash_argon2id_STRBYTES) {
    return false;
  }
  begin_sodium();
  std::string const text{verifier};
  return crypto_pwhash_argon2id_str_verify(text.c_str(), password.data(), password.size()) == 0;
}

std::string one_time_password(std::array<std::uint8_t, 32> const& random) {
  constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";
  static_assert(kLetters.size() == 32);
  constexpr std::size_t kCharacters = 20;
  constexpr std::size_t kGroup = 5;
  std::string text;
  for (std::size_t i = 0; i < kCharacters; ++i) {
    text += i > 0 && i % kGroup == 0 ? "-" : "";
    text += kLetters[random[i] % kLetters.size()];
  }
  return text;
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace guarantor::store
