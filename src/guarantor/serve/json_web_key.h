#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/model/vocabulary.h"

struct evp_pkey_st;

namespace guarantor::serve {

/// How a token may be signed (RFC 7518): with a key that only the issuer has. Tokens that are not
/// signed, or by a secret that we share, are none.
enum class JwtSigning { kRs256, kEs256 };

}  // namespace guarantor::serve

template <>
inline constexpr guarantor::model::Words<2> guarantor::model::kWords<guarantor::serve::JwtSigning>{
    "RS256", "ES256"};

namespace guarantor::serve {

/// A public key.
struct JsonWebKey {
  JwtSigning signing{};
  std::shared_ptr<evp_pkey_st> key{};
};

/// The public keys of an issuer by their `kid`: a JWK set (RFC 7517).
class JsonWebKeys {
 public:
  /// RSA keys of 2048 to 8192 bits, and EC keys on P-256; others, and those that are not for
  /// signatures, are left out. Errors kBadInput: no JWK set; a private key; a key without `kid`, or
  /// two of the same; a key that is none; no key at all.
  [[nodiscard]] static model::Result<JsonWebKeys> read(std::string_view text);

  /// Null where there is none of that name.
  [[nodiscard]] JsonWebKey const* find(std::string_view kid) const;
  [[nodiscard]] std::size_t size() const { return keys_.size(); }

 private:
  std::map<std::string, JsonWebKey, std::less<>> keys_;
};

/// Whether `signature`, as a token has it, is the key's of `text`.
[[nodiscard]] bool is_signed(JsonWebKey const& key, std::string_view text,
                             std::string_view signature);

/// The bytes of base 64 as URLs have it (RFC 4648, section 5), without padding. Error kBadInput for
/// any other text, also where unused bits are not zero.
[[nodiscard]] model::Result<std::string> bytes_from_base64url(std::string_view text);

}  // namespace guarantor::serve
