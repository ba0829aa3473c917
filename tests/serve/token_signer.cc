#include "token_signer.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

#include <array>
#include <stdexcept>
#include <utility>

#include "guarantor/ledger/base64.h"

namespace guarantor::serve {
namespace {

unsigned char const* bytes(std::string const& text) {
  return reinterpret_cast<unsigned char const*>(text.data());
}
unsigned char* bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

std::string number_of(EVP_PKEY const* key, char const* name, std::size_t least = 0) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &number) != 1) {
    throw std::runtime_error(name);
  }
  std::string text(std::max(least, static_cast<std::size_t>(BN_num_bytes(number))), '\0');
  BN_bn2binpad(number, bytes(text), static_cast<int>(text.size()));
  BN_free(number);
  return text;
}

/// The two numbers of an ECDSA signature side by side.
std::string side_by_side(std::string const& encoded) {
  auto const* begin = bytes(encoded);
  ECDSA_SIG* const pair = d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(encoded.size()));
  std::string text(64, '\0');
  BN_bn2binpad(ECDSA_SIG_get0_r(pair), bytes(text), 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair), bytes(text) + 32, 32);
  ECDSA_SIG_free(pair);
  return text;
}

}  // namespace

std::string base64url(std::string_view bytes) {
  auto text = ledger::base64(bytes);
  text.erase(text.find_last_not_of('=') + 1);
  for (char& letter : text) {
    letter = letter == '+' ? '-' : letter == '/' ? '_' : letter;
  }
  return text;
}

TokenSigner::TokenSigner(JwtSigning signing, std::string kid)
    : signing_{signing},
      kid_{std::move(kid)},
      key_{signing == JwtSigning::kRs256
               ? EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048})
               : EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"),
           EVP_PKEY_free} {}

nlohmann::json TokenSigner::public_key() const {
  nlohmann::json key{{"kid", kid_}, {"use", "sig"}, {"alg", model::text(signing_)}};
  if (signing_ == JwtSigning::kRs256) {
    key["kty"] = "RSA";
    key["n"] = base64url(number_of(key_.get(), OSSL_PKEY_PARAM_RSA_N));
    key["e"] = base64url(number_of(key_.get(), OSSL_PKEY_PARAM_RSA_E));
  } else {
    key["kty"] = "EC";
    key["crv"] = "P-256";
    key["x"] = base64url(number_of(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X, 32));
    key["y"] = base64url(number_of(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y, 32));
  }
  return key;
}

std::string TokenSigner::keys() const {
  return nlohmann::json{{"keys", {public_key()}}}.dump();
}

std::string TokenSigner::sign(nlohmann::json const& header, nlohmann::json const& claims) const {
  std::string const text = base64url(header.dump()) + "." + base64url(claims.dump());
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
  std::size_t size = 0;
  EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key_.get());
  EVP_DigestSign(context, nullptr, &size, bytes(text), text.size());
  std::string signature(size, '\0');
  EVP_DigestSign(context, bytes(signature), &size, bytes(text), text.size());
  signature.resize(size);
  EVP_MD_CTX_free(context);
  if (signing_ == JwtSigning::kEs256) {
    signature = side_by_side(signature);
  }
  return text + "." + base64url(signature);
}

std::string TokenSigner::sign(nlohmann::json const& claims) const {
  return sign({{"alg", model::text(signing_)}, {"kid", kid_}, {"typ", "JWT"}}, claims);
}

}  // namespace guarantor::serve
