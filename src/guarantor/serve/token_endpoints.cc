#include "guarantor/serve/token_endpoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "guarantor/ledger/random_bytes.h"
#include "guarantor/serve/json_body.h"
#include "guarantor/serve/paging.h"
#include "guarantor/store/accounts.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

constexpr std::size_t kMostBytes = 4096;
constexpr std::ptrdiff_t kMostThatCount = 50;
/// Every change of an account is kept with all tokens it ever had.
constexpr std::size_t kMostEver = 500;

Json to_json(store::ApiToken const& token, model::Instant now) {
  return {{"token", token.name},
          {"expires", token.expires ? Json(model::print(*token.expires)) : Json(nullptr)},
          {"revoked", token.revoked},
          {"counts", !store::why_not(token, now)}};
}

Result<store::Account> own_account(Services const& services, Caller const& caller) {
  if (caller.credential == Credential::kProxy) {
    return Error{ErrorKind::kRefused, "who is let in by a proxy has no account and no tokens here",
                 "ask the proxy for one"};
  }
  auto found = services.store.read(
      [&](auto const& store) { return store::account_in(store, caller.account); });
  if (!found.ok()) {
    return found.error();
  }
  if (!found.value()) {
    return Error{ErrorKind::kNotFound, "this account is gone", ""};
  }
  return *std::move(found).value();
}

Result<Response> list(Services& services, Call const& call) {
  auto const paging = read_paging(call.request);
  auto const account = own_account(services, call.caller);
  if (!paging.ok() || !account.ok()) {
    return paging.ok() ? account.error() : paging.error();
  }
  auto const& tokens = account.value().tokens;
  auto const span =
      span_of(paging.value(), tokens.size(), [&](std::size_t i) { return tokens[i].name; });
  Json items = Json::array();
  for (std::size_t i = span.begin; i < span.end; ++i) {
    items.push_back(to_json(tokens[i], services.now()));
  }
  return respond_page(call.request, page(std::move(items), span.next));
}

/// The token that is asked for, without its hash.
Result<store::ApiToken> read_token(Request const& request, model::Instant now) {
  auto const body = read_object(request, kMostBytes);
  if (!body.ok()) {
    return body.error();
  }
  auto const& json = body.value();
  if (!json.contains("token") || !json["token"].is_string()) {
    return Error{ErrorKind::kBadInput, "the body needs `token`, the token's name", ""};
  }
  store::ApiToken token{.name = json["token"].get<std::string>()};
  if (json.contains("expires") && !json["expires"].is_null()) {
    auto const& expires = json["expires"];
    token.expires = expires.is_string()
                        ? model::parse_instant(expires.get_ref<std::string const&>())
                        : std::nullopt;
    if (!token.expires || *token.expires <= now) {
      return Error{ErrorKind::kBadInput, "`expires` must be a moment to come",
                   "RFC 3339 in UTC, as in " + model::print(now + std::chrono::days{90})};
    }
  }
  return token;
}

Result<Response> make(Services& services, Call const& call) {
  if (call.caller.credential != Credential::kSession) {
    return Error{ErrorKind::kRefused, "a token is made in a session, not with another token",
                 "POST /api/session first"};
  }
  auto const now = services.now();
  auto token = read_token(call.request, now);
  auto const account = own_account(services, call.caller);
  if (!token.ok() || !account.ok()) {
    return token.ok() ? account.error() : token.error();
  }
  auto const& tokens = account.value().tokens;
  auto const counting =
      std::ranges::count_if(tokens, [&](auto const& one) { return !store::why_not(one, now); });
  if (counting >= kMostThatCount || tokens.size() >= kMostEver) {
    return Error{ErrorKind::kRefused,
                 fmt::format("{} tokens count, and there were {}", counting, tokens.size()),
                 fmt::format("at most {} count at a time, and {} ever", kMostThatCount, kMostEver)};
  }
  auto const text = store::token_text(call.caller.account, ledger::draw_random_bytes());
  token.value().hash = store::token_hash(text);
  auto const kept = services.store.write([&](auto& store) {
    return store::Accounts{store, services.sign_ins.account_rules()}.add_token(
        call.caller.account, token.value(), services.author(call.caller));
  });
  if (!kept.ok()) {
    return kept.error();
  }
  Json json = to_json(token.value(), now);
  json["text"] = text;
  auto response = respond_json(json, 201);
  response.headers.set("Cache-Control", "no-store");
  return response;
}

Result<Response> revoke(Services& services, Call const& call) {
  auto const account = own_account(services, call.caller);
  if (!account.ok()) {
    return account.error();
  }
  auto const kept = services.store.write([&](auto& store) {
    return store::Accounts{store, services.sign_ins.account_rules()}.revoke_token(
        call.caller.account, call.at("token"), services.author(call.caller));
  });
  return kept.ok() ? Result<Response>{no_content()} : kept.error();
}

}  // namespace

Routes token_endpoints(Services& services) {
  auto const with = [&services](auto answer) {
    return [&services, answer](Call const& call) { return answer(services, call); };
  };
  return {{"GET", "/api/tokens", "listTokens", signed_in(), with(list)},
          {"POST", "/api/tokens", "makeToken", signed_in(), with(make)},
          {"DELETE", "/api/tokens/{token}", "revokeToken", signed_in(), with(revoke)}};
}

}  // namespace guarantor::serve
