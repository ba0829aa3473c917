#include "guarantor/store/account.h"

#include <nlohmann/json.hpp>

namespace guarantor::store {
namespace {

using Json = nlohmann::json;

model::Error no_account(std::string const& why) {
  return {model::ErrorKind::kCheckFailed, "the record of an account is none: " + why, ""};
}

model::Result<ApiToken> token_from(Json const& json) {
  auto const hash = ledger::digest_from_hex(json.at("sha256").get<std::string>());
  if (!hash.ok()) {
    return hash.error();
  }
  ApiToken token{.name = json.at("name").get<std::string>(),
                 .hash = hash.value(),
                 .revoked = json.at("revoked").get<bool>()};
  if (auto const expires = json.find("expires"); expires != json.end()) {
    token.expires = model::parse_instant(expires->get<std::string>());
    if (!token.expires) {
      return no_account("a token expires at no moment");
    }
  }
  return token;
}

model::Result<Account> account_from(Json const& json) {
  Account account{.name = json.at("account").get<std::string>(),
                  .role = json.at("role").get<std::string>(),
                  .one_time = json.at("one_time").get<bool>(),
                  .locked = json.at("locked").get<bool>(),
                  .removed = json.at("removed").get<bool>()};
  auto const change = model::parse<AccountChange>(json.at("change").get<std::string>());
  auto const verifier = ledger::digest_from_hex(json.at("verifier_sha256").get<std::string>());
  if (!change || !verifier.ok()) {
    return no_account("an unknown change, or no hash");
  }
  account.change = *change;
  account.verifier = verifier.value();
  for (Json const& entry : json.at("tokens")) {
    auto token = token_from(entry);
    if (!token.ok()) {
      return token.error();
    }
    account.tokens.push_back(std::move(token).value());
  }
  return account;
}

}  // namespace

std::string to_body(Account const& account) {
  Json tokens = Json::array();
  for (ApiToken const& token : account.tokens) {
    Json entry{
        {"name", token.name}, {"sha256", ledger::hex(token.hash)}, {"revoked", token.revoked}};
    if (token.expires) {
      entry["expires"] = model::print(*token.expires);
    }
    tokens.push_back(std::move(entry));
  }
  return Json{{"account", account.name},
              {"role", account.role},
              {"change", model::text(account.change)},
              {"verifier_sha256", ledger::hex(account.verifier)},
              {"one_time", account.one_time},
              {"locked", account.locked},
              {"removed", account.removed},
              {"tokens", std::move(tokens)}}
      .dump();
}

model::Result<Account> account_from_body(std::string_view body) {
  try {
    return account_from(Json::parse(body));
  } catch (Json::exception const& failure) {
    return no_account(failure.what());
  }
}

}  // namespace guarantor::store
