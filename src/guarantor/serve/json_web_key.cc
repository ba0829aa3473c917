#include "guarantor/serve/json_web_key.h"

#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "guarantor/ledger/base64.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using nlohmann::json;

constexpr std::size_t kMostKeys = 100;
constexpr std::size_t kMostBytes = std::size_t{1} << 20U;
constexpr int kLeastRsaBits = 2048;
constexpr int kMostRsaBits = 8192;
constexpr std::size_t kMostExponentBytes = 8;
constexpr std::size_t kEcBytes = 32;  // of a coordinate on P-256, and of each half of a signature

template <class T, void (*kFree)(T*)>
struct Freed {
  void operator()(T* thing) const { kFree(thing); }
};
using Number = std::unique_ptr<BIGNUM, Freed<BIGNUM, BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM, OSSL_PARAM_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX, EVP_MD_CTX_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG, ECDSA_SIG_free>>;

unsigned char const* bytes(std::string_view text) {
  return reinterpret_cast<unsigned char const*>(text.data());
}

Number number(std::string_view big_endian) {
  return Number{BN_bin2bn(bytes(big_endian), static_cast<int>(big_endian.size()), nullptr)};
}

std::string text_of(json const& object, char const* name) {
  auto const found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

/// A member that is bytes in base 64; empty where it is none.
std::string bytes_of(json const& object, char const* name) {
  auto decoded = bytes_from_base64url(text_of(object, name));
  return decoded.ok() ? std::move(decoded).value() : std::string{};
}

std::shared_ptr<EVP_PKEY> made(char const* type, OSSL_PARAM_BLD* builder) {
  Parameters const parameters{OSSL_PARAM_BLD_to_param(builder)};
  Context const making{EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr)};
  EVP_PKEY* key = nullptr;
  if (!parameters || !making || EVP_PKEY_fromdata_init(making.get()) != 1 ||
      EVP_PKEY_fromdata(making.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    return nullptr;
  }
  std::shared_ptr<EVP_PKEY> owned{key, EVP_PKEY_free};
  Context const checking{EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr)};
  return checking && EVP_PKEY_public_check(checking.get()) == 1 ? owned : nullptr;
}

std::shared_ptr<EVP_PKEY> rsa_key(json const& object) {
  auto const modulus = bytes_of(object, "n");
  auto const exponent = bytes_of(object, "e");
  if (modulus.empty() || modulus.size() > kMostRsaBits / 8 + 1 || exponent.empty() ||
      exponent.size() > kMostExponentBytes) {
    return nullptr;
  }
  auto const n = number(modulus);
  auto const e = number(exponent);
  int const bits = n ? BN_num_bits(n.get()) : 0;
  Builder const builder{OSSL_PARAM_BLD_new()};
  if (bits < kLeastRsaBits || bits > kMostRsaBits || !e || BN_is_odd(e.get()) != 1 ||
      BN_is_one(e.get()) == 1 || !builder ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) {
    return nullptr;
  }
  return made("RSA", builder.get());
}

std::shared_ptr<EVP_PKEY> ec_key(json const& object) {
  auto const x = bytes_of(object, "x");
  auto const y = bytes_of(object, "y");
  if (x.size() != kEcBytes || y.size() != kEcBytes) {
    return nullptr;
  }
  std::string const point = "\x04" + x + y;
  Builder const builder{OSSL_PARAM_BLD_new()};
  if (!builder ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) !=
          1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size()) != 1) {
    return nullptr;
  }
  return made("EC", builder.get());
}

/// How a key's owner signs with it; nothing for keys of other kinds and for other work.
std::optional<JwtSigning> signing_of(json const& object) {
  auto const use = text_of(object, "use");
  auto const kind = text_of(object, "kty");
  auto const named = text_of(object, "alg");
  if (!use.empty() && use != "sig") {
    return std::nullopt;
  }
  std::optional<JwtSigning> signing;
  if (kind == "RSA") {
    signing = JwtSigning::kRs256;
  } else if (kind == "EC" && text_of(object, "crv") == "P-256") {
    signing = JwtSigning::kEs256;
  }
  return signing && (named.empty() || named == model::text(*signing)) ? signing : std::nullopt;
}

Error bad(std::string message) {
  return {ErrorKind::kBadInput, std::move(message),
          "the issuer's JWK set, as its `jwks_uri` gives it"};
}

}  // namespace

Result<std::string> bytes_from_base64url(std::string_view text) {
  std::string plain{text};
  for (char& letter : plain) {
    if (letter == '+' || letter == '/' || letter == '=') {
      return Error{ErrorKind::kBadInput, "no base 64 of a URL", ""};
    }
    letter = letter == '-' ? '+' : letter == '_' ? '/' : letter;
  }
  plain.append((4 - plain.size() % 4) % 4, '=');
  return ledger::bytes_from_base64(plain);
}

Result<JsonWebKeys> JsonWebKeys::read(std::string_view text) {
  if (text.size() > kMostBytes) {
    return bad("the file of keys is too long");
  }
  auto const set = json::parse(text, nullptr, false);
  if (!set.is_object() || !set.contains("keys") || !set["keys"].is_array() ||
      set["keys"].size() > kMostKeys) {
    return bad("this is no JWK set");
  }
  JsonWebKeys read;
  for (json const& object : set["keys"]) {
    if (!object.is_object()) {
      return bad("a key of the set is no object");
    }
    if (object.contains("d") || object.contains("k")) {
      return bad("the set holds a key that must be secret; only public keys belong here");
    }
    auto const signing = signing_of(object);
    if (!signing) {
      continue;
    }
    auto const kid = text_of(object, "kid");
    auto key = *signing == JwtSigning::kRs256 ? rsa_key(object) : ec_key(object);
    if (!key) {
      return bad(fmt::format("the key `{}` is none that is safe to use", kid));
    }
    if (kid.empty() || !read.keys_.try_emplace(kid, JsonWebKey{*signing, std::move(key)}).second) {
      return bad(fmt::format("a key has no `kid`, or that of another: `{}`", kid));
    }
  }
  if (read.keys_.empty()) {
    return bad("the set has no key for RS256 or ES256");
  }
  return read;
}

JsonWebKey const* JsonWebKeys::find(std::string_view kid) const {
  auto const found = keys_.find(kid);
  return found == keys_.end() ? nullptr : &found->second;
}

bool is_signed(JsonWebKey const& key, std::string_view text, std::string_view signature) {
  std::string form{signature};
  if (key.signing == JwtSigning::kEs256) {
    // A token has the two numbers side by side, the library wants them as ASN.1.
    if (signature.size() != 2 * kEcBytes) {
      return false;
    }
    EcSignature const pair{ECDSA_SIG_new()};
    auto r = number(signature.substr(0, kEcBytes));
    auto s = number(signature.substr(kEcBytes));
    if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) {
      return false;
    }
    // The pair owns the numbers now.
    auto* const owned_r = r.release();
    auto* const owned_s = s.release();
    static_cast<void>(owned_r);
    static_cast<void>(owned_s);
    unsigned char* encoded = nullptr;
    int const size = i2d_ECDSA_SIG(pair.get(), &encoded);
    if (size <= 0) {
      return false;
    }
    form.assign(reinterpret_cast<char*>(encoded), static_cast<std::size_t>(size));
    OPENSSL_free(encoded);
  } else if (signature.size() != static_cast<std::size_t>(EVP_PKEY_get_size(key.key.get()))) {
    return false;
  }
  DigestContext const context{EVP_MD_CTX_new()};
  return context &&
         EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.key.get()) == 1 &&
         EVP_DigestVerify(context.get(), bytes(form), form.size(), bytes(text), text.size()) == 1;
}

}  // namespace guarantor::serve
