#include "guarantor/serve/jwt.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace guarantor::serve {
namespace {

using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;
using nlohmann::json;

constexpr std::size_t kLongestSubject = 200;
/// Seconds since 1970 that a clock can show: up to the year 9999.
constexpr double kLastSecond = 253'402'300'799.0;

Error no_token() {
  return {ErrorKind::kBadInput, "this is no JSON Web Token", ""};
}

Error refused(std::string message) {
  return {ErrorKind::kRefused, std::move(message), ""};
}

Result<json> object_of(std::string_view encoded) {
  auto const text = bytes_from_base64url(encoded);
  if (!text.ok()) {
    return text.error();
  }
  auto parsed = json::parse(text.value(), nullptr, false);
  return parsed.is_object() ? Result<json>{std::move(parsed)} : no_token();
}

std::optional<std::string> text_of(json const& object, char const* name) {
  auto const found = object.find(name);
  return found != object.end() && found->is_string() ? std::optional{found->get<std::string>()}
                                                     : std::nullopt;
}

/// Seconds since 1970, whole or not; nothing where the claim is none.
std::optional<double> moment(json const& claims, char const* name) {
  auto const found = claims.find(name);
  if (found == claims.end() || !found->is_number()) {
    return std::nullopt;
  }
  double const seconds = found->get<double>();
  return std::isfinite(seconds) && seconds >= 0 && seconds <= kLastSecond ? std::optional{seconds}
                                                                          : std::nullopt;
}

bool is_for(json const& claims, std::string const& audience) {
  auto const found = claims.find("aud");
  if (found == claims.end()) {
    return false;
  }
  if (found->is_string()) {
    return *found == audience;
  }
  return found->is_array() && std::ranges::any_of(*found, [&](json const& one) {
           return one.is_string() && one == audience;
         });
}

bool names_somebody(json const& claims) {
  auto const subject = text_of(claims, "sub");
  return subject && !subject->empty() && subject->size() <= kLongestSubject &&
         std::ranges::none_of(*subject, [](char letter) {
           return static_cast<unsigned char>(letter) <= ' ' || letter == 0x7f;
         });
}

}  // namespace

Result<Jwt> read_jwt(std::string_view text) {
  auto const first = text.find('.');
  auto const last = text.rfind('.');
  if (text.size() > kLongestJwt || first == std::string_view::npos || first == last ||
      text.substr(first + 1, last - first - 1).find('.') != std::string_view::npos) {
    return no_token();
  }
  auto header = object_of(text.substr(0, first));
  auto claims = object_of(text.substr(first + 1, last - first - 1));
  auto signature = bytes_from_base64url(text.substr(last + 1));
  if (!header.ok() || !claims.ok() || !signature.ok()) {
    return no_token();
  }
  return Jwt{.header = std::move(header).value(),
             .claims = std::move(claims).value(),
             .signed_text = std::string{text.substr(0, last)},
             .signature = std::move(signature).value()};
}

Result<Done> check_signature(Jwt const& token, JsonWebKeys const& keys) {
  // What a token calls critical we do not know.
  if (token.header.contains("crit")) {
    return refused("the token wants what this server does not know");
  }
  auto const name = text_of(token.header, "alg");
  auto const signing = name ? model::parse<JwtSigning>(*name) : std::nullopt;
  if (!signing) {
    return refused("the token is not signed with RS256 or ES256");
  }
  auto const kid = text_of(token.header, "kid");
  auto const* const key = kid ? keys.find(*kid) : nullptr;
  // The key says how it signs; a token that says otherwise wants to have one taken for another.
  if (key == nullptr || key->signing != *signing) {
    return refused("the token is signed with a key that is not known");
  }
  if (!is_signed(*key, token.signed_text, token.signature)) {
    return refused("the token's signature is not right");
  }
  return Done{};
}

Result<Done> check_claims(Jwt const& token, JwtRules const& rules, model::Instant now) {
  auto const& claims = token.claims;
  if (text_of(claims, "iss") != rules.issuer || !is_for(claims, rules.audience)) {
    return refused("the token is of another issuer, or for somebody else");
  }
  double const seconds = std::chrono::duration<double>(now.time_since_epoch()).count();
  auto const leeway = static_cast<double>(rules.leeway.count());
  auto const ends = moment(claims, "exp");
  if (!ends || seconds >= *ends + leeway) {
    return refused("the token has expired");
  }
  for (char const* const name : {"nbf", "iat"}) {
    if (claims.contains(name)) {
      auto const begins = moment(claims, name);
      if (!begins || seconds + leeway < *begins) {
        return refused("the token does not count yet");
      }
    }
  }
  if (!names_somebody(claims)) {
    return refused("the token does not say whose it is");
  }
  return Done{};
}

}  // namespace guarantor::serve
