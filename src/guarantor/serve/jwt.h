#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/serve/json_web_key.h"

/// JSON Web Tokens (RFC 7519) that an issuer signed, as far as they say who somebody is. Only what
/// is needed for that: RS256 and ES256, a key by its `kid`, nothing critical, nothing encrypted.
namespace guarantor::serve {

/// A token taken apart. Nothing in it is true before its signature was checked.
struct Jwt {
  nlohmann::json header;
  nlohmann::json claims;
  std::string signed_text;  ///< header and claims, as they were sent
  std::string signature;
};

struct JwtRules {
  std::string issuer;
  std::string audience;
  std::chrono::seconds leeway{60};  ///< between the issuer's clock and ours
};

inline constexpr std::size_t kLongestJwt = std::size_t{12} << 10U;

/// Error kBadInput: no token, or too long.
[[nodiscard]] model::Result<Jwt> read_jwt(std::string_view text);

/// Error kRefused where it is signed by none of the keys, or in a way we do not take.
[[nodiscard]] model::Result<model::Done> check_signature(Jwt const& token, JsonWebKeys const& keys);

/// Error kRefused where it is of another issuer, for somebody else, too old, of tomorrow, or of
/// nobody: `iss`, `aud`, `exp` and `sub` must be there.
[[nodiscard]] model::Result<model::Done> check_claims(Jwt const& token, JwtRules const& rules,
                                                      model::Instant now);

}  // namespace guarantor::serve
