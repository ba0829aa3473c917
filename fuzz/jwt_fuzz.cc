#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "guarantor/model/instant.h"
#include "guarantor/serve/jwt.h"
#include "guarantor/serve/proxy_word.h"

namespace {

/// A key whose other half nobody kept.
constexpr std::string_view kKeys =
    R"({"keys":[{"kty":"EC","crv":"P-256","kid":"k1",)"
    R"("x":"JbXfivTECnMreChH4-yoGY47DbH9BwbznfESngnKdio","y":"3Sh4QzyOq-xZngT9ZMiQECNBn4YsU_nHMmUQHyf5t7Y"}]})";

}  // namespace

/// Nothing that comes from outside is taken for signed, and keys and claims are read without harm.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace guarantor;
  static auto const keys = serve::JsonWebKeys::read(kKeys);
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  if (!keys.ok()) {
    std::abort();
  }
  static_cast<void>(serve::JsonWebKeys::read(text));
  auto const token = serve::read_jwt(text);
  if (!token.ok()) {
    return 0;
  }
  if (serve::check_signature(token.value(), keys.value()).ok()) {
    std::abort();
  }
  auto const now = *model::parse_instant("2026-11-29T12:00:00Z");
  serve::JwtRules const rules{.issuer = "https://id.example", .audience = "guarantor"};
  bool const good = serve::check_claims(token.value(), rules, now).ok();
  if (good && token.value().claims.at("sub").get<std::string>().empty()) {
    std::abort();
  }
  static_cast<void>(serve::viewer_of_claims(token.value().claims, "realm_access.roles"));
  return 0;
}
