#include "guarantor/store/api_token.h"

#include "guarantor/model/id.h"

namespace guarantor::store {
namespace {

constexpr std::string_view kPrefix = "gt1.";
constexpr std::size_t kDigits = 64;

}  // namespace

std::string token_text(std::string_view account, std::array<std::uint8_t, 32> const& random) {
  return std::string{kPrefix} + std::string{account} + "." + ledger::hex(ledger::Digest{random});
}

std::optional<std::string> account_of_token(std::string_view text) {
  auto const dot = text.rfind('.');
  if (!text.starts_with(kPrefix) || dot == std::string_view::npos || dot < kPrefix.size() ||
      text.size() - dot - 1 != kDigits || !ledger::digest_from_hex(text.substr(dot + 1)).ok()) {
    return std::nullopt;
  }
  auto const account = text.substr(kPrefix.size(), dot - kPrefix.size());
  return model::is_identifier(account) ? std::optional{std::string{account}} : std::nullopt;
}

ledger::Digest token_hash(std::string_view text) {
  return ledger::sha256(text);
}

std::optional<std::string> why_not(ApiToken const& token, model::Instant now) {
  if (token.revoked) {
    return "token revoked";
  }
  return token.expires && now >= *token.expires ? std::optional<std::string>{"token expired"}
                                                : std::nullopt;
}

}  // namespace guarantor::store
