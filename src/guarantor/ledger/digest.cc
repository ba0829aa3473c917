#include "guarantor/ledger/digest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "guarantor/ledger/base64.h"

namespace guarantor::ledger {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::size_t kBytes = 32;

using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

/// OpenSSL looks its algorithm up by name; doing that once a thread is most of a short hash's cost.
Context make_context() {
  using Algorithm = std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)>;
  Algorithm const algorithm{EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free};
  Context context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  if (!algorithm || !context || EVP_DigestInit_ex(context.get(), algorithm.get(), nullptr) != 1) {
    std::abort();  // a system without SHA-256 has no ledger
  }
  return context;
}

/// The value of a lower-case hexadecimal digit, or -1.
int nibble(char digit) {
  if (digit >= '0' && digit <= '9') {
    return digit - '0';
  }
  return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

}  // namespace

std::string_view Digest::view() const {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are characters
  return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

Digest sha256(std::string_view bytes) {
  thread_local Context const kContext = make_context();
  Digest digest;
  if (EVP_DigestInit_ex(kContext.get(), nullptr, nullptr) != 1 ||
      EVP_DigestUpdate(kContext.get(), bytes.data(), bytes.size()) != 1 ||
      EVP_DigestFinal_ex(kContext.get(), digest.bytes.data(), nullptr) != 1) {
    std::abort();
  }
  return digest;
}

std::string hex(Digest const& digest) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * kBytes);
  for (std::uint8_t const byte : digest.bytes) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

Result<Digest> digest_from_hex(std::string_view text) {
  Digest digest;
  bool right = text.size() == 2 * kBytes;
  for (std::size_t i = 0; right && i < kBytes; ++i) {
    int const high = nibble(text[2 * i]);
    int const low = nibble(text[2 * i + 1]);
    right = high >= 0 && low >= 0;
    digest.bytes.at(i) = static_cast<std::uint8_t>(16 * high + low);
  }
  if (!right) {
    return Error{ErrorKind::kBadInput, "a hash is 64 lower-case hexadecimal digits", ""};
  }
  return digest;
}

std::string base64(Digest const& digest) {
  return base64(digest.view());
}

Result<Digest> digest_from_base64(std::string_view text) {
  auto const bytes = bytes_from_base64(text);
  return bytes ? digest_from_bytes(bytes.value()) : Result<Digest>{bytes.error()};
}

Result<Digest> digest_from_bytes(std::string_view bytes) {
  if (bytes.size() != kBytes) {
    return Error{ErrorKind::kBadInput,
                 "a hash has 32 bytes, this has " + std::to_string(bytes.size()), ""};
  }
  Digest digest;
  std::copy(bytes.begin(), bytes.end(), digest.bytes.begin());
  return digest;
}

}  // namespace guarantor::ledger
