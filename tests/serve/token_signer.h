#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "guarantor/serve/json_web_key.h"

namespace guarantor::serve {

[[nodiscard]] std::string base64url(std::string_view bytes);

/// An issuer with a key of its own, drawn anew.
class TokenSigner {
 public:
  explicit TokenSigner(JwtSigning signing, std::string kid = "k1");

  /// The public key, as a member of a JWK set.
  [[nodiscard]] nlohmann::json public_key() const;
  /// The JWK set of this key alone.
  [[nodiscard]] std::string keys() const;
  /// A token that is signed as its header says it is not necessarily.
  [[nodiscard]] std::string sign(nlohmann::json const& header, nlohmann::json const& claims) const;
  /// A token with the header it should have.
  [[nodiscard]] std::string sign(nlohmann::json const& claims) const;

 private:
  JwtSigning signing_;
  std::string kid_;
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace guarantor::serve
