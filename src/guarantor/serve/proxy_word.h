#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/model/instant.h"
#include "guarantor/serve/caller.h"
#include "guarantor/serve/json_web_key.h"
#include "guarantor/serve/jwt.h"

namespace guarantor::serve {

struct ProxyRules {
  JwtRules token;
  std::filesystem::path keys;                ///< JWK set of the issuer
  std::string role_claim{"guarantor_role"};  ///< also a path, e.g. `realm_access.roles`
};

/// What an OpenID provider says of somebody, brought by a proxy that signs people in, or by a
/// program: a signed token. For any thread.
class ProxyWord {
 public:
  /// Errors: those of reading the file; kBadInput as `JsonWebKeys::read`.
  [[nodiscard]] static model::Result<std::shared_ptr<ProxyWord>> open(ProxyRules rules);

  /// Who the token says it is: account `oidc:<subject>`, in the one role of its role claim. Error
  /// kRefused where it does not count, or names no role of ours or more than one. Where the key is
  /// not known the file is read again, as issuers change keys.
  [[nodiscard]] model::Result<Caller> read(std::string_view token, model::Instant now);

 private:
  ProxyWord(ProxyRules rules, std::shared_ptr<JsonWebKeys const> keys);
  [[nodiscard]] std::shared_ptr<JsonWebKeys const> keys_for(Jwt const& token, model::Instant now);

  ProxyRules rules_;
  std::mutex mutex_;
  std::shared_ptr<JsonWebKeys const> keys_;
  std::optional<model::Instant> read_again_{};
};

/// The one role that a claim names, a text or a list of which the rest may be anything; the claim
/// is found by its whole name, or by a path of names with dots between. Error kRefused.
[[nodiscard]] model::Result<policy::Viewer> viewer_of_claims(nlohmann::json const& claims,
                                                             std::string_view role_claim);

}  // namespace guarantor::serve
